-- Imports of documents: one batch per run over one file, one row per line, so that a killed run resumes.
CREATE TABLE import_batch (
    id BLOB NOT NULL PRIMARY KEY,
    source_name TEXT NOT NULL,
    site BLOB NOT NULL REFERENCES site (id),
    site_column BLOB NOT NULL REFERENCES site_column (id),
    imported_by BLOB NOT NULL REFERENCES person (id),
    reviewed_by BLOB REFERENCES person (id),
    state TEXT NOT NULL CHECK (state IN ('running', 'done')),
    lines_read INTEGER NOT NULL,
    admitted INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;

CREATE TABLE import_reject (
    batch BLOB NOT NULL REFERENCES import_batch (id),
    line INTEGER NOT NULL,
    origin_key TEXT,
    reasons TEXT NOT NULL,
    PRIMARY KEY (batch, line)
) STRICT;
