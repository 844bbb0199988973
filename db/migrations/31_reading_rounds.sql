ALTER TABLE rounds ADD COLUMN reading_of TEXT REFERENCES rounds (id) CHECK (reading_of <> id);
CREATE INDEX rounds_reading ON rounds (reading_of) WHERE reading_of IS NOT NULL;
