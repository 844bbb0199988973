"""The next step: one table over the states of the stage, and the server that accepts what is said.

Stages are written as one letter an entrant: w waiting, c called, p presenting, a answering,
m marking, d done, x withdrawn, f fault; a capital where the score is announced.
"""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

import db
from competition.errors import Refused
from competition.stage import adjourning, moves, next_step, releasing
from competition.stage.announcing_order import waits_for
from competition.stage.errors import HeldToTheEnd, NotItsTurn
from competition.stage.next_step import LEADS_TO, Step, plan, steps
from db.shapes import Place
from tests.competition import event as events
from tests.competition.event import AT, Event, later
from tests.competition.stage.hall import SCORES

STAGES = {
    "w": "waiting", "c": "called", "p": "presenting", "a": "answering", "m": "marking",
    "d": "done", "x": "withdrawn", "f": "fault",
}  # fmt: skip


def places(letters: str) -> list[Place]:
    return [
        {"id": str(n), "number": n, "stage": STAGES[letter.lower()]}  # type: ignore[misc]
        for n, letter in enumerate(letters, start=1)
    ]


def said(step: Step) -> str:
    """``call 2`` or ``release 1,2``."""
    numbers = [one["number"] for one in step.together] or (
        [step.place["number"]] if step.place else []
    )
    return " ".join(filter(None, [step.key, ",".join(map(str, numbers))]))


def due(letters: str, held: int) -> list[Place]:
    """The batch that is announced next: the first ``held`` together, else one by one."""
    order = places(letters)
    here = [one for one in order if one["stage"] != "withdrawn"]
    left = [one for one in here if letters[one["number"] - 1].islower()]
    if not held:
        return []
    first = [one for one in here[:held] if one in left]
    return first or left[:1]


TABLE = {
    # stage, how many are held (0: the hall sees no score): the next step, then the others
    ("www", 0): "call 1",
    ("cww", 0): "present 1",
    ("pww", 0): "answer 1 | call 2 | mark 1",
    ("aww", 0): "mark 1 | call 2",
    ("mww", 0): "call 2",
    ("mcw", 0): "present 2",
    ("pcw", 0): "answer 1 | mark 1",
    ("ddm", 0): "close",
    ("ddd", 0): "close",
    ("xdd", 0): "close",
    ("dfd", 0): "call 2",
    ("dfw", 0): "call 3",
    ("xww", 0): "call 2",
    ("www", 1): "call 1 | release 1",
    ("cww", 1): "present 1 | release 1",
    ("pww", 1): "answer 1 | release 1 | call 2 | mark 1",
    ("aww", 1): "mark 1 | release 1 | call 2",
    ("mww", 1): "release 1 | call 2",
    ("mcw", 1): "release 1 | present 2",
    ("Mww", 1): "call 2 | release 2",
    ("Mcw", 1): "present 2 | release 2",
    ("dpw", 1): "answer 2 | release 1 | call 3 | mark 2",
    ("Dmw", 1): "release 2 | call 3",
    ("DDm", 1): "release 3 | close",
    ("DDM", 1): "close",
    ("DxM", 1): "close",
    ("mww", 2): "call 2 | release 1,2",
    ("dmw", 2): "release 1,2 | call 3",
    ("DMw", 2): "call 3 | release 3",
    ("xmw", 2): "call 3 | release 2,3",
    ("dxm", 2): "release 1,3 | close",
    ("fww", 1): "call 2 | release 1",
    ("DfM", 1): "call 2 | release 2",
}


@pytest.mark.parametrize(("letters", "held"), TABLE, ids=lambda value: str(value))
def test_the_next_step_and_the_others(letters: str, held: int):
    """First what the button says, then what stands below it."""
    found = plan(places(letters), due(letters, held), is_adjourned=False)
    assert " | ".join(map(said, found)) == TABLE[letters, held]


@pytest.mark.parametrize("letters", ["www", "mww", "DDM"])
def test_while_adjourned_the_next_step_is_to_resume(letters: str):
    found = plan(places(letters), due(letters, 1), is_adjourned=True)
    assert [said(one) for one in found] == ["resume"]


def test_one_behind_an_entrant_costs_five_clicks_too():
    """The score of the one before comes once the next is marked, and the last one's after it."""
    letters, pressed = "www", []
    rules = replace(SCORES, announce="behind")
    for _ in range(15):
        order, left = [{**one, "session_id": "1"} for one in places(letters)], due(letters, 1)
        waits = any(waits_for(order, rules, order[one["number"] - 1]) for one in left)
        step = plan(places(letters), left, is_adjourned=False, is_behind=waits)[0]
        pressed.append(said(step))
        letters = after(letters, step)
    turn = ["call", "present", "answer", "mark"]
    assert pressed == [
        *(f"{key} 1" for key in turn),
        *(f"{key} 2" for key in turn),
        "release 1",
        *(f"{key} 3" for key in turn),
        "release 2",
        "release 3",
    ]


def test_an_entrant_costs_five_clicks():
    """候场, 上场, 答辩, 评分, 亮分: the sixth is the next one's."""
    letters, pressed = "www", []
    for _ in range(15):
        step = plan(places(letters), due(letters, 1), is_adjourned=False)[0]
        pressed.append(said(step))
        letters = after(letters, step)
    one = ["call", "present", "answer", "mark", "release"]
    assert pressed == [f"{key} {number}" for number in (1, 2, 3) for key in one]
    assert said(plan(places(letters), [], is_adjourned=False)[0]) == "close"


