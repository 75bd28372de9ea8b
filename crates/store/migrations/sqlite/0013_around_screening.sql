-- Around the screening (机审): exceptions, releases of blocking findings, appeals against rules, and what became of
-- every finding. Nothing is deleted: what was asked, granted, refused or ended stays on record.
CREATE TABLE screening_exception (
    id BLOB NOT NULL PRIMARY KEY,
    scope TEXT NOT NULL CHECK (scope IN ('item', 'unit')),
    unit BLOB NOT NULL REFERENCES unit (id),
    resource BLOB REFERENCES resource (id),
    rule TEXT NOT NULL,
    -- Digest of rule and words; blank for the whole rule.
    words TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    message TEXT NOT NULL,
    reason TEXT NOT NULL,
    until_day TEXT,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'in_force', 'refused', 'ended')),
    proposed_by BLOB NOT NULL REFERENCES person (id),
    proposed_at TEXT NOT NULL,
    decided_by BLOB REFERENCES person (id),
    decided_at TEXT,
    remark TEXT,
    ended_by BLOB REFERENCES person (id),
    ended_at TEXT,
    end_reason TEXT
) STRICT;
CREATE INDEX screening_exception_unit ON screening_exception (unit, state, proposed_at);
CREATE UNIQUE INDEX screening_exception_item ON screening_exception (resource, rule, words)
    WHERE scope = 'item' AND state = 'in_force';
CREATE UNIQUE INDEX screening_exception_proposed ON screening_exception (unit, rule, words)
    WHERE scope = 'unit' AND state = 'proposed';

-- 放行: a blocking finding that the last reviewer lets pass.
CREATE TABLE clearance (
    id BLOB NOT NULL PRIMARY KEY,
    edition BLOB NOT NULL REFERENCES edition (id),
    unit BLOB NOT NULL REFERENCES unit (id),
    fingerprint TEXT NOT NULL,
    words TEXT NOT NULL,
    rule TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    message TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'refused', 'withdrawn')),
    asked_by BLOB NOT NULL REFERENCES person (id),
    asked_at TEXT NOT NULL,
    -- The last step of the chain that applied: who may decide.
    step_name TEXT NOT NULL,
    step_duty TEXT NOT NULL,
    step_unit BLOB NOT NULL REFERENCES unit (id),
    decided_by BLOB REFERENCES person (id),
    on_behalf_of BLOB REFERENCES person (id),
    decided_at TEXT,
    remark TEXT
) STRICT;
CREATE INDEX clearance_edition ON clearance (edition, asked_at);
CREATE INDEX clearance_asked ON clearance (step_unit, step_duty, asked_at) WHERE state = 'asked';
CREATE UNIQUE INDEX clearance_open ON clearance (edition, fingerprint) WHERE state = 'asked';

-- 规则异议: one open appeal per rule and words; others join it.
CREATE TABLE screening_appeal (
    id BLOB NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    words TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    message TEXT NOT NULL,
    severity TEXT NOT NULL,
    pack_version TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'adopted', 'refused')),
    office BLOB NOT NULL REFERENCES unit (id),
    deadline BLOB REFERENCES deadline (id),
    filed_at TEXT NOT NULL,
    decided_by BLOB REFERENCES person (id),
    decided_at TEXT,
    opinion TEXT
) STRICT;
CREATE INDEX screening_appeal_state ON screening_appeal (state, filed_at);
CREATE INDEX screening_appeal_rule ON screening_appeal (rule, filed_at);
CREATE UNIQUE INDEX screening_appeal_open ON screening_appeal (rule, words) WHERE state = 'open';

CREATE TABLE appeal_party (
    appeal BLOB NOT NULL REFERENCES screening_appeal (id),
    person BLOB NOT NULL REFERENCES person (id),
    unit BLOB NOT NULL REFERENCES unit (id),
    edition BLOB NOT NULL REFERENCES edition (id),
    fingerprint TEXT NOT NULL,
    text TEXT NOT NULL,
    month TEXT NOT NULL,
    joined_at TEXT NOT NULL,
    told_at TEXT,
    PRIMARY KEY (appeal, person)
) STRICT;
CREATE INDEX appeal_party_person ON appeal_party (person, told_at);
CREATE INDEX appeal_party_unit ON appeal_party (unit, month);

CREATE TABLE appeal_follow_up (
    id BLOB NOT NULL PRIMARY KEY,
    appeal BLOB NOT NULL REFERENCES screening_appeal (id),
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    link TEXT,
    noted_by BLOB NOT NULL REFERENCES person (id),
    noted_at TEXT NOT NULL
) STRICT;
CREATE INDEX appeal_follow_up_appeal ON appeal_follow_up (appeal, noted_at);

-- What became of every finding: the ground of the monthly precision.
CREATE TABLE finding_outcome (
    resource BLOB NOT NULL REFERENCES resource (id),
    fingerprint TEXT NOT NULL,
    edition BLOB NOT NULL REFERENCES edition (id),
    unit BLOB NOT NULL REFERENCES unit (id),
    check_id TEXT NOT NULL,
    rule TEXT NOT NULL,
    words TEXT NOT NULL,
    severity TEXT NOT NULL,
    month TEXT NOT NULL,
    first_seen_at TEXT NOT NULL,
    outcome TEXT CHECK (outcome IN ('accepted', 'corrected', 'overruled', 'ignored', 'vanished')),
    outcome_at TEXT,
    PRIMARY KEY (resource, fingerprint)
) STRICT;
CREATE INDEX finding_outcome_month ON finding_outcome (month, rule);
CREATE INDEX finding_outcome_unit ON finding_outcome (unit, month);
