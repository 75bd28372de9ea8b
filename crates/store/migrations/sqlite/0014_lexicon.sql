-- Lexicons (词库): packs of words, the words with their history, and the change sets (变更单) that two persons make.
CREATE TABLE lexicon_pack (
    id BLOB NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    unit BLOB NOT NULL REFERENCES unit (id),
    -- Code of the starter pack whose entries it switches off or makes milder.
    corrects TEXT,
    category TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    source TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    -- Counts confirmed change sets; 0 while nothing was confirmed.
    revision INTEGER NOT NULL,
    version TEXT NOT NULL,
    entries INTEGER NOT NULL,
    created_by BLOB NOT NULL REFERENCES person (id),
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX lexicon_pack_unit ON lexicon_pack (unit);
CREATE UNIQUE INDEX lexicon_pack_corrects ON lexicon_pack (corrects);

CREATE TABLE lexicon_change (
    id BLOB NOT NULL PRIMARY KEY,
    pack BLOB NOT NULL REFERENCES lexicon_pack (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'proposed', 'confirmed', 'refused', 'withdrawn')),
    reason TEXT NOT NULL,
    -- New settings of the pack itself (name, severity, message, source, in use), as JSON.
    settings TEXT,
    file_name TEXT,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    repeated INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    proposed_by BLOB NOT NULL REFERENCES person (id),
    proposed_at TEXT NOT NULL,
    decided_by BLOB REFERENCES person (id),
    decided_at TEXT,
    remark TEXT,
    -- The version of the pack that the confirmation made.
    revision INTEGER,
    version TEXT
) STRICT;
CREATE INDEX lexicon_change_pack ON lexicon_change (pack, state, proposed_at);
CREATE INDEX lexicon_change_state ON lexicon_change (state, decided_at);

CREATE TABLE lexicon_change_item (
    change BLOB NOT NULL REFERENCES lexicon_change (id),
    position INTEGER NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('add', 'change', 'withdraw')),
    word_key TEXT NOT NULL,
    word TEXT NOT NULL,
    word_folded TEXT NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (change, position)
) STRICT;
CREATE UNIQUE INDEX lexicon_change_item_word ON lexicon_change_item (change, word_key);
CREATE INDEX lexicon_change_item_key ON lexicon_change_item (word_key);

CREATE TABLE lexicon_change_reject (
    change BLOB NOT NULL REFERENCES lexicon_change (id),
    line INTEGER NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (change, line)
) STRICT;

-- A word as it stood from one version to another; in force while it has no end.
CREATE TABLE lexicon_entry (
    pack BLOB NOT NULL REFERENCES lexicon_pack (id),
    word_key TEXT NOT NULL,
    since_revision INTEGER NOT NULL,
    since_version TEXT NOT NULL,
    word TEXT NOT NULL,
    word_folded TEXT NOT NULL,
    entry TEXT NOT NULL,
    begun_by BLOB NOT NULL REFERENCES lexicon_change (id),
    until_revision INTEGER,
    until_version TEXT,
    ended_by BLOB REFERENCES lexicon_change (id),
    PRIMARY KEY (pack, word_key, since_revision)
) STRICT;
CREATE UNIQUE INDEX lexicon_entry_in_force ON lexicon_entry (pack, word_key) WHERE until_revision IS NULL;
CREATE INDEX lexicon_entry_begun ON lexicon_entry (begun_by);

-- Which characters and pairs an admitted edition holds, so that only what a new word can concern is screened again.
CREATE TABLE edition_sketch (
    edition BLOB NOT NULL PRIMARY KEY REFERENCES edition (id),
    resource BLOB NOT NULL REFERENCES resource (id),
    sketch BLOB NOT NULL,
    -- Drawn by chance, for samples.
    lot INTEGER NOT NULL,
    made_at TEXT NOT NULL
) STRICT;
CREATE INDEX edition_sketch_lot ON edition_sketch (lot);
CREATE INDEX edition_sketch_resource ON edition_sketch (resource);

-- A run over the stock (存量复查): after a change of a pack, daily, or of one edition.
CREATE TABLE stock_run (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('change', 'daily', 'admission')),
    change BLOB REFERENCES lexicon_change (id),
    unit BLOB NOT NULL REFERENCES unit (id),
    day TEXT,
    state TEXT NOT NULL CHECK (state IN ('selecting', 'screening', 'done')),
    looked_at INTEGER NOT NULL,
    sensitive INTEGER NOT NULL,
    sampled INTEGER NOT NULL,
    selected INTEGER NOT NULL,
    screened INTEGER NOT NULL,
    hits INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT
) STRICT;
CREATE INDEX stock_run_started ON stock_run (started_at);
CREATE UNIQUE INDEX stock_run_day ON stock_run (day);
CREATE UNIQUE INDEX stock_run_change ON stock_run (change);

-- What a run has yet to screen.
CREATE TABLE stock_run_item (
    run BLOB NOT NULL REFERENCES stock_run (id),
    edition BLOB NOT NULL REFERENCES edition (id),
    PRIMARY KEY (run, edition)
) STRICT;

-- What was found in the stock (存量问题). One row per hit for ever: no hit is reported twice.
CREATE TABLE stock_issue (
    id BLOB NOT NULL PRIMARY KEY,
    resource BLOB NOT NULL REFERENCES resource (id),
    edition BLOB NOT NULL REFERENCES edition (id),
    run BLOB NOT NULL REFERENCES stock_run (id),
    fingerprint TEXT NOT NULL,
    finding TEXT NOT NULL,
    severity TEXT NOT NULL,
    title TEXT NOT NULL,
    title_folded TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'handled', 'ignored')),
    found_at TEXT NOT NULL,
    closed_by BLOB REFERENCES person (id),
    closed_at TEXT,
    remark TEXT,
    UNIQUE (resource, fingerprint)
) STRICT;
CREATE INDEX stock_issue_state ON stock_issue (state, found_at);
CREATE INDEX stock_issue_run ON stock_issue (run);

-- 重点敏感栏目: everything live in it is screened every day.
ALTER TABLE site_column ADD COLUMN sensitive INTEGER NOT NULL DEFAULT 0 CHECK (sensitive IN (0, 1));

INSERT INTO counter (name, value) VALUES ('lexicon', 0);
