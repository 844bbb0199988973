ALTER TABLE rounds ADD COLUMN removed_at TEXT;
ALTER TABLE entrants ADD COLUMN corrections INTEGER NOT NULL DEFAULT 0
    CHECK (corrections >= 0);

CREATE TABLE kept_facts (
    round_id TEXT NOT NULL,
    entrant_id TEXT NOT NULL,
    code TEXT NOT NULL CHECK (length(code) IN (9, 12)),
    county TEXT NOT NULL CHECK (county <> ''),
    township TEXT NOT NULL,
    village TEXT NOT NULL,
    title TEXT NOT NULL,
    presenter TEXT NOT NULL,
    post TEXT NOT NULL,
    unit TEXT NOT NULL,
    PRIMARY KEY (round_id, entrant_id),
    FOREIGN KEY (round_id, entrant_id) REFERENCES round_entrants (round_id, entrant_id)
) STRICT;
