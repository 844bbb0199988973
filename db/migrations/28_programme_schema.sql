-- The programme that the contest rewards: its steps, villages, plans, needs, meetings, dispatches.
-- What happened on which day is a column, so that the state of any day can be read.

-- A role more: the office that runs the programme. The table has no trigger.
CREATE TABLE grants_new (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    role TEXT NOT NULL CHECK (role IN (
        'organizer', 'scorekeeper', 'checker', 'timekeeper', 'supervisor', 'chair', 'judge',
        'host', 'county', 'leader', 'office')),
    round_id TEXT REFERENCES rounds (id),
    county TEXT
) STRICT;
INSERT INTO grants_new SELECT id, person_id, role, round_id, county FROM grants;
DROP TABLE grants;
ALTER TABLE grants_new RENAME TO grants;
CREATE INDEX grants_of ON grants (person_id);
CREATE UNIQUE INDEX grants_once ON grants (
    person_id, role, coalesce(round_id, ''), coalesce(county, ''));

CREATE TABLE programmes (
    id TEXT PRIMARY KEY,
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2999),
    title TEXT NOT NULL CHECK (title <> ''),
    begins_on TEXT NOT NULL CHECK (length(begins_on) = 10),
    sample_steps INTEGER NOT NULL CHECK (sample_steps IN (0, 1)),
    UNIQUE (competition_id, year)
) STRICT;

