CREATE TABLE certifications (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    signed_by TEXT NOT NULL REFERENCES people (id),
    signed_at TEXT NOT NULL,
    second_by TEXT REFERENCES people (id),
    second_at TEXT,
    alone TEXT NOT NULL,
    snapshot_id TEXT REFERENCES snapshots (id),
    CHECK (second_by IS NULL OR second_by <> signed_by),
    CHECK ((second_by IS NULL) = (second_at IS NULL)),
    CHECK ((snapshot_id IS NOT NULL) = (second_by IS NOT NULL OR alone <> '')),
    CHECK (second_by IS NULL OR alone = '')
) STRICT;
CREATE INDEX certifications_of ON certifications (round_id);

CREATE TRIGGER certifications_stay BEFORE UPDATE ON certifications
WHEN OLD.snapshot_id IS NOT NULL OR OLD.round_id <> NEW.round_id OR OLD.sha256 <> NEW.sha256
  OR OLD.signed_by <> NEW.signed_by OR OLD.signed_at <> NEW.signed_at
BEGIN SELECT RAISE(ABORT, 'what was signed stays'); END;
CREATE TRIGGER certifications_remain BEFORE DELETE ON certifications
BEGIN SELECT RAISE(ABORT, 'signatures cannot be deleted'); END;
