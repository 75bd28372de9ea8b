-- The job queue. A job is ready when ready_at has come; claiming it moves ready_at to the end of the lease.
CREATE TABLE job (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    queue text NOT NULL,
    payload text NOT NULL,
    priority bigint NOT NULL,
    dedupe_key text,
    unit_id uuid,
    enqueued_at timestamptz NOT NULL,
    ready_at timestamptz NOT NULL,
    attempts bigint NOT NULL CHECK (attempts >= 0),
    max_attempts bigint NOT NULL CHECK (max_attempts > 0),
    leased_by text,
    last_error text,
    dead_at timestamptz
);

-- Two enqueuings of the same work merge while neither has started.
CREATE UNIQUE INDEX job_dedupe ON job (kind, dedupe_key);
CREATE INDEX job_claim ON job (queue, priority DESC, ready_at, id) WHERE dead_at IS NULL;
CREATE INDEX job_dead ON job (dead_at) WHERE dead_at IS NOT NULL;

-- One row per due time that some node has handled.
CREATE TABLE schedule (
    name text NOT NULL,
    due_at timestamptz NOT NULL,
    job_id uuid,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (name, due_at)
);
