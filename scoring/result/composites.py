"""Results made of several rounds: weighted sums of published scores, rounded once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from scoring.cautions import Caution
from scoring.errors import WeightsDoNotSum
from scoring.exact import decimal_text, fraction, published, quantize
from scoring.input.entries import Entry, read_entries
from scoring.input.rules import Rules
from scoring.input.rulings import read_rulings
from scoring.methods.registry import rank_units
from scoring.rank.composite_keys import Column, CompositeCase
from scoring.rank.decisions import Decision
from scoring.rank.quotas import Quotas, check_groups
from scoring.rank.ranking import band_width, no_band, place_all
from scoring.rank.selection import select
from scoring.result.standings import Standings


@dataclass(frozen=True)
class Composite:
    """A result made of rounds.

    Attributes
    ----------
    entrants
        By place: rank, place, tied, selected, official (Decimal or None), in_zone, label,
        decided_by.
    H, width, sed
        As in a round's cut; SED^2 = sum W_r^2 SED_r^2.
    decisions, warnings
        As in a round.
    """

    entrants: pd.DataFrame
    H: int
    width: Decimal
    sed: float
    decisions: tuple[Decision, ...]
    warnings: tuple[Caution, ...]


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
        round -> weight, an exact decimal ("0.3"); they sum to exactly 1. Rounds not named here
        are left out.

    Raises
    ------
    WeightsDoNotSum
        Weights are never renormalised.

    Returns
    -------
    DataFrame indexed by entrant, sorted: official (Decimal or None), rank. An entrant without
    one of the rounds is not ranked.
    """
    shares = _shares(weights)
    entrants = sorted({entrant for name in shares for entrant in scores[name].keys()})  # noqa: SIM118
    exact = [{e: fraction(value) for e, value in scores[name].items()} for name in shares]
    sums = _weighted(exact, shares, entrants)
    units = [None if score is None else quantize(score, decimals, rounding) for score in sums]
    official = [None if unit is None else published(unit, decimals) for unit in units]
    return pd.DataFrame(
        {
            "official": pd.Series(official, dtype=object, index=entrants),
            "rank": pd.array(rank_units(units), dtype="Int64"),
        },
        index=pd.Index(entrants, name="entrant"),
    )


def rank_composite(
    rounds: Mapping[str, Standings],
    weights: Mapping[str, Any],
    *,
    rules: Rules = Rules(),  # noqa: B008 - frozen
    entrants: pd.DataFrame | None = None,
    rulings: pd.DataFrame | None = None,
) -> Composite:
    """Rank and cut a result made of rounds.

    Parameters
    ----------
    rounds
        round -> its standings.
    weights
        round -> weight, exact; all rounds named here are required of an entrant.
    rules
        top, at_cut, band, keys, decimals, groups of the composite; its keys may be precision,
        mean_all, more_decimals, ruling and lots.
    entrants, rulings
        As for a round; deductions belong to rounds.
    """
    shares = _shares(weights)
    entries = read_entries(entrants)
    ids = sorted({*entries, *(e for name in shares for e in rounds[name].scores.index)})
    tables = [rounds[name].scores for name in shares]
    columns: dict[str, Column] = {
        name: _weighted([_values(table[name]) for table in tables], shares, ids)
        for name in ("official", "precision", "mean")
    }
    units = [
        quantize(score, rules.decimals, rules.rounding)
        if score is not None and entries.get(entrant, Entry()).eligible
        else None
        for entrant, score in zip(ids, columns["official"], strict=True)
    ]
    case: Any = CompositeCase(rules, ids, read_rulings(rulings, ids), columns)
    quotas = Quotas(rules.groups, {i: entries.get(e, Entry()).group for i, e in enumerate(ids)})
    check_groups(rules, {group for group in quotas.group_of.values() if group is not None})
    sed = float(np.sqrt(sum(float(w) ** 2 * rounds[n].ranking.sed ** 2 for n, w in shares.items())))
    half, cautions = _half([rounds[name] for name in shares], rules, sed)
    chosen = select(case, units, quotas, half=half, sed=sed)
    places, by = place_all(case, units, chosen)
    ranks = rank_units(units)
    labels = [
        "open" if i in chosen.open else "in" if i in chosen.selected else "out"
        for i in range(len(ids))
    ]
    official = [None if unit is None else published(unit, rules.decimals) for unit in units]
    frame = pd.DataFrame(
        {
            "rank": pd.array(ranks, dtype="Int64"),
            "place": pd.array(places, dtype="Int64"),
            "tied": [rank is not None and ranks.count(rank) > 1 for rank in ranks],
            "selected": [i in chosen.selected for i in range(len(ids))],
            "official": pd.Series(official, dtype=object, index=ids),
            "in_zone": [i in chosen.open for i in range(len(ids))],
            "label": labels,
            "decided_by": by,
        },
        index=pd.Index(ids, name="entrant"),
    )
    frame = frame.sort_values("place", kind="stable", na_position="last")
    width = published(2 * half, rules.decimals)
    return Composite(frame, half, width, sed, chosen.decisions, tuple(cautions))


def _shares(weights: Mapping[str, Any]) -> dict[str, Fraction]:
    shares = {name: fraction(weight) or Fraction(0) for name, weight in weights.items()}
    if sum(shares.values()) != 1:
        raise WeightsDoNotSum(total=decimal_text(sum(shares.values(), Fraction(0))))
    return shares


def _values(column: "pd.Series[Any]") -> dict[Any, Fraction | float | None]:
    """Published Decimals exactly, floats as they are, nothing for NaN."""
    scores: dict[Any, Fraction | float | None] = {}
    for entrant, value in column.items():
        known = None if value is None or value != value else value
        scores[entrant] = fraction(known) if isinstance(known, Decimal) else known
    return scores


def _weighted(
    scores: Sequence[Mapping[Any, Any]], shares: Mapping[str, Fraction], ids: Sequence[Any]
) -> Column:
    """Weighted sums over the rounds; None for an entrant without one of them."""
    sums: Column = []
    for entrant in ids:
        parts = [part for score in scores if (part := score.get(entrant)) is not None]
        if len(parts) < len(scores):
            sums.append(None)
        elif all(isinstance(part, Fraction) for part in parts):
            pairs = zip(shares.values(), parts, strict=True)
            sums.append(sum((share * part for share, part in pairs), Fraction(0)))
        else:
            pairs = zip(shares.values(), parts, strict=True)
            sums.append(sum(float(share) * float(part) for share, part in pairs))
    return sums


def _half(rounds: Sequence[Standings], rules: Rules, sed: float) -> tuple[int, list[Caution]]:
    """H of a composite: 0 where one of its rounds has none, and why."""
    if rules.at_cut in ("exact", "extend"):
        return 0, []
    reasons = [reason for standings in rounds if (reason := no_band(standings.tally))]
    if reasons:
        return 0, [Caution(f"no_band_{reasons[0]}")]
    return band_width(rules, sed), []
