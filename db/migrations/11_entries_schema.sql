ALTER TABLE events ADD COLUMN entry TEXT CHECK (length(entry) = 64);
