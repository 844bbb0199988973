"""一屏: every measure by county by a day, what changed in a week, what is overdue, who is next."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from competition import typed
from competition.programme.coming import Coming, coming
from competition.programme.errors import NoProgramme
from competition.programme.lines import (
    VillageLine,
    of_counties,
    week_before,
    week_lines,
)
from competition.programme.measures import MEASURES, Figure, figure
from competition.programme.scope import reach, require_programme, today
from competition.rights import may, require_read
from competition.visitor import Visitor
from db import Store, Transaction, programme_counts
from db import programme_work as work
from db import programmes as rows
from db.programme_shapes import Dispatch, Programme, ProgrammeStep


@dataclass(frozen=True)
class CountyFigures:
    """A county's figures by measure."""

    code: str
    county: str
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class Overdue:
    """Villages of a county that wait longest at a step that is overdue."""

    code: str
    county: str
    step: int
    villages: int
    due_on: str
    days_late: int


@dataclass(frozen=True)
class Overview:
    """A programme by a day.

    Attributes
    ----------
    day, before : str
        The day, and the day a week earlier.
    counties : tuple of CountyFigures
        By code; those that the visitor reaches.
    total : CountyFigures
        Over these counties.
    last_days : dict
        Source to the last day on which it was said.
    overdue : tuple of Overdue
        Most villages first.
    left_late : int
        Villages not filed that have a step overdue.
    idle : tuple of str
        Counties in which no step was done in the week though some are left.
    coming : tuple of Coming
        From the day on, soonest first.
    dispatches : tuple of Dispatch
        Not closed by the day.
    """

    programme: Programme
    day: str
    before: str
    counties: tuple[CountyFigures, ...]
    total: CountyFigures
    last_days: dict[str, str]
    overdue: tuple[Overdue, ...]
    left_late: int
    idle: tuple[str, ...]
    coming: tuple[Coming, ...]
    dispatches: tuple[Dispatch, ...]

    def worst(self, measure: str) -> CountyFigures | None:
        """The county furthest behind in a share; None where none has one."""
        shares = [
            (one.figures[measure].percent, one.code, one)
            for one in self.counties
            if one.figures[measure].percent is not None
        ]
        if not shares:
            return None
        order = sorted(shares, key=lambda share: share[:2])
        return order[0 if MEASURES[measure].more_is_better else -1][2]


def programmes_of(store: Store, who: Visitor) -> list[Programme]:
    """The programmes of the visitor's competition, the last year first."""
    with store.reading() as tx:
        require_read(tx, who, "programme")
        return rows.of_competition(tx, str(who.competition_id))


def has_programme(store: Store, who: Visitor) -> bool:
    """Whether the visitor may read a programme and there is one: for the menu."""
    with store.reading() as tx:
        there = rows.of_competition(tx, str(who.competition_id))
        return bool(there) and may(tx, who, "programme")


def require_last(tx: Transaction, who: Visitor, programme_id: str) -> Programme:
    """The programme named, or the last year's where none is.

    Raises
    ------
    NoProgramme
    """
    if programme_id:
        return require_programme(tx, who, programme_id)
    there = rows.of_competition(tx, str(who.competition_id))
    if not there:
        raise NoProgramme
    return there[0]


def overview(
    store: Store, who: Visitor, programme_id: str = "", *, day: str = "", at: datetime
) -> Overview:
    """The programme by a day, today's where none is given, as far as the visitor reaches.

    Raises
    ------
    NoProgramme, Missing, BadDay
    """
    with store.reading() as tx:
        require_read(tx, who, "programme")
        programme = require_last(tx, who, programme_id)
        until = typed.day(day, "day") or today(tx, who, at)
        earlier = week_before(until)
        codes = reach(who)
        now, before = week_lines(tx, programme["id"], until, codes)
        steps = {one["number"]: one for one in rows.steps(tx, programme["id"])}
        letters = [
            one
            for one in work.dispatches(tx, programme["id"])
            if one["issued_on"] <= until
            and not (one["closed_on"] and one["closed_on"] <= until)
            and (codes is None or one["county_code"] in codes)
        ]
        counties = _counties(now, before)
        return Overview(
            programme,
            until,
            earlier,
            counties,
            CountyFigures("", "", _sums(counties)),
            programme_counts.last_days(tx, programme["id"], until),
            _overdue(now, steps),
            sum(1 for line in now if line.overdue and not line.filed),
            _idle(now, before),
            coming(tx, programme["id"], until, steps, codes),
            tuple(letters),
        )


def _figures(now: Sequence[VillageLine], before: Sequence[VillageLine]) -> dict[str, Figure]:
    return {key: figure(measure, now, before) for key, measure in MEASURES.items()}


def _sums(counties: Sequence[CountyFigures]) -> dict[str, Figure]:
    """Each measure over the counties: what their lines add up to."""
    sums = {}
    for key, measure in MEASURES.items():
        each = [one.figures[key] for one in counties]
        out_of = sum(one.out_of for one in each if one.out_of is not None)
        sums[key] = Figure(
            sum(one.value for one in each),
            None if measure.out_of is None else out_of,
            sum(one.before for one in each),
        )
    return sums


def _counties(
    now: Sequence[VillageLine], before: Sequence[VillageLine]
) -> tuple[CountyFigures, ...]:
    earlier = of_counties(before)
    return tuple(
        CountyFigures(code, lines[0].county, _figures(lines, earlier.get(code, [])))
        for code, lines in sorted(of_counties(now).items())
    )


def _overdue(
    lines: Sequence[VillageLine], steps: Mapping[int, ProgrammeStep]
) -> tuple[Overdue, ...]:
    counts = Counter((line.county_code, line.county, line.overdue) for line in lines)
    days = {line.overdue: line.days_late for line in lines}
    overdue = [
        Overdue(code, county, step, count, steps[step]["due_on"], days[step])
        for (code, county, step), count in counts.items()
        if step
    ]
    return tuple(sorted(overdue, key=lambda one: (-one.villages, one.code, one.step)))


def _idle(now: Sequence[VillageLine], before: Sequence[VillageLine]) -> tuple[str, ...]:
    earlier = {line.code: line.done for line in before}
    names = []
    for lines in of_counties(now).values():
        moved = any(line.done != earlier.get(line.code, 0) for line in lines)
        if not moved and any(line.next for line in lines):
            names.append(lines[0].county)
    return tuple(names)
