-- The open interface: change feed of the library and API tokens.
CREATE TABLE library_change (
    number bigint NOT NULL PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('admitted', 'superseded', 'recalled')),
    resource uuid NOT NULL REFERENCES resource (id),
    edition uuid NOT NULL REFERENCES edition (id),
    unit_path text NOT NULL,
    open_mode text NOT NULL,
    at timestamptz NOT NULL
);

CREATE TABLE api_token (
    id uuid NOT NULL PRIMARY KEY,
    name text NOT NULL,
    token_hash text NOT NULL UNIQUE,
    unit uuid NOT NULL REFERENCES unit (id),
    unit_path text NOT NULL,
    scopes text NOT NULL,
    issued_by uuid NOT NULL REFERENCES person (id),
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz
);
