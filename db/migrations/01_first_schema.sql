CREATE TABLE competitions (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL CHECK (title <> ''),
    venue TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    timezone TEXT NOT NULL,
    sample INTEGER NOT NULL CHECK (sample IN (0, 1)),
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE salts (
    competition_id TEXT PRIMARY KEY REFERENCES competitions (id),
    salt TEXT NOT NULL
) STRICT;

CREATE TABLE people (
    id TEXT PRIMARY KEY,
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    name TEXT NOT NULL CHECK (name <> ''),
    county TEXT NOT NULL,
    native_county TEXT NOT NULL,
    unit TEXT NOT NULL
) STRICT;
CREATE INDEX people_of ON people (competition_id);

CREATE TABLE rounds (
    id TEXT PRIMARY KEY,
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    position INTEGER NOT NULL CHECK (position > 0),
    title TEXT NOT NULL CHECK (title <> ''),
    stage TEXT NOT NULL CHECK (stage IN ('preliminary', 'second', 'final')),
    category TEXT NOT NULL CHECK (category IN ('township', 'village', 'all')),
    rules TEXT NOT NULL,
    rules_hash TEXT NOT NULL,
    rules_version INTEGER NOT NULL CHECK (rules_version > 0),
    state TEXT NOT NULL CHECK (state IN (
        'draft', 'open', 'closed', 'certified', 'announced', 'noticed', 'decided', 'commended')),
    frozen INTEGER NOT NULL CHECK (frozen IN (0, 1)),
    opened_at TEXT,
    closed_at TEXT,
    certified_at TEXT,
    UNIQUE (competition_id, position)
) STRICT;

CREATE TABLE grants (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    role TEXT NOT NULL CHECK (role IN (
        'organizer', 'scorekeeper', 'checker', 'timekeeper', 'supervisor', 'chair', 'judge',
        'host', 'county', 'leader')),
    round_id TEXT REFERENCES rounds (id),
    county TEXT
) STRICT;
CREATE INDEX grants_of ON grants (person_id);
CREATE UNIQUE INDEX grants_once ON grants (
    person_id, role, coalesce(round_id, ''), coalesce(county, ''));

CREATE TABLE links (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    token_hash TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    revoked_at TEXT
) STRICT;
CREATE INDEX links_of ON links (person_id);

CREATE TABLE sign_ins (
    id_hash TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    link_id TEXT NOT NULL REFERENCES links (id),
    device TEXT NOT NULL,
    lang TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    revoked_at TEXT,
    replaced_by TEXT REFERENCES sign_ins (id_hash)
) STRICT;
CREATE INDEX sign_ins_of ON sign_ins (person_id);

CREATE TABLE attempts (
    address TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX attempts_by ON attempts (address, at);

CREATE TABLE criteria (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    position INTEGER NOT NULL CHECK (position > 0),
    name TEXT NOT NULL CHECK (name <> ''),
    points TEXT NOT NULL,
    maximum INTEGER NOT NULL CHECK (maximum > 0),
    step INTEGER NOT NULL CHECK (step > 0 AND maximum % step = 0),
    weight TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('material', 'stage')),
    anchors TEXT NOT NULL,
    UNIQUE (round_id, position),
    UNIQUE (round_id, name)
) STRICT;

CREATE TABLE entrants (
    id TEXT PRIMARY KEY,
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    code TEXT NOT NULL CHECK (length(code) IN (9, 12)),
    county TEXT NOT NULL CHECK (county <> ''),
    township TEXT NOT NULL,
    village TEXT NOT NULL,
    title TEXT NOT NULL,
    presenter TEXT NOT NULL,
    post TEXT NOT NULL,
    unit TEXT NOT NULL,
    UNIQUE (competition_id, code, title)
) STRICT;

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    position INTEGER NOT NULL CHECK (position > 0),
    title TEXT NOT NULL,
    venue TEXT NOT NULL,
    starts_at TEXT NOT NULL,
    UNIQUE (round_id, position)
) STRICT;

CREATE TABLE round_entrants (
    round_id TEXT NOT NULL REFERENCES rounds (id),
    entrant_id TEXT NOT NULL REFERENCES entrants (id),
    session_id TEXT REFERENCES sessions (id),
    number INTEGER CHECK (number > 0),
    stage TEXT NOT NULL CHECK (stage IN (
        'waiting', 'called', 'presenting', 'answering', 'marking', 'done', 'withdrawn', 'fault')),
    seconds_used INTEGER CHECK (seconds_used >= 0),
    PRIMARY KEY (round_id, entrant_id),
    UNIQUE (round_id, number)
) STRICT;

