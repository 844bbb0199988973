CREATE TABLE withdrawn_releases (
    release_id TEXT PRIMARY KEY REFERENCES releases (id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    at TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id)
) STRICT;

CREATE TRIGGER withdrawn_releases_stay BEFORE UPDATE ON withdrawn_releases
BEGIN SELECT RAISE(ABORT, 'withdrawn releases cannot be changed'); END;
CREATE TRIGGER withdrawn_releases_remain BEFORE DELETE ON withdrawn_releases
BEGIN SELECT RAISE(ABORT, 'withdrawn releases cannot be deleted'); END;
