"""Judges in reserve: marks count in a vacated seat, from the entrant named on, only there.

Everything is tried on the small event: session 1 hears entrants 1 to 3 with judges 1 to 5 and
the reserve 7; session 2 hears 4 and 5 with judges 2 to 6.
"""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

import db
from competition.corrections import requests
from competition.corrections.facts import What
from competition.errors import Forbidden, Missing, ReasonNeeded, Refused
from competition.lineup import panel, seat_candidates, seating
from competition.lineup import substituting as acts
from competition.lineup.errors import AnnouncedAlready, HoldsSeat, NothingToTakeOver, SeatTaken
from competition.marks import desk, own_work, progress
from competition.marks.errors import Absent
from competition.results import explaining
from competition.rounds import rounds
from competition.saying import way_out
from competition.stage import moves, pad_work, releasing
from competition.visitor import Visitor
from db.invariants import verify
from scoring import Rules
from tests.competition import event as events
from tests.competition.event import AT, QUICK, RESERVE, Event, later

TRIMMED = replace(
    QUICK,
    scoring=Rules(official="trimmed", top=2, at_cut="exact", draws=100),
    recusal_level="none",
    hall="scores",
)


@pytest.fixture
def trimmed(store: db.Store) -> Event:
    """The event ranked by the trimmed mean, its scores announced one by one."""
    return events.opened(store, rules=TRIMMED)


def ask(
    event: Event,
    leaving: str,
    taking: str,
    first: int,
    *,
    who: Visitor | None = None,
    reason: str = "突发不适",
    at: datetime = AT,
) -> str:
    """Ask for a change of seat; nothing changes yet."""
    about: What = {"judge": leaving, "taking": taking, "first": first}
    asking = who or event.organizer
    return requests.request_correction(
        event.store, asking, event.round_id, "reserve", about, reason=reason, at=at
    )


def take(
    event: Event,
    leaving: int,
    first: int,
    *,
    taking: int = RESERVE,
    reason: str = "突发不适",
    at: datetime | None = None,
) -> tuple[int, ...]:
    """The reserve, or another, takes over a seat: asked for and confirmed by the supervisor."""
    at = at or later(60)
    judges = event.judges[leaving], event.judges[taking]
    key = ask(event, *judges, first, reason=reason, at=at)
    with event.store.reading() as tx:
        _, taken = acts.to_take_over(tx, event.round_id, *judges, first)
    requests.answer_correction(event.store, event.visitor("supervisor"), key, approve=True, at=at)
    return tuple(place["number"] for place, _ in taken)


def pairs(event: Event, number: int) -> dict[int, tuple[str, bool]]:
    """State and whether a seat's, of every judge of an entrant."""
    with event.store.reading() as tx:
        found = db.panel.of_entrant(tx, event.round_id, event.entrants[number])
    return {pair["number"]: (pair["state"], bool(pair["holds_seat"])) for pair in found}


def counted(event: Event, number: int) -> set[int]:
    """Judges whose sheets of an entrant count."""
    seats = {person: judge for judge, person in event.judges.items()}
    with event.store.reading() as tx:
        marks = db.sheets.counted_marks(tx, event.round_id)
    return {seats[m["judge"]] for m in marks if m["entrant"] == event.entrants[number]}


def sit_in(event: Event) -> None:
    """Everybody of session 1 marks entrants 1 and 2, the reserve too; judge 2 leaves before 2."""
    for judge in (1, 2, 3, 4, 5, RESERVE):
        event.fill(judge, 1, ("40", f"{20 + judge}"))
    for judge in (1, 3, 4, 5, RESERVE):
        event.fill(judge, 2, ("50", f"{20 + judge}"))


def test_marks_given_in_reserve_count_from_the_entrant_on_and_not_before(trimmed: Event):
    """Judge 2 left before entrant 2: of the reserve's two sheets the second counts."""
    sit_in(trimmed)
    assert take(trimmed, 2, 2) == (2, 3, 4, 5)
    assert counted(trimmed, 1) == {1, 2, 3, 4, 5}
    assert counted(trimmed, 2) == {1, 3, 4, 5, RESERVE}


