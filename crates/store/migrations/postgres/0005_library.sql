-- The unified library (统一信息资源库): resources, editions, attachments, screening.
CREATE TABLE counter (
    name text NOT NULL PRIMARY KEY,
    value bigint NOT NULL
);
INSERT INTO counter (name, value) VALUES ('resource', 0), ('change', 0);

CREATE TABLE resource (
    id uuid NOT NULL PRIMARY KEY,
    serial bigint NOT NULL UNIQUE,
    kind text NOT NULL CHECK (kind IN ('article', 'policy', 'interpretation')),
    unit uuid NOT NULL REFERENCES unit (id),
    unit_path text NOT NULL,
    address_month text NOT NULL,
    origin_key text UNIQUE,
    first_published_at timestamptz,
    created_by uuid NOT NULL REFERENCES person (id),
    created_at timestamptz NOT NULL
);
CREATE INDEX resource_unit ON resource (unit);
CREATE INDEX resource_unit_path ON resource (unit_path);

CREATE TABLE edition (
    id uuid NOT NULL PRIMARY KEY,
    resource uuid NOT NULL REFERENCES resource (id),
    number bigint NOT NULL,
    language text NOT NULL,
    state text NOT NULL CHECK (state IN ('draft', 'returned', 'in_review', 'admitted', 'superseded', 'recalled', 'discarded')),
    title text NOT NULL,
    title_folded text NOT NULL,
    body text NOT NULL,
    elements text NOT NULL,
    open_mode text NOT NULL,
    document_number text,
    change_note text,
    written_by uuid NOT NULL REFERENCES person (id),
    submitted_by uuid REFERENCES person (id),
    submitted_at timestamptz,
    admitted_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    content_hash text,
    lock_version bigint NOT NULL,
    UNIQUE (resource, language, number)
);
CREATE INDEX edition_state ON edition (state, updated_at);
-- The editions of a resource in a state. Without it SQLite would walk all editions of that state instead.
CREATE INDEX edition_resource ON edition (resource, state);
CREATE INDEX edition_document_number ON edition (document_number);
-- At most one open edition and one admitted edition per resource and language.
CREATE UNIQUE INDEX edition_one_open ON edition (resource, language) WHERE state IN ('draft', 'returned', 'in_review');
CREATE UNIQUE INDEX edition_one_admitted ON edition (resource, language) WHERE state = 'admitted';

-- Everyone who ever saved a draft of the edition; none of them may review it.
CREATE TABLE edition_writer (
    edition uuid NOT NULL REFERENCES edition (id),
    person uuid NOT NULL REFERENCES person (id),
    PRIMARY KEY (edition, person)
);

CREATE TABLE attachment (
    id uuid NOT NULL PRIMARY KEY,
    edition uuid NOT NULL REFERENCES edition (id),
    file_name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    hash text NOT NULL,
    usage text NOT NULL CHECK (usage IN ('listed', 'inline')),
    alt_text text,
    position bigint NOT NULL,
    uploaded_by uuid NOT NULL REFERENCES person (id),
    uploaded_at timestamptz NOT NULL,
    UNIQUE (edition, file_name)
);

-- Index numbers (索引号): issued per organ and year, never reused.
CREATE TABLE index_number (
    organ text NOT NULL,
    year bigint NOT NULL,
    serial bigint NOT NULL,
    number text NOT NULL UNIQUE,
    resource uuid NOT NULL REFERENCES resource (id),
    issued_at timestamptz NOT NULL,
    PRIMARY KEY (organ, year, serial)
);
CREATE INDEX index_number_resource ON index_number (resource);

-- Who interprets what (政策解读 ↔ 政策文件), taken from the elements of the edition.
CREATE TABLE interpretation_link (
    edition uuid NOT NULL REFERENCES edition (id),
    policy uuid NOT NULL REFERENCES resource (id),
    PRIMARY KEY (edition, policy)
);
CREATE INDEX interpretation_link_policy ON interpretation_link (policy);

CREATE TABLE presence (
    edition uuid NOT NULL REFERENCES edition (id),
    person uuid NOT NULL REFERENCES person (id),
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (edition, person)
);

CREATE TABLE screening (
    id uuid NOT NULL PRIMARY KEY,
    edition uuid NOT NULL REFERENCES edition (id),
    content_hash text NOT NULL,
    report text NOT NULL,
    blocks bigint NOT NULL,
    warnings bigint NOT NULL,
    hints bigint NOT NULL,
    engine_version text NOT NULL,
    screened_at timestamptz NOT NULL
);
CREATE INDEX screening_edition ON screening (edition, screened_at);

CREATE TABLE disposition (
    edition uuid NOT NULL REFERENCES edition (id),
    fingerprint text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('accepted', 'corrected', 'overruled')),
    reason text,
    decided_by uuid NOT NULL REFERENCES person (id),
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (edition, fingerprint)
);
