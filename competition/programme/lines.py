"""Each village's line by a day: what it has reached, and what is overdue.

A figure of a county or of all is a sum over these lines, so a figure and its list cannot differ.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from competition.programme.reporting import SPECIAL
from db import Transaction, programme_counts
from db import programmes as rows
from db.programme_counts import Columns
from db.programme_shapes import ProgrammeStep


@dataclass(frozen=True, slots=True)
class VillageLine:
    """A village by a day.

    Attributes
    ----------
    done, confirmed : int
        Masks of its steps: bit 19 is step 19.
    weight : int
        Weight of the steps done.
    finished, reviewed, filed : int
        1 once its village plan is.
    special : int
        1 once the five special plans are finished.
    overdue : int
        Number of the first step that is overdue; 0 for none.
    days_late : int
        Days since that step was due.
    next : int
        Number of the first step not done; 0 when all are.
    """

    code: str
    county: str
    township: str
    village: str
    done: int
    confirmed: int
    weight: int
    finished: int
    reviewed: int
    filed: int
    special: int
    people: int
    fund: int
    needs: int
    met: int
    overdue: int
    days_late: int
    next: int

    @property
    def county_code(self) -> str:
        """Code of its county."""
        return self.code[:6]

    @property
    def steps_done(self) -> int:
        """How many steps are done."""
        return self.done.bit_count()


class Plan:
    """The template by a day: what is due, and in which order."""

    def __init__(self, steps: Sequence[ProgrammeStep], day: str) -> None:
        self.day = date.fromisoformat(day)
        self.weights = [(1 << one["number"], one["weight"]) for one in steps]
        self.order = [one["number"] for one in steps]
        by_due = sorted(steps, key=lambda one: (one["due_on"], one["number"]))
        self.due = [
            (one["number"], date.fromisoformat(one["due_on"]))
            for one in by_due
            if one["due_on"] < day
        ]
        self.due_mask = sum(1 << number for number, _ in self.due)
        self._of: dict[int, tuple[int, int, int, int]] = {}

    def reached(self, done: int) -> tuple[int, int, int, int]:
        """Weight done, first overdue step, days late, next step; villages share few masks."""
        if done not in self._of:
            weight = sum(weight for bit, weight in self.weights if done & bit)
            ahead = (number for number in self.order if not done >> number & 1)
            late = ((n, (self.day - due).days) for n, due in self.due if not done >> n & 1)
            self._of[done] = (weight, *next(late, (0, 0)), next(ahead, 0))
        return self._of[done]


def village_lines(
    tx: Transaction, programme_id: str, day: str, counties: frozenset[str] | None = None
) -> list[VillageLine]:
    """The lines of a programme's villages by a day; of some counties, or of all for None."""
    plan = Plan(rows.steps(tx, programme_id), day)
    masks = _by_code(programme_counts.masks(tx, programme_id, day))
    plans = _by_code(programme_counts.plans(tx, programme_id, day))
    figures = _by_code(programme_counts.figures(tx, programme_id, day))
    needs = _by_code(programme_counts.needs(tx, programme_id, day))
    lines = []
    for village in rows.village_tuples(tx, programme_id):
        code, county, township, name = village
        if counties is not None and code[:6] not in counties:
            continue
        done, confirmed = masks.get(code, (0, 0))
        weight, overdue, days_late, ahead = plan.reached(done)
        finished, reviewed, filed, special = (int(n or 0) for n in plans.get(code, (0, 0, 0, 0)))
        people, fund = figures.get(code, (0, 0))
        asked, met = needs.get(code, (0, 0))
        whole = int(special == len(SPECIAL))
        plan_states = (finished, reviewed, filed, whole)
        counted = (people, fund, asked, met, overdue, days_late, ahead)
        place = (code, county, township, name)
        lines.append(VillageLine(*place, done, confirmed, weight, *plan_states, *counted))
    return lines


def _by_code(columns: Columns) -> dict[str, tuple[int, ...]]:
    code, *others = columns.values()
    return dict(zip(code, zip(*others, strict=True), strict=True))


def of_counties(lines: Iterable[VillageLine]) -> dict[str, list[VillageLine]]:
    """Lines by their county's code."""
    found: dict[str, list[VillageLine]] = {}
    for line in lines:
        found.setdefault(line.county_code, []).append(line)
    return found
