-- Lexicons (词库): packs of words, the words with their history, and the change sets (变更单) that two persons make.
CREATE TABLE lexicon_pack (
    id uuid NOT NULL PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name text NOT NULL,
    unit uuid NOT NULL REFERENCES unit (id),
    -- Code of the starter pack whose entries it switches off or makes milder.
    corrects text,
    category text NOT NULL,
    severity text NOT NULL,
    message text NOT NULL,
    source text NOT NULL,
    active boolean NOT NULL,
    -- Counts confirmed change sets; 0 while nothing was confirmed.
    revision bigint NOT NULL,
    version text NOT NULL,
    entries bigint NOT NULL,
    created_by uuid NOT NULL REFERENCES person (id),
    created_at timestamptz NOT NULL
);
CREATE INDEX lexicon_pack_unit ON lexicon_pack (unit);
CREATE UNIQUE INDEX lexicon_pack_corrects ON lexicon_pack (corrects);

CREATE TABLE lexicon_change (
    id uuid NOT NULL PRIMARY KEY,
    pack uuid NOT NULL REFERENCES lexicon_pack (id),
    state text NOT NULL CHECK (state IN ('draft', 'proposed', 'confirmed', 'refused', 'withdrawn')),
    reason text NOT NULL,
    -- New settings of the pack itself (name, severity, message, source, in use), as JSON.
    settings text,
    file_name text,
    added bigint NOT NULL,
    changed bigint NOT NULL,
    withdrawn bigint NOT NULL,
    repeated bigint NOT NULL,
    rejected bigint NOT NULL,
    proposed_by uuid NOT NULL REFERENCES person (id),
    proposed_at timestamptz NOT NULL,
    decided_by uuid REFERENCES person (id),
    decided_at timestamptz,
    remark text,
    -- The version of the pack that the confirmation made.
    revision bigint,
    version text
);
CREATE INDEX lexicon_change_pack ON lexicon_change (pack, state, proposed_at);
CREATE INDEX lexicon_change_state ON lexicon_change (state, decided_at);

CREATE TABLE lexicon_change_item (
    change uuid NOT NULL REFERENCES lexicon_change (id),
    position bigint NOT NULL,
    action text NOT NULL CHECK (action IN ('add', 'change', 'withdraw')),
    word_key text NOT NULL,
    word text NOT NULL,
    word_folded text NOT NULL,
    before text,
    after text,
    PRIMARY KEY (change, position)
);
CREATE UNIQUE INDEX lexicon_change_item_word ON lexicon_change_item (change, word_key);
CREATE INDEX lexicon_change_item_key ON lexicon_change_item (word_key);

CREATE TABLE lexicon_change_reject (
    change uuid NOT NULL REFERENCES lexicon_change (id),
    line bigint NOT NULL,
    text text NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (change, line)
);

-- A word as it stood from one version to another; in force while it has no end.
CREATE TABLE lexicon_entry (
    pack uuid NOT NULL REFERENCES lexicon_pack (id),
    word_key text NOT NULL,
    since_revision bigint NOT NULL,
    since_version text NOT NULL,
    word text NOT NULL,
    word_folded text NOT NULL,
    entry text NOT NULL,
    begun_by uuid NOT NULL REFERENCES lexicon_change (id),
    until_revision bigint,
    until_version text,
    ended_by uuid REFERENCES lexicon_change (id),
    PRIMARY KEY (pack, word_key, since_revision)
);
CREATE UNIQUE INDEX lexicon_entry_in_force ON lexicon_entry (pack, word_key) WHERE until_revision IS NULL;
CREATE INDEX lexicon_entry_begun ON lexicon_entry (begun_by);

-- Which characters and pairs an admitted edition holds, so that only what a new word can concern is screened again.
CREATE TABLE edition_sketch (
    edition uuid NOT NULL PRIMARY KEY REFERENCES edition (id),
    resource uuid NOT NULL REFERENCES resource (id),
    sketch bytea NOT NULL,
    -- Drawn by chance, for samples.
    lot bigint NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE INDEX edition_sketch_lot ON edition_sketch (lot);
CREATE INDEX edition_sketch_resource ON edition_sketch (resource);

-- A run over the stock (存量复查): after a change of a pack, daily, or of one edition.
CREATE TABLE stock_run (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('change', 'daily', 'admission')),
    change uuid REFERENCES lexicon_change (id),
    unit uuid NOT NULL REFERENCES unit (id),
    day text,
    state text NOT NULL CHECK (state IN ('selecting', 'screening', 'done')),
    looked_at bigint NOT NULL,
    sensitive bigint NOT NULL,
    sampled bigint NOT NULL,
    selected bigint NOT NULL,
    screened bigint NOT NULL,
    hits bigint NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz
);
CREATE INDEX stock_run_started ON stock_run (started_at);
CREATE UNIQUE INDEX stock_run_day ON stock_run (day);
CREATE UNIQUE INDEX stock_run_change ON stock_run (change);

-- What a run has yet to screen.
CREATE TABLE stock_run_item (
    run uuid NOT NULL REFERENCES stock_run (id),
    edition uuid NOT NULL REFERENCES edition (id),
    PRIMARY KEY (run, edition)
);

-- What was found in the stock (存量问题). One row per hit for ever: no hit is reported twice.
CREATE TABLE stock_issue (
    id uuid NOT NULL PRIMARY KEY,
    resource uuid NOT NULL REFERENCES resource (id),
    edition uuid NOT NULL REFERENCES edition (id),
    run uuid NOT NULL REFERENCES stock_run (id),
    fingerprint text NOT NULL,
    finding text NOT NULL,
    severity text NOT NULL,
    title text NOT NULL,
    title_folded text NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'handled', 'ignored')),
    found_at timestamptz NOT NULL,
    closed_by uuid REFERENCES person (id),
    closed_at timestamptz,
    remark text,
    UNIQUE (resource, fingerprint)
);
CREATE INDEX stock_issue_state ON stock_issue (state, found_at);
CREATE INDEX stock_issue_run ON stock_issue (run);

-- 重点敏感栏目: everything live in it is screened every day.
ALTER TABLE site_column ADD COLUMN sensitive boolean NOT NULL DEFAULT false;

INSERT INTO counter (name, value) VALUES ('lexicon', 0);
