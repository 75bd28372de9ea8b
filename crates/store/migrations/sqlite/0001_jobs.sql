-- The job queue. A job is ready when ready_at has come; claiming it moves ready_at to the end of the lease.
CREATE TABLE job (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    kind TEXT NOT NULL,
    queue TEXT NOT NULL,
    payload TEXT NOT NULL,
    priority INTEGER NOT NULL,
    dedupe_key TEXT,
    unit_id BLOB CHECK (length(unit_id) = 16),
    enqueued_at TEXT NOT NULL,
    ready_at TEXT NOT NULL,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    max_attempts INTEGER NOT NULL CHECK (max_attempts > 0),
    leased_by TEXT,
    last_error TEXT,
    dead_at TEXT
) STRICT;

-- Two enqueuings of the same work merge while neither has started.
CREATE UNIQUE INDEX job_dedupe ON job (kind, dedupe_key);
CREATE INDEX job_claim ON job (queue, priority DESC, ready_at, id) WHERE dead_at IS NULL;
CREATE INDEX job_dead ON job (dead_at) WHERE dead_at IS NOT NULL;

-- One row per due time that some node has handled.
CREATE TABLE schedule (
    name TEXT NOT NULL,
    due_at TEXT NOT NULL,
    job_id BLOB CHECK (length(job_id) = 16),
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (name, due_at)
) STRICT;
