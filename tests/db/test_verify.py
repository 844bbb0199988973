"""verify: a clean database is clean, and every kind of damage is found by its name."""

import json
import sqlite3
from functools import partial
from pathlib import Path

import pytest

import db
from commands.verify import everything
from db.backup import backup
from db.invariants import CHECKS, answered, verify, violations
from db.looking import looking
from db.named_rules import RULES
from db.pairs import FORBIDDEN_PAIRS
from db.postgres.store import ServedStore
from db.replay import broken_links
from tests.competition.event import Event
from tests.db.damage import damaged
from tests.db.forging import forge_certificate, rechained, swap_first_and_last


def checks(store: db.Store) -> set[str]:
    return {finding.check for finding in verify(store)}


def breaks_the_chain(store: db.Store) -> bool:
    """Whether verify's look at the chain, alone, finds anything."""
    with store.reading() as tx:
        return bool(answered("chain_unbroken", partial(broken_links, tx)))


def test_what_the_acts_wrote_is_clean(certified: Event):
    """Every rule holds in an event that was led from draft to certificate."""
    assert verify(certified.store) == []


def test_looking_changes_nothing(certified: Event):
    """To verify is to read: nothing is written into the database it looks at."""
    before = certified.store._writer.conn.total_changes
    verify(certified.store)
    assert certified.store._writer.conn.total_changes == before


def test_a_changed_mark_is_found(certified: Event):
    """The events tell another value; the snapshot need not be asked."""
    damaged(certified.store, "UPDATE marks SET value = value - 500 WHERE value = 53000")
    found = [f.subject for f in verify(certified.store) if f.check == "replay_equal"]
    assert found
    assert all(subject.startswith("marks ") for subject in found)


def test_a_changed_name_is_found_by_its_hash(certified: Event):
    """Though the log does not know the name."""
    damaged(certified.store, "UPDATE people SET name = 'X' WHERE name LIKE '评委%7'")
    assert [f.check for f in verify(certified.store)] == ["replay_equal"]


@pytest.mark.parametrize(
    "which", ["n = 1", "n = 40", "kind = 'round_opened'", "kind = 'person_added'"]
)
def test_a_removed_event_is_found(certified: Event, which: str):
    """The chain does not close over the gap."""
    damaged(certified.store, f"DELETE FROM events WHERE {which}")
    assert breaks_the_chain(certified.store)


def test_verify_reports_a_gap_and_does_not_fail(certified: Event):
    """Though what the removed event said is missing in all that follows."""
    damaged(certified.store, "DELETE FROM events WHERE kind = 'round_opened'")
    assert "chain_unbroken" in checks(certified.store)


def test_the_removed_end_of_the_log_is_found(certified: Event):
    """A chain cut off at its end still fits; the tables then say more than it explains."""
    damaged(certified.store, "DELETE FROM events WHERE kind = 'round_certified'")
    found = checks(certified.store)
    assert "replay_equal" in found


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE events SET payload = replace(payload, '53000', '53500')",
        "UPDATE events SET at = '2022-03-18T02:00:00.000Z' WHERE n = 30",
        "UPDATE events SET actor = 'somebody' WHERE n = 30",
        "UPDATE events SET prev = hash WHERE n = 30",
        "UPDATE events SET entry = NULL WHERE n = 30",
        "UPDATE events SET entry = hash WHERE n = 30",
        "UPDATE events SET n = n + 1000 WHERE n > 30",
    ],
)
def test_a_changed_event_breaks_the_chain(certified: Event, sql: str):
    """Time, actor, content or order."""
    damaged(certified.store, sql)
    assert breaks_the_chain(certified.store)


AS_NONSENSE = pytest.mark.long(
    "db/test_verify.py::test_an_unreadable_event_is_a_finding_and_no_failure"
)


@pytest.mark.parametrize(
    "payload",
    [
        "",
        *(pytest.param(one, marks=AS_NONSENSE) for one in ("[]", "{}", '{"changes": [{}]}')),
        '{"changes": [{"table": "salts", "key": {}, "row": {}}]}',
    ],
)
def test_an_unreadable_event_is_a_finding_and_no_failure(certified: Event, payload: str):
    """The log holds nonsense: verify says where, and goes on."""
    damaged(certified.store, f"UPDATE events SET payload = '{payload}' WHERE n = 30")
    assert {"chain_unbroken", "replay_possible"} <= checks(certified.store)


