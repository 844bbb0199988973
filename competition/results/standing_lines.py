"""The lines of a standing: what scoring computed, beside who it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypedDict, cast

import pandas as pd

from scoring import Composite, Standings
from scoring.result.printed import SCORES

Verdict = Literal["above", "zone_in", "zone_out", "below", "awaiting", "unranked"]


@dataclass(frozen=True)
class Line:
    """One entrant in a standing: who it is, both scores, and where it stands.

    Attributes
    ----------
    official, announced, adjusted : Decimal or None
        Published figures, net of the deduction; None where there is none.
    rank, announced_rank, adjusted_rank : int or None
        1, 2, 2, 4 on each of them.
    place : int or None
        Place among the selected.
    counted, expected : int
        Sheets that count, of those assigned (recused and absent judges included); of a
        composite the parts there are.
    comparable : bool
        False where absence left fewer sheets than the trim needs.
    label : str
        in, open or out; empty for an entrant that is not ranked.
    waiting : bool
        Whether the seat waits for a ruling, a draw or a second reading.
    """

    entrant_id: str
    number: int | None
    code: str
    county: str
    township: str
    village: str
    title: str
    presenter: str
    official: Decimal | None
    announced: Decimal | None
    adjusted: Decimal | None
    rank: int | None
    announced_rank: int | None
    adjusted_rank: int | None
    place: int | None
    tied: bool
    announced_tied: bool
    adjusted_tied: bool
    selected: bool
    label: str
    in_zone: bool
    decided_by: str
    waiting: bool
    counted: int
    expected: int
    deduction: Decimal
    comparable: bool

    @property
    def verdict(self) -> Verdict:
        """The outcome: with or without a seat, in the zone on either side of the line, or none."""
        if self.rank is None:
            return "unranked"
        if self.waiting:
            return "awaiting"
        if self.in_zone:
            return "zone_in" if self.selected else "zone_out"
        return "above" if self.selected else "below"

    @property
    def awaits_reading(self) -> bool:
        """Whether the seat waits for second readings: a ruling does not settle it."""
        return self.waiting and self.decided_by == "awaiting_reading"

    @property
    def called(self) -> int | str:
        """The number it goes by; its village or township where it was given none."""
        return self.village or self.township if self.number is None else self.number

    @property
    def by_number(self) -> tuple[bool, int | None, str]:
        """Sorts by number; those without one last, by code."""
        return self.number is None, self.number, self.code


class CertifiedLine(TypedDict):
    """A line as it is hashed: decimals as text, no names of people; see `Line`."""

    entrant_id: str
    number: int | None
    code: str
    county: str
    township: str
    village: str
    title: str
    rank: int | None
    place: int | None
    tied: bool
    selected: bool
    official: str | None
    announced: str | None
    adjusted: str | None
    announced_rank: int | None
    adjusted_rank: int | None
    deduction: str
    counted: int
    expected: int
    comparable: bool
    label: str
    decided_by: str


def line_content(line: Line) -> CertifiedLine:
    """A line as it is hashed."""
    values = {name: getattr(line, name) for name in CertifiedLine.__annotations__}
    plain = {k: str(v) if isinstance(v, Decimal) else v for k, v in values.items()}
    return cast(CertifiedLine, plain)


def standing_lines(
    numbers: Standings | Composite,
    places: Mapping[str, Mapping[str, Any]],
    expected: Mapping[str, int],
) -> tuple[Line, ...]:
    """The lines of a standing, by rank and then by number; without a score last.

    Parameters
    ----------
    expected
        Entrant's id to its assigned sheets; of a composite to its parts.
    """
    waiting = {numbers.ids[member] for member in numbers.ranking.selection.waiting}
    lines = [
        _line(numbers, row, places[str(row["entrant"])], row["entrant"] in waiting, expected)
        for row in numbers.scores[_SCORED].reset_index().to_dict("records")
    ]
    return tuple(sorted(lines, key=_order))


def _line(
    numbers: Standings | Composite,
    row: dict[Any, Any],
    place: Mapping[str, Any],
    waiting: bool,
    expected: Mapping[str, int],
) -> Line:
    entrant = row["entrant"]
    official, announced, adjusted = (numbers.printed[score][entrant] for score in SCORES)
    return Line(
        **{name: place[name] for name in _IDENTITY},
        entrant_id=str(entrant),
        official=official.figure,
        announced=announced.figure,
        adjusted=adjusted.figure,
        rank=official.rank,
        announced_rank=announced.rank,
        adjusted_rank=adjusted.rank,
        place=None if pd.isna(row["place"]) else int(row["place"]),
        tied=official.tied,
        announced_tied=announced.tied,
        adjusted_tied=adjusted.tied,
        selected=bool(row["selected"]),
        label="" if official.rank is None else str(row["label"]),
        in_zone=bool(row["in_zone"]),
        decided_by=str(row["decided_by"] or ""),
        waiting=waiting,
        counted=int(row["n_judges"]),
        expected=expected[str(entrant)],
        deduction=Decimal(str(row["deduction"])),
        comparable=bool(row["comparable"]),
    )


_SCORED = [
    "place",
    "selected",
    "label",
    "in_zone",
    "decided_by",
    "n_judges",
    "deduction",
    "comparable",
]
_IDENTITY = ("number", "code", "county", "township", "village", "title", "presenter")


def _order(line: Line) -> tuple[bool, int | None, tuple[bool, int | None, str]]:
    return line.rank is None, line.rank, line.by_number
