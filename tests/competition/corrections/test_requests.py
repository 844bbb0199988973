"""Corrections by two people: asked for, previewed, confirmed on the same data or refused."""

import json
import sqlite3
from dataclasses import replace
from decimal import Decimal

import pytest

import db
from competition.corrections import requests
from competition.corrections.errors import ChairAndSupervisor, GroundMoved
from competition.corrections.listing import corrections_of
from competition.errors import (
    Forbidden,
    MarkOutOfRange,
    Missing,
    NothingChanged,
    NotNow,
    ReasonNeeded,
    SecondPersonNeeded,
    WrongState,
)
from competition.lineup import panel
from competition.lineup.errors import CountsAtOnce
from competition.people import people
from competition.results.errors import CorrectionWaits
from db.errors import NotWritable
from db.invariants import verify
from scoring import Rules
from tests.competition.corrections.cases import (
    AT,
    ask,
    chair_of,
    confirm,
    count,
    lines,
    log_kinds,
    preview,
    what,
)
from tests.competition.event import QUICK, Event, opened


def marks_of(event: Event, judge: int, entrant: int) -> list[int | None]:
    """The stored marks of a sheet."""
    with event.store.reading() as tx:
        pair = (event.round_id, event.entrants[entrant], event.judges[judge])
        sheet = db.sheets.of_pair(tx, *pair)
        return [mark["value"] for mark in db.sheets.marks(tx, sheet["id"])] if sheet else []


def test_a_mark_changes_only_when_a_second_person_confirms(closed: Event):
    """Asked for, nothing moves; confirmed, the standing has it; one event has old and new."""
    before = lines(closed)[1].official
    key = ask(closed, "mark", what(closed, 1, 2, marks=(20, 10)))
    assert lines(closed)[1].official == before
    confirm(closed, key)
    assert lines(closed)[1].official < before
    assert marks_of(closed, 2, 1) == [20000, 10000]
    assert log_kinds(closed)[-2:] == ["correction_asked", "correction_confirmed"]
    with closed.store.reading() as tx:
        event = tx.one("SELECT payload FROM events ORDER BY seq DESC LIMIT 1")
        row = next(
            change["row"]
            for change in json.loads(event["payload"])["changes"]
            if change["table"] == "corrections"
        )
    assert set(json.loads(row["new"]).values()) == {"20.0", "10.0"}
    assert row["old"] != row["new"]
    assert json.loads(row["before"]) != json.loads(row["after"])
    assert verify(closed.store) == []


def test_the_preview_is_what_then_happens(closed: Event):
    """The copy has the act done in it: the scores it shows are those after confirming."""
    about = what(closed, 1, 2, marks=(0, 0))
    written = count(closed)
    shown = preview(closed, closed.organizer, "mark", about)
    assert shown is not None
    assert log_kinds(closed)[-1] == "round_closed"
    assert count(closed) - written <= 4  # the look itself is on record
    confirm(closed, ask(closed, "mark", about))
    after = lines(closed)
    for move in shown.moves:
        line = after[int(move.number or 0)]
        assert (str(line.official), line.rank) == (move.new, move.new_rank)
        assert line.selected == move.is_selected
    assert {move.change for move in shown.moves} <= {"in", "out", "up", "down", "score"}


def test_a_look_at_a_preview_is_logged_as_a_look_at_a_standing(closed: Event):
    """Who saw who would move is on the supervisor's list."""
    preview(closed, closed.organizer, "mark", what(closed, 1, 2, marks=(20, 10)))
    with closed.store.reading() as tx:
        seen = tx.rows("SELECT what, person_id FROM views")
    assert {"what": "preview", "person_id": closed.organizer.person_id} in seen


def test_who_may_see_no_standing_is_shown_no_effect(event: Event):
    """The timekeeper; and a chair whose own sheet is still to submit."""
    event.fill_all(but=[(2, 1)])
    about = what(event, 1, 3, marks=(20, 10))
    people.grant_role(
        event.store, event.organizer, event.judges[2], "chair", round_id=event.round_id, at=AT
    )
    for who in (event.visitor("timekeeper"), event.visitor(2)):
        assert preview(event, who, "mark", about) is None
    assert [one.kind for one in corrections_of(event.store, event.visitor(2), event.round_id)] == []


