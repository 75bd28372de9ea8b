-- People (人员), duties, sessions, policy values.
CREATE TABLE person (
    id BLOB NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    home_unit BLOB NOT NULL REFERENCES unit (id),
    phone TEXT,
    search_text TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    password_hash TEXT NOT NULL,
    password_changed_at TEXT NOT NULL,
    must_change_password INTEGER NOT NULL CHECK (must_change_password IN (0, 1)),
    failed_logins INTEGER NOT NULL,
    locked_until TEXT,
    totp_secret TEXT,
    totp_confirmed_at TEXT,
    totp_last_step INTEGER,
    last_login_at TEXT,
    created_at TEXT NOT NULL,
    lock_version INTEGER NOT NULL
) STRICT;
CREATE INDEX person_home_unit ON person (home_unit);

CREATE TABLE password_history (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id),
    password_hash TEXT NOT NULL,
    set_at TEXT NOT NULL
) STRICT;
CREATE INDEX password_history_person ON password_history (person, set_at);

-- One-time codes for a lost second factor, stored hashed.
CREATE TABLE recovery_code (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id),
    code_hash TEXT NOT NULL,
    used_at TEXT
) STRICT;
CREATE INDEX recovery_code_person ON recovery_code (person);

CREATE TABLE appointment (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id),
    unit BLOB NOT NULL REFERENCES unit (id),
    duty TEXT NOT NULL CHECK (duty IN ('editor', 'reviewer1', 'reviewer2', 'reviewer3', 'reviewer4', 'site_manager', 'supervisor', 'observer', 'system_admin', 'security_admin', 'audit_admin')),
    granted_at TEXT NOT NULL,
    granted_by BLOB REFERENCES person (id),
    ended_at TEXT,
    ended_by BLOB REFERENCES person (id)
) STRICT;
CREATE INDEX appointment_person ON appointment (person);
CREATE INDEX appointment_unit ON appointment (unit, duty);
CREATE UNIQUE INDEX appointment_in_force ON appointment (person, unit, duty) WHERE ended_at IS NULL;

-- The token itself is never stored, only its SHA-256.
CREATE TABLE session (
    id BLOB NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    person BLOB NOT NULL REFERENCES person (id),
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    second_factor_passed INTEGER NOT NULL CHECK (second_factor_passed IN (0, 1)),
    created_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    revoked_at TEXT
) STRICT;
CREATE INDEX session_person ON session (person);

CREATE TABLE delegation (
    id BLOB NOT NULL PRIMARY KEY,
    from_person BLOB NOT NULL REFERENCES person (id),
    to_person BLOB NOT NULL REFERENCES person (id),
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    revoked_at TEXT
) STRICT;
CREATE INDEX delegation_from ON delegation (from_person);
CREATE INDEX delegation_to ON delegation (to_person);

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL,
    changed_by BLOB REFERENCES person (id),
    changed_at TEXT NOT NULL
) STRICT;

-- Things people must be told: missed publications, owed reviews, failed jobs.
CREATE TABLE alarm (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    dedupe_key TEXT NOT NULL UNIQUE,
    unit BLOB REFERENCES unit (id),
    subject_id TEXT NOT NULL,
    message TEXT NOT NULL,
    raised_at TEXT NOT NULL,
    cleared_at TEXT
) STRICT;
CREATE INDEX alarm_unit ON alarm (unit, cleared_at);
