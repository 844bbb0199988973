"""Each village's line by a day: what it has reached, and what is overdue.

A figure of a county or of all is a sum over these lines, so a figure and its list cannot differ.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from competition.programme.plans import SPECIAL
from db import Transaction, programme_counts
from db import programmes as rows
from db.programme_counts import Columns, Span
from db.programme_shapes import ProgrammeStep


class VillageLine(NamedTuple):
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
    specials : int
        Mask of the special plans that are finished, in the order of `SPECIAL`.
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
    specials: int
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


WEEK = timedelta(days=7)


class BothDays(NamedTuple):
    """Lines of the same villages in the same order: by a day, and a week before."""

    now: list[VillageLine]
    before: list[VillageLine]


def village_lines(
    tx: Transaction, programme_id: str, day: str, counties: frozenset[str] | None = None
) -> list[VillageLine]:
    """The lines of a programme's villages by a day; of some counties, or of all for None."""
    return _of(tx, programme_id, day, counties, compares=False).now


def line_of(tx: Transaction, programme_id: str, day: str, code: str) -> VillageLine:
    """The line of one village."""
    return _lines(tx, Span(programme_id, day, week_before(day), code, f"{code}~")).now[0]


def week_before(day: str) -> str:
    """The day a week earlier."""
    return (date.fromisoformat(day) - WEEK).isoformat()


def week_lines(
    tx: Transaction, programme_id: str, day: str, counties: frozenset[str] | None = None
) -> BothDays:
    """As `village_lines`, with those of a week before from the same scan."""
    return _of(tx, programme_id, day, counties, compares=True)


def _of(
    tx: Transaction,
    programme_id: str,
    day: str,
    counties: frozenset[str] | None,
    *,
    compares: bool,
) -> BothDays:
    if counties is None:
        return _lines(tx, Span(programme_id, day, week_before(day)), compares=compares)
    both = BothDays([], [])
    for code in sorted(counties):
        span = Span(programme_id, day, week_before(day), code, f"{code}~")
        near = _lines(tx, span, compares=compares)
        both.now.extend(near.now)
        both.before.extend(near.before)
    return both


def _lines(tx: Transaction, span: Span, *, compares: bool = False) -> BothDays:
    """The lines of a span's villages; those of the earlier day only where days are compared."""
    steps = rows.steps(tx, span.programme_id)
    plan, earlier = Plan(steps, span.day), Plan(steps, span.before)
    masks = _by_code(programme_counts.masks(tx, span))
    plans = _by_code(programme_counts.plans(tx, span))
    figures = _by_code(programme_counts.figures(tx, span))
    needs = _by_code(programme_counts.needs(tx, span))
    both = BothDays([], [])
    for place in rows.village_tuples(tx, span.programme_id, span.low, span.high):
        code = place[0]
        done, confirmed, done_before = masks.get(code, NONE[:3])
        made = plans.get(code, NONE)
        people, fund, *said_before = figures.get(code, NONE[:4])
        asked, met, *needs_before = needs.get(code, NONE[:4])
        now = (people, fund, asked, met)
        both.now.append(_line(place, plan, done, confirmed, made[:4], now))
        if compares:
            before = (*said_before, *needs_before)
            both.before.append(_line(place, earlier, done_before, 0, made[4:], before))
    return both


NONE = (0,) * 8
ALL_SPECIAL = (1 << len(SPECIAL)) - 1


def _line(
    place: tuple[str, str, str, str],
    plan: Plan,
    done: int,
    confirmed: int,
    made: tuple[int, ...],
    counts: tuple[int, ...],
) -> VillageLine:
    weight, overdue, days_late, ahead = plan.reached(done)
    finished, reviewed, filed, specials = made
    people, fund, asked, met = counts
    whole = int(specials == ALL_SPECIAL)
    states = (finished, reviewed, filed, whole, specials, people, fund, asked, met)
    return VillageLine(*place, done, confirmed, weight, *states, overdue, days_late, ahead)


def _by_code(columns: Columns) -> dict[str, tuple[int, ...]]:
    code, *others = columns.values()
    return dict(zip(code, zip(*others, strict=True), strict=True))


def of_counties(lines: Iterable[VillageLine]) -> dict[str, list[VillageLine]]:
    """Lines by their county's code."""
    by_county: dict[str, list[VillageLine]] = {}
    for line in lines:
        by_county.setdefault(line.county_code, []).append(line)
    return by_county
