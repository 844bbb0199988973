-- Audits by dice: which sheets were drawn, and whether paper and screen agreed.
CREATE TABLE audits (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    dice TEXT NOT NULL CHECK (dice <> ''),
    head TEXT NOT NULL,
    near TEXT NOT NULL,
    lines TEXT NOT NULL,
    at TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    outcome TEXT CHECK (outcome IN ('agrees', 'differs')),
    wrong TEXT NOT NULL,
    remark TEXT NOT NULL,
    answered_by TEXT REFERENCES people (id),
    answered_at TEXT,
    CHECK ((outcome IS NULL) = (answered_by IS NULL)),
    CHECK ((outcome IS NULL) = (answered_at IS NULL)),
    CHECK ((outcome IS 'differs') = (wrong <> '[]'))
) STRICT;
CREATE INDEX audits_of ON audits (round_id, at);

CREATE TRIGGER audits_stay BEFORE UPDATE ON audits
WHEN OLD.outcome IS NOT NULL OR OLD.round_id <> NEW.round_id OR OLD.dice <> NEW.dice
  OR OLD.head <> NEW.head OR OLD.near <> NEW.near OR OLD.lines <> NEW.lines OR OLD.at <> NEW.at
BEGIN SELECT RAISE(ABORT, 'an audit is answered as it was drawn'); END;
CREATE TRIGGER audits_remain BEFORE DELETE ON audits
BEGIN SELECT RAISE(ABORT, 'audits cannot be deleted'); END;
