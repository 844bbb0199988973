"""Results made of several rounds: weighted sums of published scores, rounded once."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from scoring.exact import fraction, published, quantize
from scoring.methods import rank_units


def compute_composite(
    scores: Mapping[str, Mapping[Any, Any]],
    weights: Mapping[str, Any],
    *,
    decimals: int = 2,
    rounding: str = "half_up",
) -> pd.DataFrame:
    """Combine published round scores: official = Q(sum W_r * score_r), W exact.

    Parameters
    ----------
    scores
        round -> (entrant -> published score): Decimal, text or number; a Series will do.
    weights
        round -> weight, an exact decimal ("0.3"). Rounds not named here are left out.

    Returns
    -------
    DataFrame indexed by entrant, sorted: official (Decimal or None), rank. An entrant without
    one of the rounds is not ranked.
    """
    shares = {name: fraction(weight) or Fraction(0) for name, weight in weights.items()}
    entrants = sorted({entrant for name in shares for entrant in scores[name].keys()})  # noqa: SIM118
    units = [_combine(entrant, scores, shares, decimals, rounding) for entrant in entrants]
    official: list[Decimal | None] = [
        None if unit is None else published(unit, decimals) for unit in units
    ]
    return pd.DataFrame(
        {
            "official": pd.Series(official, dtype=object, index=entrants),
            "rank": pd.array(rank_units(units), dtype="Int64"),
        },
        index=pd.Index(entrants, name="entrant"),
    )


def _combine(
    entrant: Any,
    scores: Mapping[str, Mapping[Any, Any]],
    shares: Mapping[str, Fraction],
    decimals: int,
    rounding: str,
) -> int | None:
    total = Fraction(0)
    for name, share in shares.items():
        score = fraction(scores[name].get(entrant))
        if score is None:
            return None
        total += share * score
    return quantize(total, decimals, rounding)
