"""The certificate of a result: what it says, its SHA-256, its readers, and taking it back."""

import json
from datetime import datetime
from typing import Any, TypedDict, cast

from competition import fields
from competition.acting import acting, changed
from competition.errors import Missing
from competition.ids import mint
from competition.invented import facts_of
from competition.lineup.correcting import drop_kept_facts
from competition.results.certificates import CertificateContent
from competition.results.errors import CertificateDiffers, MadePublic, PartsDiffer
from competition.results.rulings import let_stand
from competition.results.standing_lines import line_content
from competition.results.standings import RoundStandings, current
from competition.rights import require_read
from competition.rounds.prizing import plan_of
from competition.times import stamp
from competition.visitor import Visitor
from db import (
    Store,
    Transaction,
    certifications,
    events,
    heads,
    people,
    publications,
    readings,
    sheet_tree,
    sheets,
    snapshots,
)
from db.canonical import canonical, sha256
from db.rounds import rubric_rows


class Certificate(TypedDict):
    """A certified snapshot; ``head`` is that of the event it stands on, as on paper."""

    id: str
    version: int
    sha256: str
    at: str
    seq: int
    person_id: str
    content: CertificateContent
    head: str


class SignedCertificate(Certificate):
    """A certificate with the names of those who signed; one name where one person certified.

    ``alone`` is the recorded reason where there was no second person.
    """

    by: tuple[str, ...]
    alone: str


def waiting(store: Store, who: Visitor, round_id: str) -> list[int | str]:
    """Numbers of the entrants that a ruling must settle before this standing is certified."""
    with store.reading() as tx:
        row = require_read(tx, who, "standings", round_id)
        return waiting_for_ruling(tx, current(tx, store, row))


def waiting_for_ruling(tx: Transaction, result: RoundStandings) -> list[int | str]:
    """Numbers of the entrants that a ruling must settle before certifying.

    Those tied at the cut; and, where the trimmed score is official, those marked by too
    few to be trimmed.
    """
    lines = list(result.awaiting)
    if result.rules.scoring.official == "trimmed":
        stand = let_stand(tx, result.round["id"])
        lines += [
            line
            for line in result.lines
            if line.official is not None and not line.comparable and line.entrant_id not in stand
        ]
    by_id = {line.entrant_id: line for line in lines}
    return [line.called for line in sorted(by_id.values(), key=lambda line: line.by_number)]


def revoke_certificate(
    store: Store, who: Visitor, round_id: str, *, reason: str, at: datetime
) -> None:
    """Take a certified round back to closed, with a reason; its snapshot stays.

    Raises
    ------
    MadePublic
        If it was announced or noticed: then two people replace it, see `versions`.
    """
    with acting(store, who, "revoke_certificate", round_id, at=at) as (act, tx):
        why = fields.reason(reason)
        facts = publications.of_snapshot(tx, latest_certified(tx, round_id)["id"])
        if {"announced", "noticed"} & facts.keys():
            raise MadePublic
        drop_kept_facts(tx, round_id)
        tx.put("rounds", changed(act.round, state="closed", certified_at=None))
        act.record("certificate_revoked", reason=why)


def new_snapshot(
    tx: Transaction, result: RoundStandings, *, signed_by: str, alone: bool, at: datetime
) -> dict[str, Any]:
    """The next certificate of a round as it is stored.

    Parameters
    ----------
    alone : bool
        Whether one person certified, there being no second; the certificate says so.
    """
    whole = {**next_content(tx, result), **({"alone": True} if alone else {})}
    version, content = whole["version"], canonical(whole)
    return {
        "id": mint(),
        "round_id": result.round["id"],
        "version": version,
        "kind": "certify",
        "content": content,
        "sha256": sha256(content),
        "seq": result.seq,
        "at": stamp(at),
        "person_id": signed_by,
    }


def next_content(tx: Transaction, result: RoundStandings) -> dict[str, Any]:
    """What the next certificate says."""
    before = snapshots.latest(tx, result.round["id"], "certify")
    return {
        "kind": "certify",
        "version": before["version"] + 1 if before else 1,
        **certificate_content(tx, result),
        "event": _event(tx, result),
    }


def certificate_content(tx: Transaction, result: RoundStandings) -> dict[str, Any]:
    """What a certificate says of a standing, before it has a version and stands on an event."""
    round_id = result.round["id"]
    marks, root = tx.once(_marks, round_id)
    return {
        **placed_content(tx, result),
        "marks": marks,
        "sheets_root": root,
        **_read_again(tx, round_id),
        **_parts(result),
    }


