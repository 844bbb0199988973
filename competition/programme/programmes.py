"""Programmes begun, their steps set by the office, and the villages that must have plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from competition import fields, typed
from competition.acting import acting, changed
from competition.errors import BadCode, BadDay, BadFields, BadWhole, Blank, Duplicate, UnknownStep
from competition.ids import mint
from competition.programme.initials import initials
from competition.programme.scope import require_programme
from competition.visitor import Visitor
from db import Store
from db import programmes as rows
from db.programme_shapes import ProgrammeStep
from words import LANGS, t

ANSWERS = ("village", "township", "county", "office")
SAMPLE_STAGES = (3, 4, 4, 5, 5, 4, 3)
"""Steps of each stage of the sample; their true texts are not known."""
SAMPLE_ANSWERS = ("county", "village", "village", "township", "county", "county", "office")
SAMPLE_DAYS = 2
CODE_DIGITS = 12


@dataclass(frozen=True)
class Step:
    """A step as typed; ``due_on`` as ``2022-03-18``."""

    number: int
    stage: int
    stage_title: str
    title: str
    due_on: str
    weight: int = 1
    answers: str = "county"


@dataclass(frozen=True)
class Village:
    """A village as listed."""

    code: str
    county: str
    township: str
    village: str
    households: int | None = None
    residents: int | None = None


def sample_steps(begins_on: str) -> tuple[Step, ...]:
    """Seven stages of 28 numbered steps, whose names the organizers have still to approve."""
    first, listed = date.fromisoformat(begins_on), list[Step]()
    for stage, count in enumerate(SAMPLE_STAGES, start=1):
        for _ in range(count):
            number = len(listed) + 1
            listed.append(
                Step(
                    number,
                    stage,
                    t("programme.sample_stage", LANGS[0], number=stage),
                    t("programme.sample_step", LANGS[0], number=number),
                    (first + timedelta(days=SAMPLE_DAYS * number)).isoformat(),
                    answers=SAMPLE_ANSWERS[stage - 1],
                )
            )
    return tuple(listed)


def begin_programme(
    store: Store, who: Visitor, *, year: str, title: str, begins_on: str, at: datetime
) -> str:
    """Begin a year's programme with the sample of steps; return its id.

    Raises
    ------
    BadFields
        With `BadWhole`, `BadDay`, `Blank` or `Duplicate` at its field.
    """
    form = typed.Typed({"year": year, "title": title, "begins_on": begins_on})
    with acting(store, who, "begin_programme", at=at) as (act, tx):
        number = form.read("year", typed.whole(2000, 2999), 2000)
        name = form.read("title", typed.line(required=True), "")
        first = form.read("begins_on", typed.day, "")
        if not first:
            form.refuse("begins_on", Blank(field="begins_on"))
        if number in [one["year"] for one in rows.of_competition(tx, str(who.competition_id))]:
            form.refuse("year", Duplicate(field="year", what=str(number)))
        form.done()
        programme_id = mint()
        tx.put(
            "programmes",
            {
                "id": programme_id,
                "competition_id": who.competition_id,
                "year": number,
                "title": name,
                "begins_on": first,
                "sample_steps": 1,
            },
        )
        for step in sample_steps(first):
            tx.put("programme_steps", _row(programme_id, step))
        act.record("programme_begun", programme_id)
    return programme_id


def set_programme_steps(
    store: Store, who: Visitor, programme_id: str, steps: Sequence[Step], *, at: datetime
) -> None:
    """Set the steps of a programme, whole; a step of which a village has reported stays.

    Raises
    ------
    BadFields
        With the refusal of each value, under ``<field>-<number>``.
    UnknownStep
        If a step that villages have reported is missing.
    """
    with acting(store, who, "set_programme_steps", at=at) as (act, tx):
        programme = require_programme(tx, who, programme_id)
        after = {step.number: _row(programme_id, _checked(step)) for step in steps}
        if not after or len(after) != len(steps):
            raise BadFields({"number": Duplicate(field="number", what="")})
        before = {row["number"]: row for row in rows.steps(tx, programme_id)}
        gone = set(before) - set(after)
        used = set(rows.steps_used(tx, programme_id))
        if gone & used:
            raise UnknownStep(number=min(gone & used))
        for number, row in after.items():
            if row != before.get(number):
                tx.put("programme_steps", row)
        for number in sorted(gone):
            tx.remove("programme_steps", programme_id=programme_id, number=number)
        if programme["sample_steps"]:
            tx.put("programmes", changed(programme, sample_steps=0))
        elif after == before:
            return act.unchanged()
        act.record("programme_steps_set", programme_id)


def put_task_villages(
    store: Store, who: Visitor, programme_id: str, villages: Sequence[Village], *, at: datetime
) -> None:
    """Add villages to a programme, or correct those that are there.

    Raises
    ------
    BadCode, Blank
    """
    with acting(store, who, "put_task_villages", at=at) as (act, tx):
        require_programme(tx, who, programme_id)
        if not villages:
            return act.unchanged()
        for one in villages:
            if not (len(one.code) == CODE_DIGITS and one.code.isascii() and one.code.isdigit()):
                raise BadCode(field="code", code=one.code[:20])
            name = fields.text(one.village, "village", required=True)
            tx.put(
                "task_villages",
                {
                    "programme_id": programme_id,
                    "code": one.code,
                    "county": fields.text(one.county, "county", required=True),
                    "township": fields.text(one.township, "township"),
                    "village": name,
                    "initials": initials(name),
                    "households": one.households,
                    "residents": one.residents,
                },
            )
        act.record("task_villages_put", programme_id)


def _checked(step: Step) -> Step:
    """The step with its texts cleaned; each refusal is named with the step's number."""
    values = {"stage_title": step.stage_title, "title": step.title, "due_on": step.due_on}
    form = typed.Typed({f"{name}-{step.number}": value for name, value in values.items()})
    line = typed.line(required=True, longest=80)
    stage_title = form.read(f"stage_title-{step.number}", line, "")
    title = form.read(f"title-{step.number}", line, "")
    due = form.read(f"due_on-{step.number}", typed.day, "")
    if not due:
        form.refuse(f"due_on-{step.number}", BadDay(field="due_on", value=step.due_on[:20]))
    for name, value, low, high in (
        ("number", step.number, 1, 60),
        ("stage", step.stage, 1, 20),
        ("weight", step.weight, 0, 100),
    ):
        if not low <= value <= high:
            problem = BadWhole(field=name, value=str(value), low=low, high=high)
            form.refuse(f"{name}-{step.number}", problem)
    if step.answers not in ANSWERS:
        form.refuse(f"answers-{step.number}", Blank(field="answers"))
    form.done()
    return Step(step.number, step.stage, stage_title, title, due, step.weight, step.answers)


def _row(programme_id: str, step: Step) -> ProgrammeStep:
    return {
        "programme_id": programme_id,
        "number": step.number,
        "stage": step.stage,
        "stage_title": step.stage_title,
        "title": step.title,
        "due_on": step.due_on,
        "weight": step.weight,
        "answers": step.answers,
    }
