"""What a decision or a result says, as parts of a sentence: a code and its values.

Words live under the code; the parts of one decision are joined without anything between them.
The sentences are arithmetic, not probability.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from scoring.rank.selection import Decision
from scoring.result.differing import seats_that_differ
from scoring.result.standings import Standings

DIGEST_SHOWN = 12


@dataclass(frozen=True)
class Sentence:
    """One part: ``code`` is the key of its words, ``values`` what they need."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)


def decision_sentences(decision: Decision) -> tuple[Sentence, ...]:
    """How the last seat of a cut was given, in the order it is read."""
    parts = []
    if decision.kind in ("cap", "floor"):
        values = {"group": decision.group, "seats": decision.seats}
        parts.append(Sentence(f"decision.{decision.kind}", values))
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
        return Sentence("decision.clear" if decision.H else "decision.higher", values)
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


def headline_sentences(standings: Standings) -> tuple[Sentence, ...]:
    """The three sentences an organizer reads first.

    How many seats are at issue, what leaving out one judge would change, and on how many seats
    announced and adjusted scores differ (which is what recusals and absences changed).
    """
    return (_at_issue(standings), _robust(standings), _differ(standings))


def _at_issue(standings: Standings) -> Sentence:
    last = standings.ranking.selection.decisions[-1]
    if not last.zone:
        return Sentence("headline.no_seat_at_issue", {"width": last.width})
    values = {"seats": last.seats - last.above, "names": len(last.zone), "width": last.width}
    return Sentence("headline.seats_at_issue", values)


def _robust(standings: Standings) -> Sentence:
    changes = [change for change in standings.robustness if change.comparable]
    if not changes:
        return Sentence("headline.judges_not_tried")
    most = max(changes, key=lambda change: change.seats)
    if not most.seats:
        return Sentence("headline.no_judge_matters", {"judges": len(changes)})
    count = sum(change.seats > 0 for change in changes)
    values = {"judges": len(changes), "count": count, "judge": most.judge, "seats": most.seats}
    return Sentence("headline.judges_matter", values)


def _differ(standings: Standings) -> Sentence:
    gained, lost = seats_that_differ(standings)
    if not gained and not lost:
        return Sentence("headline.same_either_way")
    return Sentence("headline.seats_differ", {"seats": max(len(gained), len(lost))})
