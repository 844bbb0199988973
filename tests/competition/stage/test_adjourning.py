"""A round is adjourned and resumed where it stopped; the running order changes on the day."""

from datetime import timedelta

import pytest

import db
from competition.errors import BadFields, ReasonNeeded
from competition.stage import adjourning, moves, releasing, reordering, screens
from competition.stage.errors import Adjourned, MovedOn, OrderChanged, OtherSession
from db import entrants as rows
from db.invariants import verify
from tests.competition.event import AT, Event, later
from tests.competition.stage.hall import figures, opened, release, seen, stage


def adjourn(event: Event, until: str = "2022-03-19 09:00", reason: str = "停电") -> None:
    adjourning.adjourn(
        event.store, event.organizer, event.round_id, reason=reason, until=until, at=AT
    )


def resume(event: Event) -> None:
    adjourning.resume(event.store, event.visitor("host"), event.round_id, at=later(60))


def order(event: Event) -> list[int]:
    """The numbers in the running order."""
    with event.store.reading() as tx:
        return [place["number"] for place in rows.running(tx, event.round_id)]


def reorder(event: Event, numbers: list[int], seen: list[int] | None = None) -> None:
    ids = event.entrants
    with event.store.reading() as tx:
        shown = [one["id"] for one in reordering.movable(rows.running(tx, event.round_id))]
    reordering.reorder(
        event.store, event.organizer, event.round_id, [ids[n] for n in numbers],
        seen=shown if seen is None else [ids[n] for n in seen], reason="让路", at=AT,
    )  # fmt: skip


def test_while_adjourned_nobody_is_called_and_nothing_announced(store: db.Store):
    """Power is lost while 1号 presents: it is presenting still when the round is resumed."""
    event = opened(store)
    stage(event, 1, "called", "presenting")
    adjourn(event)
    with pytest.raises(Adjourned):
        stage(event, 1, "answering")
    with pytest.raises(Adjourned):
        release(event, 1)
    with pytest.raises(Adjourned):
        adjourn(event)
    shown = seen(event)
    assert (shown["scene"], shown["until"]) == ("break", "2022-03-19 09:00")
    assert figures(shown) == []
    resume(event)
    resume(event)
    assert seen(event)["entrant"]["stage"] == "presenting"
    stage(event, 1, "answering", "marking")
    assert verify(store) == []


def test_marks_are_taken_while_adjourned(store: db.Store):
    """A tablet sends late: the judge must not lose what was tapped before the power failed."""
    event = opened(store)
    adjourn(event, until="")
    assert event.outcome(1, 1, event.change(0, "52", rev=1), at=later(30)) == "done"
    assert adjourning.adjournment(store, event.visitor(1), event.round_id) is not None


@pytest.mark.parametrize(("until", "reason"), [("明天", "停电"), ("", "")])
def test_an_adjournment_wants_a_reason_and_a_day_that_is_one(
    store: db.Store, until: str, reason: str
):
    event = opened(store)
    with pytest.raises((BadFields, ReasonNeeded)):
        adjourn(event, until=until, reason=reason)
    assert adjourning.adjournment(store, event.organizer, event.round_id) is None


def test_numbers_stay_and_turns_move(store: db.Store):
    """2号 presents after 3号, and back: its number is what the judges' sheets are known by."""
    event = opened(store)
    reorder(event, [1, 3, 2, 4, 5])
    assert order(event) == [1, 3, 2, 4, 5]
    view = moves.stage_view(store, event.organizer, event.round_id)
    assert [place["turn"] for place in view["order"]] == [None, 2, 3, None, None]
    reorder(event, [1, 2, 3, 4, 5])
    with store.reading() as tx:
        assert {place["turn"] for place in rows.running(tx, event.round_id)} == {None}
    assert verify(store) == []


def test_the_held_first_are_the_first_to_appear(store: db.Store):
    """3号 presents before 2号, so it is announced with 1号."""
    event = opened(store, held_first=2)
    reorder(event, [1, 3, 2, 4, 5])
    stage(event, 1, "called", "presenting", "answering", "marking")
    stage(event, 3, "called", "presenting", "answering", "marking")
    assert release(event, 1) == [event.entrants[1], event.entrants[3]]


def test_an_order_changed_meanwhile_is_not_overwritten(store: db.Store):
    """The page showed 1 to 5; an entrant was called since, or the order was changed."""
    event = opened(store)
    stage(event, 1, "called")
    with pytest.raises(OrderChanged):
        reorder(event, [1, 3, 2, 4, 5], seen=[1, 2, 3, 4, 5])
    with pytest.raises(OrderChanged):
        reorder(event, [3, 3, 4, 5])
    assert order(event) == [1, 2, 3, 4, 5]


def test_an_entrant_keeps_its_session(store: db.Store):
    """The judges of the other session are others."""
    event = opened(store)
    with pytest.raises(OtherSession):
        reorder(event, [1, 2, 4, 3, 5])


def test_what_is_announced_together_is_what_the_button_named(store: db.Store):
    """2号 withdraws after the button was drawn: 3号, which it did not name, is not announced."""
    event = opened(store, held_first=2)
    named = [event.entrants[1], event.entrants[2]]
    moves.move_stage(
        event.store, event.organizer, event.round_id, event.entrants[2], "withdrawn",
        reason="弃权", at=AT,
    )  # fmt: skip
    with pytest.raises(OrderChanged):
        release(event, 1, together=named)
    with pytest.raises(MovedOn):
        release(event, 1, seen="marking")
    assert seen(event)["lines"] == []


@pytest.mark.parametrize("shows", screens.PLAIN)
def test_a_picture_without_a_score_makes_way_for_the_stage(store: db.Store, shows: str):
    """It shows no figure; the next presentation and the next announcing are seen by themselves."""
    event = opened(store)
    stage(event, 1, "called", "presenting", "answering", "marking")
    release(event, 1)
    where = (store, event.organizer, event.round_id)
    screens.set_screen(*where, shows, at=AT)
    shown = seen(event)
    names = {"clock": "progress"}
    assert shown["scene"] == names.get(shows, shows)
    assert shown.get("score") is None
    stage(event, 2, "called", "presenting")
    assert seen(event)["entrant"]["number"] == 2
    stage(event, 2, "answering", "marking")
    screens.set_screen(*where, shows, at=AT + timedelta(seconds=1))
    release(event, 2)
    assert seen(event)["score"]["number"] == 2
    assert set(releasing.announced(*where)) == {event.entrants[1], event.entrants[2]}