def _marks(tx: Transaction, round_id: str) -> tuple[list[list[Any]], str]:
    """The marks that count, by entrant, judge and criterion, and the root over their sheets."""
    marks = sorted(
        sheets.marks_with_ids(tx, round_id),
        key=lambda m: (m["entrant"], m["judge"], m["criterion"]),
    )
    rows = [[m["entrant"], m["judge"], m["criterion"], m["value"]] for m in marks]
    return rows, sheet_tree.root(sheet_tree.leaves(marks)).hex()


def placed_content(tx: Transaction, result: RoundStandings) -> dict[str, Any]:
    """What a certificate says of rules, places and prizes, without the marks."""
    round_id = result.round["id"]
    return {
        "competition": facts_of(result.competition),
        "round": {k: result.round[k] for k in ("id", "title", "stage", "category")},
        "rules": json.loads(result.round["rules"]),
        "rules_hash": result.round["rules_hash"],
        "rubric": rubric_rows(tx, round_id),
        "entrants": [line_content(line) for line in result.lines],
        "judges": result.judges,
        **_prizes(tx, round_id),
    }


def _read_again(tx: Transaction, round_id: str) -> dict[str, Any]:
    """The marks of the second readings that count; nothing of a round without any."""
    marks = [list(mark.values()) for mark in readings.counted_marks(tx, round_id)]
    return {"readings": marks} if marks else {}


def _parts(result: RoundStandings) -> dict[str, Any]:
    """The parts of a composite, each with its certificate and scores; nothing of a round."""
    parts = [part.content() for part in result.parts]
    return {"parts": parts} if parts else {}


def _prizes(tx: Transaction, round_id: str) -> dict[str, Any]:
    """The declared prizes; nothing where none were declared."""
    plan = plan_of(tx, round_id)
    return {} if plan is None else {"prizes": plan.content()}


def _event(tx: Transaction, result: RoundStandings) -> dict[str, Any]:
    """The number and hash of the last event the result stands on."""
    last = events.find(tx, result.seq)
    if last is None:
        raise Missing(what="event")
    return {"n": last["n"], "hash": last["hash"]}


def certified(store: Store, who: Visitor, round_id: str) -> SignedCertificate:
    """The certified result.

    Raises
    ------
    Forbidden
        Before certifying, or for a role that may not see it.
    """
    with store.reading() as tx:
        require_read(tx, who, "certified_standings", round_id)
        certificate = latest_certified(tx, round_id)
        signed = certifications.of_snapshot(tx, certificate["id"])
        ids = [certificate["person_id"], *filter(None, [signed and signed["second_by"]])]
        names = (people.find(tx, one) for one in ids)
        by = tuple(str(one["name"]) for one in names if one)
        return {**certificate, "by": by, "alone": signed["alone"] if signed else ""}


def require_recomputed(result: RoundStandings, certificate: Certificate) -> None:
    """Refuse to hand out a certificate that the stored marks do not give.

    Raises
    ------
    CertificateDiffers
        If any figure of a line is not what is computed now, or the text not what was hashed.
    PartsDiffer
        If a part of a composite is no longer as it was certified; names the parts.
    """
    content = certificate["content"]
    _require_parts(result, certificate)
    computed = {line.entrant_id: dict(line_content(line)) for line in result.lines}
    is_same = len(computed) == len(content["entrants"]) and all(
        value == computed.get(line["entrant_id"], {}).get(name)
        for line in content["entrants"]
        for name, value in line.items()
    )
    if not is_same or sha256(canonical(content)) != certificate["sha256"]:
        raise CertificateDiffers(round=content["round"]["title"], version=certificate["version"])


def _require_parts(result: RoundStandings, certificate: Certificate) -> None:
    """Refuse a composite's certificate that names other certificates or scores than now."""
    content = certificate["content"]
    stored = {part["id"]: part for part in content.get("parts", ())}
    now = {part.id: part.content() for part in result.parts}
    differing = [part["title"] for one, part in stored.items() if now.get(one) != part]
    if differing or stored.keys() != now.keys():
        names = differing or [part.title for part in result.parts]
        raise PartsDiffer(
            round=content["round"]["title"], version=certificate["version"], parts=names
        )


def stands(result: RoundStandings, certificate: Certificate) -> bool:
    """Whether the stored marks still give the certificate; see `require_recomputed`."""
    try:
        require_recomputed(result, certificate)
    except CertificateDiffers:
        return False
    return True


def latest_certified(tx: Transaction, round_id: str) -> Certificate:
    """The newest certified snapshot, parsed."""
    snapshot = snapshots.latest(tx, round_id, "certify")
    if snapshot is None:
        raise Missing(what="snapshot")
    content = json.loads(snapshot["content"])
    event = events.find(tx, snapshot["seq"])
    head = event and heads.at_event(tx, content["competition"]["id"], event["n"])
    certificate = {**snapshot, "content": content, "head": str(head) if head else ""}
    return cast("Certificate", certificate)
