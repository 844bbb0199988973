CREATE TABLE prize_plans (
    round_id TEXT PRIMARY KEY REFERENCES rounds (id),
    content TEXT NOT NULL CHECK (content <> ''),
    person_id TEXT NOT NULL REFERENCES people (id),
    at TEXT NOT NULL
) STRICT;
