"""What tablets send: done once whatever comes twice, and answered one by one."""

from dataclasses import replace

import pytest

from competition.errors import NotNow
from competition.lineup import panel
from competition.lineup.errors import Recused
from competition.marks.echoes import Answer
from competition.marks.errors import SheetIncomplete, StaleMark
from competition.marks.sheets import MarkChange
from db.invariants import verify
from tests.competition.event import AT, Event, later


def take(event: Event, judge: int, entrant: int, *taps: MarkChange, at=AT) -> Answer:
    return event.take(judge, entrant, *taps, at=at)


def submit(event: Event, judge: int, entrant: int, seen: dict, *, change_id="s1", at=AT) -> Answer:
    return event.submit(judge, entrant, seen, change_id=change_id, at=at)


def outcomes(echo: Answer) -> list[str]:
    return [one["outcome"] for one in echo["results"]]


def values(echo: Answer) -> list[int | None]:
    return [mark["value"] for mark in echo["marks"].values()]


def test_a_change_that_comes_again_has_no_effect_and_is_answered_by_what_is_held(event: Event):
    """Even when a newer value exists: the old one does not come back."""
    first = event.change(0, "50")
    take(event, 1, 1, first)
    second = event.change(0, "40", rev=1)
    take(event, 1, 1, second)
    again = take(event, 1, 1, first)
    assert outcomes(again) == ["done"]
    assert values(again) == [40000]
    assert again["rev"] == 2


def test_taps_on_one_criterion_follow_each_other_without_an_answer_between(event: Event):
    """Each names the one before: a tablet without a network does not know their revisions."""
    first = event.change(0, "50")
    second = replace(event.change(0, "45"), after=first.client_id)
    third = replace(event.change(0, "44.5"), after=second.client_id)
    echo = take(event, 1, 1, first, second, third)
    assert outcomes(echo) == ["done", "done", "done"]
    assert values(echo) == [44500]
    assert echo["rev"] == 3


def test_a_lost_answer_does_not_make_the_next_tap_a_conflict(event: Event):
    """The tablet still names revision 0, and the change that has been done since."""
    first = event.change(0, "50")
    take(event, 1, 1, first)
    second = replace(event.change(0, "45"), after=first.client_id)
    assert outcomes(take(event, 1, 1, second)) == ["done"]


def test_a_newer_value_from_elsewhere_is_a_conflict_that_shows_both(event: Event):
    """Nothing is overwritten; the other changes of the batch are taken."""
    take(event, 1, 1, event.change(0, "50"))
    echo = take(event, 1, 1, event.change(0, "40"), event.change(1, "30"))
    assert outcomes(echo) == ["conflict", "done"]
    clash = echo["results"][0]
    assert (clash["value"], clash["held"]["value"], clash["held"]["rev"]) == (40000, 50000, 1)
    assert values(echo) == [50000, 30000]


def test_one_bad_mark_does_not_stop_the_others(event: Event):
    """It is refused by itself, with its own words."""
    echo = take(event, 1, 1, event.change(0, "60.5"), event.change(1, "30"))
    assert outcomes(echo) == ["refused", "done"]
    assert echo["results"][0]["code"] == "mark_out_of_range"
    assert list(echo["marks"]) == [event.criteria[1]]


def test_another_persons_change_id_is_refused(event: Event):
    """An id belongs to whoever made it; the batch's other changes are taken."""
    tap = event.change(0, "50")
    take(event, 1, 1, tap)
    echo = take(event, 2, 1, tap, event.change(1, "30"))
    assert outcomes(echo) == ["refused", "done"]
    assert echo["results"][0]["code"] == "bad_input"


