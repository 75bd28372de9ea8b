-- Sites, columns, placements and what is live (发布版).
CREATE TABLE site (
    id uuid NOT NULL PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    name text NOT NULL,
    domain text NOT NULL UNIQUE,
    site_code text UNIQUE,
    icp_record text,
    police_record text,
    conac_id text,
    sponsor uuid NOT NULL REFERENCES unit (id),
    operator uuid REFERENCES unit (id),
    contact text NOT NULL,
    description text NOT NULL,
    theme text NOT NULL,
    state text NOT NULL CHECK (state IN ('preparing', 'live', 'suspended', 'closed')),
    release_number bigint NOT NULL,
    lock_version bigint NOT NULL
);

CREATE TABLE site_column (
    id uuid NOT NULL PRIMARY KEY,
    site uuid NOT NULL REFERENCES site (id),
    parent uuid REFERENCES site_column (id),
    slug text NOT NULL,
    path text NOT NULL,
    name text NOT NULL,
    column_type text NOT NULL,
    description text NOT NULL,
    keywords text NOT NULL,
    position bigint NOT NULL,
    in_navigation boolean NOT NULL,
    active boolean NOT NULL,
    lock_version bigint NOT NULL,
    UNIQUE (site, path)
);

CREATE TABLE placement (
    id uuid NOT NULL PRIMARY KEY,
    resource uuid NOT NULL REFERENCES resource (id),
    site uuid NOT NULL REFERENCES site (id),
    site_column uuid NOT NULL REFERENCES site_column (id),
    state text NOT NULL CHECK (state IN ('proposed', 'scheduled', 'live', 'removed', 'recalled')),
    pinned boolean NOT NULL,
    sort_at timestamptz,
    publish_at timestamptz,
    live_at timestamptz,
    expires_at timestamptz,
    placed_by uuid NOT NULL REFERENCES person (id),
    placed_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX placement_in_use ON placement (resource, site_column) WHERE state IN ('proposed', 'scheduled', 'live');
CREATE INDEX placement_column ON placement (site_column, state, sort_at, id);
CREATE INDEX placement_resource ON placement (resource, state);
CREATE INDEX placement_due ON placement (state, publish_at);
CREATE INDEX placement_expiry ON placement (state, expires_at);
CREATE INDEX placement_site ON placement (site, state, resource);
CREATE INDEX placement_pinned ON placement (site_column, state, pinned);

CREATE TABLE release (
    id uuid NOT NULL PRIMARY KEY,
    site uuid NOT NULL REFERENCES site (id),
    number bigint NOT NULL,
    cause text NOT NULL CHECK (cause IN ('content', 'rebuild', 'rollback')),
    rolled_back_to bigint,
    pages_written bigint NOT NULL,
    pages_removed bigint NOT NULL,
    theme_version text NOT NULL,
    made_by uuid REFERENCES person (id),
    made_at timestamptz NOT NULL,
    UNIQUE (site, number)
);

-- What each release changed, with what stood there before: enough to go back any number of releases.
CREATE TABLE release_page (
    release uuid NOT NULL REFERENCES release (id),
    path text NOT NULL,
    before_page text,
    after_page text,
    PRIMARY KEY (release, path)
);

CREATE TABLE live_page (
    site uuid NOT NULL REFERENCES site (id),
    path text NOT NULL,
    hash text NOT NULL,
    media_type text NOT NULL,
    status bigint NOT NULL,
    edition uuid REFERENCES edition (id),
    size bigint NOT NULL,
    sources text NOT NULL,
    release_number bigint NOT NULL,
    PRIMARY KEY (site, path)
);
CREATE INDEX live_page_edition ON live_page (edition);

-- What each live page was made from ('resource:<id>', 'column:<id>', 'items:<id>'): the index over live_page.sources.
CREATE TABLE page_dependency (
    site uuid NOT NULL REFERENCES site (id),
    dependency text NOT NULL,
    path text NOT NULL,
    PRIMARY KEY (site, dependency, path)
);
CREATE INDEX page_dependency_path ON page_dependency (site, path);

-- Changes that the next release of a site must show; removed by the transaction that makes that release.
CREATE TABLE pending_change (
    id uuid NOT NULL PRIMARY KEY,
    site uuid NOT NULL REFERENCES site (id),
    kind text NOT NULL CHECK (kind IN ('resource', 'column', 'site')),
    subject uuid,
    made_by uuid REFERENCES person (id),
    noted_at timestamptz NOT NULL
);
CREATE INDEX pending_change_site ON pending_change (site, noted_at);

CREATE TABLE recall (
    id uuid NOT NULL PRIMARY KEY,
    resource uuid NOT NULL REFERENCES resource (id),
    edition uuid NOT NULL REFERENCES edition (id),
    reason text NOT NULL,
    public_notice text NOT NULL,
    recalled_by uuid NOT NULL REFERENCES person (id),
    recalled_at timestamptz NOT NULL
);
CREATE INDEX recall_resource ON recall (resource);

CREATE TABLE recall_receipt (
    recall uuid NOT NULL REFERENCES recall (id),
    site uuid NOT NULL REFERENCES site (id),
    path text NOT NULL,
    place text NOT NULL,
    cleared_at timestamptz,
    release_number bigint,
    PRIMARY KEY (recall, site, path)
);
