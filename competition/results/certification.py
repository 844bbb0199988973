"""Certifying a result: one snapshot with its SHA-256, and its readers."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict, cast

from competition import fields
from competition.acting import acting, changed
from competition.errors import (
    AwaitingRuling,
    CertificateDiffers,
    Missing,
    PartsDiffer,
    PrizeTied,
    StaleStanding,
)
from competition.ids import mint
from competition.invented import facts_of
from competition.lineup.correcting import drop_kept_facts
from competition.results.certificates import CertificateContent
from competition.results.prizes import tied_at_prize_lines
from competition.results.record import require_agreement
from competition.results.rulings import let_stand
from competition.results.settled import require_settled
from competition.results.standing_lines import line_content
from competition.results.standings import RoundStandings, current
from competition.returning import require_tablets
from competition.rights import require_act, require_read
from competition.rounds.prizing import plan_of
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, events, heads, people, readings, sheet_tree, sheets, snapshots
from db.canonical import canonical, sha256
from db.rounds import rubric_rows


class Certificate(TypedDict):
    """A certified snapshot; ``head`` is that of the event it stands on, as on paper."""

    version: int
    sha256: str
    at: str
    seq: int
    person_id: str
    content: CertificateContent
    head: str


class SignedCertificate(Certificate):
    """A certificate with the name of the person who certified it."""

    by: str


def certify(store: Store, who: Visitor, round_id: str, *, seq: int, at: datetime) -> dict[str, Any]:
    """Certify the standing that the page showed.

    Parameters
    ----------
    seq : int
        The event number of the standing on the page: what is certified is what was seen.

    Returns
    -------
    dict
        The snapshot without its content: ``version, sha256, at, seq``.

    Raises
    ------
    StaleStanding
        If anything happened in the round since.
    AwaitingRuling
        If a tie at the cut, or an entrant marked by too few, waits for a ruling.
    CorrectionWaits, ReviewsWait, RulesUnsigned
        If a correction or a review waits; if changed rules were not signed again.
    TabletsAwaited
        If a tablet that was seen before an older file was put back has not reported.
    PrizeTied
        If equals at a prize line wait for a ruling.
    VerifierDisagrees
        If the second verifier does not find the same in the events.
    NothingToRank, NoCommonRanking, Forbidden
    """
    with store.reading() as tx:
        seen = current(tx, store, require_act(tx, who, "certify", round_id))
        if seen.seq == seq and not seen.awaiting and not seen.parts:
            require_agreement(tx, _content(tx, seen, "certify"))  # before others have to wait
    with acting(store, who, "certify", round_id, at=at) as (act, tx):
        result = current(tx, store, act.round)
        if result.seq != seq:
            raise StaleStanding
        require_tablets(tx, who)
        require_settled(tx, act.round)
        waiting = waiting_for_ruling(tx, result)
        if waiting:
            by_reading = bool(result.awaiting) and result.awaiting[0].awaits_reading
            clears = "enter_reading" if by_reading else None
            raise AwaitingRuling(entrants=waiting, clears=clears)
        snapshot = _snapshot(tx, who, result, "certify", act.at)
        _require_prizes(snapshot)
        tx.put("snapshots", snapshot)
        tx.put("rounds", changed(act.round, state="certified", certified_at=stamp(act.at)))
        act.record("round_certified", str(snapshot["id"]))
    return {name: snapshot[name] for name in ("version", "sha256", "at", "seq")}


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
    """Take a certified round back to closed, with a reason; its snapshot stays."""
    with acting(store, who, "revoke_certificate", round_id, at=at) as (act, tx):
        why = fields.reason(reason)
        drop_kept_facts(tx, round_id)
        tx.put("rounds", changed(act.round, state="closed", certified_at=None))
        act.record("certificate_revoked", reason=why)


def _snapshot(
    tx: Transaction, who: Visitor, result: RoundStandings, kind: str, at: datetime
) -> dict[str, Any]:
    whole = _content(tx, result, kind)
    version, content = whole["version"], canonical(whole)
    return {
        "id": mint(),
        "round_id": result.round["id"],
        "version": version,
        "kind": kind,
        "content": content,
        "sha256": sha256(content),
        "seq": result.seq,
        "at": stamp(at),
        "person_id": who.person_id,
    }


def _require_prizes(snapshot: Mapping[str, Any]) -> None:
    """Refuse while entrants of equal place stand on both sides of a prize line."""
    tied = tied_at_prize_lines(json.loads(snapshot["content"]))
    if tied:
        numbers = [line["number"] or line["village"] or line["township"] for line in tied]
        raise PrizeTied(entrants=numbers)


def _content(tx: Transaction, result: RoundStandings, kind: str) -> dict[str, Any]:
    """What the next snapshot of a kind says."""
    before = snapshots.latest(tx, result.round["id"], kind)
    return {
        "kind": kind,
        "version": before["version"] + 1 if before else 1,
        **certificate_content(tx, result),
        "event": _event(tx, result),
    }


def certificate_content(tx: Transaction, result: RoundStandings) -> dict[str, Any]:
    """What a certificate says of a standing, before it has a version and stands on an event."""
    round_id = result.round["id"]
    return {
        "competition": facts_of(result.competition),
        "round": {k: result.round[k] for k in ("id", "title", "stage", "category")},
        "rules": json.loads(result.round["rules"]),
        "rules_hash": result.round["rules_hash"],
        "rubric": rubric_rows(tx, round_id),
        "entrants": [line_content(line) for line in result.lines],
        "judges": result.judges,
        "marks": [
            [m["entrant"], m["judge"], m["criterion"], m["value"]]
            for m in sorted(
                sheets.counted_marks(tx, round_id),
                key=lambda m: (m["entrant"], m["judge"], m["criterion"]),
            )
        ],
        "sheets_root": sheet_tree.root(
            sheet_tree.leaves(sheets.marks_with_ids(tx, round_id))
        ).hex(),
        **_read_again(tx, round_id),
        **_parts(result),
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
        by = people.find(tx, certificate["person_id"])
        return {**certificate, "by": by["name"] if by else ""}


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