def test_the_score_is_the_one_worked_out_by_hand(trimmed: Event):
    """With judge 2 gone entrant 2 has too few to drop from; with the reserve it has five again.

    Of 71, 73, 74, 75 nothing is dropped: 293 / 4 = 73.25. With the reserve's 77 the lowest
    and the highest go and (73 + 74 + 75) / 3 = 74.00 remains. Entrant 1 keeps 61 to 65, of
    which 62, 63, 64 remain: 63.00.
    """
    sit_in(trimmed)
    panel.mark_absent(
        trimmed.store,
        trimmed.organizer,
        trimmed.round_id,
        trimmed.entrants[2],
        trimmed.judges[2],
        reason="离开",
        at=AT,
    )
    before = {line.number: line for line in trimmed.standing().lines}
    assert (before[2].official, before[2].counted, before[2].expected) == (Decimal("73.25"), 4, 5)
    assert not before[2].comparable
    take(trimmed, 2, 2)
    after = {line.number: line for line in trimmed.standing().lines}
    assert (after[2].official, after[2].counted, after[2].expected) == (Decimal("74.00"), 5, 5)
    assert after[2].comparable
    assert (after[1].official, after[1].counted, after[1].expected) == (Decimal("63.00"), 5, 5)


def test_what_the_judge_has_submitted_stays_counted(trimmed: Event):
    """Taken over from the first entrant on, the one judge 2 did mark is still judge 2's."""
    sit_in(trimmed)
    assert take(trimmed, 2, 1) == (2, 3, 4, 5)
    assert pairs(trimmed, 1)[2] == ("expected", True)
    assert pairs(trimmed, 1)[RESERVE] == ("expected", False)
    assert pairs(trimmed, 2)[2] == ("absent", False)
    assert pairs(trimmed, 2)[RESERVE] == ("expected", True)


def test_the_reserve_owes_what_the_seat_owes(trimmed: Event):
    """Also in sessions they did not sit in; the judge who left owes nothing more."""
    take(trimmed, 2, 4)
    assert RESERVE in pairs(trimmed, 4)
    with trimmed.store.reading() as tx:
        left = db.sheets.left_to_submit
        assert left(tx, trimmed.round_id, trimmed.judges[RESERVE]) == 2
        assert left(tx, trimmed.round_id, trimmed.judges[2]) == 3
    work = own_work.own_work(
        trimmed.store, trimmed.visitor(RESERVE), trimmed.round_id, at=later(61)
    )
    assert [(row["number"], row["stands_for_seat"]) for row in work["sheets"]] == [
        (1, None),
        (2, None),
        (3, None),
        (4, 2),
        (5, 2),
    ]
    shown = progress.progress(trimmed.store, trimmed.organizer, trimmed.round_id, at=later(61))
    with trimmed.store.reading() as tx:
        assert shown.missing == db.sheets.open_pairs(tx, trimmed.round_id)
    assert {(one["number"], one["seat"]) for one in shown.missing} >= {(4, 7), (5, 7), (1, 2)}


def test_a_judge_who_left_marks_no_more_from_there_on(trimmed: Event):
    """What they had begun is kept and does not count; a mark sent later waits for an answer."""
    trimmed.record(2, 4, trimmed.change(0, "50"))
    take(trimmed, 2, 4)
    assert trimmed.outcome(2, 4, trimmed.change(1, "30")) == "requested"
    with pytest.raises(Absent) as refused:
        trimmed.submit(2, 4)
    assert refused.value.values["reason"] == "突发不适"


def test_a_recusal_of_the_judge_is_not_the_seats(trimmed: Event):
    """Judge 3 was recused for entrant 2: whoever has the seat now may mark it."""
    panel.declare_recusal(
        trimmed.store,
        trimmed.organizer,
        trimmed.round_id,
        trimmed.entrants[2],
        trimmed.judges[3],
        reason="参与编制",
        at=AT,
    )
    take(trimmed, 3, 2)
    assert pairs(trimmed, 2)[3] == ("recused", False)
    assert pairs(trimmed, 2)[RESERVE] == ("expected", True)


def test_the_reserves_own_recusals_are_derived(store: db.Store):
    """The reserve works in the county of entrant 4: the seat is empty there, and counted as one."""
    event = events.draft(store)
    seating.update_person(
        store, event.organizer, event.judges[RESERVE], county=events.COUNTIES[3], at=AT
    )
    rounds.open_round(store, event.organizer, event.round_id, signed="all", at=AT)
    holders = seat_candidates.seat_holders(store, event.organizer, event.round_id)
    assert [taker.recused for taker in holders[1].takers] == [(4,)]
    take(event, 2, 4)
    assert pairs(event, 4)[RESERVE] == ("recused", True)
    assert pairs(event, 5)[RESERVE] == ("expected", True)
    for judge in (3, 4, 5, 6):
        event.fill(judge, 4, ("50", "30"))
    line = next(line for line in event.standing().lines if line.number == 4)
    assert (line.counted, line.expected) == (4, 5)
    assert verify(store) == []


