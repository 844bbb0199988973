"""Certifying by two people: one signs the standing that was shown, another signs the same.

Between the two nothing may change: what is signed is the hash of all that the certificate says of
the marks, rules and places. If it is another when the second person signs, the first signature is
void, and the result is looked at and signed again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competition import fields
from competition.acting import Act, acting, changed
from competition.errors import Refused, SecondPersonNeeded
from competition.ids import mint
from competition.results import verifying
from competition.results.blockers import blockers, require_clear
from competition.results.certification import certificate_content, new_snapshot
from competition.results.errors import DataUnclean, NothingSigned, SecondPersonThere, StaleStanding
from competition.results.standings import RoundStandings, current
from competition.rights import ACTS, require_act, require_read
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, certifications, people
from db.canonical import canonical, sha256
from db.certifications import CertificationRow


@dataclass(frozen=True)
class Signature:
    """A first signature that waits for the second."""

    by_id: str
    by: str
    at: str


@dataclass(frozen=True)
class ToSign:
    """What two people sign.

    Attributes
    ----------
    sha256 : str
        Of all that the certificate will say but its version and the event it stands on.
    head : str
        The head of the standing.
    blockers : tuple of Refused
        What keeps it from being certified, each with the act that clears it.
    signed : Signature or None
        The first signature, if it was given on the same.
    is_void : bool
        Whether there is a first signature on what the standing was before a change.
    has_second : bool
        Whether the competition has another person who may sign.
    """

    sha256: str
    head: str
    blockers: tuple[Refused, ...]
    signed: Signature | None
    is_void: bool
    has_second: bool


def to_sign(store: Store, who: Visitor, round_id: str) -> ToSign:
    """What is to be signed now, what keeps it from that, and who has signed."""
    with store.reading() as tx:
        row = require_read(tx, who, "standings", round_id)
        result = current(tx, store, row)
        last, digest = certifications.last(tx, round_id), signed_hash(tx, result)
        signed = _given(tx, last, digest)
        return ToSign(
            sha256=digest,
            head=result.head,
            blockers=tuple(blockers(tx, store, who, result)),
            signed=signed,
            is_void=last is not None and signed is None,
            has_second=bool(_others(tx, who, round_id)),
        )


def first_signature(store: Store, who: Visitor, round_id: str) -> Signature | None:
    """Who signed the standing first, where nothing has changed since."""
    with store.reading() as tx:
        result = current(tx, store, require_read(tx, who, "standings", round_id))
        last = certifications.last(tx, round_id)
        return _given(tx, last, signed_hash(tx, result)) if last else None


def signed_hash(tx: Transaction, result: RoundStandings) -> str:
    """SHA-256 of what both people sign."""
    return sha256(canonical(certificate_content(tx, result)))


def _given(tx: Transaction, last: CertificationRow | None, digest: str) -> Signature | None:
    """The first signature, if it was given on what has this hash."""
    return signature_of(tx, last) if last and last["sha256"] == digest else None


def signature_of(tx: Transaction, row: CertificationRow) -> Signature:
    """The first signature of a row."""
    person = people.find(tx, row["signed_by"])
    return Signature(row["signed_by"], str(person["name"]) if person else "", row["signed_at"])


def _others(tx: Transaction, who: Visitor, round_id: str) -> set[str]:
    """Who else may give the second signature."""
    return {
        grant["person_id"]
        for grant in people.grants_in(tx, str(who.competition_id))
        if grant["role"] in ACTS["certify"].roles and grant["round_id"] in (None, round_id)
    } - {who.person_id}


def sign_certificate(
    store: Store, who: Visitor, round_id: str, *, sha256: str, at: datetime
) -> None:
    """Give the first signature, on the standing that the page showed.

    Parameters
    ----------
    sha256 : str
        Hash of what was shown, see `ToSign`.

    Raises
    ------
    StaleStanding
        If the standing is another by now.
    Refused
        The first of `blockers`.
    """
    _look_before(store, who, round_id, "sign_certificate")
    with acting(store, who, "sign_certificate", round_id, at=at) as (act, tx):
        _clear(act, store, sha256)
        last = certifications.last(tx, round_id)
        if last and (last["signed_by"], last["sha256"]) == (who.person_id, sha256):
            return act.unchanged()
        tx.put("certifications", _signed(act, sha256))
        act.record("certificate_signed")


def certify(
    store: Store, who: Visitor, round_id: str, *, sha256: str, at: datetime
) -> dict[str, Any]:
    """Give the second signature, on the same: the certificate is made.

    Returns
    -------
    dict
        The snapshot without its content: ``version, sha256, at, seq``.

    Raises
    ------
    NothingSigned
        If no first signature waits.
    SecondPersonNeeded
        If the first one was given by the same person, in whatever role.
    StaleStanding
        If the standing is another than was shown, or than the first person signed.
    Refused
        The first of `blockers`.
    """
    _look_before(store, who, round_id, "certify")
    with acting(store, who, "certify", round_id, at=at) as (act, tx):
        last = certifications.last(tx, round_id)
        if last is None:
            raise NothingSigned
        if last["signed_by"] == who.person_id:
            raise SecondPersonNeeded
        result = _clear(act, store, sha256)
        if last["sha256"] != sha256:
            raise StaleStanding
        given = {"second_by": who.person_id, "second_at": stamp(act.at)}
        return _certified(act, result, changed(last, **given))


def certify_alone(
    store: Store, who: Visitor, round_id: str, *, sha256: str, reason: str, at: datetime
) -> dict[str, Any]:
    """Certify without a second signature, with the reason: only where no other person may sign.

    Raises
    ------
    SecondPersonThere
        If another person may sign; names them.
    """
    _look_before(store, who, round_id, "certify_alone")
    with acting(store, who, "certify_alone", round_id, at=at) as (act, tx):
        why = fields.reason(reason)
        others = _others(tx, who, round_id)
        if others:
            names = [person["name"] for one in others if (person := people.find(tx, one))]
            raise SecondPersonThere(names=sorted(names))
        result = _clear(act, store, sha256)
        return _certified(act, result, changed(_signed(act, sha256), alone=why))


def _look_before(store: Store, who: Visitor, round_id: str, name: str) -> None:
    """Ask the verifiers before others have to wait; their answers are kept.

    The whole file is verified as it is at this moment, whatever was found of it before.
    """
    verifying.forget(store)
    with store.reading() as tx:
        result = current(tx, store, require_act(tx, who, name, round_id))
        refused = blockers(tx, store, who, result)
        if any(isinstance(one, DataUnclean) for one in refused):
            raise refused[0]


def _clear(act: Act, store: Store, shown: str) -> RoundStandings:
    """The standing, if it is what was shown and nothing keeps it from being certified."""
    result = current(act.tx, store, act.round)
    if signed_hash(act.tx, result) != shown:
        raise StaleStanding
    require_clear(act.tx, store, act.who, result)
    return result


def _signed(act: Act, digest: str) -> CertificationRow:
    return {
        "id": mint(),
        "round_id": act.round["id"],
        "sha256": digest,
        "signed_by": str(act.who.person_id),
        "signed_at": stamp(act.at),
        "second_by": None,
        "second_at": None,
        "alone": "",
        "snapshot_id": None,
    }


def _certified(act: Act, result: RoundStandings, row: CertificationRow) -> dict[str, Any]:
    tx, alone = act.tx, row["alone"]
    snapshot = new_snapshot(tx, result, signed_by=row["signed_by"], alone=bool(alone), at=act.at)
    tx.put("snapshots", snapshot)
    tx.put("certifications", changed(row, snapshot_id=snapshot["id"]))
    tx.put("rounds", changed(act.round, state="certified", certified_at=stamp(act.at)))
    act.record("round_certified", str(snapshot["id"]), reason=alone or None)
    return {name: snapshot[name] for name in ("version", "sha256", "at", "seq")}
