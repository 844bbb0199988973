"""While sheets are missing: who is safe, who is out, whatever the rest will say."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pandas as pd

from scoring.announced import AGGREGATORS
from scoring.exact import Integers, divide_rounded
from scoring.methods import net
from scoring.sheets import Sheets
from scoring.tally import Tally

SAFE = 0.95


def bounds(tally: Tally, p_top: Sequence[float]) -> pd.DataFrame:
    """Each ranked entrant's lowest and highest possible score, and what follows.

    Expected sheets that are missing are put at the two ends of the scale; recused and absent
    judges are not expected. An announced method is recomputed exactly; any other is bounded by
    the adjusted score with the severities held as they are.

    Returns
    -------
    DataFrame by entrant: missing, low, high, state ("safe", "contention", "out"), likely (the
    same by probability, with 95 % as the line).
    """
    missing = _missing(tally)
    rows = [_range(tally, member, gone) for member, gone in enumerate(missing)]
    low, high = (np.array([row[end] for row in rows]) for end in (0, 1))
    able = tally.eligible & ~np.isnan(low)
    top = tally.rules.top
    states = []
    for member in range(len(rows)):
        others = able & (np.arange(len(rows)) != member)
        threats = int((others & (high >= low[member])).sum())
        ahead = int((others & (low > high[member])).sum())
        states.append("safe" if threats < top else "out" if ahead >= top else "contention")
    frame = pd.DataFrame(
        {
            "missing": [len(gone) for gone in missing],
            "low": low,
            "high": high,
            "state": states,
            "likely": [_likely(chance) for chance in p_top],
        },
        index=pd.Index(tally.sheets.entrants, name="entrant"),
    )
    return pd.DataFrame(frame[able])


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


def _range(tally: Tally, member: int, gone: list[int]) -> tuple[float, float]:
    rules = tally.rules
    own = tally.counted.keep(tally.counted.entrant == member)
    if not gone and not len(own.units):
        return float("nan"), float("nan")
    cost = tally.deductions[member]
    ends = []
    for end in (Fraction(0), rules.exact("scale_max")):
        if rules.official in AGGREGATORS:
            filled = _filled(own, member, len(gone), end)
            score = AGGREGATORS[rules.official](filled, rules)[member]
            ends.append(float("nan") if score is None else float(net(score, cost)))
        else:
            ends.append(_adjusted(tally, own, gone, float(end)) - float(cost))
    return ends[0], ends[1]


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