def test_after_the_lock_a_mark_becomes_a_request(event: Event):
    """The sheet is as it was; what came is kept once, merged with what comes later."""
    event.fill(1, 1, ("50", "30"))
    late = event.change(0, "45", rev=1)
    echo = take(event, 1, 1, late, at=later(300))
    assert outcomes(echo) == ["requested"]
    assert values(echo) == [50000, 30000]
    assert echo["request"]["marks"] == {event.criteria[0]: 45000}
    again = take(event, 1, 1, late, event.change(1, "31"), at=later(301))
    assert outcomes(again) == ["requested", "requested"]
    assert again["request"]["id"] == echo["request"]["id"]
    assert again["request"]["marks"] == {event.criteria[0]: 45000, event.criteria[1]: 31000}


def test_a_late_mark_that_is_held_already_asks_for_nothing(event: Event):
    """Its answer was lost, no more."""
    event.fill(1, 1, ("50", "30"))
    echo = take(event, 1, 1, event.change(0, "50", rev=1), at=later(300))
    assert outcomes(echo) == ["done"]
    assert echo["request"] is None


def test_after_closing_a_mark_is_still_kept_as_a_request(closed: Event):
    """The round was closed while the tablet had no network."""
    echo = take(closed, 1, 1, closed.change(0, "45"), at=later(60))
    assert outcomes(echo) == ["requested"]
    assert echo["state"] == "locked"


def test_after_certifying_nothing_is_taken(closed: Event):
    """Only taking back the certificate opens that again."""
    closed.certify()
    with pytest.raises(NotNow) as refused:
        take(closed, 1, 1, closed.change(0, "45"))
    assert refused.value.clears == "revoke_certificate"


def test_a_mark_of_a_recused_judge_is_refused(event: Event):
    """Not even a request: there is nothing to be approved."""
    panel.declare_recusal(
        event.store,
        event.organizer,
        event.round_id,
        event.entrants[1],
        event.judges[1],
        reason="亲属",
        at=AT,
    )
    with pytest.raises(Recused):
        take(event, 1, 1, event.change(0, "50"))


def test_what_is_submitted_is_what_was_seen(event: Event):
    """By value: the tablet may not know the revisions."""
    take(event, 1, 1, event.change(0, "50"), event.change(1, "30"))
    one, two = event.criteria
    with pytest.raises(StaleMark):
        submit(event, 1, 1, {one: 49500, two: 30000})
    echo = submit(event, 1, 1, {one: 50000, two: 30000})
    assert (echo["state"], outcomes(echo)) == ("submitted", ["done"])
    assert submit(event, 1, 1, {one: 50000, two: 30000})["submitted_at"] == echo["submitted_at"]


def test_an_incomplete_sheet_is_not_submitted(event: Event):
    """It is kept, as far as it is."""
    take(event, 1, 1, event.change(0, "50"))
    with pytest.raises(SheetIncomplete):
        submit(event, 1, 1, {event.criteria[0]: 50000})


def test_a_submit_counts_from_its_arrival(event: Event):
    """The grace time runs from then, not from the tap on a tablet without a network."""
    take(event, 1, 1, event.change(0, "50"), event.change(1, "30"))
    seen = dict(zip(event.criteria, (50000, 30000), strict=True))
    echo = submit(event, 1, 1, seen, at=later(600))
    assert echo["submitted_at"] == "2022-03-18T01:10:00.000Z"
    assert echo["locked_at"] == "2022-03-18T01:12:00.000Z"


def test_the_version_changes_with_whatever_is_the_judges_own_and_with_nothing_else(event: Event):
    """So a tablet fetches again only when there is something to fetch."""
    before = take(event, 1, 1, event.change(0, "50"))["version"]
    take(event, 2, 1, event.change(0, "50"))
    same = take(event, 1, 1)["version"]
    assert same == before
    panel.mark_absent(
        event.store,
        event.organizer,
        event.round_id,
        event.entrants[2],
        event.judges[1],
        reason="迟到",
        at=AT,
    )
    assert take(event, 1, 1)["version"] != before


def test_the_log_explains_all_of_it(event: Event):
    """Replay rebuilds what was done, requested and answered."""
    event.fill(1, 1, ("50", "30"))
    take(event, 1, 1, event.change(0, "45", rev=1), at=later(300))
    take(event, 2, 1, event.change(0, "40"))
    assert verify(event.store) == []
