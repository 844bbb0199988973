"""While sheets are missing: who is safe, who is out, whatever the rest will say."""

from fractions import Fraction

import numpy as np
import pandas as pd

from scoring.evidence.safety import seat_states
from scoring.exact import Floats, Integers, divide_rounded, quantize
from scoring.input.rules import Rules
from scoring.input.sheets import Sheets
from scoring.methods.averages import AGGREGATORS
from scoring.methods.deductions import net
from scoring.methods.registry import METHODS
from scoring.methods.tally import Tally
from scoring.rank.quotas import read_quotas

SAFE = 0.95


def bounds_hold(rules: Rules) -> bool:
    """Whether "safe" and "out" are so whatever marks the missing sheets bring.

    Only of announced scores, whose other marks do not move, and only where no later mark can
    widen the open zone beyond what is known now. Severities, and with them adjusted scores, move.
    """
    fixed = rules.at_cut in ("exact", "extend") or rules.exact("band") == 0
    return METHODS[rules.official].printed and (fixed or rules.band_max is not None)


def bounds(tally: Tally, p_top: Floats, half: int = 0) -> pd.DataFrame:
    """Each ranked entrant's lowest and highest possible score, and what follows.

    Expected sheets that are missing are put at the two ends of the scale; recused and absent
    judges are not expected. An announced method is recomputed exactly; any other is bounded by
    the adjusted score with the severities held as they are. Seats are reckoned on published
    scores, with the open zone as wide as it is now (where the bounds hold, as it may become) and
    the group rules.

    Returns
    -------
    DataFrame by entrant: missing, low, high, state ("safe", "contention", "out"), likely (the
    same by probability, with 95 % as the line).
    """
    missing, rules = _missing(tally), tally.rules
    if bounds_hold(rules) and rules.at_cut in ("statistical", "jury") and rules.band_max:
        half = quantize(rules.exact("band_max"), rules.decimals, rules.rounding)
    sheets = zip(tally.counted.slices(), missing, strict=True)
    ranges = [_range(tally, member, own, gone) for member, (own, gone) in enumerate(sheets)]
    able = [m for m, ends in enumerate(ranges) if tally.eligible[m] and ends is not None]
    known = [ends for m in able if (ends := ranges[m]) is not None]
    quotas = read_quotas(tally)
    low, high = (
        np.array([quantize(ends[side], rules.decimals, rules.rounding) for ends in known], int)
        for side in (0, 1)
    )
    groups = [quotas.group_of[member] for member in able]
    return pd.DataFrame(
        {
            "missing": [len(missing[member]) for member in able],
            "low": [float(ends[0]) for ends in known],
            "high": [float(ends[1]) for ends in known],
            "state": seat_states(low, high, groups, quotas, seats=rules.top, half=half),
            "likely": [_likely(float(p_top[member])) for member in able],
        },
        index=pd.Index([tally.sheets.entrants[member] for member in able], name="entrant"),
    )


def _likely(chance: float) -> str:
    return "safe" if chance >= SAFE else "out" if chance <= 1 - SAFE else "contention"


def _missing(tally: Tally) -> list[list[int]]:
    """Judges expected of each entrant who have not handed in a complete sheet."""
    names, judges = tally.counted.entrants, {j: i for i, j in enumerate(tally.counted.judges)}
    done = set(zip(tally.counted.entrant.tolist(), tally.counted.judge.tolist(), strict=True))
    place = {name: index for index, name in enumerate(names)}
    missing: list[list[int]] = [[] for _ in names]
    for (entrant, judge), state in tally.states.items():
        cell = (place[entrant], judges.get(judge, -1)) if entrant in place else None
        if cell is not None and state == "expected" and cell not in done:
            missing[cell[0]].append(cell[1])
    return [sorted(gone) for gone in missing]


def _range(
    tally: Tally, member: int, where: slice, gone: list[int]
) -> tuple[Fraction | float, Fraction | float] | None:
    """Lowest and highest net score; None where there is no sheet and none is expected."""
    rules = tally.rules
    own = tally.counted.keep(np.arange(where.start, where.stop))
    if not gone and not len(own.units):
        return None
    cost = tally.deductions[member]
    low, high = (
        _score(tally, own, member, gone, end) for end in (Fraction(0), rules.exact("scale_max"))
    )
    return net(low, cost), net(high, cost)


def _score(
    tally: Tally, own: Sheets, member: int, gone: list[int], end: Fraction
) -> Fraction | float:
    rules = tally.rules
    if not METHODS[rules.official].printed:
        return _adjusted(tally, own, gone, float(end))
    score = AGGREGATORS[rules.official](_filled(own, member, len(gone), end), rules)[member]
    return float("nan") if score is None else score


def _filled(own: Sheets, member: int, count: int, end: Fraction) -> Sheets:
    """An entrant's sheets with the missing ones at one end of the scale."""
    unit = divide_rounded(np.array([end.numerator * own.denominator]), end.denominator, "half_up")
    marks = [int(c.maximum * own.marks_denominator) if end else 0 for c in own.criteria]
    extra: Integers = np.full(count, -1, dtype=np.int64)
    return Sheets(
        own.entrants,
        own.judges,
        np.concatenate([own.entrant, np.full(count, member)]),
        np.concatenate([own.judge, extra]),
        np.concatenate([own.units, np.repeat(unit, count)]),
        own.denominator,
        np.vstack([own.marks, np.tile(np.array(marks, dtype=np.int64), (count, 1))])
        if own.criteria
        else np.zeros((len(own.units) + count, 0), dtype=np.int64),
        own.marks_denominator,
        own.criteria,
    )


def _adjusted(tally: Tally, own: Sheets, gone: list[int], end: float) -> float:
    severity = np.zeros(len(tally.sheets.judges) + 1)
    if tally.fit is not None:
        severity[tally.fit.design.judges] = tally.fit.severity
    values = [*(own.totals - severity[own.judge]), *(end - severity[judge] for judge in gone)]
    return float(np.mean(values)) if values else float("nan")
