"""Exchange after the contest: what the organizers release to the counties that took part.

Nothing is released by certifying or announcing. Feedback is released to all counties at once,
to each that of its villages; a winner's plan only with the winner's agreement, as the organizer
declares it. A release is of one certificate: a new version is released again.
"""

from dataclasses import dataclass
from datetime import datetime

from competition import fields
from competition.acting import Act, acting, acting_on, changed
from competition.errors import Missing, WrongState
from competition.ids import mint
from competition.programme.errors import ExchangeTooEarly
from competition.results.certification import Certificate, latest_certified
from competition.results.versions import is_public
from competition.rights import require_read
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, documents, exchanges, people
from db.exchanges import ExchangeRow

LONGEST = 200


@dataclass(frozen=True)
class Released:
    """One release as the organizers see it; ``place`` is empty for the feedback."""

    id: str
    entrant_id: str | None
    place: str
    title: str
    agreement: str
    by: str
    at: str


@dataclass(frozen=True)
class Winner:
    """A selected entrant whose plan can be released, and how many documents it has."""

    entrant_id: str
    place: str
    title: str
    documents: int


@dataclass(frozen=True)
class Exchange:
    """What is released of a round's newest certificate, and what may be."""

    is_public: bool
    feedback: Released | None
    plans: tuple[Released, ...]
    winners: tuple[Winner, ...]


def release_feedback(store: Store, who: Visitor, round_id: str, *, at: datetime) -> None:
    """Let each county that took part read the feedback of its villages.

    Raises
    ------
    ExchangeTooEarly
        If the result was not made public.
    """
    with acting(store, who, "release_feedback", round_id, at=at) as (act, tx):
        certificate = _public(tx, round_id)
        if _standing(tx, certificate, None):
            return act.unchanged()
        _put(act, certificate, None, "")
        act.record("feedback_released", certificate["id"])


def release_plan(
    store: Store, who: Visitor, round_id: str, entrant_id: str, agreement: str, *, at: datetime
) -> None:
    """Let counties that took part read a winner's documents.

    Parameters
    ----------
    agreement : str
        Who agreed to it, when and how, as it is declared.

    Raises
    ------
    ExchangeTooEarly
        If the result was not made public.
    Missing
        If the entrant was not selected, or has no document.
    """
    with acting(store, who, "release_plan", round_id, at=at) as (act, tx):
        certificate = _public(tx, round_id)
        said = fields.text(agreement, "agreement", required=True, longest=LONGEST)
        if entrant_id not in [one.entrant_id for one in _winners(tx, certificate)]:
            raise Missing(what="entrant", field="entrant")
        if not documents.of_entrant(tx, entrant_id):
            raise Missing(what="document", field="entrant")
        if _standing(tx, certificate, entrant_id):
            return act.unchanged()
        _put(act, certificate, entrant_id, said)
        act.record("plan_released", entrant_id)


def withdraw_exchange(
    store: Store, who: Visitor, exchange_id: str, *, reason: str, at: datetime
) -> None:
    """Take a release back, with a reason: counties read it no more."""
    with acting_on(
        store, who, "withdraw_exchange", exchanges.find, exchange_id, what="exchange", at=at
    ) as (act, tx, row):
        if row["withdrawn_reason"]:
            raise WrongState(before="withdrawn", after="withdrawn")
        why = fields.reason(reason)
        tx.put("exchanges", changed(row, withdrawn_reason=why))
        act.record("exchange_withdrawn", exchange_id, reason=why)


def exchange_of(store: Store, who: Visitor, round_id: str) -> Exchange:
    """What is released of the newest certificate, for the organizers."""
    with store.reading() as tx:
        require_read(tx, who, "exchange_releases", round_id)
        certificate = latest_certified(tx, round_id)
        rows = [_view(tx, certificate, row) for row in exchanges.of_snapshot(tx, certificate["id"])]
        return Exchange(
            is_public=is_public(tx, certificate["id"]),
            feedback=next((one for one in rows if one.entrant_id is None), None),
            plans=tuple(one for one in rows if one.entrant_id is not None),
            winners=_winners(tx, certificate),
        )


def is_released(tx: Transaction, round_id: str) -> bool:
    """Inside a read: whether the feedback of a certified round is released."""
    return _standing(tx, latest_certified(tx, round_id), None)


def _public(tx: Transaction, round_id: str) -> Certificate:
    certificate = latest_certified(tx, round_id)
    if not is_public(tx, certificate["id"]):
        raise ExchangeTooEarly
    return certificate


def _standing(tx: Transaction, certificate: Certificate, entrant_id: str | None) -> bool:
    rows = exchanges.of_snapshot(tx, certificate["id"])
    return any(row["entrant_id"] == entrant_id for row in rows)


def _put(act: Act, certificate: Certificate, entrant_id: str | None, agreement: str) -> None:
    row: ExchangeRow = {
        "id": mint(),
        "round_id": act.round["id"],
        "snapshot_id": certificate["id"],
        "entrant_id": entrant_id,
        "agreement": agreement,
        "released_by": str(act.who.person_id),
        "released_at": stamp(act.at),
        "withdrawn_reason": None,
    }
    act.tx.put("exchanges", row)


def _winners(tx: Transaction, certificate: Certificate) -> tuple[Winner, ...]:
    return tuple(
        Winner(
            line["entrant_id"],
            f"{line['county']} {line['village'] or line['township']}",
            line["title"],
            len(documents.of_entrant(tx, line["entrant_id"])),
        )
        for line in certificate["content"]["entrants"]
        if line["selected"]
    )


def _view(tx: Transaction, certificate: Certificate, row: ExchangeRow) -> Released:
    named = {one.entrant_id: one for one in _winners(tx, certificate)}
    winner = named.get(row["entrant_id"] or "")
    return Released(
        id=row["id"],
        entrant_id=row["entrant_id"],
        place=winner.place if winner else "",
        title=winner.title if winner else "",
        agreement=row["agreement"],
        by=people.name_of(tx, row["released_by"]),
        at=row["released_at"],
    )
