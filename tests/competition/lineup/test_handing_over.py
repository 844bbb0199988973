"""The sheets of an absent judge are handed over as the button showed, by one act, or refused.

Six judges share five entrants out, three each; the reserve has none.
"""

import pytest

import db
from competition.errors import Missing, ReasonNeeded
from competition.lineup import assigning, entrants, handing_over, panel, plan
from competition.lineup.errors import NothingToHandOver, ProposalChanged, SeatTaken
from competition.lineup.handing_over import Proposal
from competition.marks import own_work
from competition.marks.errors import Absent
from competition.results.standings import current
from competition.rounds import rounds
from competition.visitor import Visitor
from db.invariants import verify
from tests.competition import event as events
from tests.competition.conftest import Begun
from tests.competition.event import RESERVE, Event, later


def shared_out(store: db.Store) -> Event:
    """The small event shared out, reserve and all, and opened."""
    draft = events.draft(store)
    store, who, at = draft.store, draft.organizer, later(0)
    for number, entrant_id in draft.entrants.items():
        entrants.enter_entrant(store, who, draft.round_id, entrant_id, number=number, at=at)
    assigning.share_and_assign(store, who, draft.round_id, per_entrant="3", seed="1", at=at)
    rounds.open_round(store, who, draft.round_id, signed="all", at=at)
    return draft


BEGINNINGS = {"desk": shared_out}


@pytest.fixture
def desk(begun: Begun) -> Event:
    """The small event shared out, reserve and all, and opened."""
    return begun[1]


def proposed(event: Event, judge: int | None = None) -> Proposal:
    leaving = None if judge is None else event.judges[judge]
    return handing_over.proposal(event.store, event.organizer, event.round_id, leaving)


def hand_over(event: Event, shown: str, judge: int | None = None, reason: str = "突发不适") -> int:
    return handing_over.hand_over_sheets(
        event.store,
        event.organizer,
        event.round_id,
        shown=shown,
        reason=reason,
        leaving=None if judge is None else event.judges[judge],
        at=later(60),
    )


def own(event: Event, judge: int) -> list[int]:
    """The numbers of the entrants that a judge's tablet lists as still expected."""
    who = event.visitor(judge)
    found = own_work.own_work(event.store, who, event.round_id, at=later(61))
    return [one["number"] for one in found["sheets"] if one["state"] != "absent"]


def busiest(event: Event) -> int:
    return max(range(1, 7), key=lambda judge: len(own(event, judge)))


def test_the_sheets_go_to_free_judges_and_all_is_counted_once(desk: Event):
    """The reserve, who had none, takes two of three and one as busy the third; verify is clean."""
    leaving = busiest(desk)
    before = own(desk, leaving)
    shown = proposed(desk, leaving)
    assert sorted(one.entrant["number"] for one in shown.handings) == before
    assert shown.loads[RESERVE] >= 2
    assert max(shown.loads.values()) <= 3
    assert shown.after is not None
    assert shown.without is not None
    assert shown.after.strength.sheets == 15 == shown.without.strength.sheets + len(before)
    assert not shown.without.known_to <= shown.after.known_to
    assert hand_over(desk, shown.digest, leaving) == len(before)
    assert own(desk, leaving) == []
    for one in shown.handings:
        assert one.entrant["number"] in own(desk, one.taking["number"])
    assert verify(desk.store) == []


def test_a_judge_of_the_panel_takes_what_the_reserve_may_not(desk: Event):
    """The reserve is away: two or three others take the sheets, as evenly as they may."""
    with desk.store.writing():
        for presence in ("present", "away"):
            panel.set_presence(
                desk.store,
                desk.organizer,
                desk.round_id,
                desk.judges[RESERVE],
                presence,
                at=later(5),
            )
    leaving = busiest(desk)
    shown = proposed(desk, leaving)
    taking = {one.taking["number"] for one in shown.handings}
    assert taking
    assert not taking & {leaving, RESERVE}
    assert max(shown.loads.values()) <= 3
    hand_over(desk, shown.digest, leaving)
    for one in shown.handings:
        assert one.entrant["number"] in own(desk, one.taking["number"])
    assert verify(desk.store) == []
    for judge in range(1, 7):
        if judge != leaving:
            for number in own(desk, judge):
                desk.fill(judge, number, ("40", f"{20 + judge}"))
    with desk.store.reading() as tx:
        row = db.rounds.get(tx, desk.round_id)
        result = current(tx, desk.store, row)
    assert result.missing == 0
    assert result.sheets == 15


