ALTER TABLE competitions ADD COLUMN ends_on TEXT NOT NULL DEFAULT '';
ALTER TABLE rounds ADD COLUMN sample_rubric INTEGER NOT NULL DEFAULT 0
    CHECK (sample_rubric IN (0, 1));

CREATE TABLE logos (
    competition_id TEXT PRIMARY KEY REFERENCES competitions (id),
    media_type TEXT NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg')),
    content TEXT NOT NULL CHECK (content <> ''),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64)
) STRICT;

CREATE TABLE draws (
    round_id TEXT PRIMARY KEY REFERENCES rounds (id),
    seed_hash TEXT NOT NULL CHECK (length(seed_hash) = 64),
    list_hash TEXT NOT NULL CHECK (length(list_hash) = 64),
    sealed_at TEXT NOT NULL,
    seed TEXT CHECK (seed <> ''),
    drawn_at TEXT,
    CHECK ((seed IS NULL) = (drawn_at IS NULL))
) STRICT;
