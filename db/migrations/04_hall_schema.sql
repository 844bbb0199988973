CREATE TABLE releases (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL,
    entrant_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    batch TEXT NOT NULL CHECK (batch <> ''),
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    UNIQUE (round_id, entrant_id, version),
    CHECK ((version = 1) = (reason = '')),
    FOREIGN KEY (round_id, entrant_id) REFERENCES round_entrants (round_id, entrant_id)
) STRICT;

CREATE TABLE screens (
    round_id TEXT PRIMARY KEY REFERENCES rounds (id),
    shows TEXT NOT NULL CHECK (shows IN ('auto', 'waiting', 'list', 'score')),
    entrant_id TEXT REFERENCES entrants (id),
    CHECK ((shows = 'score') = (entrant_id IS NOT NULL))
) STRICT;

CREATE TABLE hall_links (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
    created_at TEXT NOT NULL,
    revoked_at TEXT
) STRICT;
CREATE INDEX hall_links_of ON hall_links (round_id);

CREATE TABLE pairings (
    secret_hash TEXT PRIMARY KEY CHECK (length(secret_hash) = 64),
    code TEXT NOT NULL CHECK (length(code) = 4),
    address TEXT NOT NULL,
    device TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    link_id TEXT
) STRICT;
CREATE UNIQUE INDEX pairings_code ON pairings (code) WHERE link_id IS NULL;

CREATE TABLE printed_links (
    link_id TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE TRIGGER releases_stay BEFORE UPDATE ON releases
BEGIN SELECT RAISE(ABORT, 'releases cannot be changed'); END;
CREATE TRIGGER releases_remain BEFORE DELETE ON releases
BEGIN SELECT RAISE(ABORT, 'releases cannot be deleted'); END;
