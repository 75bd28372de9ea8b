-- Yearly holiday arrangements and local days (节假日安排、地方加减日), entered by one person and confirmed by another.
CREATE TABLE holiday_arrangement (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('year', 'local')),
    -- What at most one row proposes and at most one row decides: year:2027, local:150100:2027-07-18.
    occasion TEXT NOT NULL,
    year INTEGER NOT NULL,
    division TEXT,
    content TEXT NOT NULL,
    source TEXT NOT NULL,
    original TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'in_force', 'refused', 'superseded')),
    proposed_by BLOB NOT NULL REFERENCES person (id),
    proposed_at TEXT NOT NULL,
    decided_by BLOB REFERENCES person (id),
    decided_at TEXT,
    remark TEXT,
    lock_version INTEGER NOT NULL
) STRICT;
CREATE INDEX holiday_arrangement_year ON holiday_arrangement (year, proposed_at);
CREATE INDEX holiday_arrangement_state ON holiday_arrangement (state, proposed_at);
CREATE UNIQUE INDEX holiday_arrangement_proposed ON holiday_arrangement (occasion) WHERE state = 'proposed';
CREATE UNIQUE INDEX holiday_arrangement_in_force ON holiday_arrangement (occasion, state) WHERE state = 'in_force';
