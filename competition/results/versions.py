"""The versions of a certificate: why one replaced another, and who moves between them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from competition import fields
from competition.acting import acting, acting_on, changed
from competition.countersigning import confirmed, confirmed_by, in_force, state_of, withdrawn
from competition.errors import Missing, WrongState
from competition.ids import mint
from competition.lineup.correcting import drop_kept_facts
from competition.results.certificates import CertificateContent
from competition.results.certification import latest_certified
from competition.results.errors import NeverReplaced, NotMadePublic
from competition.results.standing_lines import CertifiedLine
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, Transaction, people, publications, snapshots

Change = Literal["in", "out", "up", "down", "score"]


@dataclass(frozen=True)
class Moved:
    """One entrant that another version has elsewhere: its line then and now."""

    change: Change
    old: CertifiedLine
    new: CertifiedLine


@dataclass(frozen=True)
class Version:
    """One version; ``reason`` says why it was replaced, ``by`` which version replaced it."""

    version: int
    sha256: str
    at: str
    is_public: bool
    replaced_by: int | None
    reason: str
    moves: tuple[Moved, ...]


@dataclass(frozen=True)
class Replacement:
    """What 更换公告 says: the last version that was made public, the newest, and who moves."""

    old: Version
    new: Version
    moves: tuple[Moved, ...]


@dataclass(frozen=True)
class VersionRequest:
    """A request to replace a certificate that was made public; one person asks, another signs."""

    id: str
    reason: str
    entered_by: str
    entered_by_id: str
    state: str


def differences(old: CertificateContent, new: CertificateContent) -> tuple[Moved, ...]:
    """Who moves in, out, up, down, or has another score only; in this order, then by number."""
    before = {line["entrant_id"]: line for line in old["entrants"]}
    moves = [
        Moved(change, before[line["entrant_id"]], line)
        for line in new["entrants"]
        if line["entrant_id"] in before
        and (change := _change(before[line["entrant_id"]], line)) is not None
    ]
    order = ("in", "out", "up", "down", "score")
    return tuple(sorted(moves, key=lambda one: (order.index(one.change), one.new["number"] or 0)))


def _change(old: CertifiedLine, new: CertifiedLine) -> Change | None:
    if old["selected"] != new["selected"]:
        return "in" if new["selected"] else "out"
    if old["rank"] != new["rank"] and old["rank"] is not None and new["rank"] is not None:
        return "up" if new["rank"] < old["rank"] else "down"
    return "score" if (old["official"], old["rank"]) != (new["official"], new["rank"]) else None


def versions(store: Store, who: Visitor, round_id: str) -> tuple[Version, ...]:
    """Every version of a round's certificate, the newest first, each with what replaced it."""
    with store.reading() as tx:
        require_read(tx, who, "versions", round_id)
        rows = snapshots.of_round(tx, round_id)
        requests = in_force(publications.version_requests(tx, round_id))
        reasons = {row["snapshot_id"]: str(row["reason"]) for row in requests}
        contents = [json.loads(row["content"]) for row in rows]
        made = [
            Version(
                version=row["version"],
                sha256=row["sha256"],
                at=row["at"],
                is_public=is_public(tx, row["id"]),
                replaced_by=row["version"] + 1 if at + 1 < len(rows) else None,
                reason=reasons.get(row["id"], ""),
                moves=differences(contents[at - 1], contents[at]) if at else (),
            )
            for at, row in enumerate(rows)
        ]
        return tuple(reversed(made))


def replacement(store: Store, who: Visitor, round_id: str) -> Replacement:
    """What replaced the last version that the public knows; versions between are left out.

    Raises
    ------
    NeverReplaced
        If no version that was made public has been replaced.
    """
    made = versions(store, who, round_id)
    known = [one for one in made[1:] if one.is_public]
    if not known:
        raise NeverReplaced
    with store.reading() as tx:
        contents = {
            row["version"]: json.loads(row["content"]) for row in snapshots.of_round(tx, round_id)
        }
    old, new = known[0], made[0]
    return Replacement(old, new, differences(contents[old.version], contents[new.version]))


def is_public(tx: Transaction, snapshot_id: str) -> bool:
    """Whether a certificate was announced or noticed."""
    return bool({"announced", "noticed"} & publications.of_snapshot(tx, snapshot_id).keys())


def version_requests(store: Store, who: Visitor, round_id: str) -> list[VersionRequest]:
    """The requests for a new version that wait or were signed."""
    with store.reading() as tx:
        require_read(tx, who, "versions", round_id)
        return [
            VersionRequest(
                id=row["id"],
                reason=row["reason"],
                entered_by=people.name_of(tx, row["entered_by"]),
                entered_by_id=row["entered_by"],
                state=state_of(row),
            )
            for row in publications.version_requests(tx, round_id)
        ]


def ask_version(store: Store, who: Visitor, round_id: str, *, reason: str, at: datetime) -> str:
    """Ask that a certificate which was made public be replaced; a second person signs.

    Raises
    ------
    NotMadePublic
        If it was not: one person withdraws it then.
    WrongState
        If a request waits already.
    """
    with acting(store, who, "ask_version", round_id, at=at) as (act, tx):
        certificate = latest_certified(tx, round_id)
        if not is_public(tx, certificate["id"]):
            raise NotMadePublic
        if [one for one in publications.version_requests(tx, round_id) if _waits(one)]:
            raise WrongState(before="waiting", after="waiting")
        row = {
            "id": mint(),
            "round_id": round_id,
            "snapshot_id": certificate["id"],
            "reason": fields.reason(reason),
            "entered_by": who.person_id,
        }
        tx.put("version_requests", row)
        act.record("version_asked", certificate["id"], reason=str(row["reason"]))
    return str(row["id"])


def _waits(row: Mapping[str, Any]) -> bool:
    return state_of(row) == "waiting"


def confirm_version(store: Store, who: Visitor, request_id: str, *, at: datetime) -> None:
    """Sign another person's request: the round is closed again, its certificate stays readable.

    Raises
    ------
    SecondPersonNeeded, WrongState
    Missing
        If the certificate it was asked for is no longer the newest.
    """
    with acting_on(
        store,
        who,
        "confirm_version",
        publications.version_request,
        request_id,
        what="request",
        at=at,
    ) as (act, tx, row):
        if confirmed_by(row, who):
            return act.unchanged()
        if latest_certified(tx, row["round_id"])["id"] != row["snapshot_id"]:
            raise Missing(what="request")
        tx.put("version_requests", confirmed(row, who))
        drop_kept_facts(tx, row["round_id"])
        tx.put("rounds", changed(act.round, state="closed", certified_at=None))
        act.record("version_confirmed", row["snapshot_id"], reason=row["reason"])


def withdraw_version_request(
    store: Store, who: Visitor, request_id: str, *, reason: str, at: datetime
) -> None:
    """Take back a request that waits."""
    with acting_on(
        store,
        who,
        "withdraw_version_request",
        publications.version_request,
        request_id,
        what="request",
        at=at,
    ) as (act, tx, row):
        if state_of(row) != "waiting":
            raise WrongState(before=state_of(row), after="withdrawn")
        tx.put("version_requests", withdrawn(row, reason))
        act.record("version_request_withdrawn", row["snapshot_id"], reason=fields.reason(reason))
