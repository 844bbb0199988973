"""Needs of villages: asked, taken on by a unit, met. Every county sees them and may take one on."""

from datetime import datetime

from competition import fields
from competition.acting import acting, changed
from competition.errors import Missing, NeedSettled, NotOffered
from competition.ids import mint
from competition.programme.scope import require_programme, require_village, today
from competition.visitor import Visitor
from db import Store, Transaction
from db import programmes as rows
from db.programme_shapes import Need


def put_need(
    store: Store, who: Visitor, programme_id: str, code: str, text: str, *, at: datetime
) -> str:
    """Enter what a village needs; return its id.

    Raises
    ------
    Missing, Blank
    """
    need_id = mint()
    with acting(store, who, "put_need", at=at) as (act, tx):
        require_village(tx, who, programme_id, code)
        tx.put(
            "needs",
            {
                "id": need_id,
                "programme_id": programme_id,
                "code": code,
                "text": fields.text(text, "need", required=True),
                "asked_on": today(tx, who, act.at),
                "asked_by": str(who.person_id),
                "offered_by": "",
                "offered_person": None,
                "matched_on": None,
                "met_on": None,
            },
        )
        act.record("need_put", programme_id)
    return need_id


def offer_need(store: Store, who: Visitor, need_id: str, unit: str, *, at: datetime) -> None:
    """Take a need on for a unit; also another county may.

    Raises
    ------
    NeedSettled
        If a unit has taken it on before.
    """
    with acting(store, who, "offer_need", at=at) as (act, tx):
        row = _require(tx, who, need_id)
        if row["matched_on"] is not None:
            raise NeedSettled(unit=row["offered_by"])
        unit = fields.text(unit, "offered_by", required=True, longest=80)
        day, person = today(tx, who, act.at), str(who.person_id)
        tx.put("needs", changed(row, offered_by=unit, offered_person=person, matched_on=day))
        act.record("need_offered", row["programme_id"])


def settle_need(store: Store, who: Visitor, need_id: str, *, is_met: bool, at: datetime) -> None:
    """Record that a need was met; or else that its unit withdrew and it is open again.

    Raises
    ------
    Missing
        If the village is another county's.
    NotOffered, NeedSettled
    """
    with acting(store, who, "settle_need", at=at) as (act, tx):
        row = _require(tx, who, need_id)
        require_village(tx, who, row["programme_id"], row["code"])
        if row["matched_on"] is None:
            raise NotOffered
        if row["met_on"] is not None:
            raise NeedSettled(unit=row["offered_by"])
        after = {"offered_by": "", "offered_person": None, "matched_on": None}
        met = {"met_on": max(today(tx, who, act.at), row["matched_on"])}
        tx.put("needs", changed(row, **(met if is_met else after)))
        act.record("need_met" if is_met else "need_reopened", row["programme_id"])


def _require(tx: Transaction, who: Visitor, need_id: str) -> Need:
    row = rows.need(tx, need_id)
    if row is None:
        raise Missing(what="need")
    require_programme(tx, who, row["programme_id"])
    return row
