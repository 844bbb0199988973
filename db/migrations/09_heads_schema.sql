CREATE TABLE generations (
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    number INTEGER NOT NULL CHECK (number > 0),
    token TEXT NOT NULL CHECK (length(token) = 16),
    cause TEXT NOT NULL CHECK (cause IN (
        'created', 'upgraded', 'restored', 'replaced', 'promoted')),
    last_n INTEGER NOT NULL CHECK (last_n >= 0),
    last_hash TEXT NOT NULL CHECK (length(last_hash) = 64),
    lost TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (competition_id, number)
) STRICT;

CREATE TABLE awaited (
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    device TEXT NOT NULL CHECK (device <> ''),
    person_id TEXT NOT NULL REFERENCES people (id),
    head TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'reported', 'waived')),
    waived_by TEXT REFERENCES people (id),
    reason TEXT NOT NULL,
    PRIMARY KEY (competition_id, device),
    CHECK ((state = 'waived') = (waived_by IS NOT NULL)),
    CHECK (state <> 'waived' OR reason <> '')
) STRICT;

CREATE TABLE returned (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    round_id TEXT NOT NULL,
    entrant_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    head TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN (
        'done', 'wait', 'conflict', 'requested', 'refused')),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX returned_of ON returned (competition_id, outcome);

CREATE TABLE witnesses (
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    device TEXT NOT NULL CHECK (device <> ''),
    person_id TEXT NOT NULL REFERENCES people (id),
    head TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('same', 'behind', 'fork', 'new')),
    since TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (competition_id, device)
) STRICT;

CREATE TABLE sightings (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    n INTEGER NOT NULL CHECK (n > 0),
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('viewed', 'signed_in', 'witnessed')),
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    UNIQUE (competition_id, n)
) STRICT;
CREATE INDEX sightings_of ON sightings (competition_id, kind, n);

CREATE TRIGGER sightings_stay BEFORE UPDATE ON sightings
BEGIN SELECT RAISE(ABORT, 'sightings cannot be changed'); END;
CREATE TRIGGER sightings_remain BEFORE DELETE ON sightings
BEGIN SELECT RAISE(ABORT, 'sightings cannot be deleted'); END;

ALTER TABLE sign_ins ADD COLUMN former TEXT;
