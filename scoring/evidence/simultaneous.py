"""What holds for all entrants at once: rank intervals, the tau-best set, and the seal, by id."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from scoring.evidence.rank_sets import MOST_ENTRANTS, rank_sets, seal, tau_best
from scoring.exact import Floats
from scoring.methods.least_squares import LeastSquares
from scoring.methods.tally import Tally


def simultaneous_ranks(tally: Tally) -> pd.DataFrame:
    """Columns low and high by entrant: 95 % intervals that hold for all ranks together.

    Empty without the error of a fit, and above 1,200 entrants.
    """
    fit = _usable(tally)
    if fit is None:
        return pd.DataFrame({"low": [], "high": []}, dtype="Int64")
    sets = rank_sets(_net(tally, fit), fit.covariance(), seed=_seed(tally), df=fit.df)
    ids = [tally.sheets.entrants[member] for member in fit.design.entrants.tolist()]
    index = pd.Index(ids, name="entrant")
    return pd.DataFrame({"low": sets.low, "high": sets.high}, index=index).astype("Int64")


def may_be_best(tally: Tally) -> tuple[Any, ...]:
    """Ids of the tau-best set at N: all but those with N others better, together at 95 %."""
    fit = _usable(tally)
    if fit is None:
        return ()
    able = tau_best(
        _net(tally, fit), fit.covariance(), tally.rules.top, seed=_seed(tally), df=fit.df
    )
    members = fit.design.entrants[np.flatnonzero(able)].tolist()
    return tuple(tally.sheets.entrants[member] for member in members)


@dataclass(frozen=True)
class Sealed:
    """Whether the selected as a set are certain.

    Attributes
    ----------
    certified
        The pair below differs at 5 %, two-sided, with the one inside ahead.
    inside, outside
        Ids of the pair hardest to tell apart; None without one.
    t, p
        Its statistic, and its unadjusted two-sided p.
    """

    certified: bool
    inside: Any
    outside: Any
    t: float
    p: float


NO_SEAL = Sealed(False, None, None, float("nan"), float("nan"))


def sealed(tally: Tally, selected: frozenset[int]) -> Sealed:
    """Try to certify the selected as a set."""
    fit, ids = tally.fit, tally.sheets.entrants
    if fit is None:
        return NO_SEAL
    members = fit.design.entrants.tolist()
    tried = seal(fit, _net(tally, fit), [member in selected for member in members])
    pair = [None if e is None else ids[members[e]] for e in (tried.inside, tried.outside)]
    return Sealed(tried.certified, pair[0], pair[1], tried.t, tried.p)


def _usable(tally: Tally) -> LeastSquares | None:
    fit = tally.fit
    if fit is None or np.isnan(fit.s2) or len(fit.adjusted) > MOST_ENTRANTS:
        return None
    return fit


def _net(tally: Tally, fit: LeastSquares) -> Floats:
    """Net adjusted scores over the fit's entrants."""
    costs = [float(tally.deductions[int(e)]) for e in fit.design.entrants]
    return np.asarray(fit.adjusted - np.array(costs))


def _seed(tally: Tally) -> int:
    return int(tally.rules.digest[8:16], 16)
