-- The unified library (统一信息资源库): resources, editions, attachments, screening.
CREATE TABLE counter (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
INSERT INTO counter (name, value) VALUES ('resource', 0), ('change', 0);

CREATE TABLE resource (
    id BLOB NOT NULL PRIMARY KEY,
    serial INTEGER NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('article', 'policy', 'interpretation')),
    unit BLOB NOT NULL REFERENCES unit (id),
    unit_path TEXT NOT NULL,
    address_month TEXT NOT NULL,
    origin_key TEXT UNIQUE,
    first_published_at TEXT,
    created_by BLOB NOT NULL REFERENCES person (id),
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX resource_unit ON resource (unit);
CREATE INDEX resource_unit_path ON resource (unit_path);

CREATE TABLE edition (
    id BLOB NOT NULL PRIMARY KEY,
    resource BLOB NOT NULL REFERENCES resource (id),
    number INTEGER NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'returned', 'in_review', 'admitted', 'superseded', 'recalled', 'discarded')),
    title TEXT NOT NULL,
    title_folded TEXT NOT NULL,
    body TEXT NOT NULL,
    elements TEXT NOT NULL,
    open_mode TEXT NOT NULL,
    document_number TEXT,
    change_note TEXT,
    written_by BLOB NOT NULL REFERENCES person (id),
    submitted_by BLOB REFERENCES person (id),
    submitted_at TEXT,
    admitted_at TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    content_hash TEXT,
    lock_version INTEGER NOT NULL,
    UNIQUE (resource, language, number)
) STRICT;
CREATE INDEX edition_state ON edition (state, updated_at);
-- The editions of a resource in a state. Without it SQLite would walk all editions of that state instead.
CREATE INDEX edition_resource ON edition (resource, state);
CREATE INDEX edition_document_number ON edition (document_number);
-- At most one open edition and one admitted edition per resource and language.
CREATE UNIQUE INDEX edition_one_open ON edition (resource, language) WHERE state IN ('draft', 'returned', 'in_review');
CREATE UNIQUE INDEX edition_one_admitted ON edition (resource, language) WHERE state = 'admitted';

-- Everyone who ever saved a draft of the edition; none of them may review it.
CREATE TABLE edition_writer (
    edition BLOB NOT NULL REFERENCES edition (id),
    person BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (edition, person)
) STRICT;

CREATE TABLE attachment (
    id BLOB NOT NULL PRIMARY KEY,
    edition BLOB NOT NULL REFERENCES edition (id),
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    hash TEXT NOT NULL,
    usage TEXT NOT NULL CHECK (usage IN ('listed', 'inline')),
    alt_text TEXT,
    position INTEGER NOT NULL,
    uploaded_by BLOB NOT NULL REFERENCES person (id),
    uploaded_at TEXT NOT NULL,
    UNIQUE (edition, file_name)
) STRICT;

-- Index numbers (索引号): issued per organ and year, never reused.
CREATE TABLE index_number (
    organ TEXT NOT NULL,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    number TEXT NOT NULL UNIQUE,
    resource BLOB NOT NULL REFERENCES resource (id),
    issued_at TEXT NOT NULL,
    PRIMARY KEY (organ, year, serial)
) STRICT;
CREATE INDEX index_number_resource ON index_number (resource);

-- Who interprets what (政策解读 ↔ 政策文件), taken from the elements of the edition.
CREATE TABLE interpretation_link (
    edition BLOB NOT NULL REFERENCES edition (id),
    policy BLOB NOT NULL REFERENCES resource (id),
    PRIMARY KEY (edition, policy)
) STRICT;
CREATE INDEX interpretation_link_policy ON interpretation_link (policy);

CREATE TABLE presence (
    edition BLOB NOT NULL REFERENCES edition (id),
    person BLOB NOT NULL REFERENCES person (id),
    seen_at TEXT NOT NULL,
    PRIMARY KEY (edition, person)
) STRICT;

CREATE TABLE screening (
    id BLOB NOT NULL PRIMARY KEY,
    edition BLOB NOT NULL REFERENCES edition (id),
    content_hash TEXT NOT NULL,
    report TEXT NOT NULL,
    blocks INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    hints INTEGER NOT NULL,
    engine_version TEXT NOT NULL,
    screened_at TEXT NOT NULL
) STRICT;
CREATE INDEX screening_edition ON screening (edition, screened_at);

CREATE TABLE disposition (
    edition BLOB NOT NULL REFERENCES edition (id),
    fingerprint TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('accepted', 'corrected', 'overruled')),
    reason TEXT,
    decided_by BLOB NOT NULL REFERENCES person (id),
    decided_at TEXT NOT NULL,
    PRIMARY KEY (edition, fingerprint)
) STRICT;