def test_a_rewritten_chain_is_found_by_the_snapshot(certified: Event):
    """Whoever recomputes every hash after a change still has the certificate against them."""
    with certified.store.reading() as tx:
        rows = tx.rows("SELECT * FROM events ORDER BY seq")
    for row in rows:
        row["payload"] = row["payload"].replace('"value":53000', '"value":52500')
    statements = rechained(rows)
    statements.append("UPDATE marks SET value = 52500 WHERE value = 53000")
    damaged(certified.store, *statements)
    found = checks(certified.store)
    assert "chain_unbroken" not in found
    assert {"snapshot_stands_on_its_event", "certificate_has_the_stored_marks"} <= found


def test_a_changed_snapshot_is_found(certified: Event):
    """Its hash is printed on every paper."""
    damaged(certified.store, "UPDATE snapshots SET content = content || ' '")
    assert {"snapshot_hash_fits", "replay_equal"} <= checks(certified.store)


@pytest.mark.on_file
def test_a_certificate_its_marks_do_not_give_is_named(certified: Event):
    """Winner and last changed places, every hash and the chain computed again: still found."""
    path = certified.store.path
    certified.store.close()
    forge_certificate(path, swap_first_and_last)
    with looking(path) as looked:
        plain = verify(looked.store)
        found = everything(looked.store)
    assert plain == []
    assert {finding.check for finding in found} == {"certificate_recomputed"}
    named = "\n".join(finding.subject for finding in found)
    assert "1 龙潭村 532501100200" in named
    assert "rank" in named


@pytest.mark.on_file
def test_other_marks_in_a_certificate_are_found_though_the_figures_fit(certified: Event):
    """A certificate is computed from its marks: those of the log, not some it says."""
    path = certified.store.path
    certified.store.close()
    forge_certificate(path, lambda content: content["marks"].pop())
    with looking(path) as looked:
        found = everything(looked.store)
    assert any(f.check == "certificate_recomputed" and "marks" in f.subject for f in found)


def test_a_look_taken_back_is_found_though_no_event_tells_of_it(certified: Event):
    """The view and the end of its chain removed: a later event had counted them."""
    damaged(
        certified.store,
        "DELETE FROM views",
        "DELETE FROM sightings WHERE kind = 'viewed'",
    )
    assert "sightings_counted" in checks(certified.store)


@pytest.mark.on_file
@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER events_stay",
        "DROP INDEX events_of_round",
        "CREATE TRIGGER quiet AFTER INSERT ON marks BEGIN UPDATE marks SET value = 0; END",
        "CREATE VIEW winners AS SELECT 1",
        "ALTER TABLE marks ADD COLUMN hint TEXT",
    ],
)
def test_a_changed_schema_is_named(certified: Event, statement: str):
    """A trigger that marks for a judge, a guard taken away: the rows alone look as they should."""
    damaged(certified.store)
    connection = sqlite3.connect(certified.store.path)
    connection.execute(statement)
    connection.close()
    with certified.store.reading() as tx:
        found = [f.subject for f in answered("", partial(CHECKS["schema_as_made"], tx))]
    named = statement.split()[2]
    assert [subject.split()[-1] for subject in found] == [named]


BESIDE = (
    "INSERT INTO rounds (id, competition_id, position, title, stage, category, rules, rules_hash, "
    "rules_version, state, frozen, {column}) SELECT 'beside', {competition}, 99, title, "
    "stage, category, rules, rules_hash, 1, 'draft', 0, id FROM rounds LIMIT 1"
)
"""A round that practises for or reads the event's, or one of another competition."""

