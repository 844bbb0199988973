"""Rounds: made, given rules and rubric, opened, closed, taken back."""

from collections.abc import Sequence
from datetime import datetime

from competition import fields
from competition.acting import Act, acting, changed
from competition.blind import hides_from
from competition.errors import BadInput, Missing, WrongState
from competition.ids import mint
from competition.rights import require_read
from competition.rounds import practising
from competition.rounds.composites import FIRST_RULES, is_composite
from competition.rounds.errors import (
    ListsWait,
    NotReady,
    OpenSheets,
    PartsBegun,
    RulesUnsigned,
    VoteRuns,
)
from competition.rounds.gathering import gather, listed_places
from competition.rounds.quota_rules import county_sizes
from competition.rounds.readiness import begun_parts, missing_to_open
from competition.rounds.rubric import CriterionView, criteria_of, hash_anew
from competition.rounds.rules import RoundRules
from competition.states import ROUND, allows
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, composites, documents, entrants, panel, sheets, votes
from db import rounds as rows
from db.shapes import PartRow, RoundRow, Session

STAGES = ("preliminary", "second", "final")
CATEGORIES = ("village", "township", "all")
FIRST = {"judged": RoundRules(), "composite": FIRST_RULES}
"""A kind of round to the rules it begins with."""


def create_round(
    store: Store,
    who: Visitor,
    *,
    title: str,
    at: datetime,
    stage: str = "final",
    category: str = "village",
    rules: RoundRules | None = None,
    kind: str = "judged",
) -> str:
    """A new round, or a composite, in draft, after those there are; return its id."""
    round_id = mint()
    with acting(store, who, "create_round", at=at) as (act, tx):
        for name, value, known in (
            ("stage", stage, STAGES),
            ("category", category, CATEGORIES),
            ("kind", kind, tuple(FIRST)),
        ):
            if value not in known:
                raise BadInput(field=name, value=value[:20])
        chosen = (rules or FIRST[kind]).to_json()
        tx.put(
            "rounds",
            {
                "id": round_id,
                "competition_id": who.competition_id,
                "position": len(rows.ever(tx, str(who.competition_id))) + 1,
                "title": fields.text(title, "title", required=True),
                "stage": stage,
                "category": category,
                "rules": chosen,
                "rules_hash": rows.rules_hash(tx, round_id, chosen),
                "rules_version": 1,
                "state": "draft",
                "frozen": 0,
                "kind": kind,
            },
        )
        act.record("round_created", round_id, round_id=round_id)
    return round_id


def update_round(
    store: Store,
    who: Visitor,
    round_id: str,
    *,
    title: str,
    stage: str,
    category: str,
    at: datetime,
) -> None:
    """Set what a round in draft is called, its stage and its group."""
    with acting(store, who, "update_round", round_id, at=at) as (act, tx):
        for field, value, known in (("stage", stage, STAGES), ("category", category, CATEGORIES)):
            if value not in known:
                raise BadInput(field=field, value=value[:20])
        name = fields.text(title, "title", required=True)
        tx.put("rounds", changed(act.round, title=name, stage=stage, category=category))
        act.record("round_updated")


def set_rules(
    store: Store, who: Visitor, round_id: str, rules: RoundRules, *, at: datetime
) -> None:
    """Set the rules of a round in draft, whole."""
    with acting(store, who, "set_rules", round_id, at=at) as (act, tx):
        hash_anew(tx, changed(act.round, rules=rules.to_json()))
        act.record("rules_set")


def add_session(
    store: Store,
    who: Visitor,
    round_id: str,
    *,
    title: str,
    at: datetime,
    venue: str = "",
    starts_at: str = "",
) -> str:
    """A session of a round in draft; return its id."""
    session_id = mint()
    with acting(store, who, "add_session", round_id, at=at) as (act, tx):
        tx.put(
            "sessions",
            {
                "id": session_id,
                "round_id": round_id,
                "position": max((s["position"] for s in rows.sessions(tx, round_id)), default=0)
                + 1,
                "title": fields.text(title, "title", required=True),
                "venue": fields.text(venue, "venue"),
                "starts_at": starts_at,
            },
        )
        act.record("session_added", session_id)
    return session_id


def open_round(
    store: Store,
    who: Visitor,
    round_id: str,
    *,
    at: datetime,
    signed: str = "",
    waived: str = "",
    late: str = "",
) -> str:
    """Open a round for marks; its rules and rubric are fixed by the hash returned.

    Of a composite, parts and weights are fixed.

    Parameters
    ----------
    signed, waived : str
        Who signed the rules on paper, or why the round opens without a signature. One of them
        is needed; it goes into the log.
    late : str
        Why a composite's weights are fixed when a round of it has begun; for the log and the
        result.

    Raises
    ------
    RulesUnsigned
        If neither is given.
    PartsBegun
        If a composite's weights come late, without a reason; names the rounds.
    NotReady
        Names what is missing: rubric, entrants, seats, panels, or too few judges for the
        trim of the rules.

    A practice of the round that still runs ends.
    """
    with acting(store, who, "open_round", round_id, at=at) as (act, tx):
        row = act.round
        missing = missing_to_open(tx, row)
        if missing:
            raise NotReady(missing=missing)
        if not (signed.strip() or waived.strip()):
            raise RulesUnsigned
        begun = begun_parts(tx, row)
        if begun and not late.strip():
            raise PartsBegun(rounds=begun)
        fixed = rows.rules_hash(tx, round_id, row["rules"])
        tx.put("rounds", changed(row, state="open", opened_at=stamp(act.at), rules_hash=fixed))
        kind, said = ("rules_signed", signed) if signed.strip() else ("rules_waived", waived)
        act.record(kind, reason=fields.reason(said))
        if begun:
            tx.put("rounds", changed(row, state="open", opened_at=stamp(act.at), rules_hash=fixed))
            act.record("weights_late", reason=fields.reason(late))
        tx.put("rounds", changed(row, state="open", opened_at=stamp(act.at), rules_hash=fixed))
        act.record("round_opened")
        practice = practising.running(tx, round_id)
        if practice is not None:
            practising.end(act, practice)
    return fixed


