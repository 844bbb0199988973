"""Who is next: steps that fall due, meetings, tasks of meetings, dispatches to be answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from db import Transaction
from db import programme_work as work
from db import programmes as rows
from db.programme_shapes import Meeting, ProgrammeStep

MOST_NEXT = 6


@dataclass(frozen=True)
class Coming:
    """What comes next: ``kind`` is step, meeting, task or dispatch; ``answers`` is who acts."""

    on: str
    kind: str
    text: str
    number: int
    county: str
    answers: str


def coming(
    tx: Transaction,
    programme_id: str,
    day: str,
    steps: Mapping[int, ProgrammeStep],
    codes: frozenset[str] | None,
) -> tuple[Coming, ...]:
    """What comes from a day on, soonest first; tasks and dispatches of the reached counties."""
    named = {one[0][:6]: one[1] for one in rows.village_tuples(tx, programme_id)}

    def is_near(county_code: str) -> bool:
        return codes is None or county_code in codes

    items = [
        Coming(one["due_on"], "step", one["title"], one["number"], "", one["answers"])
        for one in steps.values()
        if one["due_on"] >= day
    ]
    items += [_meeting(one) for one in work.meetings(tx, programme_id) if one["held_on"] >= day]
    items += [
        Coming(one["due_on"], "task", one["text"], 0, named.get(one["county_code"], ""), "county")
        for one in work.tasks(tx, programme_id)
        if one["done_on"] is None and one["due_on"] >= day and is_near(one["county_code"])
    ]
    items += [
        Coming(one["due_on"], "dispatch", one["reason"], one["number"], one["county"], "county")
        for one in work.dispatches(tx, programme_id)
        if one["issued_on"] <= day <= one["due_on"]
        and one["answered_on"] is None
        and is_near(one["county_code"])
    ]
    return tuple(sorted(items, key=lambda one: (one.on, one.kind, one.number))[:MOST_NEXT])


def _meeting(one: Meeting) -> Coming:
    return Coming(one["held_on"], "meeting", one["title"], one["number"], "", "office")
