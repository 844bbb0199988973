"""The acts and reads of a composite, called with arguments that are valid."""

from typing import Any

from competition.marks import outside, outside_lists
from competition.rounds import rounds
from competition.rounds.composites import OUTSIDE, TypedPart, set_parts
from tests.competition.event import later
from tests.competition.registry import composite_rows as rows

AT = later(3600)


def begin(p: Any) -> None:
    """A composite in draft, of the round that is not opened."""
    p.ids["composite"] = rows.declare(p.event, source=p.ids["desk"], at=AT)


def prepare(p: Any) -> None:
    """Open, with a list that waits."""
    rows.begin(p.event, p.ids["composite"], at=AT)
    p.ids["list"] = rows.enter(p.event, p.ids["composite"], {p.ids["spare"]: "80"}, at=AT)


def close(p: Any) -> None:
    """Closed, the list refused."""
    checker = p.event.visitor("checker")
    outside.answer_outside(p.event.store, checker, p.ids["list"], approve=False, at=AT)
    rounds.close_round(p.event.store, p.event.organizer, p.ids["composite"], at=AT)


def _set(p: Any, who: Any) -> object:
    parts = [TypedPart(p.ids["desk"], weight="0.5"), TypedPart(OUTSIDE, title="答辩", weight="50%")]
    return set_parts(p.event.store, who, p.ids["composite"], parts, {}, at=AT)


def _enter(p: Any, who: Any) -> object:
    part_id = rows.outside_part(p.event, p.ids["composite"])
    scores = {p.ids["spare"]: "81.5"}
    return outside.enter_outside(
        p.event.store, who, p.ids["composite"], part_id, scores, source="记录", at=AT
    )


ACTS = {
    "set_parts": _set,
    "enter_outside": _enter,
    "answer_outside": lambda p, w: outside.answer_outside(
        p.event.store, w, p.ids["list"], approve=w != p.event.organizer, at=AT
    ),
}
READS = {
    "outside": (lambda p, w: outside_lists.outside(p.event.store, w, p.ids["composite"]),),
}
