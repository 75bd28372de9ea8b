-- Running deadlines (办理时限) with their facts, and what owners are told when a due moment moves.
CREATE TABLE deadline (
    id uuid NOT NULL PRIMARY KEY,
    rule text NOT NULL,
    subject_kind text NOT NULL,
    subject_id text NOT NULL,
    title text NOT NULL,
    path text NOT NULL,
    unit uuid NOT NULL REFERENCES unit (id),
    owner uuid REFERENCES person (id),
    received_at timestamptz NOT NULL,
    -- The terms as they held on the day of receipt, and what happened since.
    terms text NOT NULL,
    facts text NOT NULL,
    due_at timestamptz,
    explanation text NOT NULL,
    state text NOT NULL CHECK (state IN ('running', 'met', 'cancelled')),
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    lock_version bigint NOT NULL
);
CREATE INDEX deadline_unit ON deadline (unit, state, due_at);
CREATE INDEX deadline_running ON deadline (id) WHERE state = 'running';
CREATE INDEX deadline_subject ON deadline (subject_kind, subject_id);

CREATE TABLE deadline_notice (
    id uuid NOT NULL PRIMARY KEY,
    deadline uuid NOT NULL REFERENCES deadline (id),
    person uuid REFERENCES person (id),
    due_before timestamptz,
    due_after timestamptz,
    reason text NOT NULL,
    created_at timestamptz NOT NULL,
    acknowledged_by uuid REFERENCES person (id),
    acknowledged_at timestamptz
);
CREATE INDEX deadline_notice_deadline ON deadline_notice (deadline, created_at);
CREATE INDEX deadline_notice_open ON deadline_notice (created_at) WHERE acknowledged_at IS NULL;
