"""The result of a round: scores, ranks and everything shown beside them."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from scoring.announced import mean, trimmed
from scoring.cautions import Caution
from scoring.errors import NoScores
from scoring.exact import published
from scoring.graph import Component
from scoring.methods import METHODS, net_floats
from scoring.plain import plain
from scoring.ranking import Ranking, rank_tally
from scoring.rules import Rules
from scoring.rulings import Rulings, read_rulings
from scoring.selection import Decision
from scoring.tally import Tally, take_tally


@dataclass(frozen=True)
class Cut:
    """How the last seats were given.

    Attributes
    ----------
    H, width
        Half-width of the open zone in units of the last decimal; 2H in points.
    sed
        Standard error of a difference between two entrants; NaN where unknown.
    zone
        Ids of the open entrants, by place.
    decisions
        Each cut in turn: caps and floors of groups, then the round's.
    waiting
        Ids nobody can certify before a ruling, a draw or a reading is entered.
    """

    H: int
    width: Decimal
    sed: float
    zone: tuple[Any, ...]
    decisions: tuple[Decision, ...]
    waiting: tuple[Any, ...]


@dataclass(frozen=True)
class Standings:
    """The public result; columns are explained in docs/scoring-methods.md.

    Ranks, scores and the cut are computed at once; what is only shown beside them (rank
    intervals, the judges report, the effect of leaving a judge out) when it is asked for.
    """

    rules: Rules
    tally: Tally
    rulings: Rulings
    ranking: Ranking
    entrants: pd.DataFrame

    @property
    def components(self) -> tuple[Component, ...]:
        """The parts of the panel that share nobody: one, where all are comparable."""
        return self.tally.components

    @cached_property
    def warnings(self) -> tuple[Caution, ...]:
        """What a reader must be told."""
        return (*self.tally.cautions, *_method_cautions(self.tally), *self.ranking.cautions)

    @cached_property
    def cut(self) -> Cut:
        """The last seats: H, the open zone, each decision with its evidence."""
        ranking, ids = self.ranking, self.tally.sheets.entrants
        zone = tuple(entrant for entrant in self.entrants.index[self.entrants["in_zone"]])
        return Cut(
            H=ranking.half,
            width=published(2 * ranking.half, self.rules.decimals),
            sed=ranking.sed,
            zone=zone,
            decisions=ranking.selection.decisions,
            waiting=tuple(ids[member] for member in sorted(ranking.selection.waiting)),
        )

    @cached_property
    def judges(self) -> pd.DataFrame:
        """One row per judge: severity, severity_se, n."""
        return _judge_frame(self.tally)

    @cached_property
    def criteria(self) -> pd.DataFrame:
        """One row per criterion: weight, max."""
        return _criteria_frame(self.tally)

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain data, with these names; published figures stay Decimal."""
        return {
            "rules": self.rules.to_dict(),
            "entrants": plain(self.entrants),
            "judges": plain(self.judges),
            "criteria": plain(self.criteria),
            "cut": plain(self.cut),
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
    entered = read_rulings(rulings, tally.sheets.entrants)
    ranking = rank_tally(tally, entered)
    return Standings(rules, tally, entered, ranking, _entrant_frame(tally, ranking))


def _entrant_frame(tally: Tally, ranking: Ranking) -> pd.DataFrame:
    rules, counted, fit, selection = tally.rules, tally.counted, tally.fit, ranking.selection
    ranks, size, n = ranking.ranks, len(counted.entrants), counted.per_entrant()
    held = pd.Series(ranks).value_counts()
    labels = [
        "open" if i in selection.open else "in" if i in selection.selected else "out"
        for i in range(size)
    ]
    official = [None if unit is None else published(unit, rules.decimals) for unit in ranking.units]
    frame = pd.DataFrame(
        {
            "rank": pd.array(ranks, dtype="Int64"),
            "place": pd.array(ranking.places, dtype="Int64"),
            "tied": [rank is not None and held[rank] > 1 for rank in ranks],
            "selected": [i in selection.selected for i in range(size)],
            "official": pd.Series(official, dtype=object),
            "unrounded": net_floats(tally, ranking.official),
            "mean": net_floats(tally, list(mean(counted, rules))),
            "trimmed": net_floats(tally, list(trimmed(counted, rules))),
            "comparable": n >= rules.trim_needs,
            "adjusted": net_floats(tally, METHODS["least_squares"].score(tally)),
            "adjusted_se": (
                np.full(size, np.nan)
                if fit is None
                else tally.spread(fit.adjusted_se(), fit.design.entrants)
            ),
            "precision": net_floats(tally, list(tally.precision_scores)),
            "n_judges": n,
            "deduction": [float(cost) for cost in tally.deductions],
            "in_zone": [i in selection.open for i in range(size)],
            "label": labels,
            "decided_by": ranking.by,
            "p_top": ranking.p_top,
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
    if tally.precision is not None and not tally.precision.converged:
        cautions.append(Caution("not_converged", {"rounds": tally.precision.rounds}))
    few = (counts := tally.counted.per_entrant()) < rules.trim_needs
    if (few & (counts > 0)).any():
        values = {"n": int((few & (counts > 0)).sum()), "needs": rules.trim_needs}
        cautions.append(Caution("not_comparable", values))
    return cautions
