"""The registry of methods: how each turns sheets into one score per entrant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from scoring.announced import EXACT_SCORES
from scoring.errors import DisconnectedPanel
from scoring.exact import Floats
from scoring.per_judge import NORMALIZERS, normalized_mean
from scoring.tally import Tally

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
    """

    score: Callable[[Tally], list[Score]]
    in_points: bool = True
    incomplete: str = "fair"
    needs_connection: bool = False
    may_be_official: bool = True


def _announced(name: str, tally: Tally) -> list[Score]:
    return list(EXACT_SCORES[name](tally.counted, tally.rules))


def _normalized(name: str, tally: Tally) -> list[Score]:
    return floats(normalized_mean(tally.sheets, tally.rules, name))


def _least_squares(tally: Tally) -> list[Score]:
    fit = tally.fit
    if fit is None:
        return [None] * len(tally.sheets.entrants)
    return floats(tally.spread(fit.adjusted, fit.design.entrants))


def floats(values: Floats) -> list[Score]:
    """An array as scores, None where it is NaN."""
    return [None if np.isnan(value) else value for value in values.tolist()]


METHODS: dict[str, Method] = {
    "mean": Method(partial(_announced, "mean"), incomplete="unfair"),
    "trimmed": Method(partial(_announced, "trimmed"), incomplete="unfair"),
    "median": Method(partial(_announced, "median"), incomplete="unfair"),
    "clip": Method(partial(_announced, "clip"), incomplete="unfair"),
    **{
        name: Method(partial(_normalized, name), in_points=False, incomplete="warn")
        for name in NORMALIZERS
    },
    "least_squares": Method(_least_squares, needs_connection=True),
}


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
