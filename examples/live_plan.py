"""The remaining steps of an invented event, for `commands.live`."""

import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from db import Store
from examples.entering import Entered
from examples.entering_rounds import criterion_ids
from examples.event import SampleRound, SampleSheet
from words import t

STAGE = (("called", 0.0), ("presenting", 0.04), ("answering", 0.3), ("marking", 0.45))
"""Where in an entrant's slot the host moves the stage."""


@dataclass(frozen=True)
class Step:
    """One request by one person, or a line to print.

    Attributes
    ----------
    due : float
        Time, as a share of the whole duration.
    kind : str
        stage, mark, submit, release or line.
    person : str
        Person whose link is used.
    body : dict
        ``round`` and ``entrant``, and ``stage``, or ``criterion`` and ``value``.
    line : str
        Text to print, with ``{n}`` for the number of submitted sheets.
    """

    due: float
    kind: str
    person: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    line: str = ""


def plan(store: Store, entered: Entered, *, seed: int, lang: str) -> dict[str, Any]:
    """The remaining steps of every open round as plain data: tokens by person, steps by time.

    ``lang`` is the language of the lines that the player prints.
    """
    steps = [
        step
        for key, sample in entered.samples.items()
        if sample.later
        for step in _round(store, entered, key, sample, random.Random(f"{seed} {key}"), lang)
    ]
    people = {step.person for step in steps if step.person}
    return {
        "tokens": {person: entered.tokens[person] for person in sorted(people)},
        "steps": [asdict(step) for step in sorted(steps, key=lambda step: step.due)],
    }


def _round(
    store: Store, entered: Entered, key: str, sample: SampleRound, rng: random.Random, lang: str
) -> Iterator[Step]:
    round_id, host = entered.rounds[key], str(entered.host.person_id)
    ids = criterion_ids(store, round_id, sample)
    order = [code for _, _, code in sample.order]
    heard = order.index(str(sample.on_stage)) if sample.on_stage else len(order)
    waiting = [code for code in order if any(s.entrant == code for s in sample.later)]
    slot = 1 / len(waiting)
    for at, code in enumerate(waiting):
        where = {"round": round_id, "entrant": entered.entrants[code]}
        if order.index(code) > heard:
            for stage, share in STAGE:
                due = slot * (at + share)
                yield Step(due, "stage", host, {**where, "stage": stage})
        for sheet in (s for s in sample.later if s.entrant == code):
            judge = entered.judges[sheet.judge]
            yield from _sheet(judge, sheet, where, ids, slot * at, slot, rng)
        yield Step(slot * (at + 0.97), "line", "", where, _line(entered, sample, code, lang))
        if sample.announced:
            yield Step(slot * (at + 0.98), "release", host, where)
    if heard < len(order):
        last = {"round": round_id, "entrant": entered.entrants[order[-1]]}
        yield Step(1.0, "stage", host, {**last, "stage": "done"})


def _sheet(
    judge: str,
    sheet: SampleSheet,
    where: dict[str, str],
    ids: dict[str, str],
    start: float,
    slot: float,
    rng: random.Random,
) -> Iterator[Step]:
    """A judge's marks during an entrant's slot, at the judge's pace, and the submission."""
    first, last = 0.08 + 0.3 * rng.random(), 0.7 + 0.2 * rng.random()
    pace = (last - first) / len(sheet.marks)
    for at, (key, value) in enumerate(sheet.marks.items()):
        due = start + slot * (first + pace * at)
        mark = {**where, "criterion": ids[key], "value": value}
        yield Step(due, "mark", judge, mark)
    yield Step(start + slot * (last + 0.03), "submit", judge, where)


def _line(entered: Entered, sample: SampleRound, code: str, lang: str) -> str:
    number = next(number for _, number, listed in sample.order if listed == code)
    place = entered.places[code]
    return t(
        "command.demo.live_entrant", lang, round=sample.name, number=number, place=place, n="{n}"
    )
