CREATE TABLE signed_forms (
    correction_id TEXT PRIMARY KEY REFERENCES corrections (id),
    signed_by TEXT NOT NULL REFERENCES people (id),
    taken_by TEXT NOT NULL REFERENCES people (id),
    name TEXT NOT NULL CHECK (name <> ''),
    media_type TEXT NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png')),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    at TEXT NOT NULL,
    CHECK (signed_by <> taken_by)
) STRICT;
