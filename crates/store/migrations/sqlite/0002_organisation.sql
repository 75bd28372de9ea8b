-- Divisions (行政区划) and units (单位).
CREATE TABLE division (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('region', 'league', 'banner')),
    kind TEXT NOT NULL,
    parent TEXT REFERENCES division (code),
    short_name TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE unit (
    id BLOB NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('government_office', 'department', 'party_organ', 'authorised_body', 'coordinator', 'contractor')),
    division TEXT NOT NULL REFERENCES division (code),
    parent BLOB REFERENCES unit (id),
    path TEXT NOT NULL UNIQUE,
    administrative_sign TEXT,
    coordinator_role TEXT,
    organ_code TEXT,
    document_prefix TEXT,
    status TEXT NOT NULL CHECK (status IN ('active', 'inactive', 'merged')),
    merged_into BLOB REFERENCES unit (id),
    search_text TEXT NOT NULL,
    former_names TEXT NOT NULL,
    lock_version INTEGER NOT NULL
) STRICT;
CREATE INDEX unit_parent ON unit (parent);
CREATE INDEX unit_division ON unit (division);

-- History of a unit: created, renamed, moved, merged, deactivated, reactivated.
CREATE TABLE unit_history (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL REFERENCES unit (id),
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    by_login TEXT NOT NULL
) STRICT;
CREATE INDEX unit_history_unit ON unit_history (unit, at);
