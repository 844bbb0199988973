"""The registry of methods: how each turns sheets into one score per entrant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from scoring.errors import DisconnectedPanel
from scoring.exact import Floats
from scoring.methods.averages import AGGREGATORS
from scoring.methods.per_judge import NORMALIZERS, normalized_mean
from scoring.methods.reml import fit_reml
from scoring.methods.tally import Tally

Score = Fraction | float | None


@dataclass(frozen=True)
class Method:
    """A way to score.

    Attributes
    ----------
    score
        Tally -> one gross score per entrant id, None where there is none.
    in_points
        Scores are on the printed scale, so that a band in points makes sense.
    incomplete
        "fair", "unfair" or "warn": what it is on an incomplete panel; "warn" always warns.
    needs_connection
        A common ranking exists only over one connected design.
    may_be_official
        False for what serves as reference only.
    printed
        Made of an entrant's own sheets by a printed rule: it can be announced on stage.
    """

    score: Callable[[Tally], list[Score]]
    in_points: bool = True
    incomplete: str = "fair"
    needs_connection: bool = False
    may_be_official: bool = True
    printed: bool = False


def _announced(name: str, tally: Tally) -> list[Score]:
    return list(tally.average(name))


def _normalized(name: str, tally: Tally) -> list[Score]:
    return floats(normalized_mean(tally.sheets, tally.rules, name))


def _least_squares(tally: Tally) -> list[Score]:
    fit = tally.fit
    if fit is None:
        return [None] * len(tally.sheets.entrants)
    return floats(tally.spread(fit.adjusted, fit.design.entrants))


def _huber(tally: Tally) -> list[Score]:
    fit, robust = tally.fit, tally.huber
    if fit is None or robust is None:
        return [None] * len(tally.sheets.entrants)
    return floats(tally.spread(robust.adjusted, fit.design.entrants))


def _precision(tally: Tally) -> list[Score]:
    return list(tally.precision_scores)


def _blup(tally: Tally) -> list[Score]:
    fit = tally.fit
    if fit is None:
        return [None] * len(tally.sheets.entrants)
    model = fit_reml(fit.design, tally.fitted.totals)
    return floats(tally.spread(model.mean + model.blup_entrant, fit.design.entrants))


def floats(values: Floats) -> list[Score]:
    """An array as scores, None where it is NaN."""
    return [None if np.isnan(value) else value for value in values.tolist()]


METHODS: dict[str, Method] = {
    **{
        name: Method(partial(_announced, name), incomplete="unfair", printed=True)
        for name in AGGREGATORS
    },
    **{
        name: Method(partial(_normalized, name), in_points=False, incomplete="warn")
        for name in NORMALIZERS
    },
    "least_squares": Method(_least_squares, needs_connection=True),
    "huber": Method(_huber, needs_connection=True),
    "precision": Method(_precision, needs_connection=True),
    "blup": Method(_blup, needs_connection=True, may_be_official=False),
}


def rank_units(units: Sequence[int | None]) -> list[int | None]:
    """1, 2, 2, 4: one more than how many have a higher published score."""
    ordered = sorted((unit for unit in units if unit is not None), reverse=True)
    first: dict[int, int] = {}
    for place, unit in enumerate(ordered, start=1):
        first.setdefault(unit, place)
    return [None if unit is None else first[unit] for unit in units]


def official_scores(tally: Tally) -> list[Score]:
    """The official method's gross scores; None for entrants who cannot be ranked.

    Raises
    ------
    DisconnectedPanel
        Where the method compares across judges and the panel falls apart.
    """
    method = METHODS[tally.rules.official]
    if method.needs_connection and len(tally.components) > 1:
        raise disconnected(tally)
    scores = method.score(tally)
    return [
        score if able else None for score, able in zip(scores, tally.eligible.tolist(), strict=True)
    ]


def disconnected(tally: Tally) -> DisconnectedPanel:
    """The refusal, with its components by name."""
    parts = tally.components
    listing = "; ".join(f"[{_some(entrants)} | {_some(judges)}]" for entrants, judges in parts)
    return DisconnectedPanel(n=len(parts), components=parts, listing=listing)


def _some(names: Sequence[Any], limit: int = 20) -> str:
    """Names in one line, the rest of a long list as a number."""
    more = f" … +{len(names) - limit}" if len(names) > limit else ""
    return ", ".join(map(str, names[:limit])) + more
