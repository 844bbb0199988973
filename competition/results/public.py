"""What the public may read of results: nothing before its act, then what the rules make public.

Made from certificates by their ids, never from a standing: what is public is what was announced or
noticed, version by version, with the stamp of what replaced it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

from competition.countersigning import in_force
from competition.errors import Missing
from competition.invented import invented
from competition.results.deciding import decided_groups
from competition.results.prizes import PrizeGroup
from competition.results.standing_lines import CertifiedLine
from competition.rights import require_read
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from db import Store, Transaction, competitions, publications, rounds, snapshots
from db.canonical import canonical


class PublicEntry(TypedDict):
    """An entrant or a county on a public list."""

    county: str
    township: NotRequired[str]
    village: NotRequired[str]
    title: NotRequired[str]
    rank: NotRequired[int | None]
    score: NotRequired[str | None]


class PublicGroup(TypedDict):
    """A prize with those who get it."""

    kind: str
    name: str
    in_no_order: bool
    entries: list[PublicEntry]


class PublicResult(TypedDict):
    """One version of a round's result.

    Attributes
    ----------
    state : str
        current; replaced, by another version; correcting, while another is made.
    facts : dict
        announced, noticed, decided, commended to their time and what was said with them.
    standings : list
        Every ranked entrant, where the rules make ranks or scores public; else absent.
    """

    round: str
    stage: str
    version: int
    sha256: str
    certified_at: str
    state: str
    replaced_by: int | None
    reason: str
    facts: dict[str, dict[str, str]]
    groups: list[PublicGroup]
    standings: NotRequired[list[PublicEntry]]


class PublicResults(TypedDict):
    """All that is public of a competition's results."""

    competition: str
    sample: str
    timezone: str
    results: list[PublicResult]


@dataclass(frozen=True)
class Published:
    """The public results as they are sent, with their version."""

    competitions: tuple[PublicResults, ...]
    body: bytes
    etag: str


SAID = {
    "announced": (),
    "noticed": ("begins", "ends", "contact", "objecting"),
    "decided": ("day",),
    "commended": ("number", "day"),
}
"""What of a fact is public besides its time; the meeting that decided is the office's."""


def public_results(store: Store, who: Visitor) -> Published:
    """Read what is public; who asks changes nothing of it."""
    with store.reading() as tx:
        require_read(tx, who, "public_results")
        rounds = tuple(_of_competition(tx, row) for row in competitions.all_of(tx))
    shown = tuple(one for one in rounds if one["results"])
    body = canonical({"competitions": list(shown)}).encode()
    return Published(shown, body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def public_edition(store: Store, who: Visitor, round_id: str) -> PublicResult:
    """What the rules make public of a certified round's newest version, also before its act.

    Raises
    ------
    Forbidden, NotNow
        As the award list.
    """
    with store.reading() as tx:
        require_read(tx, who, "award_list", round_id)
        snapshot = snapshots.latest(tx, round_id, "certify")
        if snapshot is None:
            raise Missing(what="snapshot")
        return _result(tx, snapshot, "current", "")


def public_state(store: Store, who: Visitor) -> str:
    """What changes whenever something else is public: a few figures of small tables."""
    with store.reading() as tx:
        require_read(tx, who, "public_results")
        return publications.state(tx)


def _of_competition(tx: Transaction, row: Mapping[str, Any]) -> PublicResults:
    results = [
        result
        for one in rounds.of_competition(tx, row["id"])
        if one["practice_of"] is None and one["removed_at"] is None
        for result in _of_round(tx, one)
    ]
    return {
        "competition": row["title"],
        "sample": invented(row),
        "timezone": row["timezone"],
        "results": results,
    }


def _of_round(tx: Transaction, row: Mapping[str, Any]) -> list[PublicResult]:
    """The versions of a round that were made public, the newest first."""
    newest = snapshots.latest(tx, row["id"], "certify")
    requests = in_force(publications.version_requests(tx, row["id"]))
    reasons = {one["snapshot_id"]: str(one["reason"]) for one in requests}
    versions = []
    for snapshot in publications.published(tx, row["id"]):
        is_newest = newest is not None and newest["id"] == snapshot["id"]
        state = "replaced" if not is_newest else "current"
        if is_newest and row["state"] != "certified":
            state = "correcting"
        versions.append(_result(tx, snapshot, state, reasons.get(snapshot["id"], "")))
    return versions


def _result(tx: Transaction, snapshot: Mapping[str, Any], state: str, reason: str) -> PublicResult:
    content = json.loads(snapshot["content"])
    published = RoundRules.from_json(canonical(content["rules"])).published
    changes = in_force(publications.list_changes(tx, snapshot["id"]))
    facts = publications.of_snapshot(tx, snapshot["id"])
    groups = decided_groups(content, changes if "decided" in facts else [])
    result: PublicResult = {
        "round": content["round"]["title"],
        "stage": content["round"]["stage"],
        "version": snapshot["version"],
        "sha256": snapshot["sha256"],
        "certified_at": snapshot["at"],
        "state": state,
        "replaced_by": snapshot["version"] + 1 if state == "replaced" else None,
        "reason": reason,
        "facts": {kind: _said(row) for kind, row in sorted(facts.items())},
        "groups": [_group(group, published) for group in groups],
    }
    if published != "winners":
        ranked = [line for line in content["entrants"] if line["rank"] is not None]
        result["standings"] = [_entry(line, published) for line in ranked]
    return result


def _said(row: publications.PublicationRow) -> dict[str, str]:
    details = publications.details(row)
    return {"at": row["at"], **{name: details[name] for name in SAID[row["kind"]]}}


def _group(group: PrizeGroup, published: str) -> PublicGroup:
    shown = "winners" if group.unordered else published
    return {
        "kind": group.kind,
        "name": group.name,
        "in_no_order": group.unordered or published == "winners",
        "entries": [
            {"county": one.county} if one.line is None else _entry(one.line, shown)
            for one in _ordered(group, published)
        ],
    }


def _ordered(group: PrizeGroup, published: str) -> list[Any]:
    """The members of a prize; by code where ranks are not public."""
    if published != "winners":
        return list(group.members)
    return sorted(group.members, key=lambda one: one.line["code"] if one.line else "")


def _entry(line: CertifiedLine, published: str) -> PublicEntry:
    entry: PublicEntry = {
        "county": line["county"],
        "township": line["township"],
        "village": line["village"],
        "title": line["title"],
    }
    if published in ("ranks", "scores"):
        entry["rank"] = line["rank"]
    if published == "scores":
        entry["score"] = line["official"]
    return entry
