-- What was read out of a stored file, by the digest of its bytes.
CREATE TABLE file_reading (
    hash TEXT NOT NULL PRIMARY KEY,
    text TEXT NOT NULL,
    -- What could not be read and why, a JSON list of sentences.
    notices TEXT NOT NULL,
    -- Statistics of a picture as JSON, when it is one.
    shape TEXT,
    -- Readings of an earlier reader are made anew.
    reader INTEGER NOT NULL
) STRICT;

-- Signatures of admitted editions, and their keys: near duplicates share one.
CREATE TABLE edition_signature (
    edition BLOB NOT NULL PRIMARY KEY REFERENCES edition (id),
    resource BLOB NOT NULL REFERENCES resource (id)
) STRICT;
CREATE INDEX edition_signature_resource ON edition_signature (resource);
CREATE TABLE edition_signature_key (
    key INTEGER NOT NULL,
    edition BLOB NOT NULL REFERENCES edition_signature (edition) ON DELETE CASCADE,
    PRIMARY KEY (key, edition)
) STRICT;
CREATE INDEX edition_signature_key_edition ON edition_signature_key (edition);

-- Citations are looked up by title.
CREATE INDEX edition_title ON edition (title) WHERE state = 'admitted';
