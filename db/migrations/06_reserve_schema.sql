ALTER TABLE assignments ADD COLUMN stands_for TEXT REFERENCES people (id)
    CHECK (stands_for <> person_id);
ALTER TABLE sign_ins ADD COLUMN told_at TEXT;

CREATE TABLE substitutions (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL,
    seat_of TEXT NOT NULL,
    leaving TEXT NOT NULL,
    taking TEXT NOT NULL,
    first INTEGER NOT NULL CHECK (first > 0),
    reason TEXT NOT NULL CHECK (reason <> ''),
    at TEXT NOT NULL,
    entered_by TEXT NOT NULL REFERENCES people (id),
    CHECK (leaving <> taking),
    FOREIGN KEY (round_id, seat_of) REFERENCES seats (round_id, person_id),
    FOREIGN KEY (round_id, leaving) REFERENCES seats (round_id, person_id),
    FOREIGN KEY (round_id, taking) REFERENCES seats (round_id, person_id)
) STRICT;
CREATE INDEX substitutions_of ON substitutions (round_id, at);
