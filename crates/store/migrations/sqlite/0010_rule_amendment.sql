-- Changed parameters of rules (规则参数调整). Nothing is deleted: every value that ever held stays on record.
CREATE TABLE rule_amendment (
    id BLOB NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    parameter TEXT NOT NULL,
    division TEXT NOT NULL,
    value TEXT NOT NULL,
    from_day TEXT NOT NULL,
    until_day TEXT,
    looser INTEGER NOT NULL CHECK (looser IN (0, 1)),
    reason TEXT NOT NULL,
    document TEXT,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'in_force', 'refused', 'withdrawn')),
    proposed_by BLOB NOT NULL REFERENCES person (id),
    proposed_at TEXT NOT NULL,
    decided_by BLOB REFERENCES person (id),
    decided_at TEXT,
    remark TEXT,
    lock_version INTEGER NOT NULL
) STRICT;
CREATE INDEX rule_amendment_rule ON rule_amendment (rule, proposed_at);
CREATE INDEX rule_amendment_state ON rule_amendment (state, proposed_at);
CREATE UNIQUE INDEX rule_amendment_proposed ON rule_amendment (rule, parameter, division) WHERE state = 'proposed';
CREATE UNIQUE INDEX rule_amendment_open ON rule_amendment (division, rule, parameter)
    WHERE state = 'in_force' AND until_day IS NULL;
