"""Terms of one entrant's sheets under the methods that rescale each judge."""

from collections.abc import Callable
from decimal import Decimal, localcontext

import numpy as np

from scoring.exact import Floats
from scoring.methods.tally import Tally
from scoring.recipes.rows import Row, Rows, Seats, Terms, own_sheets


def per_judge(
    given: Callable[[Floats, float], dict[str, float]],
    redo: Callable[[Decimal, Terms, Terms], Decimal],
) -> Callable[[Tally, int, Seats], Rows]:
    """A method that looks at all sheets of each judge."""

    def gather(tally: Tally, member: int, seats: Seats) -> Rows:  # noqa: ARG001
        sheets = tally.sheets
        rows = []
        for row, judge, total in own_sheets(tally, member):
            theirs = sheets.totals[sheets.judge == int(tally.counted.judge[row])]
            own = float(total)
            rows.append(Row(judge, total, given(theirs, own)))
        return Rows(tuple(rows), redo, {"scale_max": tally.rules.exact("scale_max")})

    return gather


def _spread(totals: Floats, own: float) -> dict[str, float]:  # noqa: ARG001
    sd = float(totals.std(ddof=1)) if len(totals) > 1 and np.ptp(totals) > 0 else 0.0
    return {"judge_mean": float(totals.mean()), "judge_sd": sd}


def _standard(total: Decimal, terms: Terms, facts: Terms) -> Decimal:  # noqa: ARG001
    with localcontext(prec=50):
        sd = terms["judge_sd"]
        return (total - terms["judge_mean"]) / sd if sd else Decimal(0)


def _range(totals: Floats, own: float) -> dict[str, float]:  # noqa: ARG001
    return {"judge_low": float(totals.min()), "judge_high": float(totals.max())}


def _stretched(total: Decimal, terms: Terms, facts: Terms) -> Decimal:
    width = terms["judge_high"] - terms["judge_low"]
    with localcontext(prec=50):
        if not width:
            return facts["scale_max"] / 2
        return facts["scale_max"] * (total - terms["judge_low"]) / width


def _beaten(totals: Floats, own: float) -> dict[str, float]:
    beaten = int((totals < own).sum()) + (int((totals == own).sum()) - 1) / 2
    return {"beaten": beaten, "judge_others": len(totals) - 1}


def _share(total: Decimal, terms: Terms, facts: Terms) -> Decimal:  # noqa: ARG001
    with localcontext(prec=50):
        others = terms["judge_others"]
        return facts["scale_max"] * terms["beaten"] / others if others else facts["scale_max"] / 2


zscore = per_judge(_spread, _standard)
minmax = per_judge(_range, _stretched)
rank = per_judge(_beaten, _share)
