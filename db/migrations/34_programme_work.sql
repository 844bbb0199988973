-- What the programme's office and the counties write besides: years that are over, versions of the
-- steps, answers asked for again, awards handed over in villages, imports that can be undone.

ALTER TABLE programmes ADD COLUMN closed_on TEXT CHECK (length(closed_on) = 10);

CREATE TABLE step_versions (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    version INTEGER NOT NULL CHECK (version > 0),
    set_on TEXT NOT NULL CHECK (length(set_on) = 10),
    set_by TEXT NOT NULL REFERENCES people (id),
    reason TEXT NOT NULL,
    steps TEXT NOT NULL,
    PRIMARY KEY (programme_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE dispatch_rounds (
    dispatch_id TEXT NOT NULL REFERENCES dispatches (id),
    number INTEGER NOT NULL CHECK (number > 0),
    due_on TEXT NOT NULL CHECK (length(due_on) = 10),
    answer TEXT NOT NULL CHECK (answer <> ''),
    answered_on TEXT NOT NULL CHECK (length(answered_on) = 10),
    asked TEXT NOT NULL CHECK (asked <> ''),
    asked_on TEXT NOT NULL CHECK (length(asked_on) = 10),
    PRIMARY KEY (dispatch_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE awards_handed (
    id TEXT PRIMARY KEY,
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    meeting_id TEXT NOT NULL REFERENCES meetings (id),
    code TEXT NOT NULL,
    award TEXT NOT NULL CHECK (award <> ''),
    handed_by TEXT NOT NULL,
    handed_on TEXT CHECK (length(handed_on) = 10),
    said_by TEXT NOT NULL REFERENCES people (id),
    UNIQUE (programme_id, code, award),
    FOREIGN KEY (programme_id, code) REFERENCES task_villages (programme_id, code)
) STRICT;
CREATE INDEX awards_handed_at ON awards_handed (meeting_id);

CREATE TABLE programme_imports (
    id TEXT PRIMARY KEY,
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    kind TEXT NOT NULL CHECK (kind IN ('villages', 'steps', 'plans', 'people', 'funds', 'needs')),
    name TEXT NOT NULL CHECK (name <> ''),
    added INTEGER NOT NULL CHECK (added >= 0),
    altered INTEGER NOT NULL CHECK (altered >= 0),
    entered_on TEXT NOT NULL CHECK (length(entered_on) = 10),
    entered_by TEXT NOT NULL REFERENCES people (id),
    changes TEXT NOT NULL,
    undone_on TEXT CHECK (length(undone_on) = 10)
) STRICT;
CREATE INDEX programme_imports_of ON programme_imports (programme_id);
