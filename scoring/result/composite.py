"""A result made of several parts: ranking, parts and lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from scoring.cautions import Caution
from scoring.exact import published, quantize
from scoring.input.rules import Rules
from scoring.rank.decisions import Decision
from scoring.rank.quotas import Quotas
from scoring.rank.ranking import Ranking
from scoring.rank.winners import winners
from scoring.result.printed import NOTHING, SCORES, Printed, print_units


@dataclass(frozen=True)
class Composite:
    """A result made of parts.

    Attributes
    ----------
    rules, ranking
        As in a round; SED^2 = sum W_r^2 SED_r^2 over the parts that are rounds.
    ids
        Ids of the entrants, in the order of the ranking's indices.
    weights
        Part -> its exact weight.
    parts
        One column a part, by entrant: the published score, None where it is missing.
    scores
        By place: rank, place, tied, selected, official (Decimal or None), in_zone, label,
        decided_by, n_judges (how many parts there are of it), deduction (0), comparable.
    """

    rules: Rules
    ids: list[Any]
    weights: Mapping[str, Fraction]
    parts: pd.DataFrame
    ranking: Ranking
    scores: pd.DataFrame

    @property
    def entrants(self) -> pd.DataFrame:
        """The table of entrants, as of a round."""
        return self.scores

    @property
    def H(self) -> int:  # noqa: N802 - the symbol of the formula
        """Half-width of the open zone in units of the last decimal."""
        return self.ranking.half

    @property
    def width(self) -> Decimal:
        """2H in points."""
        return published(2 * self.ranking.half, self.rules.decimals)

    @property
    def sed(self) -> float:
        """Standard error of a difference between two entrants."""
        return self.ranking.sed

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Each cut in turn."""
        return self.ranking.selection.decisions

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """Warnings for the reader."""
        return self.ranking.cautions

    @property
    def printed(self) -> dict[str, dict[Any, Printed]]:
        """Score -> entrant -> figure, rank and tie; nothing is adjusted in a composite."""
        official = print_units(self.ids, self.ranking.units, self.rules.decimals)
        nothing = dict.fromkeys(self.ids, NOTHING)
        return {name: nothing if name == "adjusted" else official for name in SCORES}

    def selected_by(self, part: str) -> frozenset[Any]:
        """Ids of those who would be selected by one part alone, under the same N and groups."""
        ranked = [m for m, unit in enumerate(self.ranking.units) if unit is not None]
        scores = [quantize(Fraction(self.parts[part][self.ids[m]]), 6) for m in ranked]
        held = [m in self.ranking.selection.selected for m in ranked]
        size = len(ranked)
        values = [
            (2 * score + holds) * size - at
            for at, (score, holds) in enumerate(zip(scores, held, strict=True))
        ]
        quotas = Quotas(self.rules.groups, dict(enumerate(self.scores["group"].reindex(self.ids))))
        groups = [quotas.group_of[m] for m in ranked]
        inside = winners(np.array([values], dtype=float), self.rules.top, groups, quotas)[0]
        return frozenset(self.ids[m] for m, yes in zip(ranked, inside, strict=True) if yes)
