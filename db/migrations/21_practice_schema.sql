ALTER TABLE rounds ADD COLUMN practice_of TEXT REFERENCES rounds (id) CHECK (practice_of <> id);
CREATE INDEX rounds_practising ON rounds (practice_of) WHERE practice_of IS NOT NULL;