def test_the_person_who_asked_never_confirms(closed: Event):
    """Nor does anybody without the right; nothing is written."""
    asked = closed.visitor("supervisor")
    key = ask(closed, "set_aside", what(closed, 1, 2), who=asked)
    written = count(closed)
    with pytest.raises(SecondPersonNeeded):
        confirm(closed, key, who=asked)
    with pytest.raises(Forbidden):
        confirm(closed, key, who=closed.visitor("scorekeeper"))
    assert count(closed) == written


def test_the_ground_moved_between_request_and_confirmation(closed: Event):
    """Another correction of the same sheet came first: refused, saying what is another now."""
    first = ask(closed, "mark", what(closed, 1, 2, marks=(20, 10)))
    moved = ask(closed, "move", what(closed, 1, 2, other=3))
    confirm(closed, first)
    written = count(closed)
    with pytest.raises(GroundMoved) as refused:
        confirm(closed, moved)
    assert refused.value.values["changed"] == ("rev",)
    assert count(closed) == written


def test_a_request_cannot_be_edited_under_the_person_who_confirms(closed: Event):
    """The database itself refuses: what waits is answered as it was asked for."""
    key = ask(closed, "mark", what(closed, 1, 2, marks=(20, 10)))
    with pytest.raises(sqlite3.IntegrityError), closed.store.writing() as tx:
        tx.run("UPDATE corrections SET new = '{}' WHERE id = :id", id=key)
    with pytest.raises((sqlite3.IntegrityError, NotWritable)), closed.store.writing() as tx:
        tx.run("DELETE FROM corrections WHERE id = :id", id=key)


def test_a_second_press_changes_nothing_and_another_answer_is_refused(closed: Event):
    """Confirmed twice by one person; then refused by the same: the first stands."""
    key = ask(closed, "mark", what(closed, 1, 2, marks=(20, 10)))
    confirm(closed, key)
    told = log_kinds(closed)
    confirm(closed, key)
    assert log_kinds(closed) == told
    with pytest.raises(WrongState):
        requests.answer_correction(
            closed.store,
            closed.visitor("supervisor"),
            key,
            approve=False,
            reason="不同意",
            at=AT,
        )


def test_a_refusal_needs_a_reason_and_changes_no_mark(closed: Event):
    """What was asked for stays readable, with why not."""
    key = ask(closed, "mark", what(closed, 1, 2, marks=(20, 10)))
    who = closed.visitor("supervisor")
    with pytest.raises(ReasonNeeded):
        requests.answer_correction(closed.store, who, key, approve=False, at=AT)
    requests.answer_correction(closed.store, who, key, approve=False, reason="底稿是 11.0", at=AT)
    shown = corrections_of(closed.store, who, closed.round_id)[0]
    assert (shown.state, shown.answer) == ("refused", "底稿是 11.0")
    assert marks_of(closed, 2, 1) != [20000, 10000]


def test_only_who_asked_takes_a_request_back(closed: Event):
    """And only while it waits."""
    key = ask(closed, "mark", what(closed, 1, 2, marks=(20, 10)))
    with pytest.raises(WrongState):
        requests.withdraw_correction(
            closed.store, closed.visitor("second"), key, reason="误提", at=AT
        )
    requests.withdraw_correction(closed.store, closed.organizer, key, reason="误提", at=AT)
    with pytest.raises(WrongState):
        confirm(closed, key)


def test_one_request_waits_for_a_sheet(closed: Event):
    """An impatient second click asks for nothing twice."""
    about = what(closed, 1, 2, marks=(20, 10))
    ask(closed, "mark", about)
    with pytest.raises(CorrectionWaits):
        ask(closed, "mark", about)


