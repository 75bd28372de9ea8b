-- Yearly holiday arrangements and local days (节假日安排、地方加减日), entered by one person and confirmed by another.
CREATE TABLE holiday_arrangement (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('year', 'local')),
    -- What at most one row proposes and at most one row decides: year:2027, local:150100:2027-07-18.
    occasion text NOT NULL,
    year bigint NOT NULL,
    division text,
    content text NOT NULL,
    source text NOT NULL,
    original text NOT NULL,
    state text NOT NULL CHECK (state IN ('proposed', 'in_force', 'refused', 'superseded')),
    proposed_by uuid NOT NULL REFERENCES person (id),
    proposed_at timestamptz NOT NULL,
    decided_by uuid REFERENCES person (id),
    decided_at timestamptz,
    remark text,
    lock_version bigint NOT NULL
);
CREATE INDEX holiday_arrangement_year ON holiday_arrangement (year, proposed_at);
CREATE INDEX holiday_arrangement_state ON holiday_arrangement (state, proposed_at);
CREATE UNIQUE INDEX holiday_arrangement_proposed ON holiday_arrangement (occasion) WHERE state = 'proposed';
CREATE UNIQUE INDEX holiday_arrangement_in_force ON holiday_arrangement (occasion, state) WHERE state = 'in_force';
