-- Running deadlines (办理时限) with their facts, and what owners are told when a due moment moves.
CREATE TABLE deadline (
    id BLOB NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    title TEXT NOT NULL,
    path TEXT NOT NULL,
    unit BLOB NOT NULL REFERENCES unit (id),
    owner BLOB REFERENCES person (id),
    received_at TEXT NOT NULL,
    -- The terms as they held on the day of receipt, and what happened since.
    terms TEXT NOT NULL,
    facts TEXT NOT NULL,
    due_at TEXT,
    explanation TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'met', 'cancelled')),
    started_at TEXT NOT NULL,
    finished_at TEXT,
    lock_version INTEGER NOT NULL
) STRICT;
CREATE INDEX deadline_unit ON deadline (unit, state, due_at);
CREATE INDEX deadline_running ON deadline (id) WHERE state = 'running';
CREATE INDEX deadline_subject ON deadline (subject_kind, subject_id);

CREATE TABLE deadline_notice (
    id BLOB NOT NULL PRIMARY KEY,
    deadline BLOB NOT NULL REFERENCES deadline (id),
    person BLOB REFERENCES person (id),
    due_before TEXT,
    due_after TEXT,
    reason TEXT NOT NULL,
    created_at TEXT NOT NULL,
    acknowledged_by BLOB REFERENCES person (id),
    acknowledged_at TEXT
) STRICT;
CREATE INDEX deadline_notice_deadline ON deadline_notice (deadline, created_at);
CREATE INDEX deadline_notice_open ON deadline_notice (created_at) WHERE acknowledged_at IS NULL;
