"""Needs of villages: asked, taken on by a unit, met. Every county sees them and may take one on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from competition import fields
from competition.acting import acting, changed
from competition.errors import BadDay, Missing
from competition.ids import mint
from competition.programme.errors import NeedSettled, NotOffered
from competition.programme.scope import (
    past_day,
    reaches,
    require_running,
    require_villages,
    today,
)
from competition.visitor import Visitor
from db import Store, Transaction
from db import programme_work as rows
from db.programme_shapes import Need


@dataclass(frozen=True)
class NeedSaid:
    """A need as listed; days empty until the unit took it on, or met it.

    One of the same village and text that is not met is the same need: what is said of it is added.
    """

    code: str
    text: str
    asked_on: str = ""
    offered_by: str = ""
    matched_on: str = ""
    met_on: str = ""


def put_need(
    store: Store, who: Visitor, programme_id: str, needs: Sequence[NeedSaid], *, at: datetime
) -> list[str]:
    """Enter what villages need; return the ids.

    Raises
    ------
    Missing, YearClosed, Blank
    BadDay
        If a day is after today, or before the one it follows.
    """
    made: list[str] = []
    with acting(store, who, "put_need", at=at) as (act, tx):
        require_villages(tx, who, programme_id, (one.code for one in needs))
        last, count = today(tx, who, act.at), 0
        there = {
            need_key(row): row
            for code in sorted({one.code for one in needs})
            for row in rows.needs_of(tx, programme_id, code)
        }
        for one in needs:
            row = _row(who, programme_id, one, last)
            before = there.get(need_key(row))
            if before is not None and (one.asked_on or before["met_on"] is None):
                row = _added(before, row, one)
            if row != before:
                tx.put("needs", row)
                count += 1
            there[need_key(row)] = row
            made.append(row["id"])
        if not count:
            act.unchanged()
            return made
        act.record("need_put", programme_id)
    return made


def need_key(row: Need) -> tuple[str, str]:
    """What tells one need from another: village and text."""
    return (row["code"], row["text"])


def _added(before: Need, row: Need, one: NeedSaid) -> Need:
    """A need with what is said of it now; what is not said stays."""
    after = changed(before, asked_on=row["asked_on"] if one.asked_on else before["asked_on"])
    if row["offered_by"] and row["offered_by"] != before["offered_by"]:
        names = ("offered_by", "offered_person", "matched_on")
        after = changed(after, **{name: row[name] for name in names})  # type: ignore[literal-required]
    if one.matched_on:
        after = changed(after, matched_on=row["matched_on"])
    return changed(after, met_on=row["met_on"] or before["met_on"])


def _row(who: Visitor, programme_id: str, one: NeedSaid, last: str) -> Need:
    asked = past_day(one.asked_on, "asked_on", last) or last
    unit = fields.text(one.offered_by, "offered_by", longest=80)
    matched = (past_day(one.matched_on, "matched_on", last) or asked) if unit else None
    met = past_day(one.met_on, "met_on", last)
    if matched and matched < asked:
        raise BadDay(field="matched_on", value=one.matched_on[:20])
    if met and (matched is None or met < matched):
        raise BadDay(field="met_on", value=one.met_on[:20])
    return {
        "id": mint(),
        "programme_id": programme_id,
        "code": one.code,
        "text": fields.text(one.text, "need", required=True),
        "asked_on": asked,
        "asked_by": str(who.person_id),
        "offered_by": unit,
        "offered_person": str(who.person_id) if unit else None,
        "matched_on": matched,
        "met_on": met,
    }


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

    The village's county may, and the person who took it on.

    Raises
    ------
    Missing
        If neither the village nor the offer is the visitor's.
    NotOffered, NeedSettled
    """
    with acting(store, who, "settle_need", at=at) as (act, tx):
        row = _require(tx, who, need_id)
        if not reaches(who, row["code"][:6]) and row["offered_person"] != who.person_id:
            raise Missing(what="need")
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
    require_running(tx, who, row["programme_id"])
    return row
