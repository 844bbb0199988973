ALTER TABLE rounds ADD COLUMN kind TEXT NOT NULL DEFAULT 'judged'
    CHECK (kind IN ('judged', 'composite'));

CREATE TABLE parts (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    position INTEGER NOT NULL CHECK (position > 0),
    title TEXT NOT NULL CHECK (title <> ''),
    weight TEXT NOT NULL,
    source_id TEXT REFERENCES rounds (id),
    maximum INTEGER CHECK (maximum > 0),
    step INTEGER CHECK (step > 0 AND maximum % step = 0),
    UNIQUE (round_id, position),
    UNIQUE (round_id, title),
    UNIQUE (round_id, source_id),
    CHECK (source_id <> round_id),
    CHECK ((source_id IS NULL) = (maximum IS NOT NULL)),
    CHECK ((maximum IS NULL) = (step IS NULL))
) STRICT;
CREATE INDEX parts_of ON parts (source_id);

CREATE TABLE outside_lists (
    id TEXT PRIMARY KEY,
    part_id TEXT NOT NULL REFERENCES parts (id),
    round_id TEXT NOT NULL REFERENCES rounds (id),
    source TEXT NOT NULL CHECK (source <> ''),
    state TEXT NOT NULL CHECK (state IN ('entered', 'confirmed', 'refused')),
    entered_by TEXT NOT NULL REFERENCES people (id),
    entered_at TEXT NOT NULL,
    answered_by TEXT REFERENCES people (id),
    answered_at TEXT,
    CHECK (state <> 'confirmed' OR answered_by <> entered_by),
    CHECK ((state = 'entered') = (answered_by IS NULL)),
    CHECK ((answered_by IS NULL) = (answered_at IS NULL))
) STRICT;
CREATE INDEX outside_lists_of ON outside_lists (round_id, part_id);

CREATE TABLE outside_scores (
    list_id TEXT NOT NULL REFERENCES outside_lists (id),
    entrant_id TEXT NOT NULL REFERENCES entrants (id),
    value INTEGER CHECK (value >= 0),
    PRIMARY KEY (list_id, entrant_id)
) STRICT;