def after(letters: str, step: Step) -> str:
    """The stage after a step, as the acts leave it."""
    assert step.place is not None
    at = step.place["number"] - 1
    if step.key == "release":
        return letters[:at] + letters[at].upper() + letters[at + 1 :]
    short = {stage: letter for letter, stage in STAGES.items()}
    left = {"m": "d", "M": "D"}
    moved = [left.get(one, one) if step.key == "present" else one for one in letters]
    moved[at] = short[LEADS_TO[step.key]]
    return "".join(moved)


# What the server accepts


def put(event: Event, letters: str) -> None:
    """Set the stage of the first entrants; the others wait."""
    with event.store.writing() as tx:
        for number, letter in enumerate(letters, start=1):
            tx.run(
                "UPDATE round_entrants SET stage = :s WHERE number = :n",
                s=STAGES[letter],
                n=number,
            )


class Undo(Exception):
    """What was tried is not kept."""


def refused(event: Event, step: Step) -> type[Refused] | None:
    """What the server refuses a step with, if it does; then all is undone."""
    who, at = event.visitor("host"), later(300)
    try:
        with event.store.writing():
            if step.key == "release":
                releasing.release_score(
                    event.store, who, event.round_id, step.together[0]["id"],
                    seen=step.together[0]["stage"],
                    together=[one["id"] for one in step.together], at=at,
                )  # fmt: skip
            elif step.key == "resume":
                adjourning.resume(event.store, who, event.round_id, at=at)
            elif step.place is not None:
                moves.move_stage(
                    event.store, who, event.round_id, step.place["id"], LEADS_TO[step.key],
                    seen=step.place["stage"], at=at,
                )  # fmt: skip
            raise Undo
    except Undo:
        return None
    except Refused as error:
        return type(error)


LEGAL = [
    "".join(letters)
    for letters in product("wcpamdxf", repeat=3)
    if sum(letter in "pam" for letter in letters) <= 1
]
"""Every stage of three entrants with one on stage at most: 344."""


ANNOUNCING = pytest.mark.parametrize(
    "rule", [{"held_first": 2}, {"announce": "behind"}, {"announce": "end"}], ids=str
)


@ANNOUNCING
def test_a_step_is_greyed_exactly_where_the_server_refuses_it(
    store: db.Store, rule: dict[str, Any]
):
    """Over every fifth stage of three entrants, one sheet of 2号 missing: said is what happens."""
    _greyed(store, rule, LEGAL[::5])


@pytest.mark.long(
    "competition/stage/test_next_step.py::test_a_step_is_greyed_exactly_where_the_server_refuses_it"
)
@ANNOUNCING
def test_the_same_over_every_stage(store: db.Store, rule: dict[str, Any]):
    """All 344 of them."""
    _greyed(store, rule, LEGAL)


def _greyed(store: db.Store, rule: dict[str, Any], stages: list[str]) -> None:
    """What only the round's order of announcing forbids is never the next step."""
    event = events.opened(store, rules=replace(SCORES, **rule))
    event.fill_all(but=[(4, 2)])
    tried = 0
    for letters in stages:
        put(event, letters)
        found = steps(store, event.visitor("host"), event.round_id)
        assert found.primary is not None
        assert not any(
            isinstance(one, (NotItsTurn, HeldToTheEnd)) for one in found.primary.refusals
        )
        for step in (found.primary, *found.others):
            if step.key == "close":
                continue  # the organizers' act, with its own dialog
            first = type(step.refusals[0]) if step.refusals else None
            assert refused(event, step) is first, (letters, step)
            tried += 1
    assert tried > 2 * len(stages)


def test_pausing_and_adjourning_are_said(store: db.Store):
    """The refusals have their codes; adjourned, only resuming is offered."""
    event = events.opened(store, rules=SCORES)
    event.fill_all()
    put(event, "m")
    releasing.freeze(store, event.organizer, event.round_id, at=AT)
    found = steps(store, event.visitor("host"), event.round_id)
    assert found.primary is not None
    assert [error.code for error in found.primary.refusals] == ["frozen"]
    assert refused(event, found.primary) is type(found.primary.refusals[0])
    adjourning.adjourn(store, event.organizer, event.round_id, reason="停电", at=AT)
    found = steps(store, event.visitor("host"), event.round_id)
    assert found.primary is not None
    assert (found.primary.key, found.primary.refusals, found.others) == ("resume", (), ())


@pytest.mark.parametrize("role", ["scorekeeper", "timekeeper", "supervisor", "chair", 1])
def test_a_role_without_the_act_is_refused_it_by_name(store: db.Store, role: str | int):
    """The step is shown to whom the stage is; the act is not theirs."""
    event = events.opened(store)
    who = event.visitor(1 if role == "chair" else role)
    found = steps(store, who, event.round_id)
    assert found.primary is not None
    assert [error.code for error in found.primary.refusals] == ["forbidden"]


def test_a_round_that_is_not_open_has_no_step(store: db.Store):
    event = events.closed(store)
    assert steps(store, event.organizer, event.round_id) == next_step.Steps(None)


def test_a_button_means_another_thing_once_the_stage_has_moved(store: db.Store):
    """What the button is about names entrant and stage: the second press finds no such button."""
    event = events.opened(store)
    seen = []
    for _ in range(4):
        step = steps(store, event.organizer, event.round_id).primary
        assert step is not None
        assert refused(event, step) is None
        seen.append(step.about)
        put(event, {"call": "c", "present": "p", "answer": "a", "mark": "m"}[step.key])
    assert seen == ["call-1.waiting", "present-1.called", "answer-1.presenting", "mark-1.answering"]
