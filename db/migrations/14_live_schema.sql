-- The place in the running order when it is not the number's own: another entrant's number.
ALTER TABLE round_entrants ADD COLUMN turn INTEGER CHECK (turn > 0);

CREATE TABLE adjournments (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    until TEXT NOT NULL,
    at TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    resumed_at TEXT,
    resumed_by TEXT REFERENCES people (id),
    CHECK ((resumed_at IS NULL) = (resumed_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX adjournments_one_at_a_time ON adjournments (round_id)
    WHERE resumed_at IS NULL;
CREATE INDEX adjournments_of ON adjournments (round_id);

-- The hall's screen may show the clock, a break, or nothing. The table has no trigger.
CREATE TABLE screens_new (
    round_id TEXT PRIMARY KEY REFERENCES rounds (id),
    shows TEXT NOT NULL CHECK (shows IN (
        'auto', 'waiting', 'clock', 'break', 'black', 'list', 'score')),
    entrant_id TEXT REFERENCES entrants (id),
    page INTEGER NOT NULL DEFAULT 0 CHECK (page >= 0),
    CHECK ((shows = 'score') = (entrant_id IS NOT NULL))
) STRICT;
INSERT INTO screens_new SELECT round_id, shows, entrant_id, page FROM screens;
DROP TABLE screens;
ALTER TABLE screens_new RENAME TO screens;
