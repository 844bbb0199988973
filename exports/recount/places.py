"""Where things stand in the workbook: a row an entrant, a column a judge, on every sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from openpyxl.utils import get_column_letter

from competition.results.explained_sheets import SheetMarks
from competition.results.explaining import Explanation
from competition.results.tally_sheets import TallySheets
from scoring.methods.tally import Tally
from scoring.result.printed import announced_method

FIRST = 10
"""Row of the first entrant on the sheets that have a column a judge; judges' figures are above."""
LEFT = 3
"""Columns before the judges: number, entrant, county."""
MARKS_FIRST = 6
"""Row of the first sheet's marks."""


@dataclass(frozen=True)
class Score:
    """A score that the workbook computes: ``announced`` or ``official``, by its method."""

    kind: str
    method: str


@dataclass(frozen=True)
class Places:
    """The entrants, sheets and judges of a round by their rows and columns."""

    sheets: TallySheets
    entrants: tuple[Explanation, ...]
    judges: tuple[Any, ...]
    criteria: tuple[str, ...]

    @property
    def tally(self) -> Tally:
        """What scoring read."""
        return self.sheets.standings.numbers.tally

    @property
    def last(self) -> int:
        """Row of the last entrant."""
        return FIRST + len(self.entrants) - 1

    @property
    def scores(self) -> tuple[Score, ...]:
        """The announced score, and the official one where another method makes it."""
        official = self.sheets.standings.rules.scoring.official
        announced = announced_method(official)
        both = (Score("official", official), Score("announced", announced))
        return both if official != announced else (Score("official", official),)

    @cached_property
    def rows(self) -> dict[tuple[str, Any], tuple[int, Explanation, SheetMarks]]:
        """Entrant's id and judge to the row of a sheet's marks, in the order of the rows."""
        pairs = [(one, sheet) for one in self.entrants for sheet in one.sheets]
        return {
            (one.line.entrant_id, sheet.judge): (row, one, sheet)
            for row, (one, sheet) in enumerate(pairs, start=MARKS_FIRST)
        }

    def marks_of(self, one: Explanation, criterion: int) -> str:
        """Rows of one entrant's marks of one criterion, without the sheet's name."""
        first, *_ = self.rows[one.line.entrant_id, one.sheets[0].judge]
        letter = get_column_letter(LEFT + 1 + criterion)
        return f"${letter}${first}:${letter}${first + len(one.sheets) - 1}"

    def judge(self, index: int) -> str:
        """Letter of a judge's column."""
        return str(get_column_letter(LEFT + 1 + index))

    def row(self, at: int) -> str:
        """A row from the first judge to the last."""
        return f"${self.judge(0)}{at}:${self.judge(len(self.judges) - 1)}{at}"

    def column(self, letter: str) -> str:
        """A column from the first entrant to the last."""
        return f"{letter}${FIRST}:{letter}${self.last}"

    def factors(self) -> list[Fraction]:
        """What a mark of each criterion is multiplied by to give points of the total."""
        scale = self.tally.rules.exact("scale_max")
        return [one.weight * scale / one.maximum for one in self.tally.counted.criteria]


def places(sheets: TallySheets) -> Places:
    """Lay out a round: entrants that may be ranked and have a counted sheet."""
    tally = sheets.standings.numbers.tally
    able = dict(zip(tally.sheets.entrants, tally.eligible.tolist(), strict=True))
    entrants = tuple(
        one for one in sheets.explained if one.sheets and able.get(one.line.entrant_id)
    )
    given = {sheet.judge for one in entrants for sheet in one.sheets}
    seats = sheets.standings.judges
    judges = tuple(sorted(given, key=lambda judge: seats[judge]))
    names = tuple(head.name for head in entrants[0].rubric) if entrants else ()
    return Places(sheets, entrants, judges, names)


def figures(one: Explanation, score: Score) -> tuple[Decimal | None, int | None]:
    """An entrant's published score and rank."""
    line = one.line
    if score.kind == "announced":
        return line.announced, line.announced_rank
    return line.official, line.rank


def ranks_of(scores: Iterable[Decimal | None]) -> dict[Decimal, int]:
    """A score to its rank as RANK counts: equal scores share the first."""
    ordered = sorted((score for score in scores if score is not None), reverse=True)
    return {score: ordered.index(score) + 1 for score in set(ordered)}


def address(sheet: str, cells: str) -> str:
    """Cells of another sheet; the name is from ``words`` and holds no quote."""
    return f"'{sheet}'!{cells}"
