"""Announcing names what the button showed; a score announced by mistake is withdrawn."""

from typing import Any

import pytest

import db
from competition.errors import Forbidden, ReasonNeeded
from competition.stage import moves, releasing, screens, turns, withdrawing
from competition.stage.errors import Frozen, MovedOn, NotReleased, NotYetOnStage
from db.invariants import verify
from tests.competition.event import AT, Event, later
from tests.competition.stage.hall import figures, opened, release, seen, stage

REASON = "误按，没有上场"


def withdraw(event: Event, number: int, **values: Any) -> None:
    given = {"reason": REASON, "at": later(210), **values}
    withdrawing.withdraw_release(
        event.store, event.visitor("host"), event.round_id, event.entrants[number], **given
    )


def state(event: Event, number: int) -> str:
    found = turns.turns(event.store, event.organizer, event.round_id)
    return next(turn.state for turn in found.order if turn.number == number)


def test_only_an_entrant_that_was_on_stage_is_announced(store: db.Store):
    """A second press on 亮分 1号 must not announce 2号, which still waits."""
    event = opened(store)
    stage(event, 1, "called", "presenting", "answering", "marking")
    assert (state(event, 1), state(event, 2)) == ("ready", "off_stage")
    release(event, 1)
    with pytest.raises(NotYetOnStage):
        release(event, 2)
    stage(event, 2, "called")
    with pytest.raises(NotYetOnStage):
        release(event, 2)
    assert [line["number"] for line in seen(event)["lines"]] == [1]


def test_a_round_whose_stage_nobody_uses_announces_as_the_sheets_come_in(store: db.Store):
    """A small event may announce without ever calling anybody at the desk."""
    event = opened(store)
    release(event, 2)
    assert [line["number"] for line in seen(event)["lines"]] == [2]


def test_an_act_is_refused_when_the_entrant_has_moved_on(store: db.Store):
    """Two desks, or a second press: nothing is written, and the present state is named."""
    event = opened(store)
    stage(event, 1, "called", "presenting", "answering")
    where = (event.store, event.organizer, event.round_id, event.entrants[1])
    with pytest.raises(MovedOn) as error:
        moves.move_stage(*where, "presenting", seen="called", at=AT)
    assert (error.value.status, error.value.values["after"]) == (409, "answering")
    with pytest.raises(MovedOn):
        releasing.release_score(*where, seen="marking", at=later(200))
    moves.move_stage(*where, "marking", seen="answering", at=AT)
    releasing.release_score(*where, seen="marking", at=later(200))


def test_a_withdrawn_score_leaves_the_hall_at_once(store: db.Store):
    """In its place the hall reads that it comes later; no figure is left in the view."""
    event = opened(store)
    release(event, 1)
    withdraw(event, 1)
    shown = seen(event)
    assert (shown["scene"], shown["entrant"]["number"]) == ("later", 1)
    assert figures(shown) == []
    assert state(event, 1) == "ready"


def test_a_screen_that_was_told_to_show_the_score_shows_it_no_more(store: db.Store):
    """The host had chosen this very score; the list loses its line."""
    event = opened(store)
    for number in (1, 2):
        release(event, number)
    where = (event.store, event.organizer, event.round_id)
    screens.set_screen(*where, "score", entrant_id=event.entrants[1], at=later(205))
    withdraw(event, 1)
    assert seen(event)["scene"] == "later"
    screens.set_screen(*where, "list", at=later(220))
    assert [line["number"] for line in seen(event)["lines"]] == [2]
    with pytest.raises(NotReleased):
        screens.set_screen(*where, "score", entrant_id=event.entrants[1], at=later(221))


def test_a_withdrawn_score_is_announced_again(store: db.Store):
    """Without another reason: the release says why the one before it was withdrawn."""
    event = opened(store)
    release(event, 1)
    withdraw(event, 1)
    release(event, 1, at=later(220))
    assert seen(event)["score"]["number"] == 1
    with event.store.reading() as tx:
        kept = tx.rows("SELECT version, reason FROM releases ORDER BY version")
    assert kept == [{"version": 1, "reason": ""}, {"version": 2, "reason": REASON}]
    withdraw(event, 1, at=later(230))
    with pytest.raises(NotReleased):
        withdraw(event, 1, at=later(231))
    assert verify(event.store) == []


def test_withdrawing_wants_a_reason_and_an_open_screen(store: db.Store):
    """While publishing is paused the screen would go on showing the score."""
    event = opened(store)
    release(event, 1)
    with pytest.raises(ReasonNeeded):
        withdraw(event, 1, reason=" ")
    releasing.freeze(event.store, event.organizer, event.round_id, at=later(205))
    with pytest.raises(Frozen):
        withdraw(event, 1)
    releasing.unfreeze(event.store, event.organizer, event.round_id, at=later(206))
    with pytest.raises(Forbidden):
        withdrawing.withdraw_release(
            event.store,
            event.visitor("scorekeeper"),
            event.round_id,
            event.entrants[1],
            reason=REASON,
            at=later(210),
        )
    assert seen(event)["scene"] == "score"
