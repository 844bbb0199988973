"""Decisions as parts of sentences: a code and its values.

Words live under the code; the parts of one decision are joined without anything between them.
The sentences are arithmetic, not probability.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from scoring.rank.decisions import Decision

DIGEST_SHOWN = 12


@dataclass(frozen=True)
class Sentence:
    """One part: ``code`` is the key of its words, ``values`` what they need."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)


def decision_sentences(decision: Decision) -> tuple[Sentence, ...]:
    """Sentences on the last seat of a cut, in reading order."""
    parts = []
    if decision.kind in ("cap", "floor"):
        values = {"group": decision.group, "seats": decision.seats}
        parts.append(Sentence(f"decision.{decision.kind}", values))
    if not decision.ranked or not decision.seats:
        return ()
    if decision.pair is None:
        return (*parts, Sentence("decision.all", {"seats": decision.seats}))
    return (*parts, _scores(decision), *_outcome(decision))


def _scores(decision: Decision) -> Sentence:
    pair = decision.pair
    assert pair is not None
    values = {
        "first": pair.first,
        "second": pair.second,
        "first_score": pair.official[0],
        "second_score": pair.official[1],
        "points": abs(pair.points),
        "width": decision.width,
    }
    if decision.status == "clear":
        if decision.H:
            return Sentence("decision.clear", values)
        if pair.seds == pair.seds:
            return Sentence("decision.higher_by", {**values, "seds": f"{pair.seds:.2f}"})
        return Sentence("decision.higher", values)
    return Sentence("decision.close" if pair.points else "decision.equal", values)


def _outcome(decision: Decision) -> Iterable[Sentence]:
    pair = decision.pair
    if pair is None or decision.status == "clear":
        return
    if decision.status == "extended":
        yield Sentence("decision.extended")
        return
    step = next(
        (s for s in reversed(decision.steps) if pair.first in s.values and pair.second in s.values),
        None,
    )
    if step is not None and decision.status == "decided":
        first, second = _differing(step.values[pair.first], step.values[pair.second])
        values = {"first": pair.first, "second": pair.second, "criterion": step.detail}
        yield Sentence(
            f"decided.{step.key}", {**values, "first_value": first, "second_value": second}
        )
    elif decision.status != "decided":
        names = ", ".join(map(str, decision.waiting))
        yield Sentence(f"decision.{decision.status}", {"names": names})


def _differing(first: Any, second: Any) -> tuple[Any, Any]:
    """Two values as printed; of lists the first place where they differ."""
    if isinstance(first, list):
        return next(
            ((a, b) for a, b in zip(first, second, strict=False) if a != b), (first, second)
        )
    if isinstance(first, str):
        return first[:DIGEST_SHOWN], second[:DIGEST_SHOWN]
    return first, second