def test_a_sheet_submitted_between_showing_and_pressing_refuses_with_a_new_proposal(desk: Event):
    """The judge submits after the proposal was shown: nothing is written, the sheet is kept."""
    leaving = busiest(desk)
    first, *rest = own(desk, leaving)
    shown = proposed(desk, leaving)
    desk.fill(leaving, first, ("40", "30"))
    with pytest.raises(ProposalChanged):
        hand_over(desk, shown.digest, leaving)
    assert own(desk, RESERVE) == []
    again = proposed(desk, leaving)
    assert [one.entrant["number"] for one in again.handings] == rest
    hand_over(desk, again.digest, leaving)
    assert own(desk, leaving) == [first]
    assert own(desk, RESERVE) == rest
    assert verify(desk.store) == []


def test_a_second_press_changes_nothing_more(desk: Event):
    """The impatient second click is refused: nothing is lost any more."""
    leaving = busiest(desk)
    shown = proposed(desk, leaving)
    hand_over(desk, shown.digest, leaving)
    with pytest.raises(NothingToHandOver):
        hand_over(desk, shown.digest, leaving)
    assert proposed(desk).handings == ()


def test_a_recorded_absence_is_filled_too_and_comes_back_until_begun(desk: Event):
    """One sheet recorded absent goes to the reserve; undone before it begins, it comes back."""
    judge = busiest(desk)
    number = own(desk, judge)[0]
    pair = (desk.round_id, desk.entrants[number], desk.judges[judge])
    panel.mark_absent(desk.store, desk.organizer, *pair, reason="迟到", at=later(10))
    shown = proposed(desk)
    assert [(one.entrant["number"], one.leaving["number"]) for one in shown.handings] == [
        (number, judge)
    ]
    hand_over(desk, shown.digest)
    panel.undo_absence(desk.store, desk.organizer, *pair, reason="到了", at=later(70))
    assert own(desk, RESERVE) == []
    assert number in own(desk, judge)
    panel.mark_absent(desk.store, desk.organizer, *pair, reason="又走了", at=later(80))
    hand_over(desk, proposed(desk).digest)
    desk.fill(RESERVE, number, ("40", "30"))
    with pytest.raises(SeatTaken):
        panel.undo_absence(desk.store, desk.organizer, *pair, reason="到了", at=later(90))
    assert verify(desk.store) == []


def test_the_one_who_took_over_leaves_too(desk: Event):
    """The reserve takes sheets and leaves: they go on to others, for the same seat."""
    leaving = busiest(desk)
    hand_over(desk, proposed(desk, leaving).digest, leaving)
    again = proposed(desk, RESERVE)
    assert {one.leaving["number"] for one in again.handings} == {RESERVE}
    hand_over(desk, again.digest, RESERVE)
    assert own(desk, RESERVE) == []
    assert verify(desk.store) == []


def test_an_absent_judge_sends_a_late_sheet_in_vain(desk: Event):
    """A tablet that submits after the sheets were handed over says so; nothing counts twice."""
    leaving = busiest(desk)
    number = own(desk, leaving)[0]
    hand_over(desk, proposed(desk, leaving).digest, leaving)
    with pytest.raises(Absent):
        desk.fill(leaving, number, ("40", "30"))


def test_wrong_input_is_refused_and_nothing_is_written(desk: Event):
    """No reason, a stranger, a proposal of another judge."""
    leaving = busiest(desk)
    shown = proposed(desk, leaving)
    before = {judge: own(desk, judge) for judge in range(1, 8)}
    with pytest.raises(ReasonNeeded):
        hand_over(desk, shown.digest, leaving, reason=" ")
    with pytest.raises(Missing):
        handing_over.proposal(desk.store, desk.organizer, desk.round_id, desk.people["host"])
    other = next(judge for judge in range(1, 7) if judge != leaving)
    with pytest.raises(ProposalChanged):
        hand_over(desk, shown.digest, other)
    assert {judge: own(desk, judge) for judge in range(1, 8)} == before


def test_printed_reading_lists_stay_and_what_was_taken_comes_last(desk: Event):
    """A judge who took a sheet reads it after those of the printed list; the rest is the same."""
    who: Visitor = desk.organizer
    first = plan.plan(desk.store, who, desk.round_id)
    assert first is not None
    leaving = busiest(desk)
    hand_over(desk, proposed(desk, leaving).digest, leaving)
    second = plan.plan(desk.store, who, desk.round_id)
    assert second is not None
    assert leaving not in second.orders
    for judge, order in first.orders.items():
        if judge != leaving:
            assert second.orders[judge][: len(order)] == order
    assert sum(map(len, second.orders.values())) == 15
    assert second.absent == 0
