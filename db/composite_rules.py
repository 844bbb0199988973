"""Named rules of composites: each selects what breaks it."""

COMPOSITES: dict[str, str] = {
    "open_composite_has_parts": """
        SELECT r.id FROM rounds r WHERE r.state <> 'draft' AND r.kind = 'composite'
        AND NOT EXISTS (SELECT 1 FROM parts p WHERE p.round_id = r.id)""",
    "part_belongs_to_a_composite": """
        SELECT p.id FROM parts p JOIN rounds r ON r.id = p.round_id WHERE r.kind <> 'composite'""",
    "part_is_a_judged_round_of_the_competition": """
        SELECT p.id FROM parts p JOIN rounds r ON r.id = p.round_id
        JOIN rounds s ON s.id = p.source_id
        WHERE s.kind <> 'judged' OR s.competition_id <> r.competition_id
            OR s.removed_at IS NOT NULL OR s.practice_of IS NOT NULL""",
    "outside_list_is_of_its_part": """
        SELECT x.id FROM outside_lists x JOIN parts p ON p.id = x.part_id
        WHERE p.source_id IS NOT NULL OR p.round_id <> x.round_id""",
    "outside_score_is_within_bounds": """
        SELECT s.list_id || ' ' || s.entrant_id FROM outside_scores s
        JOIN outside_lists x ON x.id = s.list_id JOIN parts p ON p.id = x.part_id
        WHERE s.value > p.maximum OR s.value % p.step <> 0""",
}
