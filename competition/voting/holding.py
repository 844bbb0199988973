"""A vote is opened, closed and counted, and its result shown: the host's acts, and the desk's."""

from collections.abc import Callable
from datetime import datetime

from competition.acting import Act, acting, changed
from competition.marks.outside import put_list
from competition.rounds.gathering import gather
from competition.states import VOTE, allows
from competition.times import stamp
from competition.visitor import Visitor
from competition.voting.counting import Count, count
from competition.voting.declared import choices_of, left_on_stage, vote_part
from competition.voting.errors import ResultNotForHall, StageGoesOn, VoteMovedOn
from db import Store, votes
from db.votes import VoteRow
from words import LANGS, t


def open_vote(store: Store, who: Visitor, round_id: str, *, at: datetime) -> None:
    """Open a composite's vote: from now on ballots are taken.

    Raises
    ------
    NoVote
    StageGoesOn
        If the rules want every entrant on stage before; names how many have not been.
    VoteMovedOn
        If it was opened before: a closed vote is never opened again.
    """
    with acting(store, who, "open_vote", round_id, at=at) as (act, tx):
        part, rules = vote_part(tx, round_id)
        if _is_there(act, "open"):
            return act.unchanged()
        waiting = left_on_stage(tx, round_id) if rules.opens == "after_stage" else 0
        if waiting:
            raise StageGoesOn(count=waiting)
        row: VoteRow = {
            "round_id": round_id,
            "part_id": part["id"],
            "state": "open",
            "opened_at": stamp(act.at),
            "closed_at": None,
            "ballots": None,
            "sha256": None,
            "list_id": None,
        }
        tx.put("votes", row)
        act.record("vote_opened")


def _is_there(act: Act, wanted: str) -> bool:
    """Whether the vote is in a state already, or past it by the next step.

    Raises
    ------
    VoteMovedOn
        If no step leads there.
    """
    row = votes.vote(act.tx, act.round["id"])
    now = row["state"] if row else "waiting"
    is_past = wanted == "closed" and now == "shown"
    if now != wanted and not is_past and not allows(VOTE, now, wanted):
        raise VoteMovedOn
    return now == wanted or is_past


def close_vote(
    store: Store, who: Visitor, round_id: str, *, at: datetime, lang: str = LANGS[0]
) -> Count | None:
    """Close a vote and count it; its scores wait for a second person, as any outside scores.

    A ballot that comes later is refused. Return the count; None where it was closed before.

    Raises
    ------
    VoteMovedOn
        If it was never opened.
    """
    with acting(store, who, "close_vote", round_id, at=at) as (act, tx):
        part, rules = vote_part(tx, round_id)
        row = votes.vote(tx, round_id)
        if _is_there(act, "closed") or row is None:
            act.unchanged()
            return None
        entrants = [one["id"] for one in choices_of(tx, round_id)]
        counted = count(votes.ballots(tx, round_id), entrants, rules, part)
        list_id = _enter(act, part["id"], counted, lang)
        closed = {"state": "closed", "closed_at": stamp(act.at), "ballots": counted.ballots}
        tx.put("votes", changed(row, **closed, sha256=counted.sha256, list_id=list_id))
        for entrant_id, votes_for in counted.totals.items():
            total = {"round_id": round_id, "entrant_id": entrant_id, "votes": votes_for}
            tx.put("vote_totals", total)
        act.record("vote_closed")
    return counted


def _enter(act: Act, part_id: str, counted: Count, lang: str) -> str | None:
    """The scores as a list that waits; none where no vote was cast, for nothing is no zero."""
    if not counted.scores:
        return None
    if gather(act.tx, act.round["id"]):
        act.record("entrants_gathered")
    code = counted.sha256[:12]
    source = t("vote.source", lang, count=counted.ballots, code=code)
    list_id = put_list(act, part_id, dict(counted.scores), source)
    act.record("outside_entered", list_id, reason=source)
    return list_id


def show_vote(store: Store, who: Visitor, round_id: str, *, at: datetime) -> None:
    """Show the hall the votes of each entrant, where the rules say so.

    Raises
    ------
    ResultNotForHall
        If the hall is shown the number of ballots alone.
    VoteMovedOn
        Before the vote is closed.
    """
    with acting(store, who, "show_vote", round_id, at=at) as (act, tx):
        _, rules = vote_part(tx, round_id)
        row = votes.vote(tx, round_id)
        if _is_there(act, "shown") or row is None:
            return act.unchanged()
        if rules.hall != "result":
            raise ResultNotForHall
        tx.put("votes", changed(row, state="shown"))
        act.record("vote_shown")


STEPS: dict[str, Callable[..., object]] = {
    "open": open_vote,
    "close": close_vote,
    "show": show_vote,
}
"""A step's name to its act."""
