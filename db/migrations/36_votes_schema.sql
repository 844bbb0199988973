ALTER TABLE parts ADD COLUMN vote TEXT CHECK (vote IS NULL OR source_id IS NULL);

CREATE TABLE votes (
    round_id TEXT PRIMARY KEY REFERENCES rounds (id),
    part_id TEXT NOT NULL REFERENCES parts (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'shown')),
    opened_at TEXT NOT NULL,
    closed_at TEXT,
    ballots INTEGER CHECK (ballots >= 0),
    sha256 TEXT CHECK (length(sha256) = 64),
    list_id TEXT REFERENCES outside_lists (id),
    CHECK ((state = 'open') = (closed_at IS NULL)),
    CHECK ((closed_at IS NULL) = (ballots IS NULL)),
    CHECK ((closed_at IS NULL) = (sha256 IS NULL))
) STRICT;

CREATE TABLE vote_totals (
    round_id TEXT NOT NULL REFERENCES votes (round_id),
    entrant_id TEXT NOT NULL REFERENCES entrants (id),
    votes INTEGER NOT NULL CHECK (votes >= 0),
    PRIMARY KEY (round_id, entrant_id)
) STRICT;

CREATE TABLE vote_batches (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    first INTEGER NOT NULL CHECK (first > 0),
    cards INTEGER NOT NULL CHECK (cards > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    at TEXT NOT NULL,
    UNIQUE (round_id, first)
) STRICT;

CREATE TABLE vote_cancelled (
    round_id TEXT NOT NULL REFERENCES rounds (id),
    number INTEGER NOT NULL CHECK (number > 0),
    replaced_by INTEGER CHECK (replaced_by > number),
    at TEXT NOT NULL,
    PRIMARY KEY (round_id, number)
) STRICT;

CREATE TABLE vote_codes (
    hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
    round_id TEXT NOT NULL REFERENCES rounds (id),
    number INTEGER NOT NULL CHECK (number > 0),
    UNIQUE (round_id, number)
) STRICT;

CREATE TABLE vote_claims (
    hash TEXT PRIMARY KEY REFERENCES vote_codes (hash),
    round_id TEXT NOT NULL REFERENCES rounds (id),
    device TEXT NOT NULL CHECK (length(device) = 64),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX vote_claims_of ON vote_claims (round_id, device);

CREATE TABLE vote_ballots (
    hash TEXT PRIMARY KEY REFERENCES vote_codes (hash),
    round_id TEXT NOT NULL REFERENCES rounds (id),
    choices TEXT NOT NULL CHECK (choices <> ''),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX vote_ballots_of ON vote_ballots (round_id);

CREATE TRIGGER vote_codes_stay BEFORE UPDATE ON vote_codes
BEGIN SELECT RAISE(ABORT, 'codes cannot be changed'); END;
CREATE TRIGGER vote_codes_remain BEFORE DELETE ON vote_codes
BEGIN SELECT RAISE(ABORT, 'codes cannot be deleted'); END;
CREATE TRIGGER vote_claims_stay BEFORE UPDATE ON vote_claims
BEGIN SELECT RAISE(ABORT, 'claims cannot be changed'); END;
CREATE TRIGGER vote_claims_remain BEFORE DELETE ON vote_claims
BEGIN SELECT RAISE(ABORT, 'claims cannot be deleted'); END;
CREATE TRIGGER vote_ballots_stay BEFORE UPDATE ON vote_ballots
BEGIN SELECT RAISE(ABORT, 'ballots cannot be changed'); END;
CREATE TRIGGER vote_ballots_remain BEFORE DELETE ON vote_ballots
BEGIN SELECT RAISE(ABORT, 'ballots cannot be deleted'); END;
