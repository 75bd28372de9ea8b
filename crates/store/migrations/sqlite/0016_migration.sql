-- Moving old sites in (网站迁移): the pages that were collected with their fates, old columns set against new ones, spot
-- checks, and the old addresses that the platform answers for.
CREATE TABLE migration (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL REFERENCES unit (id),
    site BLOB NOT NULL REFERENCES site (id),
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    hosts TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('collecting', 'reading', 'mapping', 'trying', 'tried', 'reviewing', 'live', 'completed', 'abandoned')),
    round INTEGER NOT NULL,
    rules TEXT,
    stopping INTEGER NOT NULL CHECK (stopping IN (0, 1)),
    fault TEXT,
    started_by BLOB NOT NULL REFERENCES person (id),
    created_at TEXT NOT NULL,
    live_at TEXT,
    completed_at TEXT,
    lock_version INTEGER NOT NULL
) STRICT;
CREATE INDEX migration_unit ON migration (unit);
CREATE INDEX migration_site ON migration (site);

CREATE TABLE old_page (
    id BLOB NOT NULL PRIMARY KEY,
    migration BLOB NOT NULL REFERENCES migration (id),
    address TEXT NOT NULL,
    -- SHA-256 of the address: addresses may be longer than an index takes.
    address_key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('queued', 'unread', 'home', 'list', 'article', 'guide', 'other', 'file', 'redirect', 'failed')),
    status INTEGER,
    media_type TEXT,
    hash TEXT,
    size INTEGER NOT NULL,
    etag TEXT,
    last_modified TEXT,
    target TEXT,
    fault TEXT,
    referrer TEXT,
    depth INTEGER NOT NULL,
    seen_round INTEGER NOT NULL,
    changed_round INTEGER NOT NULL,
    read_round INTEGER NOT NULL,
    collected_at TEXT,
    title TEXT NOT NULL,
    title_folded TEXT NOT NULL,
    published_at TEXT,
    source TEXT,
    document_number TEXT,
    column_key TEXT NOT NULL,
    text_hash TEXT,
    text_length INTEGER NOT NULL,
    found TEXT NOT NULL,
    links TEXT NOT NULL,
    further TEXT NOT NULL,
    blocks INTEGER NOT NULL,
    warns INTEGER NOT NULL,
    remarks TEXT NOT NULL,
    corrected TEXT NOT NULL,
    fate TEXT NOT NULL CHECK (fate IN ('undecided', 'moved', 'archived', 'merged', 'dropped')),
    fate_by TEXT NOT NULL CHECK (fate_by IN ('rule', 'column', 'person')),
    fate_reason TEXT NOT NULL,
    merged_into TEXT,
    decided_by BLOB REFERENCES person (id),
    resource BLOB REFERENCES resource (id),
    edition BLOB REFERENCES edition (id),
    tried_round INTEGER NOT NULL,
    trial_fault TEXT
) STRICT;
CREATE UNIQUE INDEX old_page_address ON old_page (migration, address_key);
CREATE INDEX old_page_kind ON old_page (migration, kind);
CREATE INDEX old_page_column ON old_page (migration, column_key);
CREATE INDEX old_page_text ON old_page (migration, text_hash);
CREATE INDEX old_page_edition ON old_page (edition);

CREATE TABLE old_column (
    migration BLOB NOT NULL REFERENCES migration (id),
    column_key TEXT NOT NULL,
    name TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('undecided', 'move', 'archive', 'drop')),
    target BLOB REFERENCES site_column (id),
    kind TEXT NOT NULL,
    confidence INTEGER NOT NULL,
    reason TEXT NOT NULL,
    decided_by BLOB REFERENCES person (id),
    PRIMARY KEY (migration, column_key)
) STRICT;

-- A person compared a page with its original (抽查).
CREATE TABLE spot_check (
    id BLOB NOT NULL PRIMARY KEY,
    migration BLOB NOT NULL REFERENCES migration (id),
    page BLOB NOT NULL REFERENCES old_page (id),
    edition BLOB REFERENCES edition (id),
    agrees INTEGER NOT NULL CHECK (agrees IN (0, 1)),
    note TEXT NOT NULL,
    checked_by BLOB NOT NULL REFERENCES person (id),
    checked_at TEXT NOT NULL
) STRICT;
CREATE INDEX spot_check_migration ON spot_check (migration, checked_at);

CREATE TABLE old_address (
    id BLOB NOT NULL PRIMARY KEY,
    site BLOB NOT NULL REFERENCES site (id),
    migration BLOB NOT NULL REFERENCES migration (id),
    host TEXT NOT NULL,
    -- Path with query, in canonical form.
    path TEXT NOT NULL,
    -- SHA-256 of host and path: one address, one answer.
    address_key TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('moved', 'archived', 'gone')),
    resource BLOB REFERENCES resource (id),
    site_column BLOB REFERENCES site_column (id),
    file_name TEXT,
    hash TEXT,
    media_type TEXT,
    reason TEXT NOT NULL,
    collected_at TEXT,
    hits INTEGER NOT NULL,
    last_hit_at TEXT
) STRICT;
CREATE INDEX old_address_migration ON old_address (migration);
CREATE INDEX old_address_site ON old_address (site, host);
