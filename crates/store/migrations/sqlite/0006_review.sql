-- Review chains and reviews (分级审核、先审后发).
CREATE TABLE review_chain (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    scope_kind TEXT NOT NULL CHECK (scope_kind IN ('unit', 'site', 'column')),
    scope_id BLOB NOT NULL,
    unit BLOB NOT NULL REFERENCES unit (id),
    steps TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    lock_version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX review_chain_active ON review_chain (scope_kind, scope_id) WHERE active = 1;

CREATE TABLE review (
    id BLOB NOT NULL PRIMARY KEY,
    edition BLOB NOT NULL REFERENCES edition (id),
    unit BLOB NOT NULL REFERENCES unit (id),
    chain_name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'passed', 'returned', 'withdrawn')),
    current_position INTEGER NOT NULL,
    urgent_reason TEXT,
    content_hash TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    lock_version INTEGER NOT NULL
) STRICT;
CREATE INDEX review_edition ON review (edition, started_at);
CREATE UNIQUE INDEX review_one_running ON review (edition) WHERE state = 'running';

CREATE TABLE review_step (
    id BLOB NOT NULL PRIMARY KEY,
    review BLOB NOT NULL REFERENCES review (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    duty TEXT NOT NULL,
    unit BLOB NOT NULL REFERENCES unit (id),
    outcome TEXT NOT NULL CHECK (outcome IN ('waiting', 'passed', 'returned', 'skipped', 'made_up')),
    decided_by BLOB REFERENCES person (id),
    on_behalf_of BLOB REFERENCES person (id),
    decided_at TEXT,
    opinion TEXT,
    waiting_since TEXT,
    due_at TEXT,
    UNIQUE (review, position)
) STRICT;
CREATE INDEX review_step_desk ON review_step (unit, duty, outcome);

CREATE TABLE comment (
    id BLOB NOT NULL PRIMARY KEY,
    edition BLOB NOT NULL REFERENCES edition (id),
    review BLOB REFERENCES review (id),
    field TEXT NOT NULL,
    range_start INTEGER,
    range_end INTEGER,
    quote TEXT,
    text TEXT NOT NULL,
    made_by BLOB NOT NULL REFERENCES person (id),
    made_at TEXT NOT NULL,
    resolved_at TEXT
) STRICT;
CREATE INDEX comment_edition ON comment (edition, made_at);
