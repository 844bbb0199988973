"""The result of a round: scores, ranks and everything shown beside them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from scoring.cautions import Caution
from scoring.errors import NoScores
from scoring.evidence.bounds import bounds, bounds_hold
from scoring.evidence.chances import chances, rank_intervals
from scoring.evidence.criteria import criteria_frame
from scoring.evidence.judges import judge_frame
from scoring.evidence.leave_out import Change, leave_one_out
from scoring.evidence.regressors import RunningOrder, running_order
from scoring.evidence.reliability import Reliability, Variances, reliability, variances
from scoring.evidence.simultaneous import may_be_best, simultaneous_ranks
from scoring.exact import published
from scoring.input.rules import Rules
from scoring.input.rulings import Rulings, read_rulings
from scoring.methods.graph import Component, Connectivity, connectivity
from scoring.methods.tally import Tally, take_tally
from scoring.rank.quotas import read_quotas
from scoring.rank.ranking import Ranking, rank_tally
from scoring.result.cut import Cut
from scoring.result.differing import Moved, moved_by_recusals, moved_by_trimming
from scoring.result.entrants import entrant_frame, method_cautions
from scoring.result.plain import plain
from scoring.result.printed import Printed, print_scores


@dataclass(frozen=True)
class Standings:
    """The public result; columns are explained in docs/en/scoring-methods.md.

    Ranks, scores and the cut are computed at once; what is only shown beside them (rank
    intervals, the judges report, the effect of leaving a judge out) when it is asked for.
    """

    rules: Rules
    tally: Tally
    rulings: Rulings
    ranking: Ranking
    scores: pd.DataFrame

    @property
    def ids(self) -> list[Any]:
        """Ids of the entrants, in the order of the ranking's indices."""
        return self.tally.sheets.entrants

    @cached_property
    def entrants(self) -> pd.DataFrame:
        """One row per entrant, by place: `scores`, p_top, rank_low and rank_high."""
        frame, ids = self.scores.copy(), self.tally.sheets.entrants
        frame["p_top"] = self.p_top.reindex(frame.index)
        low, high = rank_intervals(self.tally)
        for name, values in (("rank_low", low), ("rank_high", high)):
            column = pd.Series(pd.array(values, dtype="Int64"), index=ids)
            frame[name] = column.reindex(frame.index)
        return frame

    @cached_property
    def printed(self) -> dict[str, dict[Any, Printed]]:
        """Score (official, announced, adjusted) -> entrant -> figure, rank and tie."""
        return print_scores(self.tally, self.ranking)

    @cached_property
    def p_top(self) -> "pd.Series[float]":
        """The chance of belonging among the N best, by entrant; NaN where it is not known."""
        drawn = chances(self.tally, read_quotas(self.tally))
        return pd.Series(drawn, index=pd.Index(self.tally.sheets.entrants, name="entrant"))

    @cached_property
    def rank_sets(self) -> pd.DataFrame:
        """Columns low and high by entrant: rank intervals that hold for all together."""
        return simultaneous_ranks(self.tally)

    @cached_property
    def tau_best(self) -> tuple[Any, ...]:
        """Ids of all who may be among the N best, together at 95 %; empty without a fit."""
        return may_be_best(self.tally)

    @cached_property
    def cut(self) -> Cut:
        """The last seats: H, the open zone, each decision with its evidence."""
        ranking, ids = self.ranking, self.tally.sheets.entrants
        return Cut(
            H=ranking.half,
            width=published(2 * ranking.half, self.rules.decimals),
            sed=ranking.sed,
            zone=tuple(self.scores.index[self.scores["in_zone"]]),
            decisions=ranking.selection.decisions,
            waiting=tuple(ids[member] for member in sorted(ranking.selection.waiting)),
            source=self,
        )

    @cached_property
    def robustness(self) -> tuple[Change, ...]:
        """Seats lost and gained without each judge in turn."""
        return leave_one_out(self.tally, self.rulings, self.ranking)

    @cached_property
    def judges(self) -> pd.DataFrame:
        """One row per judge: severity, scale, noise, n, correlation, drift, drop_effect."""
        frame = judge_frame(self.tally)
        seats = {c.judge: c.seats if c.comparable else None for c in self.robustness}
        effects = [seats.get(judge) for judge in frame.index]
        frame["drop_effect"] = pd.array(effects, dtype="Int64")
        return frame

    @cached_property
    def moved_by_recusals(self) -> Moved | None:
        """Seats that different judges for different entrants move; None where unknown."""
        return moved_by_recusals(self)

    @cached_property
    def moved_by_trimming(self) -> Moved | None:
        """Seats that dropping the highest and lowest moves; None where they are not dropped."""
        return moved_by_trimming(self)

    @cached_property
    def running_order(self) -> RunningOrder | None:
        """Whether scores went with the position; None without positions."""
        return running_order(self.tally)

    @cached_property
    def criteria(self) -> pd.DataFrame:
        """One row per criterion: weight, max, spread, correlation, share."""
        return criteria_frame(self.tally)

    @cached_property
    def variance(self) -> "pd.Series[float]":
        """Variance components of totals: entrant, judge, residual."""
        parts = variances(self.tally)
        return pd.Series(
            {"entrant": parts.entrant, "judge": parts.judge, "residual": parts.residual}
        )

    @cached_property
    def reliability(self) -> Reliability:
        """ICC, G, Phi, judges needed, Kendall's W."""
        parts = self.variance
        return reliability(
            self.tally, Variances(parts["entrant"], parts["judge"], parts["residual"])
        )

    @property
    def bounds_hold(self) -> bool:
        """Whether safe and out are so whatever the missing marks; else as severities stand."""
        return bounds_hold(self.rules)

    @cached_property
    def bounds(self) -> pd.DataFrame:
        """While sheets are missing: lowest and highest score, safe, in contention or out."""
        return bounds(self.tally, np.asarray(self.p_top, dtype=float), self.ranking.half)

    @property
    def components(self) -> tuple[Component, ...]:
        """The parts of the panel without a shared judge: one, where all are comparable."""
        return self.tally.components

    @cached_property
    def connectivity(self) -> Connectivity:
        """Components, bridges, algebraic connectivity, judges per entrant."""
        return connectivity(self.tally.fitted)

    @cached_property
    def warnings(self) -> tuple[Caution, ...]:
        """Warnings for the reader."""
        return (*self.tally.cautions, *method_cautions(self.tally), *self.ranking.cautions)

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain data, with these names; published figures stay Decimal."""
        names = (
            "entrants",
            "judges",
            "criteria",
            "variance",
            "reliability",
            "running_order",
            "moved_by_recusals",
            "moved_by_trimming",
            "connectivity",
            "components",
        )
        return {
            "rules": self.rules.to_dict(),
            **{name: plain(getattr(self, name)) for name in names},
            "cut": self.cut.to_dict(),
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
        kind in ruling, lot, reading; entrant; value; for readings also judge and, with a rubric,
        criterion.

    Raises
    ------
    ScoringError
        One of `scoring.errors`; nothing is repaired silently.
    """
    tally = take_tally(scores, rubric, entrants, assignments, rules)
    if not tally.sheets.entrants:
        raise NoScores()
    entered = read_rulings(rulings, tally.sheets.entrants, tally.sheets.criteria, rules)
    ranking = rank_tally(tally, entered)
    return Standings(rules, tally, entered, ranking, entrant_frame(tally, ranking))
