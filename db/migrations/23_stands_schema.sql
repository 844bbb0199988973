CREATE INDEX assignments_stood_for ON assignments (round_id, entrant_id, stands_for)
    WHERE stands_for IS NOT NULL;
