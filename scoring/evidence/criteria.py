"""Contribution of each criterion to the order."""

import numpy as np
import pandas as pd

from scoring.methods.tally import Tally


def criteria_frame(tally: Tally) -> pd.DataFrame:
    """weight, max, spread, correlation, share; by criterion.

    Over the entrants' mean marks: spread in points of the printed scale, correlation with the
    total, and the share of the total's variance that the criterion contributed (they sum to 1).
    """
    sheets, criteria = tally.sheets, tally.sheets.criteria
    frame = pd.DataFrame(
        {
            "weight": [float(criterion.weight) for criterion in criteria],
            "max": [float(criterion.maximum) for criterion in criteria],
        },
        index=pd.Index([criterion.name for criterion in criteria], name="criterion"),
        dtype=float,
    )
    n = sheets.per_entrant()
    seen = n > 0
    scale = float(tally.rules.exact("scale_max"))
    columns = []
    for place, criterion in enumerate(criteria):
        marks = sheets.marks[:, place].astype(float) / sheets.marks_denominator
        sums = np.bincount(sheets.entrant, weights=marks, minlength=len(n))[seen]
        columns.append(sums / n[seen] * float(criterion.weight / criterion.maximum) * scale)
    parts = np.array(columns).reshape(len(criteria), int(seen.sum()))
    total = parts.sum(axis=0)
    whole = float(total.var()) if parts.size else 0.0
    frame["spread"] = parts.std(axis=1) if parts.size else np.nan
    covariances = (
        ((parts - parts.mean(axis=1, keepdims=True)) * (total - total.mean())).mean(axis=1)
        if parts.size
        else np.full(len(criteria), np.nan)
    )
    known = whole > 1e-12
    frame["share"] = covariances / whole if known else np.nan
    spread = frame["spread"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        correlation = covariances / (spread * np.sqrt(whole)) if known else spread * np.nan
    frame["correlation"] = np.where(spread > 0, correlation, np.nan)
    return frame
