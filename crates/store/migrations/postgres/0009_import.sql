-- Imports of documents: one batch per run over one file, one row per line, so that a killed run resumes.
CREATE TABLE import_batch (
    id uuid NOT NULL PRIMARY KEY,
    source_name text NOT NULL,
    site uuid NOT NULL REFERENCES site (id),
    site_column uuid NOT NULL REFERENCES site_column (id),
    imported_by uuid NOT NULL REFERENCES person (id),
    reviewed_by uuid REFERENCES person (id),
    state text NOT NULL CHECK (state IN ('running', 'done')),
    lines_read bigint NOT NULL,
    admitted bigint NOT NULL,
    rejected bigint NOT NULL,
    unchanged bigint NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz
);

CREATE TABLE import_reject (
    batch uuid NOT NULL REFERENCES import_batch (id),
    line bigint NOT NULL,
    origin_key text,
    reasons text NOT NULL,
    PRIMARY KEY (batch, line)
);