CREATE TABLE seats (
    round_id TEXT NOT NULL REFERENCES rounds (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    number INTEGER NOT NULL CHECK (number > 0),
    reserve INTEGER NOT NULL CHECK (reserve IN (0, 1)),
    presence TEXT NOT NULL CHECK (presence IN ('not_arrived', 'present', 'away')),
    PRIMARY KEY (round_id, person_id),
    UNIQUE (round_id, number)
) STRICT;

CREATE TABLE panels (
    session_id TEXT NOT NULL REFERENCES sessions (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    PRIMARY KEY (session_id, person_id)
) STRICT;

CREATE TABLE recusals (
    round_id TEXT NOT NULL REFERENCES rounds (id),
    entrant_id TEXT NOT NULL REFERENCES entrants (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    cause TEXT NOT NULL CHECK (cause IN ('unit', 'township', 'county', 'declared')),
    reason TEXT NOT NULL,
    PRIMARY KEY (round_id, entrant_id, person_id)
) STRICT;

CREATE TABLE assignments (
    round_id TEXT NOT NULL REFERENCES rounds (id),
    entrant_id TEXT NOT NULL REFERENCES entrants (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    state TEXT NOT NULL CHECK (state IN ('expected', 'recused', 'absent')),
    reason TEXT NOT NULL,
    PRIMARY KEY (round_id, entrant_id, person_id),
    FOREIGN KEY (round_id, entrant_id) REFERENCES round_entrants (round_id, entrant_id),
    FOREIGN KEY (round_id, person_id) REFERENCES seats (round_id, person_id)
) STRICT;
CREATE INDEX assignments_of ON assignments (round_id, person_id);

CREATE TABLE sheets (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    entrant_id TEXT NOT NULL REFERENCES entrants (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'reopened')),
    rev INTEGER NOT NULL CHECK (rev >= 0),
    saved_at TEXT NOT NULL,
    submitted_at TEXT,
    locked_at TEXT,
    UNIQUE (round_id, entrant_id, person_id),
    CHECK ((state = 'submitted') = (submitted_at IS NOT NULL)),
    FOREIGN KEY (round_id, entrant_id, person_id)
        REFERENCES assignments (round_id, entrant_id, person_id)
) STRICT;
CREATE INDEX sheets_of ON sheets (round_id, person_id);

CREATE TABLE marks (
    sheet_id TEXT NOT NULL REFERENCES sheets (id),
    criterion_id TEXT NOT NULL REFERENCES criteria (id),
    value INTEGER CHECK (value >= 0),
    rev INTEGER NOT NULL CHECK (rev > 0),
    client_id TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (sheet_id, criterion_id)
) STRICT;

CREATE TABLE reopenings (
    id TEXT PRIMARY KEY,
    sheet_id TEXT NOT NULL REFERENCES sheets (id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    asked_by TEXT NOT NULL REFERENCES people (id),
    asked_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'refused')),
    answered_by TEXT REFERENCES people (id),
    answered_at TEXT,
    CHECK (answered_by IS NULL OR answered_by <> asked_by)
) STRICT;

CREATE TABLE deductions (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    entrant_id TEXT NOT NULL REFERENCES entrants (id),
    amount INTEGER NOT NULL CHECK (amount > 0),
    reason TEXT NOT NULL CHECK (reason <> ''),
    entered_by TEXT NOT NULL REFERENCES people (id),
    confirmed_by TEXT REFERENCES people (id),
    withdrawn_reason TEXT,
    CHECK (confirmed_by IS NULL OR confirmed_by <> entered_by),
    FOREIGN KEY (round_id, entrant_id) REFERENCES round_entrants (round_id, entrant_id)
) STRICT;
CREATE INDEX deductions_of ON deductions (round_id, entrant_id);

CREATE TABLE rulings (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    kind TEXT NOT NULL CHECK (kind IN ('order', 'comparable')),
    entrants TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    entered_by TEXT NOT NULL REFERENCES people (id),
    confirmed_by TEXT REFERENCES people (id),
    withdrawn_reason TEXT,
    CHECK (confirmed_by IS NULL OR confirmed_by <> entered_by)
) STRICT;
CREATE INDEX rulings_of ON rulings (round_id);

CREATE TABLE snapshots (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    version INTEGER NOT NULL CHECK (version > 0),
    kind TEXT NOT NULL CHECK (kind IN ('freeze', 'certify')),
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    UNIQUE (round_id, kind, version)
) STRICT;

CREATE TABLE views (
    round_id TEXT NOT NULL REFERENCES rounds (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    what TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (round_id, person_id, what, seq)
) STRICT;

CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    n INTEGER NOT NULL CHECK (n > 0),
    round_id TEXT REFERENCES rounds (id),
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    payload TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    UNIQUE (competition_id, n)
) STRICT;
CREATE INDEX events_of_round ON events (round_id, seq);
CREATE INDEX events_of_competition ON events (competition_id, round_id, seq);

CREATE TRIGGER events_stay BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events cannot be changed'); END;
CREATE TRIGGER events_remain BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events cannot be deleted'); END;
CREATE TRIGGER snapshots_stay BEFORE UPDATE ON snapshots
BEGIN SELECT RAISE(ABORT, 'snapshots cannot be changed'); END;
CREATE TRIGGER snapshots_remain BEFORE DELETE ON snapshots
BEGIN SELECT RAISE(ABORT, 'snapshots cannot be deleted'); END;
CREATE TRIGGER views_stay BEFORE UPDATE ON views
BEGIN SELECT RAISE(ABORT, 'views cannot be changed'); END;
CREATE TRIGGER views_remain BEFORE DELETE ON views
BEGIN SELECT RAISE(ABORT, 'views cannot be deleted'); END;
