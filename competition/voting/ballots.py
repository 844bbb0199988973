"""Ballots: what phones send, answered together in one commit; a code is the only right.

A code belongs to the first device that opens it, and a device holds one card. What is sent again
is answered as the first time; what comes after the closing is refused, whatever a phone's clock
says: the state is read in the very transaction that would keep the ballot.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from competition import clock
from competition.ids import digest
from competition.results.receipts import code_of, in_groups
from competition.times import stamp
from competition.voting.declared import choices_of, vote_part
from db import Store, Transaction, rounds, votes
from db.votes import KnownCode


@dataclass(frozen=True)
class Sent:
    """What a phone sends.

    Attributes
    ----------
    code : str
        The hash of the code; empty for what can be none.
    device : str
        The hash of the phone's secret.
    choices : tuple of str or None
        The chosen entrants' ids; None where the phone only opens its card.
    """

    round_id: str
    code: str
    device: str
    choices: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Answer:
    """What a phone is answered.

    Attributes
    ----------
    state : str
        ``unknown``, ``cancelled``; ``other``: bound to another phone; ``held``: this phone holds
        another card; ``waiting``, ``open``, ``closed`` of the vote; ``voted``; ``bad``: choices
        that cannot be given.
    number : int
        Of the card; of ``held`` that of the other one; 0 of ``unknown``.
    at, choices, receipt
        The ballot that is kept; empty without one.
    place : int
        Of a kept ballot: it is among the first so many of the file. A second laptop that has as
        many has it.
    """

    state: str
    number: int = 0
    at: str = ""
    choices: tuple[str, ...] = ()
    receipt: str = ""
    place: int = 0


UNKNOWN = Answer("unknown")


def receipt_of(code: str, choices: str) -> str:
    """The receipt of a ballot: the first 50 bits of the hash of its line in the list."""
    return in_groups(code_of(bytes.fromhex(digest(f"{code},{choices}"))))


def answer_all(store: Store, sent: Sequence[Sent], *, at: datetime) -> list[Answer]:
    """Answer phones in the order given; every ballot answered as kept is on the disk.

    Codes that were never printed are answered from a read: a flood of guesses takes no writer.

    Raises
    ------
    DatabaseError
        Then no ballot of these is kept, and every phone sends again.
    """
    with store.reading() as tx:
        real = [bool(one.code) and votes.is_code(tx, one.code) for one in sent]
    if not any(real):
        return [UNKNOWN] * len(sent)
    with store.writing(shares=True) as tx:
        now = stamp(clock.never_before(tx, at))
        asked = _Asked(tx, now)
        answers = [
            asked.answer(one) if is_real else UNKNOWN
            for one, is_real in zip(sent, real, strict=True)
        ]
        place = votes.kept(tx)
    return [replace(one, place=place) if one.state == "voted" else one for one in answers]


class _Asked:
    """The votes that one group of phones is about, each read once."""

    def __init__(self, tx: Transaction, now: str) -> None:
        self.tx, self.now = tx, now
        self._states: dict[str, str] = {}
        self._ballots: dict[str, tuple[frozenset[str], int]] = {}

    def answer(self, sent: Sent) -> Answer:
        code = votes.known(self.tx, sent.code)
        if code is None or code["round_id"] != sent.round_id:
            return UNKNOWN
        if code["is_cancelled"]:
            return Answer("cancelled", code["number"])
        if code["device"] not in (None, sent.device):
            return Answer("other", code["number"])
        if code["choices"] is not None:
            return _voted(code, code["choices"], str(code["at"]))
        state = self._state(sent.round_id)
        if state not in ("waiting", "open"):
            return Answer("closed", code["number"])
        if code["device"] is None:
            held = votes.card_of_device(self.tx, sent.round_id, sent.device)
            if held is not None:
                return Answer("held", held)
            votes.claim(self.tx, code, sent.device, self.now)
        if sent.choices is None or state == "waiting":
            return Answer(state, code["number"])
        return self._keep(code, sent.choices)

    def _keep(self, code: KnownCode, chosen: tuple[str, ...]) -> Answer:
        known, most = self._ballot(code["round_id"])
        if not (0 < len(chosen) <= most and len(set(chosen)) == len(chosen) and known >= {*chosen}):
            return Answer("bad", code["number"])
        choices = " ".join(sorted(chosen))
        votes.put_ballot(self.tx, code, choices, self.now)
        return _voted(code, choices, self.now)

    def _state(self, round_id: str) -> str:
        if round_id not in self._states:
            self._states[round_id] = state_in(self.tx, round_id)
        return self._states[round_id]

    def _ballot(self, round_id: str) -> tuple[frozenset[str], int]:
        if round_id not in self._ballots:
            _, rules = vote_part(self.tx, round_id)
            known = frozenset(one["id"] for one in choices_of(self.tx, round_id))
            self._ballots[round_id] = known, rules.most
        return self._ballots[round_id]


def state_in(tx: Transaction, round_id: str) -> str:
    """``waiting``, ``open``, ``closed`` or ``shown``; closed too where its round is no longer open.

    A vote whose round is in draft or was deleted is waited for.
    """
    row = votes.vote(tx, round_id)
    if row is not None:
        return row["state"]
    round_row = rounds.find(tx, round_id)
    return "waiting" if round_row is None or round_row["state"] in ("draft", "open") else "closed"


def _voted(code: KnownCode, choices: str, at: str) -> Answer:
    receipt = receipt_of(code["hash"], choices)
    return Answer("voted", code["number"], at, tuple(choices.split()), receipt)
