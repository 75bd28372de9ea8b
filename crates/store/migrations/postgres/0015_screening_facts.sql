-- What was read out of a stored file, by the digest of its bytes.
CREATE TABLE file_reading (
    hash text NOT NULL PRIMARY KEY,
    text text NOT NULL,
    -- What could not be read and why, a JSON list of sentences.
    notices text NOT NULL,
    -- Statistics of a picture as JSON, when it is one.
    shape text,
    -- Readings of an earlier reader are made anew.
    reader bigint NOT NULL
);

-- Signatures of admitted editions, and their keys: near duplicates share one.
CREATE TABLE edition_signature (
    edition uuid NOT NULL PRIMARY KEY REFERENCES edition (id),
    resource uuid NOT NULL REFERENCES resource (id)
);
CREATE INDEX edition_signature_resource ON edition_signature (resource);
CREATE TABLE edition_signature_key (
    key bigint NOT NULL,
    edition uuid NOT NULL REFERENCES edition_signature (edition) ON DELETE CASCADE,
    PRIMARY KEY (key, edition)
);
CREATE INDEX edition_signature_key_edition ON edition_signature_key (edition);

-- Citations are looked up by title.
CREATE INDEX edition_title ON edition (title) WHERE state = 'admitted';
