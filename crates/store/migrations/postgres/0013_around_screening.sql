-- Around the screening (机审): exceptions, releases of blocking findings, appeals against rules, and what became of
-- every finding. Nothing is deleted: what was asked, granted, refused or ended stays on record.
CREATE TABLE screening_exception (
    id uuid NOT NULL PRIMARY KEY,
    scope text NOT NULL CHECK (scope IN ('item', 'unit')),
    unit uuid NOT NULL REFERENCES unit (id),
    resource uuid REFERENCES resource (id),
    rule text NOT NULL,
    -- Digest of rule and words; blank for the whole rule.
    words text NOT NULL,
    excerpt text NOT NULL,
    message text NOT NULL,
    reason text NOT NULL,
    until_day text,
    state text NOT NULL CHECK (state IN ('proposed', 'in_force', 'refused', 'ended')),
    proposed_by uuid NOT NULL REFERENCES person (id),
    proposed_at timestamptz NOT NULL,
    decided_by uuid REFERENCES person (id),
    decided_at timestamptz,
    remark text,
    ended_by uuid REFERENCES person (id),
    ended_at timestamptz,
    end_reason text
);
CREATE INDEX screening_exception_unit ON screening_exception (unit, state, proposed_at);
CREATE UNIQUE INDEX screening_exception_item ON screening_exception (resource, rule, words)
    WHERE scope = 'item' AND state = 'in_force';
CREATE UNIQUE INDEX screening_exception_proposed ON screening_exception (unit, rule, words)
    WHERE scope = 'unit' AND state = 'proposed';

-- 放行: a blocking finding that the last reviewer lets pass.
CREATE TABLE clearance (
    id uuid NOT NULL PRIMARY KEY,
    edition uuid NOT NULL REFERENCES edition (id),
    unit uuid NOT NULL REFERENCES unit (id),
    fingerprint text NOT NULL,
    words text NOT NULL,
    rule text NOT NULL,
    excerpt text NOT NULL,
    message text NOT NULL,
    reason text NOT NULL,
    state text NOT NULL CHECK (state IN ('asked', 'granted', 'refused', 'withdrawn')),
    asked_by uuid NOT NULL REFERENCES person (id),
    asked_at timestamptz NOT NULL,
    -- The last step of the chain that applied: who may decide.
    step_name text NOT NULL,
    step_duty text NOT NULL,
    step_unit uuid NOT NULL REFERENCES unit (id),
    decided_by uuid REFERENCES person (id),
    on_behalf_of uuid REFERENCES person (id),
    decided_at timestamptz,
    remark text
);
CREATE INDEX clearance_edition ON clearance (edition, asked_at);
CREATE INDEX clearance_asked ON clearance (step_unit, step_duty, asked_at) WHERE state = 'asked';
CREATE UNIQUE INDEX clearance_open ON clearance (edition, fingerprint) WHERE state = 'asked';

-- 规则异议: one open appeal per rule and words; others join it.
CREATE TABLE screening_appeal (
    id uuid NOT NULL PRIMARY KEY,
    rule text NOT NULL,
    words text NOT NULL,
    excerpt text NOT NULL,
    message text NOT NULL,
    severity text NOT NULL,
    pack_version text NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'adopted', 'refused')),
    office uuid NOT NULL REFERENCES unit (id),
    deadline uuid REFERENCES deadline (id),
    filed_at timestamptz NOT NULL,
    decided_by uuid REFERENCES person (id),
    decided_at timestamptz,
    opinion text
);
CREATE INDEX screening_appeal_state ON screening_appeal (state, filed_at);
CREATE INDEX screening_appeal_rule ON screening_appeal (rule, filed_at);
CREATE UNIQUE INDEX screening_appeal_open ON screening_appeal (rule, words) WHERE state = 'open';

CREATE TABLE appeal_party (
    appeal uuid NOT NULL REFERENCES screening_appeal (id),
    person uuid NOT NULL REFERENCES person (id),
    unit uuid NOT NULL REFERENCES unit (id),
    edition uuid NOT NULL REFERENCES edition (id),
    fingerprint text NOT NULL,
    text text NOT NULL,
    month text NOT NULL,
    joined_at timestamptz NOT NULL,
    told_at timestamptz,
    PRIMARY KEY (appeal, person)
);
CREATE INDEX appeal_party_person ON appeal_party (person, told_at);
CREATE INDEX appeal_party_unit ON appeal_party (unit, month);

CREATE TABLE appeal_follow_up (
    id uuid NOT NULL PRIMARY KEY,
    appeal uuid NOT NULL REFERENCES screening_appeal (id),
    kind text NOT NULL,
    text text NOT NULL,
    link text,
    noted_by uuid NOT NULL REFERENCES person (id),
    noted_at timestamptz NOT NULL
);
CREATE INDEX appeal_follow_up_appeal ON appeal_follow_up (appeal, noted_at);

-- What became of every finding: the ground of the monthly precision.
CREATE TABLE finding_outcome (
    resource uuid NOT NULL REFERENCES resource (id),
    fingerprint text NOT NULL,
    edition uuid NOT NULL REFERENCES edition (id),
    unit uuid NOT NULL REFERENCES unit (id),
    check_id text NOT NULL,
    rule text NOT NULL,
    words text NOT NULL,
    severity text NOT NULL,
    month text NOT NULL,
    first_seen_at timestamptz NOT NULL,
    outcome text CHECK (outcome IN ('accepted', 'corrected', 'overruled', 'ignored', 'vanished')),
    outcome_at timestamptz,
    PRIMARY KEY (resource, fingerprint)
);
CREATE INDEX finding_outcome_month ON finding_outcome (month, rule);
CREATE INDEX finding_outcome_unit ON finding_outcome (unit, month);
