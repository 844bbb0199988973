"""The result of a round: scores, ranks and everything shown beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from scoring.announced import mean, trimmed
from scoring.cautions import Caution
from scoring.errors import NoScores
from scoring.exact import published, quantize
from scoring.graph import Component
from scoring.methods import METHODS, Score, official_scores
from scoring.plain import plain
from scoring.rules import Rules
from scoring.tally import Tally, take_tally


@dataclass(frozen=True)
class Standings:
    """The public result; see design of the columns in docs/scoring-methods.md."""

    rules: Rules
    tally: Tally
    entrants: pd.DataFrame
    judges: pd.DataFrame
    criteria: pd.DataFrame
    components: tuple[Component, ...]
    warnings: tuple[Caution, ...]

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain data, with these names; published figures stay Decimal."""
        return {
            "rules": self.rules.to_dict(),
            "entrants": plain(self.entrants),
            "judges": plain(self.judges),
            "criteria": plain(self.criteria),
            "components": plain(self.components),
            "warnings": [{"code": c.code, **plain(c.values)} for c in self.warnings],
        }


def compute_standings(
    scores: pd.DataFrame,
    rubric: pd.DataFrame | None = None,
    *,
    entrants: pd.DataFrame | None = None,
    assignments: pd.DataFrame | None = None,
    rulings: pd.DataFrame | None = None,
    rules: Rules = Rules(),  # noqa: B008 - frozen
) -> Standings:
    """Score, rank and cut a round.

    Parameters
    ----------
    scores
        entrant, judge, [criterion,] score; one row per mark.
    rubric
        criterion, max, [weight, step]; needed where scores have a criterion.
    entrants
        entrant, [group, order, deduction, eligible].
    assignments
        entrant, judge, state in expected, recused, absent.
    rulings
        kind in ruling, lot, reading; entrant; value; judge for readings.

    Raises
    ------
    ScoringError
        One of `scoring.errors`; nothing is repaired silently.
    """
    tally = take_tally(scores, rubric, entrants, assignments, rules)
    if not tally.sheets.entrants:
        raise NoScores()
    official = official_scores(tally)
    units = net_units(tally, official)
    frame = _entrant_frame(tally, official, units)
    return Standings(
        rules=rules,
        tally=tally,
        entrants=frame,
        judges=_judge_frame(tally),
        criteria=_criteria_frame(tally),
        components=tally.components,
        warnings=(*tally.cautions, *_method_cautions(tally)),
    )


def net_units(tally: Tally, scores: Sequence[Score]) -> list[int | None]:
    """Published scores as integers Q: net of deductions, rounded once."""
    rules = tally.rules
    return [
        None if score is None else quantize(net(score, cost), rules.decimals, rules.rounding)
        for score, cost in zip(scores, tally.deductions, strict=True)
    ]


def net(score: Fraction | float, deduction: Fraction) -> Fraction | float:
    """A score less its deduction: exact where the score is, otherwise a float."""
    return score - deduction if isinstance(score, Fraction) else score - float(deduction)


def rank_units(units: Sequence[int | None]) -> list[int | None]:
    """1, 2, 2, 4: one more than how many have a higher published score."""
    ordered = sorted((unit for unit in units if unit is not None), reverse=True)
    first: dict[int, int] = {}
    for place, unit in enumerate(ordered, start=1):
        first.setdefault(unit, place)
    return [None if unit is None else first[unit] for unit in units]


def _net_floats(tally: Tally, scores: Sequence[Score]) -> list[float]:
    return [
        float("nan") if score is None else float(net(score, cost))
        for score, cost in zip(scores, tally.deductions, strict=True)
    ]


def _entrant_frame(
    tally: Tally, official: Sequence[Score], units: Sequence[int | None]
) -> pd.DataFrame:
    rules, counted, fit = tally.rules, tally.counted, tally.fit
    ranks = rank_units(units)
    shared = {rank for rank in ranks if rank is not None and ranks.count(rank) > 1}
    n = counted.per_entrant()
    frame = pd.DataFrame(
        {
            "rank": pd.array(ranks, dtype="Int64"),
            "place": pd.array(ranks, dtype="Int64"),
            "tied": [rank in shared for rank in ranks],
            "selected": [rank is not None and rank <= rules.top for rank in ranks],
            "label": ["in" if r is not None and r <= rules.top else "out" for r in ranks],
            "official": pd.Series(
                [None if unit is None else published(unit, rules.decimals) for unit in units],
                dtype=object,
            ),
            "unrounded": _net_floats(tally, official),
            "mean": _net_floats(tally, list(mean(counted, rules))),
            "trimmed": _net_floats(tally, list(trimmed(counted, rules))),
            "comparable": n >= rules.trim_needs,
            "adjusted": _net_floats(tally, METHODS["least_squares"].score(tally)),
            "adjusted_se": (
                np.full(len(n), np.nan)
                if fit is None
                else tally.spread(fit.adjusted_se(), fit.design.entrants)
            ),
            "n_judges": n,
            "deduction": [float(cost) for cost in tally.deductions],
            "group": pd.Series([tally.entry(e).group for e in counted.entrants], dtype=object),
        },
    )
    frame.index = pd.Index(counted.entrants, name="entrant")
    return frame.sort_values("place", kind="stable", na_position="last")


def _judge_frame(tally: Tally) -> pd.DataFrame:
    size = len(tally.sheets.judges)
    severity, error = np.full(size, np.nan), np.full(size, np.nan)
    if tally.fit is not None:
        severity[tally.fit.design.judges] = tally.fit.severity
        error[tally.fit.design.judges] = tally.fit.severity_se()
    return pd.DataFrame(
        {"severity": severity, "severity_se": error, "n": tally.counted.per_judge()},
        index=pd.Index(tally.sheets.judges, name="judge"),
    )


def _criteria_frame(tally: Tally) -> pd.DataFrame:
    criteria = tally.counted.criteria
    return pd.DataFrame(
        {
            "weight": [float(criterion.weight) for criterion in criteria],
            "max": [float(criterion.maximum) for criterion in criteria],
        },
        index=pd.Index([criterion.name for criterion in criteria], name="criterion"),
    )


def _method_cautions(tally: Tally) -> list[Caution]:
    rules, method = tally.rules, METHODS[tally.rules.official]
    cautions: list[Caution] = []
    if method.incomplete == "warn" or (method.incomplete == "unfair" and not tally.complete):
        cautions.append(Caution("unfair_method", {"method": rules.official}))
    if len(tally.components) > 1:
        cautions.append(Caution("disconnected", {"n": len(tally.components)}))
    if tally.fit is not None and tally.fit.df == 0:
        cautions.append(Caution("no_degrees_of_freedom"))
    few = (counts := tally.counted.per_entrant()) < rules.trim_needs
    if (few & (counts > 0)).any():
        values = {"n": int((few & (counts > 0)).sum()), "needs": rules.trim_needs}
        cautions.append(Caution("not_comparable", values))
    return cautions
