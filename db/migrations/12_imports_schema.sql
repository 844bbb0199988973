CREATE TABLE imports (
    id TEXT PRIMARY KEY,
    competition_id TEXT NOT NULL REFERENCES competitions(id),
    name TEXT NOT NULL,
    round_id TEXT REFERENCES rounds(id),
    made_round INTEGER NOT NULL CHECK (made_round IN (0, 1)),
    first_event INTEGER NOT NULL,
    last_event INTEGER NOT NULL,
    undone_at TEXT
) STRICT;
CREATE TABLE column_names (
    competition_id TEXT NOT NULL REFERENCES competitions(id),
    header TEXT NOT NULL,
    field TEXT NOT NULL,
    PRIMARY KEY (competition_id, header)
) STRICT;
CREATE TABLE places (
    competition_id TEXT NOT NULL REFERENCES competitions(id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    township_code TEXT NOT NULL,
    township TEXT NOT NULL,
    county_code TEXT NOT NULL,
    county TEXT NOT NULL,
    PRIMARY KEY (competition_id, code)
) STRICT;
