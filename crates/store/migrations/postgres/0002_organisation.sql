-- Divisions (行政区划) and units (单位).
CREATE TABLE division (
    code text NOT NULL PRIMARY KEY,
    name text NOT NULL,
    level text NOT NULL CHECK (level IN ('region', 'league', 'banner')),
    kind text NOT NULL,
    parent text REFERENCES division (code),
    short_name text NOT NULL,
    active boolean NOT NULL
);

CREATE TABLE unit (
    id uuid NOT NULL PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name text NOT NULL,
    short_name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('government_office', 'department', 'party_organ', 'authorised_body', 'coordinator', 'contractor')),
    division text NOT NULL REFERENCES division (code),
    parent uuid REFERENCES unit (id),
    path text NOT NULL UNIQUE,
    administrative_sign text,
    coordinator_role text,
    organ_code text,
    document_prefix text,
    status text NOT NULL CHECK (status IN ('active', 'inactive', 'merged')),
    merged_into uuid REFERENCES unit (id),
    search_text text NOT NULL,
    former_names text NOT NULL,
    lock_version bigint NOT NULL
);
CREATE INDEX unit_parent ON unit (parent);
CREATE INDEX unit_division ON unit (division);

-- History of a unit: created, renamed, moved, merged, deactivated, reactivated.
CREATE TABLE unit_history (
    id uuid NOT NULL PRIMARY KEY,
    unit uuid NOT NULL REFERENCES unit (id),
    at timestamptz NOT NULL,
    kind text NOT NULL,
    detail text NOT NULL,
    by_login text NOT NULL
);
CREATE INDEX unit_history_unit ON unit_history (unit, at);
