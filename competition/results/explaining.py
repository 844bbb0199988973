"""Why this rank?  One entrant's figure, step by step, from the marks to the decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import numpy as np

from competition import fields
from competition.errors import Missing
from competition.marks.deductions import with_reasons
from competition.results import decision_words
from competition.results.standing_lines import Line
from competition.results.standings import RoundStandings, current, note_view
from competition.results.strengths import CriterionStanding, criterion_standings
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, Transaction, panel, sheets
from db import rounds as round_rows
from scoring import Decision
from scoring.recipes.recipe import Recipe, figure, recipe
from scoring.result.printed import announced_method


@dataclass(frozen=True)
class SheetMarks:
    """One judge's counted sheet.

    Attributes
    ----------
    seat : int
        The judge's number; never a name.
    judge : str
        The judge's id, as in a recipe's parts.
    marks : tuple of Decimal
        In the order of the rubric.
    total : Decimal
        The sheet's total, rounded as the rules say.
    stands_for : int or None
        The seat this judge in reserve had taken over.
    came : str
        ``dictated`` or ``paper`` where it was typed in for the judge.
    """

    seat: int
    judge: str
    marks: tuple[Decimal, ...]
    total: Decimal
    stands_for: int | None = None
    came: str = ""


@dataclass(frozen=True)
class Uncounted:
    """A judge of the panel whose sheet does not count, and why."""

    seat: int
    state: str
    reason: str


@dataclass(frozen=True)
class CriterionHead:
    """A criterion: its name, its maximum, and the points that the maximum is worth."""

    name: str
    maximum: Decimal
    points: Decimal


@dataclass(frozen=True)
class Explanation:
    """All parts of one entrant's score.

    Attributes
    ----------
    rubric : tuple of CriterionHead
    sheets : tuple of SheetMarks
        By seat.
    announced, adjusted, official : Recipe or None
        How the score by the printed rule, the adjusted one and the official one come about;
        the official one is one of the first two wherever it can be.
    deductions : tuple of (Decimal, str)
        Confirmed deductions with their reasons.
    decisions : tuple of Decision
        The cuts this entrant was part of, as they concern it.
    across : Line or None
        The nearest entrant on the other side of the line: the best not selected for a selected
        one, the last selected otherwise.
    criteria : tuple of CriterionStanding
        In the order of the rubric.
    """

    standings: RoundStandings
    line: Line
    rubric: tuple[CriterionHead, ...]
    sheets: tuple[SheetMarks, ...]
    uncounted: tuple[Uncounted, ...]
    announced: Recipe | None
    adjusted: Recipe | None
    official: Recipe | None
    deductions: tuple[tuple[Decimal, str], ...]
    decisions: tuple[Decision, ...]
    across: Line | None
    criteria: tuple[CriterionStanding, ...]

    @property
    def distance(self) -> Decimal | None:
        """Official points to the other side of the line."""
        if self.across is None or self.line.official is None or self.across.official is None:
            return None
        return self.line.official - self.across.official

    @property
    def recipes(self) -> tuple[Recipe, ...]:
        """The recipes shown side by side, the official one last."""
        recipes = [self.announced, self.adjusted, self.official]
        shown = {one.method: one for one in recipes if one is not None and one != self.official}
        last = (self.official,) if self.official is not None else ()
        return (*shown.values(), *last)

    @property
    def sums_marks(self) -> bool:
        """Whether a total is the plain sum of the marks."""
        return all(head.maximum == head.points for head in self.rubric)


def explain(
    store: Store, who: Visitor, round_id: str, entrant_id: str, *, at: datetime
) -> Explanation:
    """Why an entrant stands where it does, with every mark: for the staff, after closing.

    Raises
    ------
    Forbidden, NotNow, StillMarking
        As the table of rights says for reading sheets.
    Missing
        If the entrant is not in the standing.
    """
    with store.reading() as tx:
        row = require_read(tx, who, "sheets", round_id)
        result = current(tx, store, row)
        explained = explanation(tx, result, entrant_id)
    note_view(store, who, result, "sheets", at=at)
    return explained


def explanation(tx: Transaction, result: RoundStandings, entrant_id: str) -> Explanation:
    """The parts of one entrant's score; they add up to the published figure."""
    line, tally = result.line(entrant_id), result.numbers.tally
    if line is None or entrant_id not in tally.counted.entrants:
        raise Missing(what="entrant")
    made = {
        method: recipe(tally, entrant_id, method, order=result.judges)
        for method in _methods(result)
    }
    printed, official = _methods(result)[0], result.rules.scoring.official
    return Explanation(
        standings=result,
        line=line,
        rubric=_rubric(tx, result),
        sheets=_sheets(tx, result, entrant_id),
        uncounted=_uncounted(tx, result, entrant_id),
        announced=made[printed],
        adjusted=made.get("least_squares"),
        official=made[official] if line.official is not None else None,
        deductions=_deductions(tx, result.round["id"], entrant_id),
        decisions=tuple(
            decision_words.concerning(result, decision, line)
            for decision in result.ranked.ranking.selection.decisions
            if decision_words.touches(decision, entrant_id)
        ),
        across=across(result, line),
        criteria=criterion_standings(result, entrant_id),
    )


