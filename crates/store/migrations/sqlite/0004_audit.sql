-- Audit events (审计事件), a hash chain without gaps. The head row is locked by every append, so numbers follow commits.
CREATE TABLE audit_event (
    number INTEGER NOT NULL PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    at TEXT NOT NULL,
    person BLOB,
    login TEXT NOT NULL,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    request_id TEXT,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    subject_name TEXT NOT NULL,
    unit BLOB,
    before_json TEXT NOT NULL,
    after_json TEXT NOT NULL,
    success INTEGER NOT NULL CHECK (success IN (0, 1)),
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_event_at ON audit_event (at);
CREATE INDEX audit_event_person ON audit_event (person, number);
CREATE INDEX audit_event_subject ON audit_event (subject_kind, subject_id, number);
CREATE INDEX audit_event_action ON audit_event (action, number);

CREATE TABLE audit_head (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;
INSERT INTO audit_head (id, number, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
