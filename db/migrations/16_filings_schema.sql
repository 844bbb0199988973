CREATE TABLE filing_terms (
    competition_id TEXT PRIMARY KEY REFERENCES competitions (id),
    closes_at TEXT NOT NULL,
    wanted TEXT NOT NULL
) STRICT;

CREATE TABLE filings (
    id TEXT PRIMARY KEY,
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    county_code TEXT NOT NULL CHECK (length(county_code) = 6),
    county TEXT NOT NULL CHECK (county <> ''),
    state TEXT NOT NULL CHECK (state IN ('draft', 'filed', 'returned', 'accepted')),
    version INTEGER NOT NULL CHECK (version >= 0),
    filed_at TEXT,
    changed_at TEXT,
    returned_at TEXT,
    returned_reason TEXT CHECK (returned_reason <> ''),
    closes_at TEXT,
    nudged_at TEXT,
    nudges INTEGER NOT NULL CHECK (nudges >= 0),
    import_id TEXT REFERENCES imports (id),
    UNIQUE (competition_id, county_code),
    CHECK ((version = 0) = (filed_at IS NULL)),
    CHECK ((state = 'accepted') = (import_id IS NOT NULL)),
    CHECK ((returned_at IS NULL) = (returned_reason IS NULL)),
    CHECK (state <> 'returned' OR returned_at IS NOT NULL),
    CHECK (state = 'draft' OR version > 0)
) STRICT;

CREATE TABLE filed_entrants (
    id TEXT PRIMARY KEY,
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    filing_id TEXT NOT NULL REFERENCES filings (id),
    position INTEGER NOT NULL CHECK (position > 0),
    code TEXT NOT NULL CHECK (length(code) IN (9, 12) AND code NOT GLOB '*[^0-9]*'),
    township TEXT NOT NULL,
    village TEXT NOT NULL,
    title TEXT NOT NULL,
    presenter TEXT NOT NULL,
    post TEXT NOT NULL,
    unit TEXT NOT NULL,
    returned INTEGER NOT NULL CHECK (returned IN (0, 1)),
    UNIQUE (filing_id, code)
) STRICT;

CREATE TABLE filed_documents (
    id TEXT PRIMARY KEY,
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    entrant_id TEXT NOT NULL REFERENCES filed_entrants (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    added_at TEXT NOT NULL,
    UNIQUE (entrant_id, sha256)
) STRICT;
CREATE INDEX filed_documents_by_content ON filed_documents (sha256);

CREATE TABLE filing_uploads (
    filing_id TEXT PRIMARY KEY REFERENCES filings (id),
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    edits TEXT NOT NULL,
    stops INTEGER NOT NULL CHECK (stops >= 0),
    added_at TEXT NOT NULL
) STRICT;

CREATE TABLE filing_versions (
    filing_id TEXT NOT NULL REFERENCES filings (id),
    version INTEGER NOT NULL CHECK (version > 0),
    competition_id TEXT NOT NULL REFERENCES competitions (id),
    at TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    entrants INTEGER NOT NULL CHECK (entrants > 0),
    content TEXT NOT NULL,
    PRIMARY KEY (filing_id, version)
) STRICT;
