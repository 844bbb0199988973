"""What the tests of corrections share: asking, answering, the standing."""

from datetime import datetime
from typing import Any

from competition.corrections import effects, requests
from competition.corrections.effects import Effect
from competition.corrections.facts import What
from competition.people import people
from competition.results import standings
from competition.results.standing_lines import Line
from competition.visitor import Visitor
from tests.competition.event import Event, later

AT = later(3600)


def chair_of(event: Event) -> Visitor:
    """A chair without a seat."""
    chair = people.add_person(event.store, event.organizer, name="组长·周", at=AT)
    people.grant_role(event.store, event.organizer, chair, "chair", round_id=event.round_id, at=AT)
    event.people["chair"] = chair
    return event.visitor("chair")


def what(event: Event, entrant: int = 0, judge: int = 0, **more: Any) -> What:
    """What a correction is about, by the event's numbers."""
    made: dict[str, Any] = dict(more)
    if entrant:
        made["entrant"] = event.entrants[entrant]
    if judge:
        made["judge"] = event.judges[judge]
    if "other" in made:
        made["other"] = event.entrants[made["other"]]
    if "taking" in made:
        made["taking"] = event.judges[made["taking"]]
    if "marks" in made:
        pairs = zip(event.criteria, made["marks"], strict=False)
        made["marks"] = {key: int(value * 1000) for key, value in pairs}
    return made  # type: ignore[return-value]


def ask(
    event: Event,
    kind: str,
    about: What,
    *,
    who: Visitor | None = None,
    reason: str = "两行看错",
    at: datetime = AT,
) -> str:
    """A request by an organizer, or another."""
    return requests.request_correction(
        event.store, who or event.organizer, event.round_id, kind, about, reason=reason, at=at
    )


def confirm(event: Event, key: str, *, who: Visitor | None = None, at: datetime = AT) -> None:
    """The supervisor, or another, confirms."""
    second = who or event.visitor("supervisor")
    requests.answer_correction(event.store, second, key, approve=True, at=at)


def preview(event: Event, who: Visitor, kind: str, about: What) -> Effect | None:
    """What the request would do, as its form shows it."""

    def do(copy: Any, second: Visitor) -> None:
        key = requests.request_correction(
            copy, event.organizer, event.round_id, kind, about, reason="x", at=AT
        )
        requests.answer_correction(copy, second, key, approve=True, at=AT)

    return effects.effect(event.store, who, event.round_id, do, at=AT)


def lines(event: Event) -> dict[int, Line]:
    """The standing's lines by number."""
    result = standings.standings(event.store, event.organizer, event.round_id, at=AT)
    return {int(line.number or 0): line for line in result.lines}


def count(event: Event) -> int:
    """How many rows were ever written: what a refusal leaves as it is."""
    return event.store._writer.conn.total_changes


def log_kinds(event: Event) -> list[str]:
    """The kinds of the events so far."""
    with event.store.reading() as tx:
        return [row["kind"] for row in tx.rows("SELECT kind FROM events ORDER BY seq")]
