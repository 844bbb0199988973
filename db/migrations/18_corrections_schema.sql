CREATE TABLE corrections (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    kind TEXT NOT NULL CHECK (kind <> ''),
    entrant_id TEXT REFERENCES entrants (id),
    person_id TEXT REFERENCES people (id),
    what TEXT NOT NULL,
    ground TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    asked_by TEXT NOT NULL REFERENCES people (id),
    asked_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'confirmed', 'refused', 'withdrawn')),
    answered_by TEXT REFERENCES people (id),
    answered_at TEXT,
    answer TEXT NOT NULL,
    before TEXT,
    after TEXT,
    CHECK ((state = 'asked') = (answered_by IS NULL)),
    CHECK ((answered_by IS NULL) = (answered_at IS NULL)),
    CHECK (state NOT IN ('confirmed', 'refused') OR answered_by <> asked_by),
    CHECK (state <> 'withdrawn' OR answered_by = asked_by)
) STRICT;
CREATE INDEX corrections_of ON corrections (round_id, state);

CREATE TRIGGER corrections_stay BEFORE UPDATE ON corrections
WHEN OLD.state <> 'asked' OR OLD.round_id <> NEW.round_id OR OLD.kind <> NEW.kind
  OR OLD.entrant_id IS NOT NEW.entrant_id OR OLD.person_id IS NOT NEW.person_id
  OR OLD.what <> NEW.what OR OLD.ground <> NEW.ground OR OLD.old <> NEW.old
  OR OLD.new <> NEW.new OR OLD.reason <> NEW.reason
  OR OLD.asked_by <> NEW.asked_by OR OLD.asked_at <> NEW.asked_at
BEGIN SELECT RAISE(ABORT, 'a correction is answered as it was asked for'); END;
CREATE TRIGGER corrections_remain BEFORE DELETE ON corrections
BEGIN SELECT RAISE(ABORT, 'corrections cannot be deleted'); END;

CREATE TABLE signed_rules (
    round_id TEXT NOT NULL REFERENCES rounds (id),
    version INTEGER NOT NULL CHECK (version > 1),
    is_signed INTEGER NOT NULL CHECK (is_signed IN (0, 1)),
    said TEXT NOT NULL CHECK (said <> ''),
    person_id TEXT NOT NULL REFERENCES people (id),
    at TEXT NOT NULL,
    PRIMARY KEY (round_id, version)
) STRICT;

CREATE TABLE reviews (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    entrant_id TEXT NOT NULL REFERENCES entrants (id),
    ground TEXT NOT NULL CHECK (ground IN ('arithmetic', 'timing', 'recusal', 'procedure')),
    claim TEXT NOT NULL CHECK (claim <> ''),
    asked_by TEXT NOT NULL CHECK (asked_by <> ''),
    since TEXT NOT NULL,
    entered_by TEXT NOT NULL REFERENCES people (id),
    entered_at TEXT NOT NULL,
    finding TEXT CHECK (finding IN ('stands', 'corrected')),
    answer TEXT NOT NULL,
    answered_by TEXT REFERENCES people (id),
    answered_at TEXT,
    CHECK ((finding IS NULL) = (answered_by IS NULL)),
    CHECK ((finding IS NULL) = (answered_at IS NULL)),
    CHECK (answered_by IS NULL OR (answered_by <> entered_by AND answer <> '')),
    FOREIGN KEY (round_id, entrant_id) REFERENCES round_entrants (round_id, entrant_id)
) STRICT;
CREATE INDEX reviews_of ON reviews (round_id, entrant_id);
