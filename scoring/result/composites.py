"""Results made of several parts: weighted sums of published scores, rounded once."""

from collections.abc import Collection, Mapping, Sequence
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
from scoring.rank.quotas import Quotas, check_groups
from scoring.rank.ranking import Ranking, band_width, no_band, place_all
from scoring.rank.selection import select
from scoring.result.composite import Composite
from scoring.result.standings import Standings


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
    outside: Mapping[str, Mapping[Any, Any]] | None = None,
    rules: Rules = Rules(),  # noqa: B008 - frozen
    entrants: pd.DataFrame | None = None,
    rulings: pd.DataFrame | None = None,
) -> Composite:
    """Rank and cut a result made of rounds and of scores given outside any round.

    Parameters
    ----------
    rounds
        part -> standings of its round.
    weights
        part -> weight, exact; all parts named here are required of an entrant.
    outside
        part -> (entrant -> score), for parts that are no rounds; their error is not known and
        adds nothing to SED.
    rules
        top, at_cut, band, keys, decimals, groups of the composite; its keys may be precision,
        mean_all, more_decimals, first_criteria (a part's name), ruling and lots.
    entrants
        As for a round; deductions belong to rounds. Where given, only these are ranked.
    rulings
        As for a round.
    """
    shares, given = _shares(weights), outside or {}
    entries = read_entries(entrants)
    known = [*(rounds[name].scores.index for name in shares if name in rounds), *given.values()]
    ids = sorted(entries) if entries else sorted({e for part in known for e in part})
    columns: dict[str, Column] = {
        name: _weighted(
            [
                _values(rounds[part].scores[name]) if part in rounds else _exact(given[part])
                for part in shares
            ],
            shares,
            ids,
        )
        for name in ("official", "precision", "mean")
    }
    parts = _parts(shares, rounds, given, ids)
    able = [entries.get(entrant, Entry()).eligible for entrant in ids]
    group_of = {i: entries.get(e, Entry()).group for i, e in enumerate(ids)}
    check_groups(rules, {group for group in group_of.values() if group is not None})
    case = CompositeCase(rules, ids, read_rulings(rulings, ids), columns, parts)
    ranking = _ranked(case, able, Quotas(rules.groups, group_of), [*_rounds(rounds, shares)])
    return Composite(rules, ids, shares, parts, ranking, _frame(case, ranking, group_of))


def _ranked(
    case: CompositeCase,
    able: Sequence[bool],
    quotas: Quotas,
    weighed: Sequence[tuple[Fraction, Standings]],
) -> Ranking:
    rules, official = case.rules, case.columns["official"]
    units = [
        quantize(score, rules.decimals, rules.rounding) if yes and score is not None else None
        for score, yes in zip(official, able, strict=True)
    ]
    sed = float(np.sqrt(sum(float(w) ** 2 * one.ranking.sed**2 for w, one in weighed)))
    half, cautions = _half([one for _, one in weighed], rules, sed)
    chain: Any = case
    chosen = select(chain, units, quotas, half=half, sed=sed)
    places, by = place_all(chain, units, chosen)
    return Ranking(
        official, units, rank_units(units), places, by, chosen, sed, half, tuple(cautions)
    )


def _frame(case: CompositeCase, ranking: Ranking, group_of: Mapping[int, Any]) -> pd.DataFrame:
    ids, ranks, chosen = case.ids, ranking.ranks, ranking.selection
    labels = [
        "open" if i in chosen.open else "in" if i in chosen.selected else "out"
        for i in range(len(ids))
    ]
    decimals = case.rules.decimals
    official = [None if unit is None else published(unit, decimals) for unit in ranking.units]
    frame = pd.DataFrame(
        {
            "rank": pd.array(ranks, dtype="Int64"),
            "place": pd.array(ranking.places, dtype="Int64"),
            "tied": [rank is not None and ranks.count(rank) > 1 for rank in ranks],
            "selected": [i in chosen.selected for i in range(len(ids))],
            "official": pd.Series(official, dtype=object, index=ids),
            "in_zone": [i in chosen.open for i in range(len(ids))],
            "label": labels,
            "decided_by": ranking.by,
            "n_judges": case.parts.notna().sum(axis=1).astype(int).to_numpy(),
            "deduction": 0,
            "comparable": True,
            "group": pd.Series([group_of[i] for i in range(len(ids))], dtype=object, index=ids),
        },
        index=pd.Index(ids, name="entrant"),
    )
    return frame.sort_values("place", kind="stable", na_position="last")


def _shares(weights: Mapping[str, Any]) -> dict[str, Fraction]:
    shares = {name: fraction(weight) or Fraction(0) for name, weight in weights.items()}
    if sum(shares.values()) != 1:
        raise WeightsDoNotSum(total=decimal_text(sum(shares.values(), Fraction(0))))
    return shares


def _rounds(
    rounds: Mapping[str, Standings], shares: Mapping[str, Fraction]
) -> list[tuple[Fraction, Standings]]:
    return [(share, rounds[name]) for name, share in shares.items() if name in rounds]


def _parts(
    shares: Collection[str],
    rounds: Mapping[str, Standings],
    given: Mapping[str, Mapping[Any, Any]],
    ids: Sequence[Any],
) -> pd.DataFrame:
    """Each part's published score by entrant."""
    columns = {
        name: (rounds[name].scores["official"].to_dict() if name in rounds else given[name])
        for name in shares
    }
    figures = {
        name: [None if (v := scores.get(e)) is None else Decimal(str(v)) for e in ids]
        for name, scores in columns.items()
    }
    return pd.DataFrame(figures, index=pd.Index(ids, name="entrant"), dtype=object)


def _exact(scores: Mapping[Any, Any]) -> dict[Any, Fraction | float | None]:
    return {entrant: fraction(score) for entrant, score in scores.items()}


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
    """Weighted sums over the parts; None for an entrant without one of them."""
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
