"""The lines of a standing: what scoring computed, beside who it is about."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from competition.rounds.rules import RoundRules
from scoring import Standings
from scoring.exact import published, quantize
from scoring.methods.registry import rank_units

ON_PRINTED_RULE = ("mean", "trimmed", "median", "clip")


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
        Sheets that count, of those assigned (recused and absent judges included).
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
    def called(self) -> int | str:
        """The number it goes by; its village or township where it was given none."""
        return self.village or self.township if self.number is None else self.number

    @property
    def by_number(self) -> tuple[bool, int | None, str]:
        """Sorts by number; those without one last, by code."""
        return self.number is None, self.number, self.code


def standing_lines(
    numbers: Standings,
    rules: RoundRules,
    places: dict[str, dict[str, Any]],
    pairs: list[dict[str, Any]],
) -> tuple[Line, ...]:
    """The lines of a standing, by rank and then by number; without a score last."""
    frame = numbers.scores
    ids = numbers.tally.sheets.entrants
    waiting = {ids[member] for member in numbers.ranking.selection.waiting}
    decimals, rounding = rules.scoring.decimals, rules.scoring.rounding
    official = rules.scoring.official
    printed = official if official in ON_PRINTED_RULE else "trimmed"
    units = {
        "official": [None if v is None else int(v.scaleb(decimals)) for v in frame["official"]],
        "announced": _units(frame["trimmed"], decimals, rounding),
        "adjusted": _units(frame["adjusted"], decimals, rounding),
    }
    if printed != "trimmed":
        units["announced"] = units["official"]
    ranks = {name: rank_units(column) for name, column in units.items()}
    expected: dict[str, int] = {}
    for pair in pairs:
        expected[pair["entrant_id"]] = expected.get(pair["entrant_id"], 0) + 1

    lines = []
    for at, (entrant_id, row) in enumerate(frame.iterrows()):
        place = places[str(entrant_id)]
        rank = ranks["official"][at]

        def figure(name: str, at: int = at) -> Decimal | None:
            unit = units[name][at]
            return None if unit is None else Decimal(published(unit, decimals))

        def tied(name: str, at: int = at) -> bool:
            return ranks[name][at] is not None and ranks[name].count(ranks[name][at]) > 1

        lines.append(
            Line(
                **{k: place[k] for k in _IDENTITY},
                entrant_id=str(entrant_id),
                official=figure("official"),
                announced=figure("announced"),
                adjusted=figure("adjusted"),
                rank=rank,
                announced_rank=ranks["announced"][at],
                adjusted_rank=ranks["adjusted"][at],
                place=None if pd.isna(row["place"]) else int(row["place"]),
                tied=tied("official"),
                announced_tied=tied("announced"),
                adjusted_tied=tied("adjusted"),
                selected=bool(row["selected"]),
                label="" if rank is None else str(row["label"]),
                in_zone=bool(row["in_zone"]),
                decided_by=str(row["decided_by"] or ""),
                waiting=entrant_id in waiting,
                counted=int(row["n_judges"]),
                expected=expected.get(str(entrant_id), 0),
                deduction=Decimal(str(row["deduction"])),
                comparable=bool(row["comparable"]),
            )
        )
    return tuple(sorted(lines, key=_order))


_IDENTITY = ("number", "code", "county", "township", "village", "title", "presenter")


def _units(column: "pd.Series[float]", decimals: int, rounding: str) -> list[int | None]:
    return [None if pd.isna(v) else quantize(float(v), decimals, rounding) for v in column]


def _order(line: Line) -> tuple[bool, int | None, tuple[bool, int | None, str]]:
    return line.rank is None, line.rank, line.by_number