def test_what_cannot_be_is_refused_when_it_is_asked_for(closed: Event):
    """Off the scale, unchanged, of another round, of a judge who does not mark it."""
    held = tuple((value or 0) / 1000 for value in marks_of(closed, 2, 1))
    written = count(closed)
    for about, error in (
        (what(closed, 1, 2, marks=(61,)), MarkOutOfRange),
        (what(closed, 1, 2, marks=held), NothingChanged),
        (what(closed, 1, 6, marks=(20,)), WrongState),
    ):
        with pytest.raises(error):
            ask(closed, "mark", about)
    with pytest.raises(Missing):
        ask(closed, "mark", {**what(closed, 1, 2, marks=(20,)), "entrant": "elsewhere"})
    assert count(closed) == written


def test_a_certified_round_takes_no_correction(closed: Event):
    """The way is named: the certificate is withdrawn first."""
    key = ask(closed, "mark", what(closed, 1, 2, marks=(20, 10)))
    requests.withdraw_correction(closed.store, closed.organizer, key, reason="误提", at=AT)
    closed.certify(at=AT)
    with pytest.raises(NotNow) as refused:
        ask(closed, "mark", what(closed, 1, 2, marks=(20, 10)))
    assert refused.value.clears == "revoke_certificate"


def test_a_sheet_moves_to_the_entrant_it_belongs_to(event: Event):
    """Judge 2 marked entrant 2 on the page of 1: its marks go there, and 1 waits for a sheet."""
    event.fill(2, 1, ("50", "30"))
    confirm(event, ask(event, "move", what(event, 1, 2, other=2)))
    assert marks_of(event, 2, 2) == [50000, 30000]
    assert marks_of(event, 2, 1) == [None, None]
    with event.store.reading() as tx:
        states = [
            event_sheet["state"]
            for event_sheet in tx.rows(
                "SELECT state FROM sheets ORDER BY entrant_id = :e DESC", e=event.entrants[2]
            )
        ]
    assert states == ["submitted", "draft"]
    assert verify(event.store) == []


def test_two_sheets_taken_for_each_other_change_places(closed: Event):
    """Both entrants keep their number of sheets."""
    one, other = marks_of(closed, 2, 1), marks_of(closed, 2, 3)
    confirm(closed, ask(closed, "move", what(closed, 1, 2, other=3)))
    assert (marks_of(closed, 2, 3), marks_of(closed, 2, 1)) == (one, other)
    assert verify(closed.store) == []


def test_a_sheet_moved_after_closing_leaves_a_judge_fewer_and_never_a_zero(event: Event):
    """The entrant it was taken from has an absence; the right one's absence is lifted first."""
    event.fill_all(but=[(2, 3)])
    event.close(reason="散会", at=AT)
    with pytest.raises(WrongState):
        ask(event, "move", what(event, 1, 2, other=3))
    with pytest.raises(Missing):
        ask(event, "restore", what(event, 3, 2))
    assert lines(event)[3].counted == 4
    assert verify(event.store) == []


def test_a_late_recusal_takes_two_people_once_the_sheet_is_in(event: Event):
    """One alone is refused and shown the way; two take it out, the marks stay stored."""
    event.fill_all()
    pair = (event.round_id, event.entrants[1], event.judges[2])
    for who in (event.organizer, event.visitor(2)):
        with pytest.raises(CountsAtOnce) as refused:
            panel.declare_recusal(event.store, who, *pair, reason="亲属", at=AT)
    assert refused.value.clears == "request_correction"
    confirm(event, ask(event, "recusal", what(event, 1, 2), reason="亲属"))
    assert (lines(event)[1].counted, lines(event)[1].expected) == (4, 5)
    assert len(marks_of(event, 2, 1)) == 2
    assert verify(event.store) == []


def test_what_was_taken_out_by_mistake_comes_back_by_two(event: Event):
    """Neither undoing an absence nor a recusal is one person's."""
    event.fill_all()
    before = lines(event)[1].official
    confirm(event, ask(event, "recusal", what(event, 1, 2), reason="亲属"))
    confirm(event, ask(event, "restore", what(event, 1, 2), reason="查无此事"))
    assert lines(event)[1].official == before
    assert verify(event.store) == []


