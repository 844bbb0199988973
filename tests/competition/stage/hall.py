"""An opened round as the hall sees it, and the acts that change what it sees."""

import json
from dataclasses import replace
from typing import Any

import db
from competition.marks import change_requests
from competition.rounds.rules import RoundRules
from competition.stage import hall, moves, releasing
from scoring import Rules
from tests.competition import event as events
from tests.competition.event import AT, QUICK, Event, later

SCORES = replace(QUICK, hall="scores")
TRIMMED = RoundRules(
    scoring=Rules(official="trimmed", top=2, draws=100), hall="ranks", recusal_level="none"
)
"""Without a recusal: five judges hear each entrant, enough to leave two out."""


def opened(store: db.Store, rules: RoundRules = SCORES, **changes: Any) -> Event:
    event = events.opened(store, rules=replace(rules, **changes))
    event.fill_all()
    if rules.recusal_level == "none":
        event.fill(3, 2, ("50", "30.3"))
    return event


def release(event: Event, number: int, **values: Any) -> list[str]:
    given = {"at": later(200), **values}
    return releasing.release_score(
        event.store, event.visitor("host"), event.round_id, event.entrants[number], **given
    )


def seen(event: Event, who: str | int = "host") -> dict[str, Any]:
    return hall.hall(event.store, event.visitor(who), event.round_id).content


def stage(event: Event, number: int, *steps: str) -> None:
    for step in steps:
        moves.move_stage(
            event.store, event.organizer, event.round_id, event.entrants[number], step, at=AT
        )


def figures(content: dict[str, Any]) -> list[str]:
    """Every text in a view that looks like a score."""
    return [part for part in json.dumps(content).split('"') if part.count(".") == 1]


def change_locked(event: Event, judge: int, number: int, value: str) -> None:
    echo = event.take(judge, number, event.change(0, value), at=later(300))
    asked = echo["request"]["id"]
    change_requests.answer_change(
        event.store, event.visitor("supervisor"), asked, approve=True, at=later(301)
    )
