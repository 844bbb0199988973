"""What is seen of a vote: by the desk and the host, by the hall, by a phone, by a recounter.

Until the closing no read gives a vote: the totals are not even counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from competition.blind import is_blind, unnamed
from competition.errors import Missing
from competition.rights import may, require_read
from competition.rounds.composites import is_composite
from competition.rounds.errors import VoteRuns
from competition.rounds.gathering import listed_places
from competition.rounds.vote_rules import VoteRules
from competition.visitor import Visitor
from competition.voting.ballots import state_in
from competition.voting.declared import choices_of, left_on_stage, vote_part
from competition.voting.errors import NoVote
from db import Store, Transaction, competitions, composites, rounds, votes
from db.shapes import Place
from db.votes import Cancelled, Counts


@dataclass(frozen=True)
class VoteView:
    """A vote as desk and host see it.

    Attributes
    ----------
    state : str
        waiting, open, closed or shown.
    counts : Counts
        The report: cards made, opened, used, cancelled.
    lines : tuple of (Place, int)
        Each entrant's votes, most first; empty until the vote is closed.
    waiting : int
        Entrants that have still to be on stage before it may be opened.
    sha256 : str
        Of the list of ballots; empty until the vote is closed.
    cancelled : tuple of Cancelled
        The cards cancelled by the desk, the newest first.
    """

    round_id: str
    title: str
    part: str
    weight: str
    rules: VoteRules
    state: str
    counts: Counts
    lines: tuple[tuple[Place, int], ...]
    waiting: int
    sha256: str
    cancelled: tuple[Cancelled, ...]


def vote_view(store: Store, who: Visitor, round_id: str) -> VoteView:
    """The vote of a composite.

    Raises
    ------
    NoVote
    """
    with store.reading() as tx:
        require_read(tx, who, "vote", round_id)
        return _view(tx, round_id)


def _view(tx: Transaction, round_id: str) -> VoteView:
    part, rules = vote_part(tx, round_id)
    row, state = votes.vote(tx, round_id), state_in(tx, round_id)
    waits = rules.opens == "after_stage" and row is None
    return VoteView(
        round_id=round_id,
        title=rounds.get(tx, round_id)["title"],
        part=part["title"],
        weight=part["weight"],
        rules=rules,
        state=state,
        counts=votes.counts(tx, round_id),
        lines=lines_of(tx, round_id),
        waiting=left_on_stage(tx, round_id) if waits else 0,
        sha256=(row["sha256"] or "") if row else "",
        cancelled=tuple(sorted(votes.cancelled(tx, round_id), key=lambda one: one["at"])[::-1]),
    )


def lines_of(tx: Transaction, round_id: str) -> tuple[tuple[Place, int], ...]:
    """Each entrant with its votes as counted at the closing, most first; empty before."""
    totals = votes.totals(tx, round_id)
    lines = [
        (place, totals[place["id"]])
        for place in listed_places(tx, round_id)
        if place["id"] in totals
    ]
    return tuple(sorted(lines, key=lambda one: (-one[1], one[0]["number"] or 0)))


def votes_on(store: Store, who: Visitor, listing_id: str) -> list[VoteView]:
    """The votes on the entrants of a round that the visitor may see."""
    with store.reading() as tx:
        return [
            _view(tx, round_id)
            for round_id in votes.of_listing(tx, listing_id)
            if composites.listing_round(tx, round_id) == listing_id
            and may(tx, who, "vote", round_id)
        ]


def vote_step(view: VoteView) -> str:
    """The next step of a vote: open, close, show where the rules let the hall see; else none."""
    if view.state == "closed":
        return "show" if view.rules.hall == "result" and view.lines else ""
    return {"waiting": "open", "open": "close"}.get(view.state, "")


def ballots_file(store: Store, who: Visitor, round_id: str) -> bytes:
    """The list of ballots, whose SHA-256 the log has: a line each, code's hash and entrants' ids.

    Raises
    ------
    VoteRuns
        Until the vote is closed.
    """
    with store.reading() as tx:
        require_read(tx, who, "ballots", round_id)
        _require_closed(tx, round_id)
        return votes.listed(votes.ballots(tx, round_id)).encode()


def totals_file(store: Store, who: Visitor, round_id: str) -> list[tuple[Place, int]]:
    """The totals with the ids that the list of ballots names; refused as `ballots_file`."""
    with store.reading() as tx:
        require_read(tx, who, "ballots", round_id)
        _require_closed(tx, round_id)
        return list(lines_of(tx, round_id))


def _require_closed(tx: Transaction, round_id: str) -> None:
    row = votes.vote(tx, round_id)
    if row is None:
        raise NoVote
    if row["state"] == "open":
        raise VoteRuns


@dataclass(frozen=True)
class PhonePage:
    """What a phone's page is made of: nothing in it depends on a card."""

    competition: str
    title: str
    is_sample: bool
    most: int
    places: tuple[Place, ...]


def phone_page(store: Store, round_id: str) -> PhonePage:
    """A vote as it is printed on every ballot: public, by the address on the cards.

    Raises
    ------
    Missing
        If there is no such vote.
    """
    with store.reading() as tx:
        row = rounds.find(tx, round_id)
        if row is None or not is_composite(row):
            raise Missing(what="vote")
        try:
            part, rules = vote_part(tx, round_id)
        except NoVote as error:
            raise Missing(what="vote") from error
        competition = competitions.get(tx, row["competition_id"])
        return PhonePage(
            competition=competition["title"],
            title=part["title"],
            is_sample=bool(competition["sample"]),
            most=rules.most,
            places=tuple(_named(tx, round_id, choices_of(tx, round_id))),
        )


def phone_state(store: Store, round_id: str) -> str:
    """``waiting``, ``open`` or ``closed``: all that a phone without a card may know."""
    with store.reading() as tx:
        state = state_in(tx, round_id)
        return "closed" if state == "shown" else state


def hall_vote(tx: Transaction, listing_id: str) -> dict[str, Any]:
    """The vote as the hall of its round is shown it now; empty where another thing came later.

    While it is open there is no count; after the closing the number of ballots, and the votes
    once the host has shown them, where the rules say so.
    """
    for round_id in votes.of_listing(tx, listing_id):
        row = votes.vote(tx, round_id)
        if row is None or composites.listing_round(tx, round_id) != listing_id:
            continue
        newest, moved = votes.last_on_screen(tx, round_id, listing_id)
        if moved > newest:
            continue
        part, _ = vote_part(tx, round_id)
        shown = lines_of(tx, round_id) if row["state"] == "shown" else ()
        named = _named(tx, round_id, [place for place, _ in shown])
        counts = [votes_of for _, votes_of in shown]
        lines = [{**_who(one), "votes": n} for one, n in zip(named, counts, strict=True)]
        vote = {"title": part["title"], "state": row["state"], "ballots": row["ballots"]}
        return {"scene": "vote", "vote": {**vote, "lines": lines}}
    return {}


def _named(tx: Transaction, round_id: str, places: Sequence[Place]) -> list[Place]:
    """The entrants as the public may see them: by number alone while their round is blind."""
    listing = composites.listing_round(tx, round_id)
    if listing is not None and is_blind(rounds.get(tx, listing)):
        return [unnamed(place) for place in places]
    return list(places)


def _who(place: Place) -> dict[str, Any]:
    names = ("number", "code", "county", "township", "village", "title")
    return {name: place[name] for name in names}  # type: ignore[literal-required]
