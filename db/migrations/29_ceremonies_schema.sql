-- The steps of an award ceremony, made from one certificate, and the step that is shown; 0 is none.
CREATE TABLE ceremonies (
    round_id TEXT PRIMARY KEY REFERENCES rounds (id),
    snapshot_id TEXT NOT NULL REFERENCES snapshots (id),
    steps TEXT NOT NULL CHECK (steps <> ''),
    step INTEGER NOT NULL CHECK (step >= 0),
    moved_at TEXT NOT NULL
) STRICT;