def test_a_sheet_is_set_aside_by_chair_and_supervisor_and_nobody_else(closed: Event):
    """Either asks, the other confirms; two supervisors are not the chair."""
    chair = chair_of(closed)
    people.grant_role(closed.store, closed.organizer, closed.people["leader"], "supervisor", at=AT)
    about = what(closed, 1, 2)
    with pytest.raises(Forbidden):
        ask(closed, "set_aside", about)
    key = ask(closed, "set_aside", about, who=closed.visitor("supervisor"))
    with pytest.raises(ChairAndSupervisor):
        confirm(closed, key, who=closed.visitor("leader"))
    confirm(closed, key, who=chair)
    assert lines(closed)[1].counted == 4
    with pytest.raises(WrongState):
        ask(closed, "set_aside", about, who=chair)
    assert verify(closed.store) == []


def test_one_person_alone_brings_no_sheet_back_that_was_set_aside(event: Event):
    """Undoing the absence would count it again."""
    event.fill_all()
    chair = chair_of(event)
    key = ask(event, "set_aside", what(event, 1, 2), who=chair)
    confirm(event, key)
    with pytest.raises(CountsAtOnce):
        panel.undo_absence(
            event.store,
            event.organizer,
            event.round_id,
            event.entrants[1],
            event.judges[2],
            reason="x",
            at=AT,
        )


def test_when_a_judge_leaves_the_trim_is_checked_again(store: db.Store):
    """Five judges less one are too few to drop from; the preview names the entrants."""
    scoring = Rules(top=2, official="trimmed", at_cut="exact", draws=100)
    event = opened(store, rules=replace(QUICK, scoring=scoring, recusal_level="none"))
    event.fill_all(but=[(2, 2), (2, 3), (2, 4), (2, 5)])
    about = what(event, judge=2, first=2)
    shown = preview(event, event.organizer, "leave", about)
    assert shown is not None
    assert set(shown.short) == {2, 3, 4, 5}
    confirm(event, ask(event, "leave", about, reason="身体不适"))
    with event.store.reading() as tx:
        assert db.sheets.left_to_submit(tx, event.round_id, event.judges[2]) == 0
        seat = db.panel.seat(tx, event.round_id, event.judges[2])
    assert seat["presence"] == "away"
    assert lines(event)[1].counted == 5
    assert verify(event.store) == []


def test_a_reserve_takes_the_seat_by_two_people(event: Event):
    """As one act of substitution, in one event with the correction."""
    event.fill_all(but=[(2, 2), (2, 3)])
    about = what(event, judge=2, taking=7, first=2)
    key = ask(event, "reserve", about, reason="身体不适")
    confirm(event, key)
    with event.store.reading() as tx:
        taken = db.panel.substitutions(tx, event.round_id)
    assert [row["first"] for row in taken] == [2]
    assert log_kinds(event)[-1] == "correction_confirmed"
    assert verify(event.store) == []


def test_ids_of_another_round_are_refused(closed: Event):
    """Another county's or round's id is no entrant here."""
    with pytest.raises(Missing):
        requests.answer_correction(
            closed.store, closed.visitor("supervisor"), "no-such", approve=True, at=AT
        )
    with pytest.raises(Missing):
        ask(closed, "recusal", {"entrant": closed.entrants[1], "judge": "nobody"})


def test_both_standings_of_a_confirmed_correction_are_kept(closed: Event):
    """Side by side by number, as they were at the confirmation."""
    before = {n: str(line.official) for n, line in lines(closed).items()}
    confirm(closed, ask(closed, "mark", what(closed, 1, 2, marks=(0, 0))))
    shown = corrections_of(closed.store, closed.organizer, closed.round_id)[0]
    assert {line.number: line.old for line in shown.standings} == before
    after = {n: str(line.official) for n, line in lines(closed).items()}
    assert {line.number: line.new for line in shown.standings} == after
    assert Decimal(after[1]) < Decimal(before[1])
