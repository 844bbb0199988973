CREATE TABLE pins (
    person_id TEXT PRIMARY KEY REFERENCES people (id),
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    hash TEXT NOT NULL CHECK (hash <> ''),
    set_at TEXT NOT NULL,
    set_in TEXT NOT NULL
) STRICT;

CREATE TABLE pin_tries (
    person_id TEXT NOT NULL REFERENCES people (id),
    machine_of TEXT NOT NULL REFERENCES people (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX pin_tries_of ON pin_tries (person_id, at);

ALTER TABLE sign_ins ADD COLUMN pin_later TEXT;
