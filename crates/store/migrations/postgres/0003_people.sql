-- People (人员), duties, sessions, policy values.
CREATE TABLE person (
    id uuid NOT NULL PRIMARY KEY,
    login text NOT NULL UNIQUE,
    name text NOT NULL,
    home_unit uuid NOT NULL REFERENCES unit (id),
    phone text,
    search_text text NOT NULL,
    active boolean NOT NULL,
    password_hash text NOT NULL,
    password_changed_at timestamptz NOT NULL,
    must_change_password boolean NOT NULL,
    failed_logins bigint NOT NULL,
    locked_until timestamptz,
    totp_secret text,
    totp_confirmed_at timestamptz,
    totp_last_step bigint,
    last_login_at timestamptz,
    created_at timestamptz NOT NULL,
    lock_version bigint NOT NULL
);
CREATE INDEX person_home_unit ON person (home_unit);

CREATE TABLE password_history (
    id uuid NOT NULL PRIMARY KEY,
    person uuid NOT NULL REFERENCES person (id),
    password_hash text NOT NULL,
    set_at timestamptz NOT NULL
);
CREATE INDEX password_history_person ON password_history (person, set_at);

-- One-time codes for a lost second factor, stored hashed.
CREATE TABLE recovery_code (
    id uuid NOT NULL PRIMARY KEY,
    person uuid NOT NULL REFERENCES person (id),
    code_hash text NOT NULL,
    used_at timestamptz
);
CREATE INDEX recovery_code_person ON recovery_code (person);

CREATE TABLE appointment (
    id uuid NOT NULL PRIMARY KEY,
    person uuid NOT NULL REFERENCES person (id),
    unit uuid NOT NULL REFERENCES unit (id),
    duty text NOT NULL CHECK (duty IN ('editor', 'reviewer1', 'reviewer2', 'reviewer3', 'reviewer4', 'site_manager', 'supervisor', 'observer', 'system_admin', 'security_admin', 'audit_admin')),
    granted_at timestamptz NOT NULL,
    granted_by uuid REFERENCES person (id),
    ended_at timestamptz,
    ended_by uuid REFERENCES person (id)
);
CREATE INDEX appointment_person ON appointment (person);
CREATE INDEX appointment_unit ON appointment (unit, duty);
CREATE UNIQUE INDEX appointment_in_force ON appointment (person, unit, duty) WHERE ended_at IS NULL;

-- The token itself is never stored, only its SHA-256.
CREATE TABLE session (
    id uuid NOT NULL PRIMARY KEY,
    token_hash text NOT NULL UNIQUE,
    person uuid NOT NULL REFERENCES person (id),
    address text NOT NULL,
    user_agent text NOT NULL,
    second_factor_passed boolean NOT NULL,
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX session_person ON session (person);

CREATE TABLE delegation (
    id uuid NOT NULL PRIMARY KEY,
    from_person uuid NOT NULL REFERENCES person (id),
    to_person uuid NOT NULL REFERENCES person (id),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    reason text NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX delegation_from ON delegation (from_person);
CREATE INDEX delegation_to ON delegation (to_person);

CREATE TABLE setting (
    key text NOT NULL PRIMARY KEY,
    value bigint NOT NULL,
    changed_by uuid REFERENCES person (id),
    changed_at timestamptz NOT NULL
);

-- Things people must be told: missed publications, owed reviews, failed jobs.
CREATE TABLE alarm (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    dedupe_key text NOT NULL UNIQUE,
    unit uuid REFERENCES unit (id),
    subject_id text NOT NULL,
    message text NOT NULL,
    raised_at timestamptz NOT NULL,
    cleared_at timestamptz
);
CREATE INDEX alarm_unit ON alarm (unit, cleared_at);
