CREATE TABLE shelf_marks (
    entrant_id TEXT PRIMARY KEY REFERENCES entrants (id),
    mark TEXT NOT NULL,
    rev INTEGER NOT NULL CHECK (rev > 0)
) STRICT;

CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    entrant_id TEXT NOT NULL REFERENCES entrants (id),
    name TEXT NOT NULL CHECK (name <> ''),
    media_type TEXT NOT NULL CHECK (media_type IN (
        'application/pdf', 'image/jpeg', 'image/png',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document')),
    size INTEGER NOT NULL CHECK (size > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    added_at TEXT NOT NULL,
    UNIQUE (entrant_id, sha256)
) STRICT;
CREATE INDEX documents_by_content ON documents (sha256);
