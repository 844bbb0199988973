"""The steps of a year: stages, due days, weights and who answers for each (目标责任).

Before the year begins they are set freely. Afterwards a change is a new version with a reason, and
those before stay readable.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from competition import fields, typed
from competition.acting import acting, changed
from competition.errors import BadDay, BadFields, BadWhole, Blank, Duplicate, Refused
from competition.programme.errors import UnknownStep
from competition.programme.scope import require_running, today
from competition.visitor import Visitor
from db import Store, Transaction
from db import programmes as rows
from db.programme_shapes import Programme, ProgrammeStep
from words import LANGS, t

ANSWERS = ("village", "township", "county", "office")
SAMPLE_STAGES = (3, 4, 4, 5, 5, 4, 3)
"""Steps of each stage of the sample; their true texts are not known."""
SAMPLE_ANSWERS = ("county", "village", "village", "township", "county", "county", "office")
SAMPLE_DAYS = 2
MOST_STEPS, MOST_STAGES, MOST_WEIGHT = 60, 20, 100


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


def step_of(row: ProgrammeStep) -> Step:
    """A stored step as it would be typed."""
    return Step(
        row["number"],
        row["stage"],
        row["stage_title"],
        row["title"],
        row["due_on"],
        row["weight"],
        row["answers"],
    )


def row_of(programme_id: str, step: Step) -> ProgrammeStep:
    """A step as it is stored."""
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


def moved(steps: Sequence[ProgrammeStep], begun: str, begins: str) -> tuple[Step, ...]:
    """Another year's steps, each as many days after the beginning as it was then."""
    by = date.fromisoformat(begins) - date.fromisoformat(begun)
    return tuple(
        step_of(changed(one, due_on=(date.fromisoformat(one["due_on"]) + by).isoformat()))
        for one in steps
    )


def set_programme_steps(
    store: Store,
    who: Visitor,
    programme_id: str,
    steps: Sequence[Step],
    *,
    reason: str = "",
    at: datetime,
) -> None:
    """Set the steps of a programme, whole; a step of which a village has reported stays.

    Parameters
    ----------
    reason : str
        Why they change; wanted once the year has begun, but for the sample's first true names.

    Raises
    ------
    BadFields
        With the refusal of each value, under ``<field>-<number>``.
    UnknownStep
        If a step that villages have reported is missing.
    ReasonNeeded, Missing, YearClosed
    """
    with acting(store, who, "set_programme_steps", at=at) as (act, tx):
        programme = require_running(tx, who, programme_id)
        after = {step.number: row_of(programme_id, step) for step in _checked(steps)}
        before = {row["number"]: row for row in rows.steps(tx, programme_id)}
        gone = set(before) - set(after)
        used = set(rows.steps_used(tx, programme_id))
        if gone & used:
            raise UnknownStep(number=min(gone & used))
        if after == before and not programme["sample_steps"]:
            return act.unchanged()
        day = today(tx, who, act.at)
        has_begun = day >= programme["begins_on"]
        is_first = bool(programme["sample_steps"])
        said = fields.reason(reason) if has_begun and not is_first else ""
        if has_begun:
            _keep_version(
                tx, who, programme, list(before.values()), list(after.values()), said, day
            )
        for number, row in after.items():
            if row != before.get(number):
                tx.put("programme_steps", row)
        for number in sorted(gone):
            tx.remove("programme_steps", programme_id=programme_id, number=number)
        if programme["sample_steps"]:
            tx.put("programmes", changed(programme, sample_steps=0))
        act.record("programme_steps_set", programme_id, reason=said or None)


def _keep_version(
    tx: Transaction,
    who: Visitor,
    programme: Programme,
    before: Sequence[ProgrammeStep],
    after: Sequence[ProgrammeStep],
    reason: str,
    day: str,
) -> None:
    """Write the new version down, and as the first the one that the year began with."""
    there = len(rows.step_versions(tx, programme["id"]))
    listed = [(day, reason, after)]
    if not there:
        listed.insert(0, (programme["begins_on"], "", before))
    for version, (on, said, steps) in enumerate(listed, start=there + 1):
        tx.put(
            "step_versions",
            {
                "programme_id": programme["id"],
                "version": version,
                "set_on": on,
                "set_by": str(who.person_id),
                "reason": said,
                "steps": json.dumps([asdict(step_of(one)) for one in steps], ensure_ascii=False),
            },
        )


def _checked(steps: Sequence[Step]) -> list[Step]:
    """The steps with their texts cleaned; each refusal is named with the step's number."""
    numbers = [step.number for step in steps]
    problems: dict[str, Refused] = {}
    if not numbers:
        raise BadFields({"steps": Blank(field="title")})
    for number in {n for n in numbers if numbers.count(n) > 1}:
        problems[f"number-{number}"] = Duplicate(field="number", what=str(number))
    if problems:
        raise BadFields(problems)
    form = typed.Typed({})
    checked = [_read(step, form) for step in steps]
    form.done()
    return checked


def _read(step: Step, form: typed.Typed) -> Step:
    line = typed.line(required=True, longest=80)
    values = {"stage_title": step.stage_title, "title": step.title, "due_on": step.due_on}
    form.values = {f"{name}-{step.number}": value for name, value in values.items()}
    stage_title = form.read(f"stage_title-{step.number}", line, "")
    title = form.read(f"title-{step.number}", line, "")
    due = form.read(f"due_on-{step.number}", typed.day, "")
    if not due:
        form.refuse(f"due_on-{step.number}", BadDay(field="due_on", value=step.due_on[:20]))
    for name, value, low, high in (
        ("number", step.number, 1, MOST_STEPS),
        ("stage", step.stage, 1, MOST_STAGES),
        ("weight", step.weight, 0, MOST_WEIGHT),
    ):
        if not low <= value <= high:
            problem = BadWhole(field=name, value=str(value), low=low, high=high)
            form.refuse(f"{name}-{step.number}", problem)
    if step.answers not in ANSWERS:
        form.refuse(f"answers-{step.number}", Blank(field="answers"))
    return Step(step.number, step.stage, stage_title, title, due, step.weight, step.answers)
