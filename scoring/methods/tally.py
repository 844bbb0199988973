"""A round's data before ranking."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from scoring.cautions import Caution
from scoring.exact import Floats, Integers
from scoring.input.entries import Entry, check_known, read_assignments, read_entries
from scoring.input.rubric import read_rubric
from scoring.input.rules import Rules
from scoring.input.sheets import Sheets, read_sheets
from scoring.methods.averages import AGGREGATORS, Scores
from scoring.methods.graph import Component, components
from scoring.methods.huber import Huber, fit_huber
from scoring.methods.least_squares import Design, LeastSquares, fit_least_squares, fitted_sheets
from scoring.methods.precision import Precision, fit_precision

BLANK = Entry()
"""The line of an entrant without one."""


@dataclass(frozen=True)
class Tally:
    """Rules, lists and sheets of a round, and the fits made from them when asked.

    Attributes
    ----------
    counted : Sheets
        Complete sheets, without those of judges recused or absent.
    sheets : Sheets
        Those of eligible entrants.
    fitted : Sheets
        Those without judges who have a single sheet.
    """

    rules: Rules
    entries: Mapping[Any, Entry]
    states: Mapping[tuple[Any, Any], str]
    counted: Sheets
    sheets: Sheets
    fitted: Sheets
    cautions: tuple[Caution, ...]

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """The parts of the fitted graph; of the whole graph where no sheet is fitted."""
        return components(self.fitted if len(self.fitted.entrant) else self.sheets)

    @property
    def connected(self) -> bool:
        """True where a common ranking can be given."""
        return len(self.components) == 1 and len(self.fitted.entrant) > 0

    @cached_property
    def complete(self) -> bool:
        """True where every judge scored every entrant who has a sheet."""
        n = self.sheets.per_entrant()
        judges = np.count_nonzero(self.sheets.per_judge())
        return bool((n[n > 0] == judges).all())

    @cached_property
    def fit(self) -> LeastSquares | None:
        """Least squares, None without a connected design."""
        if not self.connected:
            return None
        return fit_least_squares(Design.of(self.fitted), self.fitted.totals)

    @cached_property
    def huber(self) -> Huber | None:
        """Robust least squares, None without a connected design."""
        return None if self.fit is None else fit_huber(self.fit, self.fitted.totals)

    @cached_property
    def precision(self) -> Precision | None:
        """The precision model, None without a connected design."""
        return None if self.fit is None else fit_precision(self.fit, self.fitted.totals)

    @cached_property
    def precision_scores(self) -> list[float | None]:
        """Unshrunk precision scores by entrant, gross; None where there is none."""
        scores: list[float | None] = [None] * len(self.sheets.entrants)
        if self.fit is not None and self.precision is not None:
            fitted = self.precision.scores.tolist()
            for entrant, score in zip(self.fit.design.entrants.tolist(), fitted, strict=True):
                scores[entrant] = None if score != score else score
        return scores

    @cached_property
    def _averages(self) -> dict[str, Scores]:
        return {}

    def average(self, name: str) -> Scores:
        """One of `AGGREGATORS` over the counted sheets, gross; computed once."""
        if name not in self._averages:
            self._averages[name] = AGGREGATORS[name](self.counted, self.rules)
        return self._averages[name]

    @cached_property
    def eligible(self) -> Integers:
        """Which entrants may be ranked."""
        return np.array([self.entry(e).eligible for e in self.sheets.entrants], dtype=bool)

    @cached_property
    def deductions(self) -> list[Fraction]:
        """Exact deductions in points, by entrant."""
        return [self.entry(entrant).deduction for entrant in self.sheets.entrants]

    def entry(self, entrant: Any) -> Entry:
        """The line of an entrant; an empty one where there is no list."""
        return self.entries.get(entrant, BLANK)

    def spread(self, values: Floats, places: Integers) -> Floats:
        """Values of some entrants (or judges) over all ids, NaN elsewhere; entrants' by default."""
        column = np.full(len(self.sheets.entrants), np.nan)
        column[places] = values
        return column


def take_tally(
    scores: pd.DataFrame,
    rubric: pd.DataFrame | None,
    entrants: pd.DataFrame | None,
    assignments: pd.DataFrame | None,
    rules: Rules,
) -> Tally:
    """Read and check all tables.

    Raises
    ------
    ScoringError
        One of scoring.errors, for the first thing that cannot stand.
    """
    criteria = read_rubric(rubric) if rubric is not None else ()
    entries = read_entries(entrants)
    states = read_assignments(assignments)
    check_known(scores, entries, states)
    counted = read_sheets(scores, criteria, rules, known=list(entries))
    counted, cautions = _without_excused(counted, states)
    names = counted.entrants
    able = np.array([entries.get(e, BLANK).eligible for e in names], dtype=bool)
    sheets = counted.keep(able[counted.entrant]) if len(names) else counted
    fitted = fitted_sheets(sheets)
    cautions = (*counted.cautions, *cautions, *_left_out(sheets, fitted), *_loud(sheets, rules))
    return Tally(rules, entries, states, counted, sheets, fitted, cautions)


def _without_excused(
    sheets: Sheets, states: Mapping[tuple[Any, Any], str]
) -> tuple[Sheets, tuple[Caution, ...]]:
    excused = {pair for pair, state in states.items() if state != "expected"}
    if not excused:
        return sheets, ()
    pairs = [
        (sheets.entrants[e], sheets.judges[j])
        for e, j in zip(sheets.entrant, sheets.judge, strict=True)
    ]
    wanted = np.array([pair not in excused for pair in pairs], dtype=bool)
    cautions = tuple(
        Caution(f"{states[(e, j)]}_sheet", {"entrant": e, "judge": j})
        for e, j in pairs
        if (e, j) in excused
    )
    return sheets.keep(wanted), cautions


def _left_out(sheets: Sheets, fitted: Sheets) -> list[Caution]:
    once = np.flatnonzero(sheets.per_judge() == 1)
    lost = np.flatnonzero((sheets.per_entrant() > 0) & (fitted.per_entrant() == 0))
    return [
        *(Caution("one_sheet_judge", {"judge": sheets.judges[j]}) for j in once),
        *(Caution("unfitted_entrant", {"entrant": sheets.entrants[e]}) for e in lost),
    ]


def _loud(sheets: Sheets, rules: Rules) -> list[Caution]:
    """Totals outside the printed scale: not wrong without a rubric, but rarely meant."""
    if sheets.criteria or not len(sheets.units):
        return []
    lowest, highest = float(sheets.totals.min()), float(sheets.totals.max())
    scale = float(rules.exact("scale_max"))
    above = (
        [Caution("above_scale", {"highest": highest, "scale": scale})] if highest > scale else []
    )
    return [*above, *([Caution("below_zero", {"lowest": lowest})] if lowest < 0 else [])]
