-- Moving old sites in (网站迁移): the pages that were collected with their fates, old columns set against new ones, spot
-- checks, and the old addresses that the platform answers for.
CREATE TABLE migration (
    id uuid NOT NULL PRIMARY KEY,
    unit uuid NOT NULL REFERENCES unit (id),
    site uuid NOT NULL REFERENCES site (id),
    name text NOT NULL,
    source text NOT NULL,
    hosts text NOT NULL,
    state text NOT NULL CHECK (state IN ('collecting', 'reading', 'mapping', 'trying', 'tried', 'reviewing', 'live', 'completed', 'abandoned')),
    round bigint NOT NULL,
    rules text,
    stopping boolean NOT NULL,
    fault text,
    started_by uuid NOT NULL REFERENCES person (id),
    created_at timestamptz NOT NULL,
    live_at timestamptz,
    completed_at timestamptz,
    lock_version bigint NOT NULL
);
CREATE INDEX migration_unit ON migration (unit);
CREATE INDEX migration_site ON migration (site);

CREATE TABLE old_page (
    id uuid NOT NULL PRIMARY KEY,
    migration uuid NOT NULL REFERENCES migration (id),
    address text NOT NULL,
    -- SHA-256 of the address: addresses may be longer than an index takes.
    address_key text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('queued', 'unread', 'home', 'list', 'article', 'guide', 'other', 'file', 'redirect', 'failed')),
    status bigint,
    media_type text,
    hash text,
    size bigint NOT NULL,
    etag text,
    last_modified text,
    target text,
    fault text,
    referrer text,
    depth bigint NOT NULL,
    seen_round bigint NOT NULL,
    changed_round bigint NOT NULL,
    read_round bigint NOT NULL,
    collected_at timestamptz,
    title text NOT NULL,
    title_folded text NOT NULL,
    published_at timestamptz,
    source text,
    document_number text,
    column_key text NOT NULL,
    text_hash text,
    text_length bigint NOT NULL,
    found text NOT NULL,
    links text NOT NULL,
    further text NOT NULL,
    blocks bigint NOT NULL,
    warns bigint NOT NULL,
    remarks text NOT NULL,
    corrected text NOT NULL,
    fate text NOT NULL CHECK (fate IN ('undecided', 'moved', 'archived', 'merged', 'dropped')),
    fate_by text NOT NULL CHECK (fate_by IN ('rule', 'column', 'person')),
    fate_reason text NOT NULL,
    merged_into text,
    decided_by uuid REFERENCES person (id),
    resource uuid REFERENCES resource (id),
    edition uuid REFERENCES edition (id),
    tried_round bigint NOT NULL,
    trial_fault text
);
CREATE UNIQUE INDEX old_page_address ON old_page (migration, address_key);
CREATE INDEX old_page_kind ON old_page (migration, kind);
CREATE INDEX old_page_column ON old_page (migration, column_key);
CREATE INDEX old_page_text ON old_page (migration, text_hash);
CREATE INDEX old_page_edition ON old_page (edition);

CREATE TABLE old_column (
    migration uuid NOT NULL REFERENCES migration (id),
    column_key text NOT NULL,
    name text NOT NULL,
    decision text NOT NULL CHECK (decision IN ('undecided', 'move', 'archive', 'drop')),
    target uuid REFERENCES site_column (id),
    kind text NOT NULL,
    confidence bigint NOT NULL,
    reason text NOT NULL,
    decided_by uuid REFERENCES person (id),
    PRIMARY KEY (migration, column_key)
);

-- A person compared a page with its original (抽查).
CREATE TABLE spot_check (
    id uuid NOT NULL PRIMARY KEY,
    migration uuid NOT NULL REFERENCES migration (id),
    page uuid NOT NULL REFERENCES old_page (id),
    edition uuid REFERENCES edition (id),
    agrees boolean NOT NULL,
    note text NOT NULL,
    checked_by uuid NOT NULL REFERENCES person (id),
    checked_at timestamptz NOT NULL
);
CREATE INDEX spot_check_migration ON spot_check (migration, checked_at);

CREATE TABLE old_address (
    id uuid NOT NULL PRIMARY KEY,
    site uuid NOT NULL REFERENCES site (id),
    migration uuid NOT NULL REFERENCES migration (id),
    host text NOT NULL,
    -- Path with query, in canonical form.
    path text NOT NULL,
    -- SHA-256 of host and path: one address, one answer.
    address_key text NOT NULL UNIQUE,
    title text NOT NULL,
    answer text NOT NULL CHECK (answer IN ('moved', 'archived', 'gone')),
    resource uuid REFERENCES resource (id),
    site_column uuid REFERENCES site_column (id),
    file_name text,
    hash text,
    media_type text,
    reason text NOT NULL,
    collected_at timestamptz,
    hits bigint NOT NULL,
    last_hit_at timestamptz
);
CREATE INDEX old_address_migration ON old_address (migration);
CREATE INDEX old_address_site ON old_address (site, host);