def close_round(
    store: Store, who: Visitor, round_id: str, *, at: datetime, reason: str = ""
) -> None:
    """Close a round: no mark is taken any more and every submitted sheet is locked.

    With sheets still open a reason is needed; each such judge is then recorded absent
    for that entrant, and the marks on an open sheet are kept but do not count.

    Raises
    ------
    OpenSheets
        If sheets are open and no reason is given; names them.
    ListsWait
        If outside scores of a composite wait for the second person.
    VoteRuns
        While the audience votes on a composite's part.
    """
    with acting(store, who, "close_round", round_id, at=at) as (act, tx):
        _gather_for_good(act)
        left = sheets.open_pairs(tx, round_id)
        if left and not reason.strip():
            raise OpenSheets(count=len(left), pairs=[(p["number"], p["seat"]) for p in left])
        for pair in left:
            assignment = panel.assignment(tx, round_id, pair["entrant_id"], pair["person_id"])
            if assignment is not None:
                tx.put(
                    "assignments", changed(assignment, state="absent", reason=fields.reason(reason))
                )
        tx.put("rounds", changed(act.round, state="closed", closed_at=stamp(act.at)))
        act.record("round_closed", reason=reason.strip() or None)


def _gather_for_good(act: Act) -> None:
    """A composite is closed with the entrants its listing round has, and nothing waiting."""
    if not is_composite(act.round):
        return
    lists = composites.outside_lists(act.tx, act.round["id"])
    vote = votes.vote(act.tx, act.round["id"])
    if vote is not None and vote["state"] == "open":
        raise VoteRuns
    waiting = sum(one["state"] == "entered" for one in lists)
    if waiting:
        raise ListsWait(count=waiting)
    if gather(act.tx, act.round["id"]):
        act.record("entrants_gathered")


def reopen_round(store: Store, who: Visitor, round_id: str, *, reason: str, at: datetime) -> None:
    """Take a closed round back to open, with a reason."""
    with acting(store, who, "reopen_round", round_id, at=at) as (act, tx):
        why = fields.reason(reason)
        if not allows(ROUND, act.round["state"], "open"):
            raise WrongState
        tx.put("rounds", changed(act.round, state="open", closed_at=None))
        act.record("round_reopened", reason=why)


class RoundView(RoundRow):
    """A round with what it has.

    Attributes
    ----------
    maximum : str
        What the maxima of the criteria sum to.
    parts : list of PartRow
        The parts of a composite.
    begun : list of str
        Titles of its rounds that have begun, of a composite in draft.
    entrants, judges, with_documents : int
        How many entrants and seats there are, and how many entrants have a document.
    counties : dict
        How many entrants each county has; empty where their names are hidden.
    missing : list of str
        What a draft still lacks, as words' keys (``ready.<key>``).
    """

    criteria: list[CriterionView]
    maximum: str
    parts: list[PartRow]
    begun: list[str]
    sessions: list[Session]
    entrants: int
    counties: dict[str, int]
    with_documents: int
    judges: int
    missing: list[str]


def round_view(store: Store, who: Visitor, round_id: str) -> RoundView:
    """A round with its rubric and sessions, and what it still lacks."""
    with store.reading() as tx:
        row = require_read(tx, who, "round", round_id)
        criteria = criteria_of(tx, round_id)
        composed = is_composite(row)
        places = listed_places(tx, round_id) if composed else entrants.in_round(tx, round_id)
        return {
            **row,
            "criteria": criteria,
            "maximum": fields.decimal_text(sum(c["maximum"] for c in criteria)),
            "sessions": rows.sessions(tx, round_id),
            "entrants": len(places),
            "parts": composites.parts(tx, round_id),
            "begun": begun_parts(tx, row),
            "counties": {} if hides_from(who, row) else county_sizes(places),
            "with_documents": documents.entrants_with(tx, round_id),
            "judges": len(panel.seats(tx, round_id)),
            "missing": missing_to_open(tx, row) if row["state"] == "draft" else [],
        }


def rounds_of(store: Store, who: Visitor) -> list[RoundRow]:
    """The rounds of the visitor's competition in which they have any role."""
    with store.reading() as tx:
        require_read(tx, who, "competition")
        return [
            row
            for row in rows.of_competition(tx, str(who.competition_id))
            if who.roles_in(row["id"]) - {"public"}
        ]


def round_at_first(
    mine: Sequence[RoundRow], *, sees_drafts: bool = True, reads: bool = False
) -> RoundRow | None:
    """The round that is shown where none was chosen: the open one, or else the last.

    A composite is shown only where it was chosen: on the day and in the hall there is none.

    ``sees_drafts=False`` prefers any round that has begun to one in draft; ``reads=True`` shows
    a second reading to a judge, whose work it is, and staff the round that is read.
    """
    shown = mine if reads else [row for row in mine if row["reading_of"] is None]
    judged = [row for row in shown if not is_composite(row)] or shown
    is_open = [row for row in judged if row["state"] == "open"]
    begun = [row for row in judged if sees_drafts or row["state"] != "draft"]
    return next(reversed(is_open or begun or judged), None)


def require_session(tx: Transaction, round_id: str, session_id: str) -> Session:
    """A session of this round, or `Missing`."""
    row = rows.session(tx, session_id)
    if row is None or row["round_id"] != round_id:
        raise Missing(what="session")
    return row
