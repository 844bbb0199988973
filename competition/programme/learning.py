"""Learning from the contest: each county's criteria beside the field, and year beside year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from competition.programme.lines import of_counties, village_lines
from competition.programme.measures import MEASURES, Figure, figure
from competition.programme.releasing import is_released
from competition.programme.results import judged_results, remarks_of
from competition.programme.scope import reach, reaches
from competition.results.standing_lines import Line
from competition.results.standings import RoundStandings
from competition.results.strengths import CriterionMeans, CriterionStanding, criterion_means
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

    @property
    def standing(self) -> CriterionStanding:
        """As a feedback sheet says it."""
        return CriterionStanding(self.name, self.maximum, self.own, self.field)


@dataclass(frozen=True)
class Winner:
    """A chosen plan that is the strongest where a county is weak.

    Attributes
    ----------
    standing : CriterionStanding or None
        Its own on the criterion, as on its feedback sheet; None where the visitor does not
        reach its county: of others' plans only place and title are read.
    remarks : tuple of str
        Remarks without names, of plans that the visitor reaches.
    """

    criterion: str
    line: Line
    standing: CriterionStanding | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class CountyLesson:
    """A county in a certified round; ``winners`` are chosen plans strong where it is weak."""

    round_id: str
    round: str
    county_code: str
    county: str
    entrants: int
    selected: int
    criteria: tuple[CountyCriterion, ...]
    winners: tuple[Winner, ...]

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
    """What each county that the visitor reaches may learn of each certified round.

    A county reads it once the organizers have released its feedback.
    """
    with store.reading() as tx:
        require_read(tx, who, "programme")
        learned = []
        for row, result in judged_results(tx, store, who):
            if reach(who) is not None and not is_released(tx, row["id"]):
                continue
            said = remarks_of(tx, row["id"])
            for one in lessons_of(row, result):
                if reaches(who, one.county_code):
                    winners = tuple(_readable(who, each, said) for each in one.winners)
                    learned.append(replace(one, winners=winners))
    return learned


def _readable(who: Visitor, one: Winner, said: Mapping[str, tuple[str, ...]]) -> Winner:
    """A winner with the feedback that the visitor may read: of a county within reach."""
    if not reaches(who, one.line.code[:6]):
        return replace(one, standing=None)
    return replace(one, remarks=said.get(one.line.entrant_id, ()))


def lessons_of(row: RoundRow, result: RoundStandings) -> list[CountyLesson]:
    """What each county may learn of a round."""
    means = criterion_means(result)
    chosen = {line.entrant_id: line for line in result.lines if line.selected}
    by_county: dict[str, list[Line]] = {}
    for line in result.lines:
        if line.official is not None:
            by_county.setdefault(line.code[:6], []).append(line)
    learned = []
    for code, lines in sorted(by_county.items()):
        criteria = []
        for one in means:
            own = one.of(line.entrant_id for line in lines)
            if own is not None:
                best = one.of(chosen)
                criteria.append(CountyCriterion(one.name, one.maximum, own, one.field, best))
        lesson = CountyLesson(
            row["id"],
            row["title"],
            code,
            lines[0].county,
            len(lines),
            sum(line.selected for line in lines),
            tuple(criteria),
            (),
        )
        by_name = {one.name: one for one in means}
        strong = [_winner(by_name[weak.name], chosen) for weak in lesson.weakest]
        learned.append(replace(lesson, winners=tuple(one for one in strong if one is not None)))
    return learned


def _winner(one: CriterionMeans, chosen: Mapping[str, Line]) -> Winner | None:
    """The chosen plan with the highest mean on a criterion."""
    near = [line for line in chosen.values() if line.entrant_id in one.means]
    if not near:
        return None
    best = max(near, key=lambda line: (one.means[line.entrant_id], line.code))
    mean = one.means[best.entrant_id]
    return Winner(one.name, best, CriterionStanding(one.name, one.maximum, mean, one.field))


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
        years = []
        for programme in there:
            on = (date.fromisoformat(programme["begins_on"]) + passed).isoformat()
            lines = village_lines(tx, programme["id"], on, reach(who))
            near = of_counties(lines).get(county, []) if county else lines
            figures = {key: figure(one, near, ()) for key, one in MEASURES.items()}
            years.append(YearBeside(programme["year"], on, figures))
    return years
