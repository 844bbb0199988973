"""What people type in lines: tasks of counties, steps of the template."""

import re
from collections.abc import Mapping

from competition.errors import BadFields, Blank
from competition.programme.errors import UnknownCounty
from competition.programme.meetings import Task
from competition.programme.template import ANSWERS, Step
from words import LANGS, t

PARTS = re.compile("[|\uff5c\t]")


def tasks_in(typed: str, names: Mapping[str, str]) -> list[Task]:
    """Tasks, a line each: county | task | due day.

    Raises
    ------
    BadFields
        If a line has no three parts, or names no county of the programme.
    """
    codes = {name: code for code, name in names.items()}
    tasks = []
    for line in filter(None, map(str.strip, typed.splitlines())):
        parts = [part.strip() for part in PARTS.split(line)]
        if len(parts) != 3:
            raise BadFields({"tasks": Blank(field="task")})
        code = codes.get(parts[0], parts[0] if parts[0] in names else "")
        if not code:
            raise BadFields({"tasks": UnknownCounty(field="county", value=parts[0][:20])})
        tasks.append(Task(code, parts[1], parts[2]))
    return tasks


def steps_in(typed: str) -> list[Step]:
    """Steps, a line each: number | stage | stage's name | name | due day | weight | who answers.

    Raises
    ------
    BadFields
        If a line has not seven parts.
    """
    spelt = {t(f"programme.answers.{key}", lang): key for key in ANSWERS for lang in LANGS}
    steps = []
    for line in filter(None, map(str.strip, typed.splitlines())):
        parts = [part.strip() for part in PARTS.split(line)]
        if len(parts) != 7 or not all(parts[n].isdecimal() for n in (0, 1, 5)):
            raise BadFields({"steps": Blank(field="stage_title")})
        number, stage, weight = int(parts[0]), int(parts[1]), int(parts[5])
        answers = spelt.get(parts[6], parts[6])
        steps.append(Step(number, stage, parts[2], parts[3], parts[4], weight, answers))
    return steps


def steps_as_typed(steps: list[Step], lang: str) -> str:
    """Steps as `steps_in` reads them."""
    return "\n".join(
        " | ".join(
            (
                str(one.number),
                str(one.stage),
                one.stage_title,
                one.title,
                one.due_on,
                str(one.weight),
                t(f"programme.answers.{one.answers}", lang),
            )
        )
        for one in steps
    )
