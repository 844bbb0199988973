"""A review on the spot: within two hours, on four grounds only, answered on paper."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from competition import fields
from competition.acting import acting, acting_on, changed
from competition.corrections.errors import NotShownYet, ReviewTooLate
from competition.errors import BadInput, SecondPersonNeeded, WrongState
from competition.ids import mint
from competition.lineup.entrants import require_place
from competition.rights import require_read
from competition.times import local, parse, stamp
from competition.visitor import Visitor
from db import Store, Transaction, competitions, entrants, people, releases
from db import reviews as rows
from db.shapes import Place, ReviewRow, RoundRow

GROUNDS = ("arithmetic", "timing", "recusal", "procedure")
FINDINGS = ("stands", "corrected")
WITHIN = timedelta(hours=2)


@dataclass(frozen=True)
class Review:
    """One review.

    Attributes
    ----------
    entrant : Place
    ground : str
        arithmetic, timing, recusal or procedure; a judge's judgement is not reviewed.
    asked_by : str
        Who asked, on the entrant's side, as written on paper.
    since, until : str
        From when its two hours ran, and to when.
    finding : str
        stands or corrected; empty while it waits.
    """

    id: str
    entrant: Place
    ground: str
    claim: str
    asked_by: str
    since: str
    until: str
    entered_by: str
    entered_by_id: str
    entered_at: str
    finding: str
    answer: str
    answered_by: str
    answered_at: str


def enter_review(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    *,
    ground: str,
    claim: str,
    asked_by: str,
    at: datetime,
) -> str:
    """Enter what an entrant asks to be reviewed; the time is the server's.

    Raises
    ------
    BadInput
        If the ground is none of the four.
    NotShownYet
        If the score has neither been announced nor the round been closed.
    ReviewTooLate
        If that was more than two hours ago.
    """
    if ground not in GROUNDS:
        raise BadInput(field="ground", value=ground[:20])
    with acting(store, who, "enter_review", round_id, at=at) as (act, tx):
        require_place(tx, round_id, entrant_id)
        since = since_when(tx, act.round, entrant_id)
        if act.at > parse(since) + WITHIN:
            zone = str(competitions.get(tx, act.round["competition_id"])["timezone"])
            ends = stamp(parse(since) + WITHIN)
            times = {"since": since, "until": ends}
            shown = {name: local(one, zone).strftime("%H:%M") for name, one in times.items()}
            raise ReviewTooLate(**shown)
        row: ReviewRow = {
            "id": mint(),
            "round_id": round_id,
            "entrant_id": entrant_id,
            "ground": ground,
            "claim": fields.text(claim, "claim", required=True, longest=500),
            "asked_by": fields.text(asked_by, "asked_by", required=True),
            "since": since,
            "entered_by": str(who.person_id),
            "entered_at": stamp(act.at),
            "finding": None,
            "answer": "",
            "answered_by": None,
            "answered_at": None,
        }
        tx.put("reviews", row)
        act.record("review_entered", entrant_id, reason=row["claim"])
    return row["id"]


def since_when(tx: Transaction, row: RoundRow, entrant_id: str) -> str:
    """When an entrant's two hours begin: at its announced score, or else at the closing."""
    release = releases.of_entrant(tx, row["id"], entrant_id)
    if release is not None:
        return str(release["at"])
    if row["closed_at"] is None:
        raise NotShownYet
    return row["closed_at"]


def answer_review(
    store: Store, who: Visitor, review_id: str, *, finding: str, answer: str, at: datetime
) -> None:
    """Answer a review that another person entered, as the paper says.

    Raises
    ------
    SecondPersonNeeded, WrongState, BadInput, Blank
    """
    if finding not in FINDINGS:
        raise BadInput(field="finding", value=finding[:20])
    with acting_on(store, who, "answer_review", rows.find, review_id, what="review", at=at) as (
        act,
        tx,
        row,
    ):
        if row["entered_by"] == who.person_id:
            raise SecondPersonNeeded
        if row["finding"] is not None:
            raise WrongState(before="answered", after="answered")
        said = fields.text(answer, "answer", required=True, longest=500)
        given = {"answered_by": who.person_id, "answered_at": stamp(act.at)}
        tx.put("reviews", changed(row, finding=finding, answer=said, **given))
        act.record("review_answered", row["entrant_id"], reason=said)


def reviews_of(store: Store, who: Visitor, round_id: str) -> list[Review]:
    """The reviews of a round, those without an answer first."""
    with store.reading() as tx:
        require_read(tx, who, "reviews", round_id)
        places = {place["id"]: place for place in entrants.in_round(tx, round_id)}
        listed = rows.of_round(tx, round_id)
        return [_view(tx, row, places[row["entrant_id"]]) for row in listed]


def _view(tx: Transaction, row: ReviewRow, place: Place) -> Review:
    return Review(
        id=row["id"],
        entrant=place,
        ground=row["ground"],
        claim=row["claim"],
        asked_by=row["asked_by"],
        since=row["since"],
        until=stamp(parse(row["since"]) + WITHIN),
        entered_by=_name(tx, row["entered_by"]),
        entered_by_id=row["entered_by"],
        entered_at=row["entered_at"],
        finding=row["finding"] or "",
        answer=row["answer"],
        answered_by=_name(tx, row["answered_by"]),
        answered_at=row["answered_at"] or "",
    )


def _name(tx: Transaction, person_id: str | None) -> str:
    person = people.find(tx, person_id) if person_id else None
    return str(person["name"]) if person else ""
