"""The tie-break keys: each gives the members of a tied set a value, or says why it cannot.

A key is computed once for the set still tied when it is reached, and decides where its
quantised values differ. Adding one is a function and a line in `TIE_BREAK_KEYS`.
"""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from scoring.exact import Floats, Integers, quantize
from scoring.input.rules import Rules
from scoring.input.rulings import Rulings
from scoring.input.sheets import Sheets
from scoring.methods.averages import majority_value, mean
from scoring.methods.deductions import net
from scoring.methods.least_squares import Design, fit_least_squares
from scoring.methods.precision import fit_precision
from scoring.methods.registry import Score
from scoring.methods.tally import Tally
from scoring.rank.pairs import Pair, compare
from scoring.rank.readings import pool_readings

Value = tuple[int | Fraction, ...]
Tied = Sequence[int]
Key = Callable[[Any, Tied, str], dict[int, Value]]


class Undefined(Exception):
    """The key says nothing about this set; `reason` is a code, words under ``reason.<code>``."""

    def __init__(self, reason: str, *, waits: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.waits = waits


@dataclass(frozen=True)
class Case:
    """Data that a key reads: the tally, the official scores (gross), and entered rulings."""

    tally: Tally
    official: Sequence[Score]
    rulings: Rulings

    @property
    def ids(self) -> list[Any]:
        """Entrants' ids by index."""
        return self.tally.sheets.entrants

    @property
    def rules(self) -> Rules:
        """The round's rules."""
        return self.tally.rules

    @cached_property
    def judge_places(self) -> Integers:
        """Each sheet's place with its judge."""
        return judge_places(self.tally.sheets)

    def criterion_scores(self, column: int) -> Floats:
        """Adjusted scores on one criterion, on the printed scale, by entrant."""
        if column not in self._criteria:
            sheets, rules = self.tally.fitted, self.tally.rules
            assert self.tally.fit is not None
            top = sheets.criteria[column].maximum * sheets.marks_denominator
            marks = sheets.marks[:, column].astype(float) * float(rules.exact("scale_max") / top)
            fit = fit_least_squares(self.tally.fit.design, marks)
            self._criteria[column] = self.tally.spread(fit.adjusted, fit.design.entrants)
        return self._criteria[column]

    @cached_property
    def _criteria(self) -> dict[int, Floats]:
        return {}

    @property
    def registry(self) -> Mapping[str, Key]:
        """The keys there are."""
        return TIE_BREAK_KEYS

    def compare(self, units: Mapping[int, int], sed: float, pair: tuple[int, int]) -> Pair:
        """The evidence about two ranked entrants."""
        return compare(self.tally, units, sed, pair)

    def published(self, scores: Sequence[Score], tied: Tied, decimals: int) -> dict[int, Value]:
        """Net scores of the tied, quantised; a key without one of them is undefined."""
        rules, costs = self.tally.rules, self.tally.deductions
        values: dict[int, Value] = {}
        for member in tied:
            score = scores[member]
            if score is None:
                raise Undefined("no_value")
            values[member] = (quantize(net(score, costs[member]), decimals, rules.rounding),)
        return values


def precision(case: Case, tied: Tied, detail: str) -> dict[int, Value]:  # noqa: ARG001
    """The unshrunk precision score, net, at the published decimals."""
    if case.tally.rules.official == "precision":
        raise Undefined("already_official")
    return case.published(case.tally.precision_scores, tied, case.tally.rules.decimals)


def least_squares_tied(case: Case, tied: Tied, detail: str) -> dict[int, Value]:  # noqa: ARG001
    """Least squares refitted on the tied set and its judges, net."""
    sheets = case.tally.fitted
    rows = sheets.rows_of(tied)
    _, judge, n = np.unique(sheets.judge[rows], return_inverse=True, return_counts=True)
    rows = rows[n[judge] > 1]
    design = Design.of_pairs(sheets.entrant[rows], sheets.judge[rows])
    if len(design.entrants) < len(tied) or not design.connected:
        raise Undefined("disconnected")
    if design.df <= 0:
        raise Undefined("no_degrees_of_freedom")
    fit = fit_least_squares(design, sheets.units[rows].astype(float) / sheets.denominator)
    scores: list[Score] = [None] * len(case.ids)
    for index, score in zip(design.entrants.tolist(), fit.adjusted.tolist(), strict=True):
        scores[index] = score
    return case.published(scores, tied, case.tally.rules.decimals)


def first_criteria(case: Case, tied: Tied, detail: str) -> dict[int, Value]:
    """The adjusted score on one criterion, on the printed scale."""
    sheets, rules = case.tally.fitted, case.tally.rules
    names = [criterion.name for criterion in sheets.criteria]
    if detail not in names:
        raise Undefined("no_such_criterion")
    if case.tally.fit is None:
        raise Undefined("disconnected")
    scores = case.criterion_scores(names.index(detail))
    values = scores[list(tied)].tolist()
    if np.isnan(values).any():
        raise Undefined("no_value")
    return {
        m: (quantize(value, rules.decimals, rules.rounding),)
        for m, value in zip(tied, values, strict=True)
    }


def countback(case: Case, tied: Tied, detail: str) -> dict[int, Value]:  # noqa: ARG001
    """Number of judges who placed an entrant among the first N, then N halved down to 1."""
    tally = case.tally
    if not tally.complete:
        raise Undefined("incomplete_panel")
    places = case.judge_places
    size = int(np.count_nonzero(tally.sheets.per_entrant()))
    tops = []
    top = tally.rules.top
    while top >= 1:
        tops.append(top)
        top //= 2
    values: dict[int, Value] = {}
    for member in tied:
        own = places[tally.sheets.rows_of([member])]
        if not len(own):
            raise Undefined("no_value")
        limits = [max(1, size * top // size) for top in tops]
        values[member] = tuple(int((own <= limit).sum()) for limit in limits)
    return values


def judge_places(sheets: Sheets) -> Integers:
    """Each sheet's place with its judge: 1 + how many that judge scored strictly higher."""
    places = np.zeros(len(sheets.units), dtype=np.int64)
    for judge in np.unique(sheets.judge):
        rows = np.flatnonzero(sheets.judge == judge)
        units = sheets.units[rows]
        ordered = np.sort(units)
        places[rows] = 1 + len(units) - np.searchsorted(ordered, units, side="right")
    return places


def reading(case: Case, tied: Tied, detail: str) -> dict[int, Value]:  # noqa: ARG001
    """The precision score once second readings have joined the sheets there were, net.

    Raises
    ------
    RulingError
        Where the readers differ between the open entrants, or had scored one of them.
    """
    pooled = pool_readings(case.tally, case.rulings, tied)
    if pooled is None:
        raise Undefined("awaiting_reading", waits=True)
    design, totals = pooled
    if not design.connected:
        raise Undefined("disconnected")
    fit = fit_least_squares(design, totals)
    scores: list[Score] = [None] * len(case.ids)
    for index, score in zip(
        design.entrants.tolist(), fit_precision(fit, totals).scores.tolist(), strict=True
    ):
        scores[index] = None if score != score else score
    return case.published(scores, tied, case.tally.rules.decimals)


def ruling(case: Case, tied: Tied, detail: str) -> dict[int, Value]:  # noqa: ARG001
    """A ruling of the panel, entered; until then everything waits."""
    drawn = all(case.ids[member] in case.rulings.lot for member in tied)
    return _entered(case, case.rulings.ruling, tied, "awaiting_ruling", waits=not drawn)


def lots(case: Case, tied: Tied, detail: str) -> dict[int, Value]:  # noqa: ARG001
    """A physical draw recorded, or ascending SHA-256 under the sealed seed."""
    rules, ids = case.rules, case.ids
    if rules.seed is None or all(ids[member] in case.rulings.lot for member in tied):
        return _entered(case, case.rulings.lot, tied, "awaiting_lots", waits=True)
    return {m: (-int(lot_digest(rules, ids[m]), 16),) for m in tied}


def lot_digest(rules: Any, entrant: Any) -> str:
    """SHA-256 of the JSON array [competition id, round id, seed, entrant id], no spaces, NFC.

    An id that is no text stands as its text.
    """
    parts = [rules.competition_id, rules.round_id, rules.seed, str(entrant)]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def more_decimals(case: Case, tied: Tied, detail: str) -> dict[int, Value]:  # noqa: ARG001
    """The official score at six decimals."""
    return case.published(case.official, tied, 6)


def mean_all(case: Case, tied: Tied, detail: str) -> dict[int, Value]:  # noqa: ARG001
    """The mean of all counted judges, none dropped, net, at the published decimals."""
    rules = case.tally.rules
    return case.published(list(mean(case.tally.counted, rules)), tied, rules.decimals)


def majority_judgment(case: Case, tied: Tied, detail: str) -> dict[int, Value]:  # noqa: ARG001
    """Lower medians taken away one by one (Balinski & Laraki 2007), net."""
    sheets = case.tally.counted
    own = {member: sheets.units[sheets.rows_of([member])].tolist() for member in tied}
    longest = int(np.lcm.reduce([len(units) for units in own.values()]))
    if longest == 0 or longest > 10_000:
        raise Undefined("no_value")
    values: dict[int, Value] = {}
    for member, units in own.items():
        repeated = units * (longest // len(units))
        cost = case.tally.deductions[member]
        grades = majority_value(repeated)
        values[member] = tuple(Fraction(grade, sheets.denominator) - cost for grade in grades)
    return values


def _entered(
    case: Case, places: Mapping[Any, Fraction], tied: Tied, reason: str, *, waits: bool
) -> dict[int, Value]:
    if any(case.ids[member] not in places for member in tied):
        raise Undefined(reason, waits=waits)
    return {member: (-places[case.ids[member]],) for member in tied}


TIE_BREAK_KEYS: dict[str, Key] = {
    "reading": reading,
    "precision": precision,
    "least_squares_tied": least_squares_tied,
    "first_criteria": first_criteria,
    "countback": countback,
    "ruling": ruling,
    "lots": lots,
    "more_decimals": more_decimals,
    "mean_all": mean_all,
    "majority_judgment": majority_judgment,
}


def chain(rules: Rules) -> list[tuple[str, str]]:
    """The round's keys in order, each with its detail (the criterion).

    Majority judgment goes first where the median is official.
    """
    keys: list[tuple[str, str]] = []
    if rules.official == "median" and "majority_judgment" not in rules.keys:
        keys.append(("majority_judgment", ""))
    for key in rules.keys:
        if key == "first_criteria":
            keys += [(key, name) for name in rules.first_criteria]
        else:
            keys.append((key, ""))
    return keys
