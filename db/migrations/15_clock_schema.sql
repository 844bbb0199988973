CREATE TABLE clocks (
    round_id TEXT NOT NULL,
    entrant_id TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('presenting', 'answering')),
    take INTEGER NOT NULL CHECK (take > 0),
    state TEXT NOT NULL CHECK (state IN ('ready', 'running', 'paused', 'stopped')),
    used_ms INTEGER NOT NULL CHECK (used_ms >= 0),
    started_at TEXT,
    rev INTEGER NOT NULL CHECK (rev > 0),
    PRIMARY KEY (round_id, entrant_id, phase, take),
    CHECK ((state = 'running') = (started_at IS NOT NULL)),
    CHECK (state <> 'ready' OR used_ms = 0),
    FOREIGN KEY (round_id, entrant_id) REFERENCES round_entrants (round_id, entrant_id)
) STRICT;

CREATE TABLE clock_marks (
    round_id TEXT PRIMARY KEY REFERENCES rounds (id),
    entrant_id TEXT NOT NULL,
    phase TEXT NOT NULL,
    take INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    elapsed_ms INTEGER NOT NULL CHECK (elapsed_ms >= 0),
    at TEXT NOT NULL
) STRICT;

ALTER TABLE deductions ADD COLUMN phase TEXT CHECK (phase IN ('presenting', 'answering'));
ALTER TABLE deductions ADD COLUMN take INTEGER CHECK (take > 0);
ALTER TABLE deductions ADD COLUMN over_seconds INTEGER CHECK (over_seconds > 0);

CREATE TABLE host_texts (
    round_id TEXT NOT NULL REFERENCES rounds (id),
    kind TEXT NOT NULL CHECK (kind <> ''),
    text TEXT NOT NULL CHECK (text <> ''),
    PRIMARY KEY (round_id, kind)
) STRICT;
