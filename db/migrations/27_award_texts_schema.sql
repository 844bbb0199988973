-- The organizers' texts of 奖状 and 荣誉证书; without a row the sample's holds.
CREATE TABLE award_texts (
    round_id TEXT NOT NULL REFERENCES rounds (id),
    kind TEXT NOT NULL CHECK (kind IN ('award', 'county', 'honour')),
    part TEXT NOT NULL CHECK (part <> ''),
    text TEXT NOT NULL CHECK (text <> ''),
    PRIMARY KEY (round_id, kind, part)
) STRICT;
