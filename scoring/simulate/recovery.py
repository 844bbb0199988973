"""What many simulated contests show together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from scoring.simulate.simulation import Trial

TENTHS = 10


@dataclass(frozen=True)
class Recovery:
    """Sums over trials.

    Attributes
    ----------
    correct : DataFrame
        By rule: mean, se, and gain, gain_se paired against least squares.
    zones : DataFrame
        By band: mean and largest zone, inversions in all, and the commonest deciding key.
    calibration : DataFrame
        By tenth of p_top: n, said (mean p_top) and came (share truly among the N best).
    decided : dict
        Band -> key -> how often it gave the last seat.
    """

    correct: pd.DataFrame
    zones: pd.DataFrame
    calibration: pd.DataFrame
    decided: dict[str, dict[str, int]]


def summarise(trials: Sequence[Trial]) -> Recovery:
    """Means, paired differences, calibration by tenths."""
    found = pd.DataFrame([trial.correct for trial in trials]).astype(float)
    base = found["least_squares"] if "least_squares" in found else found.iloc[:, 0]
    gains = found.sub(base, axis=0)
    root = np.sqrt(len(found))
    correct = pd.DataFrame(
        {
            "mean": found.mean(),
            "se": found.std(ddof=0) / root,
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
    return Recovery(correct, zones, calibrate(trials), decided)


def calibrate(trials: Sequence[Trial]) -> pd.DataFrame:
    """How often those given a chance in each tenth were truly among the N best."""
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
