"""Whose villages a visitor reaches: leaders, office and organizers all, a county its own."""

from collections.abc import Iterable
from datetime import datetime

from competition import typed
from competition.errors import BadDay, Missing
from competition.filing.scope import counties_of
from competition.programme.errors import YearClosed
from competition.times import local, stamp
from competition.visitor import Visitor
from db import Transaction, competitions
from db import programmes as rows
from db.programme_shapes import Programme, TaskVillage

SEES_ALL = frozenset({"organizer", "office", "leader"})


def reach(who: Visitor) -> frozenset[str] | None:
    """Codes of the counties that a visitor reaches; None for all."""
    return None if who.roles_in(None) & SEES_ALL else counties_of(who)


def reaches(who: Visitor, county_code: str) -> bool:
    """Whether a visitor reaches a county."""
    codes = reach(who)
    return codes is None or county_code in codes


def require_programme(tx: Transaction, who: Visitor, programme_id: str) -> Programme:
    """A programme of the visitor's own competition, or `Missing`."""
    programme = rows.find(tx, programme_id)
    if programme is None or programme["competition_id"] != who.competition_id:
        raise Missing(what="programme")
    return programme


def require_running(tx: Transaction, who: Visitor, programme_id: str) -> Programme:
    """A programme in which may be written: asked by every act, after the rights.

    Raises
    ------
    Missing, YearClosed
    """
    programme = require_programme(tx, who, programme_id)
    if programme["closed_on"] is not None:
        raise YearClosed(year=programme["year"])
    return programme


def require_village(tx: Transaction, who: Visitor, programme_id: str, code: str) -> TaskVillage:
    """A village that the visitor reaches, or `Missing`: another county's is not there."""
    require_programme(tx, who, programme_id)
    village = rows.village(tx, programme_id, code)
    if village is None or not reaches(who, code[:6]):
        raise Missing(what="village")
    return village


def require_villages(
    tx: Transaction, who: Visitor, programme_id: str, codes: Iterable[str]
) -> None:
    """Refuse an act with `Missing` unless the visitor reaches every village.

    Raises
    ------
    Missing, YearClosed
    """
    require_running(tx, who, programme_id)
    wanted = set(codes)
    if len(wanted) == 1:
        require_village(tx, who, programme_id, *wanted)
        return
    there = {
        one["code"] for one in rows.villages(tx, programme_id) if reaches(who, one["code"][:6])
    }
    if not wanted <= there:
        raise Missing(what="village")


def today(tx: Transaction, who: Visitor, at: datetime) -> str:
    """The day of a time on the competition's own clock."""
    zone = competitions.get(tx, str(who.competition_id))["timezone"]
    return local(stamp(at), zone).date().isoformat()


def day_or_today(tx: Transaction, who: Visitor, typed_day: str, at: datetime) -> str:
    """A typed day, or the day of the act where it is empty.

    Raises
    ------
    BadDay
    """
    return typed.day(typed_day, "day") or today(tx, who, at)


def past_day(typed_day: str, field: str, last: str) -> str | None:
    """A typed day that is not after a last one; None where it is empty.

    Raises
    ------
    BadDay
    """
    day = typed.day(typed_day, field)
    if day > last:
        raise BadDay(field=field, value=typed_day[:20])
    return day or None
