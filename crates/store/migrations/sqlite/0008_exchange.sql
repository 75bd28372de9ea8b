-- The open interface: change feed of the library and API tokens.
CREATE TABLE library_change (
    number INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('admitted', 'superseded', 'recalled')),
    resource BLOB NOT NULL REFERENCES resource (id),
    edition BLOB NOT NULL REFERENCES edition (id),
    unit_path TEXT NOT NULL,
    open_mode TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE api_token (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    unit BLOB NOT NULL REFERENCES unit (id),
    unit_path TEXT NOT NULL,
    scopes TEXT NOT NULL,
    issued_by BLOB NOT NULL REFERENCES person (id),
    issued_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    last_used_at TEXT,
    revoked_at TEXT
) STRICT;
