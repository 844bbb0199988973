"""Summary of many simulated contests."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from scoring.simulate.simulation import Trial

TENTHS = 10
ALARM = 0.05


@dataclass(frozen=True)
class Recovery:
    """Sums over trials.

    Attributes
    ----------
    correct : DataFrame
        By rule: mean, se, and gain, gain_se paired against `base`.
    base : str
        The rule that gains are counted from: least squares, or else the first.
    zones : DataFrame
        By band: mean and largest zone, inversions in all, and the commonest deciding key.
    calibration : DataFrame
        By tenth of p_top: n, said (mean p_top) and came (share truly among the N best).
    decided : dict
        Band -> key -> how often it gave the last seat.
    intervals : DataFrame
        Over all and over the selected: n, held (share of rank intervals that hold the true
        rank) and width (places).
    judge : DataFrame
        Home difference and drift of the first judge: n, truth, mean estimate, held, and how
        often the interval leaves 0 out.
    said_to_belong, belong : float
        Means of the sum of the selected's chances, and of how many of them truly belong.
    order_flagged : float
        Share of contests whose running-order test has p < .05; NaN without one.
    """

    correct: pd.DataFrame
    base: str
    zones: pd.DataFrame
    calibration: pd.DataFrame
    decided: dict[str, dict[str, int]]
    intervals: pd.DataFrame
    judge: pd.DataFrame
    said_to_belong: float
    belong: float
    order_flagged: float


def summarise(trials: Sequence[Trial]) -> Recovery:
    """Means, paired differences, calibration by tenths."""
    counts = pd.DataFrame([trial.correct for trial in trials]).astype(float)
    base = "least_squares" if "least_squares" in counts else str(counts.columns[0])
    gains = counts.sub(counts[base], axis=0)
    root = np.sqrt(len(counts))
    correct = pd.DataFrame(
        {
            "mean": counts.mean(),
            "se": counts.std(ddof=0) / root,
            "gain": gains.mean(),
            "gain_se": gains.std(ddof=0) / root,
        }
    )
    sizes = pd.DataFrame([trial.zone for trial in trials])
    inversions = pd.DataFrame([trial.inversions for trial in trials])
    decided = {
        band: dict(Counter(trial.decided[band] for trial in trials).most_common())
        for band in sizes.columns
    }
    zones = pd.DataFrame(
        {"mean": sizes.mean(), "largest": sizes.max(), "inversions": inversions.sum()}
    )
    orders = np.array([trial.order_p for trial in trials])
    orders = orders[~np.isnan(orders)]
    return Recovery(
        correct=correct,
        base=base,
        zones=zones,
        calibration=calibrate(trials),
        decided=decided,
        intervals=intervals(trials),
        judge=first_judge(trials),
        said_to_belong=float(np.mean([trial.p_top[trial.chosen].sum() for trial in trials])),
        belong=float(np.mean([(trial.truth & trial.chosen).sum() for trial in trials])),
        order_flagged=float((orders < ALARM).mean()) if len(orders) else float("nan"),
    )


def intervals(trials: Sequence[Trial]) -> pd.DataFrame:
    """Coverage and mean width of the marginal rank intervals."""
    held = np.concatenate([trial.held for trial in trials])
    width = np.concatenate([trial.width for trial in trials])
    chosen = np.concatenate([trial.chosen for trial in trials])
    known = ~np.isnan(held)
    rows = {}
    for name, among in (("all", known), ("selected", known & chosen)):
        some = bool(among.any())
        rows[name] = {
            "n": int(among.sum()),
            "held": float(held[among].mean()) if some else np.nan,
            "width": float(width[among].mean()) if some else np.nan,
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("among")


def first_judge(trials: Sequence[Trial]) -> pd.DataFrame:
    """Home difference and drift of the first judge, beside the truth; without NaN ones."""
    rows = {}
    for name in ("home", "drift"):
        pairs = [trial.first_judge[name] for trial in trials if name in trial.first_judge]
        values = np.array(pairs, dtype=float).reshape(-1, 4)
        values = values[~np.isnan(values).any(axis=1)]
        if len(values):
            estimate, low, high, truth = values.T
            rows[name] = {
                "n": len(values),
                "truth": float(truth.mean()),
                "estimate": float(estimate.mean()),
                "held": float(((low <= truth) & (truth <= high)).mean()),
                "flagged": float(((low > 0) | (high < 0)).mean()),
            }
    names = ["n", "truth", "estimate", "held", "flagged"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=names).rename_axis("cause")


def calibrate(trials: Sequence[Trial]) -> pd.DataFrame:
    """Share truly among the N best, in each tenth of the chance that was given."""
    said = np.concatenate([trial.p_top for trial in trials])
    truth = np.concatenate([trial.truth for trial in trials])
    known = ~np.isnan(said)
    said, truth = said[known], truth[known]
    tenth = np.minimum((said * TENTHS).astype(int), TENTHS - 1)
    rows = [
        {
            "tenth": f"{place / TENTHS:.1f}–{(place + 1) / TENTHS:.1f}",
            "n": int((tenth == place).sum()),
            "said": float(said[tenth == place].mean()) if (tenth == place).any() else np.nan,
            "came": float(truth[tenth == place].mean()) if (tenth == place).any() else np.nan,
        }
        for place in range(TENTHS)
    ]
    return pd.DataFrame(rows).set_index("tenth")