def _methods(result: RoundStandings) -> tuple[str, ...]:
    """The printed rule, the adjusted score where there is one, and the official method."""
    official = result.rules.scoring.official
    printed = announced_method(official)
    adjusted = ("least_squares",) if result.numbers.tally.fit is not None else ()
    return tuple(dict.fromkeys((printed, *adjusted, official)))


def _rubric(tx: Transaction, result: RoundStandings) -> tuple[CriterionHead, ...]:
    scale = result.rules.scoring.exact("scale_max")
    return tuple(
        CriterionHead(
            criterion["name"],
            points(criterion["maximum"]),
            figure(Fraction(criterion["weight"]) * scale, 4),
        )
        for criterion in round_rows.criteria(tx, result.round["id"])
    )


def _sheets(tx: Transaction, result: RoundStandings, entrant_id: str) -> tuple[SheetMarks, ...]:
    counted = result.numbers.tally.counted
    member = counted.entrants.index(entrant_id)
    marks = _marks(tx, result, entrant_id)
    pairs = panel.of_entrant(tx, result.round["id"], entrant_id)
    seats = {pair["person_id"]: result.judges.get(pair["stands_for"]) for pair in pairs}
    rows = []
    for row in np.flatnonzero(counted.entrant == member).tolist():
        judge = counted.judges[int(counted.judge[row])]
        total = Fraction(int(counted.units[row]), counted.denominator)
        shown = figure(total, 6)
        came = result.came.get((entrant_id, judge), "")
        rows.append(
            SheetMarks(result.judges[judge], judge, marks[judge], shown, seats[judge], came)
        )
    return tuple(sorted(rows, key=lambda sheet: sheet.seat))


def _marks(
    tx: Transaction, result: RoundStandings, entrant_id: str
) -> Mapping[str, tuple[Decimal, ...]]:
    given = {
        (m["judge"], m["criterion"]): points(m["value"])
        for m in sheets.counted_marks_of(tx, result.round["id"], entrant_id)
    }
    judges = {judge for judge, _ in given}
    return {
        judge: tuple(given[judge, criterion] for criterion in result.criteria) for judge in judges
    }


def points(thousandths: int) -> Decimal:
    """A stored mark or maximum in points."""
    return Decimal(thousandths) / fields.THOUSAND


def _deductions(tx: Transaction, round_id: str, entrant_id: str) -> tuple[tuple[Decimal, str], ...]:
    deductions = with_reasons(tx, round_id, entrant_id)
    return tuple((points(amount), reason) for amount, reason in deductions)


def _uncounted(tx: Transaction, result: RoundStandings, entrant_id: str) -> tuple[Uncounted, ...]:
    counted = result.numbers.tally.counted
    own = counted.judge[counted.entrant == counted.entrants.index(entrant_id)].tolist()
    seen = {counted.judges[judge] for judge in own}
    return tuple(
        Uncounted(pair["number"], pair["state"], pair["reason"])
        for pair in panel.of_entrant(tx, result.round["id"], entrant_id)
        if pair["holds_seat"] and pair["person_id"] not in seen
    )


def across(result: RoundStandings, line: Line) -> Line | None:
    """The nearest scored entrant on the other side of the line."""
    scored = [
        (other.official, other)
        for other in result.lines
        if other.official is not None and other.selected != line.selected
    ]
    if not scored:
        return None
    nearest = max if line.selected else min
    return nearest(scored, key=lambda pair: pair[0])[1]
