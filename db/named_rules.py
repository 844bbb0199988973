"""The named rules, each a query that returns the offenders; ``db.invariants`` asks them."""

from db.composite_rules import COMPOSITES
from db.pairs import FORBIDDEN_PAIRS


def _held_together(first: str, second: str) -> str:
    return f"""
        SELECT a.person_id FROM grants a JOIN grants b ON a.person_id = b.person_id
        WHERE a.role = '{first}' AND b.role = '{second}'"""


RULES: dict[str, str] = {
    "mark_within_maximum": """
        SELECT m.sheet_id || ' ' || c.name FROM marks m
        JOIN criteria c ON c.id = m.criterion_id
        WHERE m.value > c.maximum""",
    "mark_on_its_step": """
        SELECT m.sheet_id || ' ' || c.name FROM marks m
        JOIN criteria c ON c.id = m.criterion_id
        WHERE m.value % c.step <> 0""",
    "mark_of_the_rounds_rubric": """
        SELECT m.sheet_id FROM marks m JOIN sheets s ON s.id = m.sheet_id
        JOIN criteria c ON c.id = m.criterion_id WHERE c.round_id <> s.round_id""",
    "mark_not_newer_than_its_sheet": """
        SELECT m.sheet_id FROM marks m JOIN sheets s ON s.id = m.sheet_id WHERE m.rev > s.rev""",
    "submitted_sheet_is_complete": """
        SELECT s.id FROM sheets s JOIN criteria c ON c.round_id = s.round_id
        LEFT JOIN marks m ON m.sheet_id = s.id AND m.criterion_id = c.id
        WHERE s.state = 'submitted' AND m.value IS NULL""",
    "locked_sheet_was_submitted": """
        SELECT id FROM sheets WHERE locked_at IS NOT NULL AND submitted_at IS NULL""",
    "sheet_locked_after_submitting": """
        SELECT id FROM sheets WHERE locked_at < submitted_at""",
    "no_sheet_in_a_draft_round": """
        SELECT s.id FROM sheets s JOIN rounds r ON r.id = s.round_id WHERE r.state = 'draft'""",
    "no_open_sheet_after_closing": """
        SELECT a.entrant_id || ' ' || a.person_id FROM assignments a
        JOIN rounds r ON r.id = a.round_id
        JOIN round_entrants e ON e.round_id = a.round_id AND e.entrant_id = a.entrant_id
        JOIN seats x ON x.round_id = a.round_id AND x.person_id = a.person_id
        LEFT JOIN sheets s ON s.round_id = a.round_id AND s.entrant_id = a.entrant_id
            AND s.person_id = a.person_id AND s.state = 'submitted'
        WHERE r.state NOT IN ('draft', 'open') AND a.state = 'expected'
          AND (x.reserve = 0 OR a.stands_for IS NOT NULL)
          AND e.stage <> 'withdrawn' AND s.id IS NULL""",
    "recusal_and_assignment_agree": """
        SELECT a.entrant_id || ' ' || a.person_id FROM assignments a
        LEFT JOIN recusals c ON c.round_id = a.round_id AND c.entrant_id = a.entrant_id
            AND c.person_id = a.person_id
        WHERE (a.state = 'recused') <> (c.person_id IS NOT NULL)""",
    "absence_has_a_reason": """
        SELECT entrant_id || ' ' || person_id FROM assignments
        WHERE state = 'absent' AND reason = ''""",
    "recusal_has_a_reason": """
        SELECT entrant_id || ' ' || person_id FROM recusals WHERE reason = ''""",
    "session_of_the_same_round": """
        SELECT e.entrant_id FROM round_entrants e JOIN sessions s ON s.id = e.session_id
        WHERE s.round_id <> e.round_id""",
    "panel_member_has_a_seat": """
        SELECT p.person_id FROM panels p JOIN sessions s ON s.id = p.session_id
        LEFT JOIN seats x ON x.round_id = s.round_id AND x.person_id = p.person_id
        WHERE x.person_id IS NULL""",
    "entrant_of_the_same_competition": """
        SELECT e.entrant_id FROM round_entrants e JOIN rounds r ON r.id = e.round_id
        JOIN entrants n ON n.id = e.entrant_id WHERE n.competition_id <> r.competition_id""",
    "seat_of_the_same_competition": """
        SELECT x.person_id FROM seats x JOIN rounds r ON r.id = x.round_id
        JOIN people p ON p.id = x.person_id WHERE p.competition_id <> r.competition_id""",
    "pin_of_the_same_competition": """
        SELECT n.person_id FROM pins n JOIN people p ON p.id = n.person_id
        WHERE p.competition_id <> n.competition_id""",
    "grant_of_the_same_competition": """
        SELECT g.id FROM grants g JOIN rounds r ON r.id = g.round_id
        JOIN people p ON p.id = g.person_id WHERE p.competition_id <> r.competition_id""",
    **{f"{a}_is_not_{b}": _held_together(a, b) for a, b in FORBIDDEN_PAIRS},
    "stand_in_fills_an_empty_seat": """
        SELECT a.entrant_id || ' ' || a.person_id FROM assignments a
        WHERE a.stands_for IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM assignments b WHERE b.round_id = a.round_id
            AND b.entrant_id = a.entrant_id AND b.person_id = a.stands_for
            AND b.state <> 'expected')""",
    "stand_in_comes_from_the_reserve": """
        SELECT a.entrant_id || ' ' || a.person_id FROM assignments a
        JOIN seats x ON x.round_id = a.round_id AND x.person_id = a.person_id
        JOIN seats y ON y.round_id = a.round_id AND y.person_id = a.stands_for
        JOIN round_entrants e ON e.round_id = a.round_id AND e.entrant_id = a.entrant_id
        WHERE y.reserve = 1 OR (x.reserve = 0 AND e.session_id IS NOT NULL)""",
    "one_stand_in_for_a_seat": """
        SELECT entrant_id || ' ' || stands_for FROM assignments WHERE stands_for IS NOT NULL
        GROUP BY round_id, entrant_id, stands_for HAVING count(*) > 1""",
    "judge_grant_has_a_seat": """
        SELECT g.id FROM grants g WHERE g.role = 'judge' AND g.round_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM seats x
                        WHERE x.round_id = g.round_id AND x.person_id = g.person_id)""",
    "approved_by_a_second_person": """
        SELECT id FROM reopenings WHERE state <> 'asked' AND answered_by IS NULL""",
    "opened_round_has_its_time": """
        SELECT id FROM rounds WHERE (state <> 'draft') <> (opened_at IS NOT NULL)""",
    "closed_round_has_its_time": """
        SELECT id FROM rounds WHERE (state NOT IN ('draft', 'open')) <> (closed_at IS NOT NULL)""",
    "certified_round_has_a_snapshot": """
        SELECT r.id FROM rounds r WHERE r.state NOT IN ('draft', 'open', 'closed')
        AND NOT EXISTS (SELECT 1 FROM snapshots s
                        WHERE s.round_id = r.id AND s.kind = 'certify')""",
    "snapshot_of_an_event": """
        SELECT s.id FROM snapshots s WHERE NOT EXISTS (
            SELECT 1 FROM events e WHERE e.seq = s.seq)""",
    "event_belongs_to_its_competition": """
        SELECT e.seq FROM events e JOIN rounds r ON r.id = e.round_id
        WHERE r.competition_id <> e.competition_id""",
    "every_competition_has_an_event": """
        SELECT c.id FROM competitions c
        WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.competition_id = c.id)""",
    "link_hash_is_a_hash": """
        SELECT id FROM links WHERE length(token_hash) <> 64""",
    "revoked_link_has_no_live_sign_in": """
        SELECT s.id_hash FROM sign_ins s JOIN links l ON l.id = s.link_id
        WHERE l.revoked_at IS NOT NULL AND s.revoked_at IS NULL""",
    "certified_round_has_its_time": """
        SELECT id FROM rounds
        WHERE (state NOT IN ('draft', 'open', 'closed')) <> (certified_at IS NOT NULL)""",
    "one_entrant_on_stage": """
        SELECT round_id FROM round_entrants WHERE stage IN ('presenting', 'answering', 'marking')
        GROUP BY round_id HAVING count(*) > 1""",
    "open_round_has_a_rubric": """
        SELECT r.id FROM rounds r WHERE r.state <> 'draft' AND r.kind = 'judged'
        AND NOT EXISTS (SELECT 1 FROM criteria c WHERE c.round_id = r.id)""",
    "open_round_has_numbers": """
        SELECT e.entrant_id FROM round_entrants e JOIN rounds r ON r.id = e.round_id
        WHERE r.state <> 'draft' AND r.kind = 'judged' AND e.number IS NULL""",
    "seat_has_a_judge_grant": """
        SELECT x.person_id FROM seats x WHERE NOT EXISTS (
            SELECT 1 FROM grants g WHERE g.person_id = x.person_id AND g.role = 'judge'
            AND g.round_id = x.round_id)""",
    "competition_has_an_organizer": """
        SELECT c.id FROM competitions c WHERE NOT EXISTS (
            SELECT 1 FROM people p JOIN grants g ON g.person_id = p.id
            WHERE p.competition_id = c.id AND g.role = 'organizer' AND g.round_id IS NULL)""",
    "competition_has_a_salt": """
        SELECT c.id FROM competitions c LEFT JOIN salts s ON s.competition_id = c.id
        WHERE s.salt IS NULL""",
    "sheet_counts_its_revisions": """
        SELECT s.id FROM sheets s
        WHERE s.rev <> coalesce((SELECT max(m.rev) FROM marks m WHERE m.sheet_id = s.id), 0)""",
    "reopened_sheet_was_asked_for": """
        SELECT s.id FROM sheets s WHERE s.state = 'reopened' AND NOT EXISTS (
            SELECT 1 FROM reopenings o WHERE o.sheet_id = s.id AND o.state = 'approved')""",
    "asked_once": """
        SELECT sheet_id FROM reopenings WHERE state = 'asked'
        GROUP BY sheet_id HAVING count(*) > 1""",
    "requested_mark_is_a_mark": """
        SELECT m.request_id FROM requested_marks m
        JOIN change_requests q ON q.id = m.request_id JOIN criteria c ON c.id = m.criterion_id
        WHERE m.value > c.maximum OR m.value % c.step <> 0 OR c.round_id <> q.round_id""",
    "change_asks_for_something": """
        SELECT q.id FROM change_requests q
        WHERE NOT EXISTS (SELECT 1 FROM requested_marks m WHERE m.request_id = q.id)""",
    "change_answered_by_another_person": """
        SELECT id FROM change_requests WHERE answered_by = asked_by OR answered_by = person_id""",
    "transcription_is_whole": """
        SELECT t.id FROM transcriptions t JOIN criteria c ON c.round_id = t.round_id
        LEFT JOIN transcribed_marks m ON m.transcription_id = t.id AND m.criterion_id = c.id
        WHERE m.value IS NULL""",
    "transcription_confirmed_by_another_person": """
        SELECT id FROM transcriptions WHERE state = 'confirmed' AND answered_by = typed_by""",
    "confirmed_transcription_has_a_sheet": """
        SELECT t.id FROM transcriptions t
        LEFT JOIN sheets s ON s.round_id = t.round_id AND s.entrant_id = t.entrant_id
            AND s.person_id = t.person_id
        WHERE t.state = 'confirmed' AND s.id IS NULL""",
    "holder_has_a_seat": """
        SELECT h.person_id FROM holders h
        WHERE NOT EXISTS (SELECT 1 FROM seats x WHERE x.person_id = h.person_id)""",
    "answered_by_another_person": """
        SELECT id FROM reopenings WHERE answered_by = asked_by""",
    "deduction_confirmed_by_another_person": """
        SELECT id FROM deductions WHERE confirmed_by = entered_by""",
    "ruling_confirmed_by_another_person": """
        SELECT id FROM rulings WHERE confirmed_by = entered_by""",
    "certificate_signed_by_another_person": """
        SELECT id FROM certifications WHERE second_by = signed_by""",
    "reading_confirmed_by_another_person": """
        SELECT id FROM readings WHERE confirmed_by IN (entered_by, person_id)""",
    "reading_is_whole": """
        SELECT d.id FROM readings d JOIN criteria c ON c.round_id = d.round_id
        LEFT JOIN reading_marks m ON m.reading_id = d.id AND m.criterion_id = c.id
        WHERE m.value IS NULL""",
    "mark_of_a_reading_is_a_mark": """
        SELECT m.reading_id FROM reading_marks m
        JOIN readings d ON d.id = m.reading_id JOIN criteria c ON c.id = m.criterion_id
        WHERE m.value > c.maximum OR m.value % c.step <> 0 OR c.round_id <> d.round_id""",
    "decided_in_the_same_competition": """
        SELECT d.id FROM (
            SELECT id, round_id, entered_by AS person_id FROM deductions
            UNION ALL SELECT id, round_id, confirmed_by FROM deductions
            UNION ALL SELECT id, round_id, entered_by FROM rulings
            UNION ALL SELECT id, round_id, confirmed_by FROM rulings
            UNION ALL SELECT id, round_id, person_id FROM readings
            UNION ALL SELECT id, round_id, entered_by FROM readings
            UNION ALL SELECT id, round_id, confirmed_by FROM readings
            UNION ALL SELECT id, round_id, withdrawn_by FROM readings
            UNION ALL SELECT id, round_id, entered_by FROM outside_lists
            UNION ALL SELECT id, round_id, answered_by FROM outside_lists
            UNION ALL SELECT id, round_id, signed_by FROM certifications
            UNION ALL SELECT id, round_id, second_by FROM certifications
            UNION ALL SELECT id, round_id, person_id FROM snapshots) d
        JOIN rounds r ON r.id = d.round_id JOIN people p ON p.id = d.person_id
        WHERE p.competition_id <> r.competition_id""",
    "viewed_in_the_same_competition": """
        SELECT v.round_id || ' ' || v.person_id FROM views v
        JOIN rounds r ON r.id = v.round_id JOIN people p ON p.id = v.person_id
        WHERE p.competition_id <> r.competition_id""",
    "snapshot_versions_have_no_gap": """
        SELECT round_id || ' ' || kind FROM snapshots
        GROUP BY round_id, kind HAVING max(version) <> count(*)""",
    "release_versions_have_no_gap": """
        SELECT round_id || ' ' || entrant_id FROM releases
        GROUP BY round_id, entrant_id HAVING max(version) <> count(*)""",
    "released_sheet_is_locked": """
        SELECT s.id FROM sheets s JOIN releases r ON r.round_id = s.round_id
            AND r.entrant_id = s.entrant_id
        WHERE s.state = 'submitted' AND s.submitted_at <= r.at AND s.locked_at IS NULL""",
    "no_release_in_a_draft_round": """
        SELECT r.id FROM releases r JOIN rounds n ON n.id = r.round_id
        WHERE n.state = 'draft'""",
    "frozen_round_has_a_snapshot": """
        SELECT r.id FROM rounds r WHERE r.frozen = 1 AND NOT EXISTS (
            SELECT 1 FROM snapshots s WHERE s.round_id = r.id AND s.kind = 'freeze')""",
    "only_a_certified_round_keeps_facts": """
        SELECT k.round_id || ' ' || k.entrant_id FROM kept_facts k
        JOIN rounds r ON r.id = k.round_id WHERE r.state IN ('draft', 'open', 'closed')""",
    "deleted_round_is_an_empty_draft": """
        SELECT r.id FROM rounds r WHERE r.removed_at IS NOT NULL AND (r.state <> 'draft'
            OR r.id IN (SELECT round_id FROM criteria UNION SELECT round_id FROM sessions
                UNION SELECT round_id FROM round_entrants UNION SELECT round_id FROM seats
                UNION SELECT round_id FROM recusals UNION SELECT round_id FROM hall_links
                UNION SELECT round_id FROM draws UNION SELECT round_id FROM parts
                UNION SELECT round_id FROM grants WHERE round_id IS NOT NULL))""",
    "document_of_the_same_competition": """
        SELECT d.id FROM documents d JOIN entrants n ON n.id = d.entrant_id
        WHERE n.competition_id <> d.competition_id""",
    "practice_has_no_result": """
        SELECT r.id FROM rounds r WHERE r.practice_of IS NOT NULL
        AND (r.state NOT IN ('open', 'closed') OR EXISTS (
            SELECT 1 FROM snapshots s WHERE s.round_id = r.id AND s.kind = 'certify'))""",
    "reading_has_no_result": """
        SELECT r.id FROM rounds r WHERE r.reading_of IS NOT NULL
        AND (r.state NOT IN ('open', 'closed') OR EXISTS (
            SELECT 1 FROM snapshots s WHERE s.round_id = r.id AND s.kind = 'certify'))""",
    "reading_of_a_round": """
        SELECT r.id FROM rounds r JOIN rounds o ON o.id = r.reading_of
        WHERE o.reading_of IS NOT NULL OR o.practice_of IS NOT NULL
            OR o.competition_id <> r.competition_id""",
    "practice_of_a_round": """
        SELECT r.id FROM rounds r JOIN rounds o ON o.id = r.practice_of
        WHERE o.practice_of IS NOT NULL OR o.competition_id <> r.competition_id""",
    "practice_entrant_is_in_no_round": """
        SELECT e.entrant_id FROM round_entrants e JOIN rounds r ON r.id = e.round_id
        WHERE r.practice_of IS NULL AND e.entrant_id IN (
            SELECT p.entrant_id FROM round_entrants p JOIN rounds o ON o.id = p.round_id
            WHERE o.practice_of IS NOT NULL)""",
    "code_is_digits": """
        SELECT id FROM entrants WHERE ltrim(code, '0123456789') <> ''""",
    "times_are_utc": """
        SELECT subject || ' ' || at FROM (
            SELECT 'event ' || seq AS subject, at FROM events
            UNION ALL SELECT 'sheet ' || id, saved_at FROM sheets
            UNION ALL SELECT 'sheet ' || id, submitted_at FROM sheets
            UNION ALL SELECT 'sheet ' || id, locked_at FROM sheets
            UNION ALL SELECT 'mark ' || sheet_id, at FROM marks
            UNION ALL SELECT 'link ' || id, expires_at FROM links
            UNION ALL SELECT 'round ' || id, removed_at FROM rounds
            UNION ALL SELECT 'release ' || id, at FROM releases
            UNION ALL SELECT 'withdrawn ' || release_id, at FROM withdrawn_releases
            UNION ALL SELECT 'document ' || id, added_at FROM documents
            UNION ALL SELECT 'pin ' || person_id, set_at FROM pins
            UNION ALL SELECT 'reading ' || id, entered_at FROM readings
            UNION ALL SELECT 'reading ' || id, confirmed_at FROM readings
            UNION ALL SELECT 'reading ' || id, withdrawn_at FROM readings
            UNION ALL SELECT 'outside ' || id, entered_at FROM outside_lists
            UNION ALL SELECT 'outside ' || id, answered_at FROM outside_lists
            UNION ALL SELECT 'signed ' || id, signed_at FROM certifications
            UNION ALL SELECT 'signed ' || id, second_at FROM certifications
            UNION ALL SELECT 'snapshot ' || id, at FROM snapshots) AS times
        WHERE at NOT LIKE '____-__-__T__:__:__.___Z'""",
    **COMPOSITES,
}