def test_the_judge_comes_back(trimmed: Event):
    """From entrant 5 on; entrant 4 stays the reserve's, who then sits in again."""
    take(trimmed, 2, 4)
    trimmed.fill(RESERVE, 4, ("50", "30"))
    assert take(trimmed, RESERVE, 1, taking=2, reason="已返回", at=later(90)) == (5,)
    assert pairs(trimmed, 4)[RESERVE] == ("expected", True)
    assert pairs(trimmed, 5)[2] == ("expected", True)
    assert pairs(trimmed, 5)[RESERVE] == ("expected", False)
    told = acts.substitutions(trimmed.store, trimmed.organizer, trimmed.round_id)
    assert [(s.seat, s.leaving, s.taking, s.first, s.is_return) for s in told] == [
        (2, 2, 7, 4, False),
        (2, 7, 2, 5, True),
    ]


def test_who_may_take_over_what(trimmed: Event):
    """The reserve may take any seat; seated, only their seat's own judge may have it back."""
    holders = seat_candidates.seat_holders(trimmed.store, trimmed.organizer, trimmed.round_id)
    assert [one.number for one in holders] == [1, 2, 3, 4, 5, 6]
    reserve = seat_candidates.Taker(trimmed.judges[RESERVE], RESERVE, ())
    assert {one.takers for one in holders} == {(reserve,)}
    assert (holders[1].firsts, holders[1].at_hand) == ((1, 2, 3, 4, 5), 1)
    for stage in ("called", "presenting"):
        moves.move_stage(
            trimmed.store, trimmed.organizer, trimmed.round_id, trimmed.entrants[3], stage, at=AT
        )
    holders = seat_candidates.seat_holders(trimmed.store, trimmed.organizer, trimmed.round_id)
    assert [holder.at_hand for holder in holders] == [3, 3, 3, 3, 3, 4]
    take(trimmed, 2, 2)
    by_number = {
        one.number: one
        for one in seat_candidates.seat_holders(trimmed.store, trimmed.organizer, trimmed.round_id)
    }
    assert by_number[RESERVE].seat == 2
    assert [taker.number for taker in by_number[RESERVE].takers] == [2]
    assert by_number[4].takers == ()
    assert by_number[2].firsts == (1,)


@pytest.mark.parametrize(
    ("leaving", "taking", "first", "reason", "error"),
    [
        (2, RESERVE, 1, "", ReasonNeeded),
        (2, RESERVE, 6, "离开", NothingToTakeOver),
        (1, RESERVE, 4, "离开", NothingToTakeOver),
        (RESERVE, 2, 1, "离开", NothingToTakeOver),
        (2, 4, 1, "离开", HoldsSeat),
        (2, 6, 1, "离开", HoldsSeat),
    ],
)
def test_what_is_refused_writes_nothing(
    trimmed: Event, leaving: int, taking: int, first: int, reason: str, error: type[Refused]
):
    """No reason, no seat held, a judge of the panel put in another's seat."""
    with pytest.raises(error):
        ask(trimmed, trimmed.judges[leaving], trimmed.judges[taking], first, reason=reason)
    with trimmed.store.reading() as tx:
        assert db.corrections.of_round(tx, trimmed.round_id) == []
        assert db.panel.substitutions(tx, trimmed.round_id) == []
        assert not [p for p in db.panel.assignments(tx, trimmed.round_id) if p["stands_for"]]


def test_one_reserve_has_one_seat(trimmed: Event):
    """HeardSession in seat 2, the reserve cannot take seat 4 for the same entrants."""
    take(trimmed, 2, 1)
    with pytest.raises(HoldsSeat):
        take(trimmed, 4, 2)


def test_a_stranger_has_no_seat(trimmed: Event):
    """Only a judge seated in this round."""
    with pytest.raises(Missing):
        ask(trimmed, trimmed.judges[2], trimmed.people["host"], 1)


@pytest.mark.parametrize("role", ["host", "supervisor", 1])
def test_who_runs_the_day_asks_for_a_change_of_seat(trimmed: Event, role: str | int):
    """The organizers and the scorekeeper; not the chair, nor who confirms it."""
    with pytest.raises(Forbidden):
        ask(trimmed, trimmed.judges[2], trimmed.judges[RESERVE], 1, who=trimmed.visitor(role))


