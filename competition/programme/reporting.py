"""What villages report of steps; the office confirms a step, or returns it with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from competition import fields
from competition.acting import acting, changed
from competition.programme.errors import NotReported, StepConfirmed, UnknownStep
from competition.programme.scope import (
    day_or_today,
    past_day,
    require_running,
    require_village,
    require_villages,
    today,
)
from competition.rights import require_act
from competition.visitor import Visitor
from db import Store, Transaction
from db import programmes as rows
from db.programme_shapes import VillageStep


@dataclass(frozen=True)
class StepDone:
    """A step that a village has done on a day; an empty day takes the report back.

    The office may report and confirm at once: an empty ``confirmed_on`` leaves it to be confirmed.
    """

    code: str
    number: int
    done_on: str
    confirmed_on: str = ""


def report_steps(
    store: Store, who: Visitor, programme_id: str, done: Sequence[StepDone], *, at: datetime
) -> int:
    """Report steps of villages; return how many changed. What stands already is left alone.

    Raises
    ------
    Missing
        If a village is not there, or another county's.
    UnknownStep, BadDay
        If a day is none, or after today.
    StepConfirmed
        If the office has confirmed the step: it is returned first.
    """
    with acting(store, who, "report_steps", at=at) as (act, tx):
        require_villages(tx, who, programme_id, (one.code for one in done))
        if any(one.confirmed_on for one in done):
            require_act(tx, who, "confirm_steps")
        known = {step["number"] for step in rows.steps(tx, programme_id)}
        before = _steps_of(tx, programme_id, {one.code for one in done})
        last, count = today(tx, who, act.at), 0
        for one in done:
            if one.number not in known:
                raise UnknownStep(number=one.number)
            row = _reported(who, programme_id, one, last, before.get((one.code, one.number)))
            if row is not None:
                tx.put("village_steps", row)
                count += 1
        if not count:
            act.unchanged()
            return 0
        act.record("steps_reported", programme_id)
    return count


def _steps_of(
    tx: Transaction, programme_id: str, codes: set[str]
) -> dict[tuple[str, int], VillageStep]:
    return {
        (row["code"], row["number"]): row
        for code in sorted(codes)
        for row in rows.village_steps(tx, programme_id, code)
    }


def _reported(
    who: Visitor, programme_id: str, one: StepDone, last: str, before: VillageStep | None
) -> VillageStep | None:
    """The row as it will be; None where nothing changes."""
    day = past_day(one.done_on, "done_on", last)
    confirmed = past_day(one.confirmed_on, "day", last) if day else None
    if before is None and day is None:
        return None
    if before is not None and before["done_on"] == day and before["returned"] is None:
        return None
    if before is not None and before["confirmed_on"] is not None:
        raise StepConfirmed(number=one.number)
    return {
        "programme_id": programme_id,
        "code": one.code,
        "number": one.number,
        "done_on": day,
        "said_by": str(who.person_id),
        "confirmed_on": confirmed,
        "confirmed_by": str(who.person_id) if confirmed else None,
        "returned": None,
    }


def confirm_steps(
    store: Store,
    who: Visitor,
    programme_id: str,
    steps: Sequence[tuple[str, int]],
    *,
    day: str = "",
    at: datetime,
) -> None:
    """Confirm steps, each a village's code and a number; those confirmed already stay.

    Raises
    ------
    NotReported
        If the village has not reported the step.
    """
    with acting(store, who, "confirm_steps", at=at) as (act, tx):
        require_villages(tx, who, programme_id, (code for code, _ in steps))
        on = past_day(day_or_today(tx, who, day, act.at), "day", today(tx, who, act.at))
        before, count = _steps_of(tx, programme_id, {code for code, _ in steps}), 0
        for code, number in steps:
            row = before.get((code, number))
            if row is None or row["done_on"] is None or row["returned"] is not None:
                raise NotReported(number=number)
            if row["confirmed_on"] is None:
                tx.put(
                    "village_steps",
                    changed(row, confirmed_on=on, confirmed_by=str(who.person_id)),
                )
                count += 1
        if not count:
            return act.unchanged()
        act.record("steps_confirmed", programme_id)


def return_step(
    store: Store,
    who: Visitor,
    programme_id: str,
    code: str,
    number: int,
    *,
    reason: str,
    at: datetime,
) -> None:
    """Return a reported step to its village with a reason; it is then not done.

    Raises
    ------
    NotReported, ReasonNeeded
    """
    with acting(store, who, "return_step", at=at) as (act, tx):
        require_running(tx, who, programme_id)
        require_village(tx, who, programme_id, code)
        row = rows.village_step(tx, programme_id, code, number)
        if row is None or row["done_on"] is None:
            raise NotReported(number=number)
        said = fields.reason(reason)
        after = {"done_on": None, "confirmed_on": None, "confirmed_by": None, "returned": said}
        tx.put("village_steps", changed(row, **after))
        act.record("step_returned", programme_id, reason=said)
