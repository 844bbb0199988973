"""A composite with an audience vote of 30%: declared, its cards made, opened, voted, closed."""

from datetime import datetime
from typing import Any

from competition.ids import digest
from competition.rounds import rounds
from competition.rounds.composites import VOTE, TypedPart, set_parts
from competition.voting import ballots, cards, holding
from competition.voting.ballots import Answer, Sent
from competition.voting.cards import Card
from competition.voting.codes import hash_of
from tests.competition.registry import composite_rows


def declare(event: Any, *, at: datetime, source: str = "", **vote: str) -> str:
    """A composite in draft: 70% of a round, 30% of its audience; return its id."""
    round_id = rounds.create_round(
        event.store, event.organizer, title="综合成绩（大众评审）", kind="composite", at=at
    )
    parts = [
        TypedPart(source or event.round_id, title="现场展示", weight="0.7"),
        TypedPart(VOTE, title="大众评审", weight="30%", **{"opens": "any_time", **vote}),
    ]
    set_parts(event.store, event.organizer, round_id, parts, {"top": "2"}, at=at)
    return round_id


def begin(event: Any, *, at: datetime, **vote: str) -> str:
    """A composite with a vote, open; return its id."""
    round_id = declare(event, at=at, **vote)
    composite_rows.begin(event, round_id, at=at)
    return round_id


def make(event: Any, round_id: str, count: int, *, at: datetime) -> list[Card]:
    """Cards."""
    return cards.issue_codes(event.store, event.organizer, round_id, str(count), at=at)


def send(
    event: Any,
    round_id: str,
    card: Card,
    *entrants: int,
    device: str = "",
    at: datetime,
) -> Answer:
    """What a phone is answered that opens a card, or votes for entrants by number."""
    chosen = [event.entrants[number] for number in entrants]
    return choose(event, round_id, card, *chosen, device=device, at=at)


def choose(
    event: Any, round_id: str, card: Card, *entrants: str, device: str = "", at: datetime
) -> Answer:
    """As `send`, entrants by id."""
    sent = Sent(round_id, hash_of(card.code), digest(device or card.code), entrants or None)
    (answer,) = ballots.answer_all(event.store, [sent], at=at)
    return answer


def list_of(event: Any, round_id: str) -> str:
    """The id of the list of outside scores that the closing made."""
    with event.store.reading() as tx:
        return str(tx.value("SELECT list_id FROM votes WHERE round_id = :r", r=round_id))


def open_(event: Any, round_id: str, *, at: datetime) -> None:
    """The host opens it."""
    holding.open_vote(event.store, event.visitor("host"), round_id, at=at)


def close(event: Any, round_id: str, *, at: datetime) -> None:
    """The host closes it."""
    holding.close_vote(event.store, event.visitor("host"), round_id, at=at)


def hold_whole(event: Any, *, at: datetime) -> None:
    """A vote opened, used and closed, a card cancelled: a row in each of its tables."""
    event.vote_id = begin(event, at=at)
    made = make(event, event.vote_id, 3, at=at)
    cards.cancel_code(event.store, event.organizer, event.vote_id, "3", reason="遗失", at=at)
    open_(event, event.vote_id, at=at)
    send(event, event.vote_id, made[0], 1, at=at)
    close(event, event.vote_id, at=at)
