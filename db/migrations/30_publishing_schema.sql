CREATE TABLE publications (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    snapshot_id TEXT NOT NULL REFERENCES snapshots (id),
    kind TEXT NOT NULL CHECK (kind IN ('announced', 'noticed', 'decided', 'commended')),
    details TEXT NOT NULL CHECK (details <> ''),
    person_id TEXT NOT NULL REFERENCES people (id),
    at TEXT NOT NULL,
    UNIQUE (snapshot_id, kind)
) STRICT;
CREATE INDEX publications_of ON publications (round_id);
CREATE TRIGGER publications_stay BEFORE UPDATE ON publications
BEGIN SELECT RAISE(ABORT, 'what was made public stays'); END;
CREATE TRIGGER publications_remain BEFORE DELETE ON publications
BEGIN SELECT RAISE(ABORT, 'what was made public stays'); END;

CREATE TABLE objections (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    snapshot_id TEXT NOT NULL REFERENCES snapshots (id),
    raised_by TEXT NOT NULL CHECK (raised_by <> ''),
    claim TEXT NOT NULL CHECK (claim <> ''),
    received_on TEXT NOT NULL CHECK (received_on <> ''),
    entered_by TEXT NOT NULL REFERENCES people (id),
    entered_at TEXT NOT NULL,
    finding TEXT CHECK (finding IN ('dismissed', 'upheld')),
    answer TEXT NOT NULL,
    answered_by TEXT REFERENCES people (id),
    answered_at TEXT,
    CHECK ((finding IS NULL) = (answered_by IS NULL)),
    CHECK ((finding IS NULL) = (answered_at IS NULL)),
    CHECK (answered_by IS NULL OR (answered_by <> entered_by AND answer <> ''))
) STRICT;
CREATE INDEX objections_of ON objections (round_id);

CREATE TABLE list_changes (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    snapshot_id TEXT NOT NULL REFERENCES snapshots (id),
    entrant_id TEXT NOT NULL REFERENCES entrants (id),
    prize TEXT,
    reason TEXT NOT NULL CHECK (reason <> ''),
    entered_by TEXT NOT NULL REFERENCES people (id),
    confirmed_by TEXT REFERENCES people (id),
    withdrawn_reason TEXT CHECK (withdrawn_reason <> ''),
    CHECK (confirmed_by IS NULL OR confirmed_by <> entered_by)
) STRICT;
CREATE INDEX list_changes_of ON list_changes (round_id, snapshot_id);

CREATE TABLE version_requests (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    snapshot_id TEXT NOT NULL REFERENCES snapshots (id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    entered_by TEXT NOT NULL REFERENCES people (id),
    confirmed_by TEXT REFERENCES people (id),
    withdrawn_reason TEXT CHECK (withdrawn_reason <> ''),
    CHECK (confirmed_by IS NULL OR confirmed_by <> entered_by)
) STRICT;
CREATE INDEX version_requests_of ON version_requests (round_id);