def test_one_person_alone_changes_no_seat(trimmed: Event):
    """Asked for, the seat is still judge 2's; confirming is not the organizer's either."""
    key = ask(trimmed, trimmed.judges[2], trimmed.judges[RESERVE], 2)
    assert pairs(trimmed, 2)[2] == ("expected", True)
    with pytest.raises(Forbidden):
        requests.answer_correction(trimmed.store, trimmed.organizer, key, approve=True, at=AT)
    assert pairs(trimmed, 2)[2] == ("expected", True)


def test_an_announced_score_keeps_its_judges(trimmed: Event):
    """The hall has seen entrant 1 without judge 2: the reserve's sheet can no longer come in."""
    for judge in (1, 3, 4, 5, RESERVE):
        for number in (1, 2, 3):
            trimmed.fill(judge, number, ("50", "30"))
    for number in (1, 2, 3):
        panel.mark_absent(
            trimmed.store,
            trimmed.organizer,
            trimmed.round_id,
            trimmed.entrants[number],
            trimmed.judges[2],
            reason="离开",
            at=AT,
        )
    releasing.release_score(
        trimmed.store, trimmed.organizer, trimmed.round_id, trimmed.entrants[1], at=later(30)
    )
    with pytest.raises(AnnouncedAlready) as refused:
        take(trimmed, 2, 1)
    assert refused.value.values["number"] in (1, 2, 3)
    holder = next(
        one
        for one in seat_candidates.seat_holders(trimmed.store, trimmed.organizer, trimmed.round_id)
        if one.number == 2
    )
    take(trimmed, 2, holder.firsts[0])
    assert counted(trimmed, 1) == {1, 3, 4, 5}


def on_stage(event: Event, number: int) -> desk.Desk:
    """The desk once an entrant is called, the one before it done."""
    key = (event.store, event.organizer, event.round_id)
    before = desk.desk(*key, at=later(61)).current
    stages = ("called", "presenting", "answering", "marking", "done")
    if before is not None:
        for stage in stages[stages.index(before["stage"]) + 1 :]:
            moves.move_stage(*key, before["id"], stage, at=later(61))
    moves.move_stage(*key, event.entrants[number], "called", at=later(61))
    return desk.desk(*key, at=later(61))


def test_the_desk_counts_one_sheet_for_each_seat(trimmed: Event):
    """The reserve sitting in is not one of five; in seat 2 the reserve is, and judge 2 is not."""
    sit_in(trimmed)
    found = on_stage(trimmed, 1)
    assert (found.submitted, found.expected) == (5, 5)
    take(trimmed, 2, 2)
    found = on_stage(trimmed, 2)
    assert (found.submitted, found.expected) == (5, 5)
    seats = {seat.number: seat for seat in found.seats or ()}
    assert (seats[RESERVE].stands_for, seats[RESERVE].holds_seat) == (2, True)
    assert (seats[2].holds_seat, seats[2].presence) == (False, "away")
    done = progress.progress(trimmed.store, trimmed.organizer, trimmed.round_id, at=later(61))
    assert done.expected == done.submitted + len(done.missing)
    assert done.submitted == 10


def test_the_hall_counts_the_same_sheets_as_the_progress(trimmed: Event):
    """Of each entrant: those of a seat's judge, or of who stands for it; by another query."""
    sit_in(trimmed)
    take(trimmed, 2, 2)
    with trimmed.store.reading() as tx:
        counts = {
            one["entrant_id"]: (one["submitted"], one["counted"])
            for one in db.sheets.counted_of_entrants(tx, trimmed.round_id)
        }
        held: dict[str, list[bool]] = {}
        for pair in db.sheets.progress(tx, trimmed.round_id):
            if pair["assignment"] == "expected" and pair["holds_seat"]:
                held.setdefault(pair["entrant_id"], []).append(pair["sheet_state"] == "submitted")
    assert counts == {entrant: (sum(states), len(states)) for entrant, states in held.items()}
    assert counts[trimmed.entrants[2]] == (5, 5)


@pytest.mark.on_file
def test_who_stands_for_a_seat_is_found_by_an_index(store: db.Store):
    """Else each pair of a round looks through all pairs of its entrant: 400,000 rows a look."""
    with store.reading() as tx:
        plan = tx.rows(
            f"""EXPLAIN QUERY PLAN SELECT 1 FROM assignments a JOIN seats x
            ON x.round_id = a.round_id AND x.person_id = a.person_id
            WHERE a.round_id = 'r' AND {db.panel.HOLDS_SEAT}"""
        )
    assert any("assignments_stood_for" in str(step["detail"]) for step in plan)


