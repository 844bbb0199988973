ALTER TABLE competitions ADD COLUMN rehearsal INTEGER NOT NULL DEFAULT 0
    CHECK (rehearsal IN (0, 1));
