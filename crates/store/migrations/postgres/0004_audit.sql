-- Audit events (审计事件), a hash chain without gaps. The head row is locked by every append, so numbers follow commits.
CREATE TABLE audit_event (
    number bigint NOT NULL PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    at timestamptz NOT NULL,
    person uuid,
    login text NOT NULL,
    channel text NOT NULL,
    address text NOT NULL,
    request_id text,
    action text NOT NULL,
    subject_kind text NOT NULL,
    subject_id text NOT NULL,
    subject_name text NOT NULL,
    unit uuid,
    before_json text NOT NULL,
    after_json text NOT NULL,
    success boolean NOT NULL,
    previous_hash text NOT NULL,
    hash text NOT NULL
);
CREATE INDEX audit_event_at ON audit_event (at);
CREATE INDEX audit_event_person ON audit_event (person, number);
CREATE INDEX audit_event_subject ON audit_event (subject_kind, subject_id, number);
CREATE INDEX audit_event_action ON audit_event (action, number);

CREATE TABLE audit_head (
    id bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    number bigint NOT NULL,
    hash text NOT NULL
);
INSERT INTO audit_head (id, number, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
