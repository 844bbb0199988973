"""Awards handed over in villages: which award goes to which village, at which meeting, by whom."""

from datetime import datetime

from competition import fields, typed
from competition.acting import acting, changed
from competition.errors import Missing
from competition.ids import mint
from competition.programme.errors import AwardHandedOver, AwardThere
from competition.programme.meetings import require_meeting
from competition.programme.scope import past_day, require_village, today
from competition.visitor import Visitor
from db import Store, Transaction
from db import programme_work as rows
from db.programme_shapes import AwardHanded


def plan_award(
    store: Store,
    who: Visitor,
    meeting_id: str,
    *,
    code: str,
    award: str,
    handed_by: str = "",
    at: datetime,
) -> str:
    """Put down that a village gets an award at a meeting; return the id.

    Raises
    ------
    BadFields
    AwardThere
        If the village has this award at this or another meeting.
    Missing, YearClosed
    """
    form = typed.Typed({"award": award, "handed_by": handed_by})
    with acting(store, who, "plan_award", at=at) as (act, tx):
        meeting = require_meeting(tx, who, meeting_id)
        village = require_village(tx, who, meeting["programme_id"], code)
        name = form.read("award", typed.line(required=True, longest=80), "")
        giver = form.read("handed_by", typed.line(longest=80), "")
        form.done()
        there = rows.awards(tx, meeting["programme_id"])
        if (code, name) in [(one["code"], one["award"]) for one in there]:
            raise AwardThere(village=village["village"], award=name)
        award_id = mint()
        tx.put(
            "awards_handed",
            {
                "id": award_id,
                "competition_id": str(who.competition_id),
                "programme_id": meeting["programme_id"],
                "meeting_id": meeting_id,
                "code": code,
                "award": name,
                "handed_by": giver,
                "handed_on": None,
                "said_by": str(who.person_id),
            },
        )
        act.record("award_planned", meeting["programme_id"])
    return award_id


def hand_award(store: Store, who: Visitor, award_id: str, *, day: str = "", at: datetime) -> None:
    """Record that an award was handed over, today or on an earlier day; once.

    Raises
    ------
    Missing, YearClosed, BadDay
    """
    with acting(store, who, "hand_award", at=at) as (act, tx):
        row = _require(tx, who, award_id)
        if row["handed_on"] is not None:
            return act.unchanged()
        now = today(tx, who, act.at)
        tx.put("awards_handed", changed(row, handed_on=past_day(day, "day", now) or now))
        act.record("award_handed", row["programme_id"])


def drop_award(store: Store, who: Visitor, award_id: str, *, reason: str, at: datetime) -> None:
    """Take an award off a meeting's list, with a reason.

    Raises
    ------
    AwardHandedOver
        If it was handed over.
    Missing, YearClosed, ReasonNeeded
    """
    with acting(store, who, "drop_award", at=at) as (act, tx):
        row = _require(tx, who, award_id)
        if row["handed_on"] is not None:
            raise AwardHandedOver(award=row["award"])
        said = fields.reason(reason)
        tx.remove("awards_handed", id=award_id)
        act.record("award_dropped", row["programme_id"], reason=said)


def _require(tx: Transaction, who: Visitor, award_id: str) -> AwardHanded:
    row = rows.award(tx, award_id)
    if row is None:
        raise Missing(what="award")
    require_meeting(tx, who, row["meeting_id"])
    return row