def test_why_says_who_sat_in_whose_seat(trimmed: Event):
    """The reserve's sheet names the seat; judge 2 is not listed as missing: the seat is filled."""
    sit_in(trimmed)
    take(trimmed, 2, 2)
    trimmed.close(reason="演练结束", at=later(100))
    why = explaining.explain(
        trimmed.store, trimmed.organizer, trimmed.round_id, trimmed.entrants[2], at=later(101)
    )
    assert [(s.seat, s.stands_for) for s in why.sheets] == [
        (1, None),
        (3, None),
        (4, None),
        (5, None),
        (RESERVE, 2),
    ]
    assert why.uncounted == ()
    assert [s.taking for s in why.standings.substitutions] == [RESERVE]


def test_what_was_written_can_be_replayed(trimmed: Event):
    """Log, tables and named rules agree after a change of seat and back."""
    sit_in(trimmed)
    take(trimmed, 2, 2)
    take(trimmed, RESERVE, 3, taking=2, reason="已返回")
    assert verify(trimmed.store) == []
    with trimmed.store.reading() as tx:
        payloads = [
            row["payload"]
            for row in tx.rows(
                "SELECT payload FROM events WHERE kind = 'correction_confirmed' ORDER BY n"
            )
        ]
    assert payloads
    assert '"reason":"突发不适"' in payloads[0]


def test_the_tablets_are_told(trimmed: Event):
    """Both versions change, so both fetch again."""
    with trimmed.store.reading() as tx:
        before = [db.changes.version_of(tx, trimmed.round_id, trimmed.judges[n]) for n in (2, 7)]
    take(trimmed, 2, 1)
    with trimmed.store.reading() as tx:
        after = [db.changes.version_of(tx, trimmed.round_id, trimmed.judges[n]) for n in (2, 7)]
    assert all(one != other for one, other in zip(before, after, strict=True))


def test_the_reserves_tablet_says_which_sheets_count(trimmed: Event):
    """HeardSession in, then in seat 2; a judge of the panel reads nothing of the kind."""
    take(trimmed, 2, 3)
    found = pad_work.pad_work(trimmed.store, trimmed.visitor(RESERVE), at=later(61))
    assert found["reserve"] is True
    assert [sheet["seat_of"] for sheet in found["sheets"]] == [None, None, 2, 2, 2]
    other = pad_work.pad_work(trimmed.store, trimmed.visitor(4), at=later(61))
    assert (other["reserve"], {sheet["seat_of"] for sheet in other["sheets"]}) == (False, {None})


def test_an_absence_alone_does_not_put_two_in_one_seat(trimmed: Event):
    """While the reserve sits in seat 2, judge 2 comes back by the same act or not at all."""
    sit_in(trimmed)
    take(trimmed, 2, 2)
    with pytest.raises(SeatTaken) as refused:
        panel.undo_absence(
            trimmed.store,
            trimmed.visitor("scorekeeper"),
            trimmed.round_id,
            trimmed.entrants[2],
            trimmed.judges[2],
            reason="回来了",
            at=later(70),
        )
    assert "回席" in way_out(refused.value, "zh")
    assert pairs(trimmed, 2)[2] == ("absent", False)
    assert verify(trimmed.store) == []


def test_a_seat_can_change_hands_again(store: db.Store):
    """A second reserve takes over from the first: still one seat, and its own judge may return."""
    event = events.draft(store, rules=replace(QUICK, recusal_level="none"))
    seating.change_seat(
        store, event.organizer, event.round_id, event.judges[6], number="6", seat="reserve", at=AT
    )
    rounds.open_round(store, event.organizer, event.round_id, signed="all", at=AT)
    take(event, 2, 1)
    event.fill(RESERVE, 1, ("50", "30"))
    assert take(event, RESERVE, 1, taking=6, reason="也要离开", at=later(80)) == (2, 3, 4, 5)
    assert pairs(event, 1)[RESERVE] == ("expected", True)
    assert pairs(event, 2)[RESERVE] == ("absent", False)
    assert pairs(event, 2)[6] == ("expected", True)
    assert take(event, 6, 4, taking=2, reason="已返回", at=later(90)) == (4, 5)
    with event.store.reading() as tx:
        seats = Counter(p["entrant_id"] for p in db.panel.of_seats(tx, event.round_id))
    assert set(seats.values()) == {5, 4}
    told = acts.substitutions(store, event.organizer, event.round_id)
    assert [(s.seat, s.leaving, s.taking, s.first) for s in told] == [
        (2, 2, 7, 1),
        (2, 7, 6, 2),
        (2, 6, 2, 4),
    ]
    assert verify(store) == []
