CREATE TABLE applied_changes (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    round_id TEXT NOT NULL,
    entrant_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('mark', 'submit', 'remark', 'note')),
    outcome TEXT NOT NULL CHECK (outcome IN ('done', 'requested')),
    at TEXT NOT NULL,
    FOREIGN KEY (round_id, entrant_id, person_id)
        REFERENCES assignments (round_id, entrant_id, person_id)
) STRICT;

CREATE TABLE change_requests (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL,
    entrant_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('late', 'asked')),
    reason TEXT NOT NULL CHECK (cause = 'late' OR reason <> ''),
    asked_by TEXT NOT NULL REFERENCES people (id),
    asked_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'refused')),
    answered_by TEXT REFERENCES people (id),
    answered_at TEXT,
    CHECK ((state = 'asked') = (answered_by IS NULL)),
    CHECK (answered_by IS NULL OR answered_by <> asked_by),
    FOREIGN KEY (round_id, entrant_id, person_id)
        REFERENCES assignments (round_id, entrant_id, person_id)
) STRICT;
CREATE UNIQUE INDEX change_requests_once ON change_requests (round_id, entrant_id, person_id)
    WHERE state = 'asked';

CREATE TABLE requested_marks (
    request_id TEXT NOT NULL REFERENCES change_requests (id),
    criterion_id TEXT NOT NULL REFERENCES criteria (id),
    value INTEGER NOT NULL CHECK (value >= 0),
    before INTEGER CHECK (before >= 0),
    client_id TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (request_id, criterion_id)
) STRICT;

CREATE TABLE remarks (
    round_id TEXT NOT NULL,
    entrant_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('remark', 'note')),
    text TEXT NOT NULL,
    client_id TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (round_id, entrant_id, person_id, kind),
    FOREIGN KEY (round_id, entrant_id, person_id)
        REFERENCES assignments (round_id, entrant_id, person_id)
) STRICT;

CREATE TABLE calls (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    round_id TEXT NOT NULL REFERENCES rounds (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    entrant_id TEXT REFERENCES entrants (id),
    at TEXT NOT NULL,
    answered_by TEXT REFERENCES people (id),
    answered_at TEXT,
    CHECK ((answered_by IS NULL) = (answered_at IS NULL))
) STRICT;
CREATE INDEX calls_of ON calls (round_id, answered_at);

CREATE TABLE holders (
    person_id TEXT PRIMARY KEY REFERENCES people (id),
    device TEXT NOT NULL CHECK (device <> ''),
    at TEXT NOT NULL
) STRICT;

CREATE TABLE transcriptions (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL,
    entrant_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('dictated', 'paper')),
    state TEXT NOT NULL CHECK (state IN ('typed', 'confirmed', 'refused')),
    typed_by TEXT NOT NULL REFERENCES people (id),
    typed_at TEXT NOT NULL,
    answered_by TEXT REFERENCES people (id),
    answered_at TEXT,
    CHECK ((state = 'typed') = (answered_by IS NULL)),
    CHECK (state <> 'confirmed' OR answered_by <> typed_by),
    FOREIGN KEY (round_id, entrant_id, person_id)
        REFERENCES assignments (round_id, entrant_id, person_id)
) STRICT;
CREATE INDEX transcriptions_of ON transcriptions (round_id, entrant_id, person_id);

CREATE TABLE transcribed_marks (
    transcription_id TEXT NOT NULL REFERENCES transcriptions (id),
    criterion_id TEXT NOT NULL REFERENCES criteria (id),
    value INTEGER NOT NULL CHECK (value >= 0),
    PRIMARY KEY (transcription_id, criterion_id)
) STRICT;
