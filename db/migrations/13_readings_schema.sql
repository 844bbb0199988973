CREATE TABLE readings (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    entrant_id TEXT NOT NULL REFERENCES entrants (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    entered_by TEXT NOT NULL REFERENCES people (id),
    entered_at TEXT NOT NULL,
    confirmed_by TEXT REFERENCES people (id),
    confirmed_at TEXT,
    withdrawn_by TEXT REFERENCES people (id),
    withdrawn_at TEXT,
    withdrawn_reason TEXT CHECK (withdrawn_reason <> ''),
    CHECK (confirmed_by IS NULL OR confirmed_by <> entered_by),
    CHECK (entered_by <> person_id AND (confirmed_by IS NULL OR confirmed_by <> person_id)),
    CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
    CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL)),
    CHECK ((withdrawn_by IS NULL) = (withdrawn_reason IS NULL)),
    FOREIGN KEY (round_id, entrant_id) REFERENCES round_entrants (round_id, entrant_id)
) STRICT;
CREATE INDEX readings_of ON readings (round_id, entrant_id);
CREATE UNIQUE INDEX readings_once ON readings (round_id, entrant_id, person_id)
    WHERE withdrawn_by IS NULL;

CREATE TABLE reading_marks (
    reading_id TEXT NOT NULL REFERENCES readings (id),
    criterion_id TEXT NOT NULL REFERENCES criteria (id),
    value INTEGER NOT NULL CHECK (value >= 0),
    PRIMARY KEY (reading_id, criterion_id)
) STRICT;