CREATE TABLE programme_steps (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 60),
    stage INTEGER NOT NULL CHECK (stage BETWEEN 1 AND 20),
    stage_title TEXT NOT NULL CHECK (stage_title <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    due_on TEXT NOT NULL CHECK (length(due_on) = 10),
    weight INTEGER NOT NULL CHECK (weight BETWEEN 0 AND 100),
    answers TEXT NOT NULL CHECK (answers IN ('village', 'township', 'county', 'office')),
    PRIMARY KEY (programme_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE task_villages (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    code TEXT NOT NULL CHECK (length(code) = 12 AND code NOT GLOB '*[^0-9]*'),
    county TEXT NOT NULL CHECK (county <> ''),
    township TEXT NOT NULL,
    village TEXT NOT NULL CHECK (village <> ''),
    initials TEXT NOT NULL,
    households INTEGER CHECK (households >= 0),
    residents INTEGER CHECK (residents >= 0),
    PRIMARY KEY (programme_id, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE village_steps (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    code TEXT NOT NULL,
    number INTEGER NOT NULL,
    done_on TEXT CHECK (length(done_on) = 10),
    said_by TEXT NOT NULL REFERENCES people (id),
    confirmed_on TEXT CHECK (length(confirmed_on) = 10),
    confirmed_by TEXT REFERENCES people (id),
    returned TEXT,
    PRIMARY KEY (programme_id, code, number),
    FOREIGN KEY (programme_id, code) REFERENCES task_villages (programme_id, code),
    FOREIGN KEY (programme_id, number) REFERENCES programme_steps (programme_id, number),
    CHECK ((confirmed_on IS NULL) = (confirmed_by IS NULL)),
    CHECK (confirmed_on IS NULL OR done_on IS NOT NULL),
    CHECK (returned IS NULL OR confirmed_on IS NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE village_plans (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    code TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN (
        'village', 'industry', 'talent', 'culture', 'ecology', 'organisation')),
    version INTEGER NOT NULL CHECK (version BETWEEN 1 AND 99),
    gist TEXT NOT NULL,
    finished_on TEXT CHECK (length(finished_on) = 10),
    reviewed_on TEXT CHECK (length(reviewed_on) = 10),
    filed_on TEXT CHECK (length(filed_on) = 10),
    said_by TEXT NOT NULL REFERENCES people (id),
    PRIMARY KEY (programme_id, code, kind),
    FOREIGN KEY (programme_id, code) REFERENCES task_villages (programme_id, code),
    CHECK (reviewed_on IS NULL OR reviewed_on >= finished_on),
    CHECK (filed_on IS NULL OR filed_on >= reviewed_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE village_figures (
    id TEXT PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    code TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('people', 'fund', 'award')),
    source TEXT NOT NULL CHECK (source <> ''),
    amount INTEGER NOT NULL CHECK (amount > 0),
    said_on TEXT NOT NULL CHECK (length(said_on) = 10),
    said_by TEXT NOT NULL REFERENCES people (id),
    FOREIGN KEY (programme_id, code) REFERENCES task_villages (programme_id, code)
) STRICT;
CREATE INDEX village_figures_of ON village_figures (programme_id, code);

CREATE TABLE evidence (
    id TEXT PRIMARY KEY,
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    code TEXT NOT NULL,
    about TEXT NOT NULL CHECK (about <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    said_on TEXT NOT NULL CHECK (length(said_on) = 10),
    said_by TEXT NOT NULL REFERENCES people (id),
    UNIQUE (programme_id, code, about, sha256),
    FOREIGN KEY (programme_id, code) REFERENCES task_villages (programme_id, code)
) STRICT;
CREATE INDEX evidence_by_content ON evidence (sha256);

CREATE TABLE needs (
    id TEXT PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    code TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    asked_on TEXT NOT NULL CHECK (length(asked_on) = 10),
    asked_by TEXT NOT NULL REFERENCES people (id),
    offered_by TEXT NOT NULL,
    offered_person TEXT REFERENCES people (id),
    matched_on TEXT CHECK (length(matched_on) = 10),
    met_on TEXT CHECK (length(met_on) = 10),
    FOREIGN KEY (programme_id, code) REFERENCES task_villages (programme_id, code),
    CHECK ((matched_on IS NULL) = (offered_by = '')),
    CHECK (met_on IS NULL OR met_on >= matched_on)
) STRICT;
CREATE INDEX needs_of ON needs (programme_id, code);

CREATE TABLE meetings (
    id TEXT PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    number INTEGER NOT NULL CHECK (number > 0),
    title TEXT NOT NULL CHECK (title <> ''),
    held_on TEXT NOT NULL CHECK (length(held_on) = 10),
    villages TEXT NOT NULL,
    minutes TEXT NOT NULL,
    UNIQUE (programme_id, number)
) STRICT;

CREATE TABLE meeting_tasks (
    id TEXT PRIMARY KEY,
    meeting_id TEXT NOT NULL REFERENCES meetings (id),
    county_code TEXT NOT NULL CHECK (length(county_code) = 6),
    text TEXT NOT NULL CHECK (text <> ''),
    due_on TEXT NOT NULL CHECK (length(due_on) = 10),
    done_on TEXT CHECK (length(done_on) = 10)
) STRICT;
CREATE INDEX meeting_tasks_of ON meeting_tasks (meeting_id);

CREATE TABLE dispatches (
    id TEXT PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    number INTEGER NOT NULL CHECK (number > 0),
    county_code TEXT NOT NULL CHECK (length(county_code) = 6),
    county TEXT NOT NULL CHECK (county <> ''),
    reason TEXT NOT NULL CHECK (reason <> ''),
    villages TEXT NOT NULL,
    issued_on TEXT NOT NULL CHECK (length(issued_on) = 10),
    due_on TEXT NOT NULL CHECK (due_on >= issued_on),
    issued_by TEXT NOT NULL REFERENCES people (id),
    received_on TEXT CHECK (length(received_on) = 10),
    answer TEXT NOT NULL,
    answered_on TEXT CHECK (length(answered_on) = 10),
    closed_on TEXT CHECK (length(closed_on) = 10),
    UNIQUE (programme_id, number),
    CHECK ((answered_on IS NULL) = (answer = '')),
    CHECK (answered_on IS NULL OR received_on IS NOT NULL),
    CHECK (closed_on IS NULL OR answered_on IS NOT NULL)
) STRICT;
