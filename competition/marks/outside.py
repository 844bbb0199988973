"""Scores given outside any round: entered as a list by one person, confirmed by another.

A list counts as a whole, from its confirmation on. A later list replaces the scores of the
entrants it names, and its source says why; a score that is missing stays missing.
"""

from collections.abc import Mapping
from datetime import datetime

from competition import fields
from competition.acting import Act, acting, acting_on, changed
from competition.countersigning import answered_by
from competition.errors import (
    BadFields,
    Missing,
    NothingChanged,
    Refused,
    SecondPersonNeeded,
    WrongState,
)
from competition.ids import mint
from competition.rounds.gathering import gather, listed_places
from competition.times import stamp
from competition.visitor import Visitor
from db import Store
from db import composites as rows
from db.shapes import OutsideList, PartRow, Place

NO_SCORE = ""
"""What a list holds of an entrant whose score it takes away."""


def enter_outside(
    store: Store,
    who: Visitor,
    round_id: str,
    part_id: str,
    scores: Mapping[str, str],
    *,
    source: str,
    at: datetime,
) -> str:
    """Enter scores of one outside part, all or none; return the list's id.

    Parameters
    ----------
    scores : mapping of str to str
        Entrant's id to the score as typed; `NO_SCORE` takes away the one that counts.
    source : str
        Where the scores come from, and why they replace others: the event's reason.

    Raises
    ------
    BadFields
        With the refusal of each entrant's score, by the entrant's id.
    NothingChanged
        If every score counts already.
    Missing, ReasonNeeded
    """
    with acting(store, who, "enter_outside", round_id, at=at) as (act, tx):
        part = rows.part(tx, part_id)
        if part is None or part["round_id"] != round_id or part["source_id"] is not None:
            raise Missing(what="part")
        read = _read(part, scores, listed_places(tx, round_id))
        why = fields.reason(source)
        counted = rows.in_force(tx, part_id)
        if all(counted.get(entrant_id) == value for entrant_id, value in read.items()):
            raise NothingChanged
        if gather(tx, round_id):
            act.record("entrants_gathered")
        list_id = put_list(act, part_id, read, why)
        act.record("outside_entered", list_id, reason=why)
    return list_id


def put_list(act: Act, part_id: str, scores: Mapping[str, int | None], source: str) -> str:
    """Inside an act: a list of scores in thousandths that waits for the second person; its id."""
    row: OutsideList = {
        "id": mint(),
        "part_id": part_id,
        "round_id": act.round["id"],
        "source": source,
        "state": "entered",
        "entered_by": str(act.who.person_id),
        "entered_at": stamp(act.at),
        "answered_by": None,
        "answered_at": None,
    }
    act.tx.put("outside_lists", row)
    for entrant_id, value in sorted(scores.items()):
        line = {"list_id": row["id"], "entrant_id": entrant_id, "value": value}
        act.tx.put("outside_scores", line)
    return row["id"]


def _read(part: PartRow, scores: Mapping[str, str], places: list[Place]) -> dict[str, int | None]:
    """Each score in thousandths, or None where it is taken away."""
    known = {place["id"] for place in places}
    problems: dict[str, Refused] = {}
    read: dict[str, int | None] = {}
    for entrant_id, typed in scores.items():
        try:
            if entrant_id not in known:
                raise Missing(what="entrant")
            read[entrant_id] = score_of(part, typed)
        except Refused as error:
            problems[entrant_id] = error
    if problems:
        raise BadFields(problems)
    return read


def score_of(part: PartRow, typed: str) -> int | None:
    """A typed score in thousandths, within the part's bounds; None for `NO_SCORE`.

    Raises
    ------
    MarkNotANumber, MarkOutOfRange, MarkOffStep
    """
    if typed.strip() == NO_SCORE:
        return None
    return fields.parse_mark(typed, {**part, "name": part["title"]})


def answer_outside(
    store: Store, who: Visitor, list_id: str, *, approve: bool, at: datetime
) -> None:
    """Confirm a list that another person entered, or refuse it.

    Raises
    ------
    SecondPersonNeeded
        If the same person entered it and it is to be confirmed.
    WrongState
        If it is answered already.
    """
    with acting_on(
        store, who, "answer_outside", rows.outside_list, list_id, what="outside_list", at=at
    ) as (act, tx, entered):
        answer = "confirmed" if approve else "refused"
        if answered_by(entered, who, answer):
            return act.unchanged()
        if entered["state"] != "entered":
            raise WrongState(before=entered["state"], after=answer)
        if approve and entered["entered_by"] == who.person_id:
            raise SecondPersonNeeded
        answered = {"answered_by": who.person_id, "answered_at": stamp(act.at)}
        tx.put("outside_lists", changed(entered, state=answer, **answered))
        act.record(f"outside_{answer}", list_id)