BREAKS: dict[str, list[str]] = {
    "mark_within_maximum": ["UPDATE marks SET value = 10 * value"],
    "mark_on_its_step": ["UPDATE marks SET value = value + 1"],
    "mark_of_the_rounds_rubric": ["UPDATE criteria SET round_id = 'other'"],
    "mark_not_newer_than_its_sheet": ["UPDATE marks SET rev = 99"],
    "submitted_sheet_is_complete": ["DELETE FROM marks WHERE value = 53000"],
    "locked_sheet_was_submitted": ["UPDATE sheets SET submitted_at = NULL"],
    "sheet_locked_after_submitting": ["UPDATE sheets SET locked_at = '2022-01-01T00:00:00.000Z'"],
    "no_sheet_in_a_draft_round": ["UPDATE rounds SET state = 'draft'"],
    "no_open_sheet_after_closing": [
        "UPDATE sheets SET state = 'reopened', submitted_at = NULL, locked_at = NULL"
    ],
    "recusal_and_assignment_agree": ["DELETE FROM recusals"],
    "absence_has_a_reason": ["UPDATE assignments SET reason = ''"],
    "recusal_has_a_reason": ["UPDATE recusals SET reason = ''"],
    "session_of_the_same_round": ["UPDATE sessions SET round_id = 'other'"],
    "panel_member_has_a_seat": ["DELETE FROM seats"],
    "entrant_of_the_same_competition": ["UPDATE entrants SET competition_id = 'other'"],
    "seat_of_the_same_competition": ["UPDATE people SET competition_id = 'other'"],
    "pin_of_the_same_competition": [
        "INSERT INTO pins SELECT id, 'other', 'scrypt$', '', '' FROM people"
    ],
    "grant_of_the_same_competition": ["UPDATE people SET competition_id = 'other'"],
    **{
        f"{first}_is_not_{second}": [
            f"INSERT INTO grants SELECT '{role}', id, '{role}', NULL, NULL FROM people "
            "WHERE name LIKE 'leader%'"
            for role in (first, second)
        ]
        for first, second in FORBIDDEN_PAIRS
    },
    "stand_in_fills_an_empty_seat": [
        "UPDATE assignments SET stands_for = (SELECT person_id FROM seats WHERE number = 1) "
        "WHERE person_id = (SELECT person_id FROM seats WHERE number = 7)"
    ],
    "stand_in_comes_from_the_reserve": [
        "UPDATE assignments SET stands_for = (SELECT person_id FROM seats WHERE number = 1) "
        "WHERE person_id = (SELECT person_id FROM seats WHERE number = 4)"
    ],
    "one_stand_in_for_a_seat": ["UPDATE assignments SET stands_for = 'one'"],
    "judge_grant_has_a_seat": ["DELETE FROM seats"],
    "approved_by_a_second_person": ["UPDATE reopenings SET answered_by = NULL"],
    "opened_round_has_its_time": ["UPDATE rounds SET opened_at = NULL"],
    "closed_round_has_its_time": ["UPDATE rounds SET closed_at = NULL"],
    "certified_round_has_a_snapshot": ["DELETE FROM snapshots"],
    "certified_round_has_its_time": ["UPDATE rounds SET certified_at = NULL"],
    "snapshot_of_an_event": ["UPDATE snapshots SET seq = 999"],
    "event_belongs_to_its_competition": ["UPDATE rounds SET competition_id = 'other'"],
    "every_competition_has_an_event": ["DELETE FROM events"],
    "link_hash_is_a_hash": [
        "UPDATE links SET token_hash = 'short' WHERE id = (SELECT min(id) FROM links)"
    ],
    "revoked_link_has_no_live_sign_in": [
        "UPDATE links SET revoked_at = '2022-03-18T01:00:00.000Z'",
        "INSERT INTO sign_ins (id_hash, person_id, link_id, device, lang, created_at, last_seen) "
        "SELECT 'x', person_id, id, '', 'zh', '', '' FROM links LIMIT 1",
    ],
    "one_entrant_on_stage": ["UPDATE round_entrants SET stage = 'marking'"],
    "open_round_has_a_rubric": ["DELETE FROM criteria"],
    "open_round_has_numbers": ["UPDATE round_entrants SET number = NULL"],
    "seat_has_a_judge_grant": ["DELETE FROM grants WHERE role = 'judge'"],
    "competition_has_an_organizer": ["DELETE FROM grants WHERE role = 'organizer'"],
    "competition_has_a_salt": ["DELETE FROM salts"],
    "sheet_counts_its_revisions": ["UPDATE sheets SET rev = 99"],
    "reopened_sheet_was_asked_for": [
        "UPDATE sheets SET state = 'reopened', submitted_at = NULL, locked_at = NULL"
    ],
    "asked_once": [
        "UPDATE reopenings SET state = 'asked'",
        "INSERT INTO reopenings SELECT 'x', sheet_id, reason, asked_by, asked_at, state, "
        "answered_by, answered_at FROM reopenings",
    ],
    "requested_mark_is_a_mark": ["UPDATE requested_marks SET value = value + 1"],
    "change_asks_for_something": ["DELETE FROM requested_marks"],
    "change_answered_by_another_person": ["UPDATE change_requests SET answered_by = asked_by"],
    "transcription_is_whole": ["DELETE FROM transcribed_marks"],
    "transcription_confirmed_by_another_person": [
        "UPDATE transcriptions SET answered_by = typed_by"
    ],
    "confirmed_transcription_has_a_sheet": ["UPDATE transcriptions SET entrant_id = 'other'"],
    "holder_has_a_seat": ["UPDATE holders SET person_id = 'nobody'"],
    "answered_by_another_person": ["UPDATE reopenings SET answered_by = asked_by"],
    "deduction_confirmed_by_another_person": ["UPDATE deductions SET confirmed_by = entered_by"],
    "ruling_confirmed_by_another_person": ["UPDATE rulings SET confirmed_by = entered_by"],
    "reading_confirmed_by_another_person": ["UPDATE readings SET confirmed_by = entered_by"],
    "certificate_signed_by_another_person": ["UPDATE certifications SET second_by = signed_by"],
    "reading_is_whole": ["DELETE FROM reading_marks WHERE value = 30000"],
    "mark_of_a_reading_is_a_mark": ["UPDATE reading_marks SET value = value + 1"],
    "decided_in_the_same_competition": ["UPDATE people SET competition_id = 'other'"],
    "viewed_in_the_same_competition": ["UPDATE people SET competition_id = 'other'"],
    "snapshot_versions_have_no_gap": ["UPDATE snapshots SET version = 2"],
    "release_versions_have_no_gap": ["UPDATE releases SET version = 9 WHERE version = 2"],
    "released_sheet_is_locked": ["UPDATE sheets SET locked_at = NULL"],
    "no_release_in_a_draft_round": ["UPDATE rounds SET state = 'draft'"],
    "frozen_round_has_a_snapshot": [
        "UPDATE rounds SET frozen = 1",
        "DELETE FROM snapshots WHERE kind = 'freeze'",
    ],
    "release_hash_fits": ["UPDATE releases SET content = content || ' '"],
    "only_a_certified_round_keeps_facts": [
        "INSERT INTO kept_facts SELECT e.round_id, n.id, n.code, n.county, n.township, n.village, "
        "n.title, n.presenter, n.post, n.unit FROM round_entrants e "
        "JOIN entrants n ON n.id = e.entrant_id",
        "UPDATE rounds SET state = 'closed'",
    ],
    "deleted_round_is_an_empty_draft": [
        "UPDATE rounds SET removed_at = '2022-03-18T01:00:00.000Z'"
    ],
    "certificate_has_the_facts_shown": ["UPDATE entrants SET village = village || '?'"],
    "practice_has_no_result": ["UPDATE rounds SET practice_of = 'other'"],
    "practice_of_a_round": [BESIDE.format(column="practice_of", competition="'other'")],
    "reading_has_no_result": ["UPDATE rounds SET reading_of = 'other'"],
    "reading_of_a_round": [BESIDE.format(column="reading_of", competition="'other'")],
    "practice_entrant_is_in_no_round": [
        BESIDE.format(column="practice_of", competition="competition_id"),
        "INSERT INTO round_entrants (round_id, entrant_id, stage) "
        "SELECT 'beside', entrant_id, 'waiting' FROM round_entrants LIMIT 1",
    ],
    "open_composite_has_parts": ["DELETE FROM parts"],
    "part_belongs_to_a_composite": ["UPDATE rounds SET kind = 'judged'"],
    "part_is_a_judged_round_of_the_competition": ["UPDATE rounds SET kind = 'composite'"],
    "outside_list_is_of_its_part": ["UPDATE outside_lists SET round_id = 'other'"],
    "outside_score_is_within_bounds": ["UPDATE outside_scores SET value = value + 1"],
    "code_is_digits": ["UPDATE entrants SET code = '53250110020x' WHERE code LIKE '532501%'"],
    "document_of_the_same_competition": ["UPDATE documents SET competition_id = 'other'"],
    "times_are_utc": ["UPDATE sheets SET saved_at = '2022-03-18 09:00'"],
    "generation_begins_on_the_chain": [f"UPDATE generations SET last_hash = '{'a' * 64}'"],
    "sightings_unbroken": ["UPDATE sightings SET actor = 'another'"],
    "sightings_counted": ["DELETE FROM sightings"],
    "views_and_sign_ins_chained": ["DELETE FROM views"],
    "time_runs_forward": ["UPDATE events SET at = '2022-03-01T00:00:00.000Z' WHERE n = 40"],
    "no_mark_after_closing": [
        "UPDATE events SET kind = 'marks_recorded' WHERE kind = 'round_certified'"
    ],
    "opening_and_closing_logged": ["UPDATE events SET kind = '' WHERE kind = 'round_opened'"],
    "pin_is_its_owners": [
        "UPDATE events SET kind = 'pin_set' WHERE kind = 'role_granted'",
    ],
    "cards_are_those_issued": ["UPDATE vote_batches SET cards = cards + 1"],
    "ballot_of_a_card_in_use": ["DELETE FROM vote_claims"],
    "ballots_are_those_counted": ["DELETE FROM vote_ballots"],
    "schema_as_made": ["DROP INDEX events_of_round"],
    "integrity": ["UPDATE criteria SET step = 7"],
    "foreign_keys": ["DELETE FROM people WHERE name LIKE '%7'"],
    "rules_hash_fits": ["UPDATE criteria SET points = 'more'"],
    "weights_sum_to_one": ["UPDATE criteria SET weight = '1/2' WHERE position = 1"],
    "ruling_of_the_rounds_entrants": ["UPDATE rulings SET entrants = '[\"nobody\"]'"],
    "snapshot_hash_fits": ["UPDATE snapshots SET content = content || ' '"],
    "snapshot_stands_on_its_event": ["UPDATE snapshots SET seq = seq - 1"],
    "certificate_has_the_stored_marks": [
        "UPDATE marks SET value = value - 500 WHERE value > 50000"
    ],
}


