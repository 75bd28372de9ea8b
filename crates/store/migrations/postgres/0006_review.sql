-- Review chains and reviews (分级审核、先审后发).
CREATE TABLE review_chain (
    id uuid NOT NULL PRIMARY KEY,
    name text NOT NULL,
    scope_kind text NOT NULL CHECK (scope_kind IN ('unit', 'site', 'column')),
    scope_id uuid NOT NULL,
    unit uuid NOT NULL REFERENCES unit (id),
    steps text NOT NULL,
    active boolean NOT NULL,
    lock_version bigint NOT NULL
);
CREATE UNIQUE INDEX review_chain_active ON review_chain (scope_kind, scope_id) WHERE active = true;

CREATE TABLE review (
    id uuid NOT NULL PRIMARY KEY,
    edition uuid NOT NULL REFERENCES edition (id),
    unit uuid NOT NULL REFERENCES unit (id),
    chain_name text NOT NULL,
    state text NOT NULL CHECK (state IN ('running', 'passed', 'returned', 'withdrawn')),
    current_position bigint NOT NULL,
    urgent_reason text,
    content_hash text NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz,
    lock_version bigint NOT NULL
);
CREATE INDEX review_edition ON review (edition, started_at);
CREATE UNIQUE INDEX review_one_running ON review (edition) WHERE state = 'running';

CREATE TABLE review_step (
    id uuid NOT NULL PRIMARY KEY,
    review uuid NOT NULL REFERENCES review (id),
    position bigint NOT NULL,
    name text NOT NULL,
    duty text NOT NULL,
    unit uuid NOT NULL REFERENCES unit (id),
    outcome text NOT NULL CHECK (outcome IN ('waiting', 'passed', 'returned', 'skipped', 'made_up')),
    decided_by uuid REFERENCES person (id),
    on_behalf_of uuid REFERENCES person (id),
    decided_at timestamptz,
    opinion text,
    waiting_since timestamptz,
    due_at timestamptz,
    UNIQUE (review, position)
);
CREATE INDEX review_step_desk ON review_step (unit, duty, outcome);

CREATE TABLE comment (
    id uuid NOT NULL PRIMARY KEY,
    edition uuid NOT NULL REFERENCES edition (id),
    review uuid REFERENCES review (id),
    field text NOT NULL,
    range_start bigint,
    range_end bigint,
    quote text,
    text text NOT NULL,
    made_by uuid NOT NULL REFERENCES person (id),
    made_at timestamptz NOT NULL,
    resolved_at timestamptz
);
CREATE INDEX comment_edition ON comment (edition, made_at);
