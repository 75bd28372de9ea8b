-- Sites, columns, placements and what is live (发布版).
CREATE TABLE site (
    id BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    domain TEXT NOT NULL UNIQUE,
    site_code TEXT UNIQUE,
    icp_record TEXT,
    police_record TEXT,
    conac_id TEXT,
    sponsor BLOB NOT NULL REFERENCES unit (id),
    operator BLOB REFERENCES unit (id),
    contact TEXT NOT NULL,
    description TEXT NOT NULL,
    theme TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('preparing', 'live', 'suspended', 'closed')),
    release_number INTEGER NOT NULL,
    lock_version INTEGER NOT NULL
) STRICT;

CREATE TABLE site_column (
    id BLOB NOT NULL PRIMARY KEY,
    site BLOB NOT NULL REFERENCES site (id),
    parent BLOB REFERENCES site_column (id),
    slug TEXT NOT NULL,
    path TEXT NOT NULL,
    name TEXT NOT NULL,
    column_type TEXT NOT NULL,
    description TEXT NOT NULL,
    keywords TEXT NOT NULL,
    position INTEGER NOT NULL,
    in_navigation INTEGER NOT NULL CHECK (in_navigation IN (0, 1)),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    lock_version INTEGER NOT NULL,
    UNIQUE (site, path)
) STRICT;

CREATE TABLE placement (
    id BLOB NOT NULL PRIMARY KEY,
    resource BLOB NOT NULL REFERENCES resource (id),
    site BLOB NOT NULL REFERENCES site (id),
    site_column BLOB NOT NULL REFERENCES site_column (id),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'scheduled', 'live', 'removed', 'recalled')),
    pinned INTEGER NOT NULL CHECK (pinned IN (0, 1)),
    sort_at TEXT,
    publish_at TEXT,
    live_at TEXT,
    expires_at TEXT,
    placed_by BLOB NOT NULL REFERENCES person (id),
    placed_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX placement_in_use ON placement (resource, site_column) WHERE state IN ('proposed', 'scheduled', 'live');
CREATE INDEX placement_column ON placement (site_column, state, sort_at, id);
CREATE INDEX placement_resource ON placement (resource, state);
CREATE INDEX placement_due ON placement (state, publish_at);
CREATE INDEX placement_expiry ON placement (state, expires_at);
CREATE INDEX placement_site ON placement (site, state, resource);
CREATE INDEX placement_pinned ON placement (site_column, state, pinned);

CREATE TABLE release (
    id BLOB NOT NULL PRIMARY KEY,
    site BLOB NOT NULL REFERENCES site (id),
    number INTEGER NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('content', 'rebuild', 'rollback')),
    rolled_back_to INTEGER,
    pages_written INTEGER NOT NULL,
    pages_removed INTEGER NOT NULL,
    theme_version TEXT NOT NULL,
    made_by BLOB REFERENCES person (id),
    made_at TEXT NOT NULL,
    UNIQUE (site, number)
) STRICT;

-- What each release changed, with what stood there before: enough to go back any number of releases.
CREATE TABLE release_page (
    release BLOB NOT NULL REFERENCES release (id),
    path TEXT NOT NULL,
    before_page TEXT,
    after_page TEXT,
    PRIMARY KEY (release, path)
) STRICT;

CREATE TABLE live_page (
    site BLOB NOT NULL REFERENCES site (id),
    path TEXT NOT NULL,
    hash TEXT NOT NULL,
    media_type TEXT NOT NULL,
    status INTEGER NOT NULL,
    edition BLOB REFERENCES edition (id),
    size INTEGER NOT NULL,
    sources TEXT NOT NULL,
    release_number INTEGER NOT NULL,
    PRIMARY KEY (site, path)
) STRICT;
CREATE INDEX live_page_edition ON live_page (edition);

-- What each live page was made from ('resource:<id>', 'column:<id>', 'items:<id>'): the index over live_page.sources.
CREATE TABLE page_dependency (
    site BLOB NOT NULL REFERENCES site (id),
    dependency TEXT NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (site, dependency, path)
) STRICT;
CREATE INDEX page_dependency_path ON page_dependency (site, path);

-- Changes that the next release of a site must show; removed by the transaction that makes that release.
CREATE TABLE pending_change (
    id BLOB NOT NULL PRIMARY KEY,
    site BLOB NOT NULL REFERENCES site (id),
    kind TEXT NOT NULL CHECK (kind IN ('resource', 'column', 'site')),
    subject BLOB,
    made_by BLOB REFERENCES person (id),
    noted_at TEXT NOT NULL
) STRICT;
CREATE INDEX pending_change_site ON pending_change (site, noted_at);

CREATE TABLE recall (
    id BLOB NOT NULL PRIMARY KEY,
    resource BLOB NOT NULL REFERENCES resource (id),
    edition BLOB NOT NULL REFERENCES edition (id),
    reason TEXT NOT NULL,
    public_notice TEXT NOT NULL,
    recalled_by BLOB NOT NULL REFERENCES person (id),
    recalled_at TEXT NOT NULL
) STRICT;
CREATE INDEX recall_resource ON recall (resource);

CREATE TABLE recall_receipt (
    recall BLOB NOT NULL REFERENCES recall (id),
    site BLOB NOT NULL REFERENCES site (id),
    path TEXT NOT NULL,
    place TEXT NOT NULL,
    cleared_at TEXT,
    release_number INTEGER,
    PRIMARY KEY (recall, site, path)
) STRICT;