def test_the_rules_are_many_and_each_has_a_breaking():
    """Some fifty of them, and no breaking of a rule that is gone."""
    assert BREAKS.keys() == {*RULES, *CHECKS}
    assert len(BREAKS) >= 50


def test_verify_asks_every_rule():
    """Of what can answer none, each is named as a rule that cannot be checked."""
    found = violations(None)  # type: ignore[arg-type]
    assert [one.check for one in found] == [*RULES, *CHECKS]
    assert all(one.subject.startswith("cannot be checked") for one in found)


ITS_OWN = ("integrity", "foreign_keys", "schema_as_made")


@pytest.mark.parametrize("name", [*RULES, *CHECKS])
def test_each_named_rule_is_found_broken(certified: Event, name: str):
    """A rule that never fires guards nothing."""
    if name in ITS_OWN and isinstance(certified.store, ServedStore):
        pytest.skip("PostgreSQL's own to keep; see tests/db/postgres")
    damaged(certified.store, *BREAKS[name])
    ask = CHECKS.get(name, lambda tx: tx.rows(RULES[name]))
    with certified.store.reading() as tx:
        assert answered(name, partial(ask, tx))


def test_a_backup_is_whole_and_clean(certified: Event, tmp_path: Path):
    """The copy verifies, holds every row, and stands alone under its name."""
    target = tmp_path / "usb" / "copy.db"
    assert backup(certified.store, target) == []
    names = sorted(path.name for path in target.parent.iterdir())
    assert names == ["copy.db", "copy.db.documents"]
    copy = db.Store(target)
    with copy.reading() as one, certified.store.reading() as other:
        for sql in ("SELECT max(seq) FROM events", "SELECT count(*) FROM marks"):
            assert one.value(sql) == other.value(sql)
    copy.close()


def test_a_damaged_database_is_not_backed_up_under_the_name(certified: Event, tmp_path: Path):
    """No file that looks like a good copy is left behind, not even half of one."""
    damaged(certified.store, "UPDATE marks SET value = value - 500")
    target = tmp_path / "usb" / "copy.db"
    assert backup(certified.store, target)
    assert list(target.parent.iterdir()) == []


def test_findings_name_what_is_wrong(certified: Event):
    """A subject a person can look up, not only a rule's name."""
    damaged(certified.store, "UPDATE marks SET value = 10 * value WHERE value = 53000")
    subjects = [f.subject for f in verify(certified.store) if f.check == "mark_within_maximum"]
    assert subjects
    assert all("规划实用性" in subject for subject in subjects)
    assert json.dumps(subjects)
