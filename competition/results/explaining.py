"""Why this rank?  One entrant's figure, step by step, from the marks to the decision."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from competition.errors import Missing
from competition.results import decision_words
from competition.results.explained_sheets import (
    CriterionHead,
    ReadSheets,
    SheetMarks,
    Uncounted,
    read_sheets,
)
from competition.results.standing_lines import Line
from competition.results.standings import RoundStandings, current, note_view
from competition.results.strengths import CriterionStanding, criterion_standings
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, Transaction
from scoring import Decision
from scoring.recipes.recipe import Recipe, recipe
from scoring.result.printed import announced_method


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
    if entrant_id not in result.numbers.tally.counted.entrants:
        raise Missing(what="entrant")
    return _explanation(read_sheets(tx, result, entrant_id), entrant_id)


def explanations(tx: Transaction, store: Store, result: RoundStandings) -> tuple[Explanation, ...]:
    """Of every entrant with a counted sheet, by number on stage: made once for each standing.

    All papers of a round are made from them, and the marks are read once.
    """
    key = (store.path, result.round["id"])
    lent = _lent.get(key)
    if lent is not None and lent[0] is result:
        return lent[1]
    read, known = read_sheets(tx, result), set(result.numbers.tally.counted.entrants)
    lines = sorted(
        (line for line in result.lines if line.entrant_id in known),
        key=lambda line: (line.number is None, line.number or 0, line.code),
    )
    made = tuple(_explanation(read, line.entrant_id) for line in lines)
    _lent[key] = (result, made)
    return made


_lent: dict[tuple[Path, str], tuple[RoundStandings, tuple[Explanation, ...]]] = {}


def _explanation(read: ReadSheets, entrant_id: str) -> Explanation:
    result = read.result
    line, tally = result.line(entrant_id), result.numbers.tally
    if line is None:
        raise Missing(what="entrant")
    made = {
        method: recipe(tally, entrant_id, method, order=result.judges)
        for method in _methods(result)
    }
    printed, official = _methods(result)[0], result.rules.scoring.official
    return Explanation(
        standings=result,
        line=line,
        rubric=read.rubric,
        sheets=read.sheets(entrant_id),
        uncounted=read.uncounted(entrant_id),
        announced=made[printed],
        adjusted=made.get("least_squares"),
        official=made[official] if line.official is not None else None,
        deductions=read.deductions.get(entrant_id, ()),
        decisions=tuple(
            decision_words.concerning(result, decision, line)
            for decision in result.ranked.ranking.selection.decisions
            if decision_words.touches(decision, entrant_id)
        ),
        across=across(result, line),
        criteria=criterion_standings(read.means, entrant_id),
    )


def _methods(result: RoundStandings) -> tuple[str, ...]:
    """The printed rule, the adjusted score where there is one, and the official method."""
    official = result.rules.scoring.official
    printed = announced_method(official)
    adjusted = ("least_squares",) if result.numbers.tally.fit is not None else ()
    return tuple(dict.fromkeys((printed, *adjusted, official)))


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
