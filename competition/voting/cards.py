"""Cards: made in batches, their codes given once; a lost one is cancelled and made again."""

from dataclasses import dataclass
from datetime import datetime

from competition import fields
from competition.acting import Act, acting
from competition.errors import BadFields, BadWhole, Missing
from competition.ids import digest, mint
from competition.times import stamp
from competition.visitor import Visitor
from competition.voting.codes import mint_code
from competition.voting.declared import vote_part
from competition.voting.errors import CardCancelled, CardVoted
from db import Store, rounds, votes
from db.votes import Batch, Cancelled

MOST_AT_ONCE = 1000
MOST = 50_000


@dataclass(frozen=True)
class Card:
    """A card as it is printed; its code cannot be read again."""

    number: int
    code: str


def issue_codes(
    store: Store, who: Visitor, round_id: str, count: str, *, at: datetime
) -> list[Card]:
    """Make cards, numbered on from the last; return them with their codes, once.

    Raises
    ------
    BadFields
        ``count``, unless it is a whole number up to `MOST_AT_ONCE`.
    NoVote
    """
    with acting(store, who, "issue_codes", round_id, at=at) as (act, tx):
        vote_part(tx, round_id)
        room = min(MOST_AT_ONCE, MOST - votes.last_number(tx, round_id))
        number = fields.amount(count)
        if number is None or number != int(number) or not 1 <= number <= room:
            raise BadFields({"count": BadWhole(field="count", value=count[:20], low=1, high=room)})
        cards = _made(act, int(number))
        act.record("vote_codes_issued")
    return cards


def key_of(store: Store, round_id: str) -> bytes:
    """The key that checks the codes of a vote.

    Empty where some were made without one, by an earlier version, or where there is no such round.
    """
    with store.reading() as tx:
        is_checked = rounds.find(tx, round_id) is not None and votes.are_checked(tx, round_id)
        return votes.check_key(tx, round_id) if is_checked else b""


def _made(act: Act, count: int) -> list[Card]:
    """Inside an act: new codes, kept by their hash."""
    round_id = act.round["id"]
    first = votes.last_number(act.tx, round_id) + 1
    key = votes.check_key(act.tx, round_id)
    cards = [Card(first + at, mint_code(key)) for at in range(count)]
    covers = votes.put_codes(act.tx, round_id, first, [digest(card.code) for card in cards])
    batch: Batch = {
        "id": mint(),
        "round_id": round_id,
        "first": first,
        "cards": count,
        "sha256": covers,
        "at": stamp(act.at),
    }
    act.tx.put("vote_batches", batch)
    return cards


def cancel_code(
    store: Store,
    who: Visitor,
    round_id: str,
    number: str,
    *,
    reason: str,
    again: bool = True,
    at: datetime,
) -> Card | None:
    """Cancel a lost card by its number; return the one that takes its place, if one is wished.

    Raises
    ------
    BadFields
        Of ``number`` and ``reason``.
    CardVoted
        If a ballot was given with it: its seat has voted.
    """
    with acting(store, who, "cancel_code", round_id, at=at) as (act, tx):
        wanted = fields.amount(number)
        why = fields.reason(reason)
        lost = None
        if wanted is not None and wanted == int(wanted):
            lost = votes.by_number(tx, round_id, int(wanted))
        if lost is None:
            raise BadFields({"number": Missing(what="card")})
        if lost["choices"] is not None:
            raise BadFields({"number": CardVoted(number=lost["number"])})
        if lost["is_cancelled"]:
            raise BadFields({"number": CardCancelled(number=lost["number"])})
        card = _made(act, 1)[0] if again else None
        row: Cancelled = {
            "round_id": round_id,
            "number": lost["number"],
            "replaced_by": card.number if card else None,
            "at": stamp(act.at),
        }
        tx.put("vote_cancelled", row)
        act.record("vote_code_cancelled", reason=why)
    return card
