CREATE TABLE standbys (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    state TEXT NOT NULL CHECK (state IN ('offered', 'paired', 'ended')),
    code_hash TEXT NOT NULL CHECK (length(code_hash) = 64),
    token_hash TEXT NOT NULL CHECK (length(token_hash) IN (0, 64)),
    expires_at TEXT NOT NULL,
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    at TEXT NOT NULL,
    CHECK ((token_hash <> '') = (second <> ''))
) STRICT;
