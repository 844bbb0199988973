CREATE TABLE exchanges (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    snapshot_id TEXT NOT NULL REFERENCES snapshots (id),
    entrant_id TEXT REFERENCES entrants (id),
    agreement TEXT NOT NULL,
    released_by TEXT NOT NULL REFERENCES people (id),
    released_at TEXT NOT NULL,
    withdrawn_reason TEXT CHECK (withdrawn_reason <> ''),
    CHECK ((entrant_id IS NULL) = (agreement = ''))
) STRICT;
CREATE INDEX exchanges_of ON exchanges (round_id, snapshot_id);
CREATE UNIQUE INDEX exchanges_once ON exchanges (snapshot_id, coalesce(entrant_id, ''))
WHERE withdrawn_reason IS NULL;
