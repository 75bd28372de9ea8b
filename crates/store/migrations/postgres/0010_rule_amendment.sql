-- Changed parameters of rules (规则参数调整). Nothing is deleted: every value that ever held stays on record.
CREATE TABLE rule_amendment (
    id uuid NOT NULL PRIMARY KEY,
    rule text NOT NULL,
    parameter text NOT NULL,
    division text NOT NULL,
    value text NOT NULL,
    from_day text NOT NULL,
    until_day text,
    looser boolean NOT NULL,
    reason text NOT NULL,
    document text,
    state text NOT NULL CHECK (state IN ('proposed', 'in_force', 'refused', 'withdrawn')),
    proposed_by uuid NOT NULL REFERENCES person (id),
    proposed_at timestamptz NOT NULL,
    decided_by uuid REFERENCES person (id),
    decided_at timestamptz,
    remark text,
    lock_version bigint NOT NULL
);
CREATE INDEX rule_amendment_rule ON rule_amendment (rule, proposed_at);
CREATE INDEX rule_amendment_state ON rule_amendment (state, proposed_at);
CREATE UNIQUE INDEX rule_amendment_proposed ON rule_amendment (rule, parameter, division) WHERE state = 'proposed';
CREATE UNIQUE INDEX rule_amendment_open ON rule_amendment (division, rule, parameter)
    WHERE state = 'in_force' AND until_day IS NULL;
