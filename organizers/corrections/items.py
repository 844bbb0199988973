"""What waits for the visitor's signature, each thing with old and new, whatever its kind."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from competition import Store
from competition.corrections import requests
from competition.corrections.effects import Effect, effect
from competition.corrections.listing import corrections_of
from competition.corrections.saying import changes, heading
from competition.errors import Refused
from competition.marks import change_requests, deductions, pending, reopening
from competition.marks.desk import desk
from competition.results import rulings
from competition.visitor import Visitor
from organizers import naming, second
from organizers.offers import can
from ui.access import Visit, saying
from words import t

_say = saying("organizers.waiting")
Change = tuple[str, str, str]
"""What it is, old, new."""


@dataclass(frozen=True)
class Item:
    """One thing that waits.

    Attributes
    ----------
    kind : str
        Key of ``second.KINDS``.
    changes : tuple of Change
    aside : str
        What stands at the right of old and new.
    entrant_id : str
        The one entrant it is about; empty where it is about none or several.
    """

    kind: str
    key: str
    tag: str
    title: str
    by: str
    by_id: str
    at: str
    changes: tuple[Change, ...]
    aside: str
    reason: str
    entrant_id: str = ""

    @property
    def act(self) -> str:
        """The act that confirms it."""
        return second.KINDS[self.kind].act


def waiting(now: Visit) -> list[Item]:
    """Everything the visitor may sign and did not enter, the oldest kinds of work first."""
    return [
        item
        for read in READERS
        for item in _readable(now, read)
        if can(now, item.act) and item.by_id != now.who.person_id
    ]


def _readable(now: Visit, read: Callable[[Visit], Iterator[Item]]) -> list[Item]:
    try:
        return list(read(now))
    except Refused:
        return []


def effect_of(now: Visit, item: Item) -> Effect | None:
    """What it would do, the act itself done in a copy; raises what the act would refuse."""

    def do(copy: Store, person: Visitor) -> None:
        second.KINDS[item.kind].do(replace(now, store=copy), person, item.key, True, now.at)

    return effect(now.store, now.who, now.round_id, do, key=item.key, at=now.at)


def _deductions(now: Visit) -> Iterator[Item]:
    for one in pending.deductions(now.store, now.who, now.round_id):
        if one.state == "waiting":
            place = one.entrants[0]
            number = naming.number(place["number"], now.lang)
            yield Item(
                kind="deduction",
                key=one.id,
                tag=_say(now, "kind.deduction"),
                title=f"{number} {naming.title(place)}",
                by=one.entered_by,
                by_id=one.entered_by_id,
                at="",
                changes=((_say(now, "deducted"), "0", one.points),),
                aside=_say(now, "deducts", points=one.points),
                reason=one.reason,
                entrant_id=place["id"],
            )


def _changes(now: Visit) -> Iterator[Item]:
    for row in change_requests.change_requests(now.store, now.who, now.round_id):
        if row["state"] == "asked":
            number = naming.number(row["number"], now.lang)
            unmarked = _say(now, "unmarked")
            yield Item(
                kind="change",
                key=row["id"],
                tag=_say(now, "kind.change"),
                title=f"{number} · {naming.seat(row['seat'], now.lang)}",
                by=naming.seat(row["seat"], now.lang),
                by_id=row["asked_by"],
                at=row["asked_at"],
                changes=tuple(
                    (mark["criterion"], mark["before"] or unmarked, mark["value"])
                    for mark in row["marks"]
                ),
                aside="",
                reason=row["reason"] or _say(now, "late"),
            )


def _reopenings(now: Visit) -> Iterator[Item]:
    for one in desk(now.store, now.who, now.round_id, at=now.at).requests:
        number = naming.number(one.number, now.lang)
        yield Item(
            kind="reopening",
            key=one.id,
            tag=_say(now, "kind.reopening"),
            title=f"{number} · {naming.seat(one.seat, now.lang)}",
            by=one.asked_by,
            by_id=one.asked_by_id,
            at=one.asked_at,
            changes=((_say(now, "sheet"), t("state.locked", now.lang), _say(now, "opened")),),
            aside="",
            reason=one.reason,
        )


def _rulings(now: Visit) -> Iterator[Item]:
    for one in pending.rulings(now.store, now.who, now.round_id):
        if one.state == "waiting":
            before = t("organizers.ruling.before", now.lang)
            names = [naming.number(place["number"], now.lang) for place in one.entrants]
            ruled = before.join(names) if one.kind == "order" else "、".join(names)
            yield Item(
                kind="ruling",
                key=one.id,
                tag=_say(now, "kind.ruling"),
                title=t(f"organizers.ruling.kind.{one.kind}", now.lang),
                by=one.entered_by,
                by_id=one.entered_by_id,
                at="",
                changes=((_say(now, "ruled"), _say(now, "open"), ruled),),
                aside="",
                reason=one.reason,
            )


def _corrections(now: Visit) -> Iterator[Item]:
    for one in corrections_of(now.store, now.who, now.round_id, waiting=True):
        yield Item(
            kind="set_aside" if one.kind == "set_aside" else "correction",
            key=one.id,
            tag=t(f"correction.kind.{one.kind}", now.lang),
            title=heading(one, now.lang),
            by=one.asked_by,
            by_id=one.asked_by_id,
            at=one.asked_at,
            changes=tuple(changes(one, now.lang)),
            aside="",
            reason=one.reason,
        )


READERS = (_deductions, _changes, _reopenings, _corrections, _rulings)

Refuse = Callable[[Visit, str, str, datetime], object]

REFUSALS: dict[str, Refuse] = {
    "deduction": lambda now, key, reason, at: deductions.withdraw_deduction(
        now.store, now.who, key, reason=reason, at=at
    ),
    "change": lambda now, key, _, at: change_requests.answer_change(
        now.store, now.who, key, approve=False, at=at
    ),
    "reopening": lambda now, key, _, at: reopening.answer_reopening(
        now.store, now.who, key, approve=False, at=at
    ),
    "ruling": lambda now, key, reason, at: rulings.withdraw_ruling(
        now.store, now.who, key, reason=reason, at=at
    ),
    "correction": lambda now, key, reason, at: requests.answer_correction(
        now.store, now.who, key, approve=False, reason=reason, at=at
    ),
}
REFUSALS["set_aside"] = REFUSALS["correction"]
"""How each kind is refused or withdrawn, with its reason."""
REASONED = ("deduction", "ruling", "correction", "set_aside")
"""Kinds whose refusal keeps a reason."""
