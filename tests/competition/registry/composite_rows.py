"""A composite of the event's round and of one outside part: declared, entered, confirmed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from competition.marks import outside
from competition.rounds import rounds
from competition.rounds.composites import OUTSIDE, TypedPart, set_parts
from db import composites
from examples.certifying import certify_by_two

SOURCE = "实地考察组记录，3月10日"
WEIGHTS = ("0.7", "30%")


def declare(event: Any, *, at: datetime, title: str = "综合成绩", source: str = "") -> str:
    """A composite in draft: 70% of a round, 30% of a field inspection; return its id."""
    round_id = rounds.create_round(
        event.store, event.organizer, title=title, kind="composite", at=at
    )
    parts = [
        TypedPart(source or event.round_id, title="现场展示", weight=WEIGHTS[0]),
        TypedPart(OUTSIDE, title="实地考察", weight=WEIGHTS[1], step="0.1"),
    ]
    set_parts(event.store, event.organizer, round_id, parts, {"top": "2"}, at=at)
    return round_id


def outside_part(event: Any, round_id: str) -> str:
    """The id of the outside part."""
    with event.store.reading() as tx:
        return next(p["id"] for p in composites.parts(tx, round_id) if p["source_id"] is None)


def begin(event: Any, round_id: str, *, at: datetime) -> None:
    """Open it; the event's round may have begun before."""
    rounds.open_round(
        event.store, event.organizer, round_id, signed="全体", late="办法3月1日已印发", at=at
    )


def enter(event: Any, round_id: str, scores: Mapping[str, str], *, at: datetime) -> str:
    """A list of the field inspection, by the organizer; return its id."""
    return outside.enter_outside(
        event.store,
        event.organizer,
        round_id,
        outside_part(event, round_id),
        scores,
        source=SOURCE,
        at=at,
    )


def confirm(event: Any, list_id: str, *, at: datetime) -> None:
    """The checker confirms it."""
    outside.answer_outside(event.store, event.visitor("checker"), list_id, approve=True, at=at)


def certify(event: Any, round_id: str, *, at: datetime) -> dict[str, Any]:
    """Certify what the organizer sees."""
    second = event.visitor("supervisor")
    return certify_by_two(event.store, event.organizer, second, round_id, at=at)


def enter_whole(event: Any, *, at: datetime) -> None:
    """An open composite with a confirmed list: a row in each of its tables."""
    event.composite_id = declare(event, at=at)
    begin(event, event.composite_id, at=at)
    confirm(event, enter(event, event.composite_id, {event.entrants[1]: "80"}, at=at), at=at)
