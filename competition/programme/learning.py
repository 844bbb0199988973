"""Learning from the contest: each county's criteria beside the field, and year beside year."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from competition.programme.contest import judged_results, selected_ids
from competition.programme.lines import of_counties, village_lines
from competition.programme.measures import MEASURES, Figure, figure
from competition.programme.scope import reach, reaches
from competition.results.standing_lines import Line
from competition.results.standings import RoundStandings
from competition.results.strengths import criterion_means
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store
from db import programmes as rows
from db.shapes import RoundRow

MOST_WEAK = 3


@dataclass(frozen=True)
class CountyCriterion:
    """A county's mean on a criterion beside the field's and the selected entrants'."""

    name: str
    maximum: Decimal
    own: float
    field: float
    selected: float | None

    @property
    def gap(self) -> float:
        """Points to the selected entrants, or to the field where none is selected."""
        return self.own - (self.field if self.selected is None else self.selected)

    @property
    def lead(self) -> float:
        """The gap as a share of the maximum: criteria of unlike maxima are compared by it."""
        return self.gap / float(self.maximum)


@dataclass(frozen=True)
class CountyLesson:
    """A county in a certified round; ``winners`` are selected plans strong where it is weak."""

    round: str
    county_code: str
    county: str
    entrants: int
    selected: int
    criteria: tuple[CountyCriterion, ...]
    winners: tuple[tuple[str, Line], ...]

    @property
    def weakest(self) -> tuple[CountyCriterion, ...]:
        """Criteria furthest behind; none that is not behind."""
        behind = [one for one in self.criteria if one.gap < 0]
        return tuple(sorted(behind, key=lambda one: one.lead)[:MOST_WEAK])


@dataclass(frozen=True)
class YearBeside:
    """A county's measures by the same day after the issue of each year's programme."""

    year: int
    day: str
    figures: dict[str, Figure]


def lessons(store: Store, who: Visitor) -> list[CountyLesson]:
    """What each county that the visitor reaches may learn of each certified round."""
    with store.reading() as tx:
        require_read(tx, who, "programme")
        found = []
        for row, result in judged_results(tx, store, who):
            found += [one for one in _of_round(row, result) if reaches(who, one.county_code)]
    return found


def _of_round(row: RoundRow, result: RoundStandings) -> list[CountyLesson]:
    means, chosen = criterion_means(result), selected_ids(result)
    by_county: dict[str, list[Line]] = {}
    for line in result.lines:
        if line.official is not None:
            by_county.setdefault(line.code[:6], []).append(line)
    found = []
    for code, lines in sorted(by_county.items()):
        criteria = []
        for one in means:
            own = one.of(line.entrant_id for line in lines)
            if own is not None:
                best = one.of(chosen)
                criteria.append(CountyCriterion(one.name, one.maximum, own, one.field, best))
        chosen_here = sum(line.selected for line in lines)
        name = lines[0].county
        lesson = CountyLesson(
            row["title"], code, name, len(lines), chosen_here, tuple(criteria), ()
        )
        strong = []
        for weak in lesson.weakest:
            marks = next(one.means for one in means if one.name == weak.name)
            near = [line for line in chosen.values() if line.entrant_id in marks]
            if near:
                best_line = max(near, key=lambda line: (marks[line.entrant_id], line.code))
                strong.append((weak.name, best_line))
        found.append(replace(lesson, winners=tuple(strong)))
    return found


def year_beside_year(
    store: Store, who: Visitor, county: str = "", *, day: str
) -> Sequence[YearBeside]:
    """Measures of each year as many days after its issue as a day is after the last one's."""
    with store.reading() as tx:
        require_read(tx, who, "programme")
        there = rows.of_competition(tx, str(who.competition_id))
        if not there:
            return []
        passed = date.fromisoformat(day) - date.fromisoformat(there[0]["begins_on"])
        found = []
        for programme in there:
            on = (date.fromisoformat(programme["begins_on"]) + passed).isoformat()
            lines = village_lines(tx, programme["id"], on, reach(who))
            near = of_counties(lines).get(county, []) if county else lines
            figures = {key: figure(one, near, ()) for key, one in MEASURES.items()}
            found.append(YearBeside(programme["year"], on, figures))
    return found
