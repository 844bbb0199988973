"""Work that is late beside the villages' steps: tasks of meetings, dispatches without an answer."""

from dataclasses import dataclass
from datetime import date, datetime

from competition import typed
from competition.programme.overview import require_last
from competition.programme.scope import reaches, today
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store
from db import programme_work as work
from db import programmes as rows


@dataclass(frozen=True)
class Late:
    """A task or a dispatch whose day has passed; ``number`` is the meeting's or the dispatch's."""

    kind: str
    number: int
    text: str
    county_code: str
    county: str
    due_on: str
    days_late: int


def late_work(
    store: Store, who: Visitor, programme_id: str = "", *, day: str = "", at: datetime
) -> tuple[Late, ...]:
    """What counties still have to do though its day has passed by a day, the longest first.

    Raises
    ------
    NoProgramme, Missing, BadDay
    """
    with store.reading() as tx:
        require_read(tx, who, "programme")
        programme = require_last(tx, who, programme_id)
        until = typed.day(day, "day") or today(tx, who, at)
        named = {one[0][:6]: one[1] for one in rows.village_tuples(tx, programme["id"])}
        meetings = {one["id"]: one for one in work.meetings(tx, programme["id"])}
        overdue = [
            ("task", meetings[one["meeting_id"]]["number"], one["text"], one)
            for one in work.tasks(tx, programme["id"])
            if not (one["done_on"] and one["done_on"] <= until)
            and meetings[one["meeting_id"]]["held_on"] <= until
        ]
        letters = [
            ("dispatch", one["number"], one["reason"], one)
            for one in work.dispatches(tx, programme["id"])
            if one["issued_on"] <= until
            and not (one["answered_on"] and one["answered_on"] <= until)
        ]
    late = [
        Late(
            kind,
            number,
            text,
            one["county_code"],
            named.get(one["county_code"], ""),
            one["due_on"],
            (date.fromisoformat(until) - date.fromisoformat(one["due_on"])).days,
        )
        for kind, number, text, one in (*overdue, *letters)
        if one["due_on"] < until and reaches(who, one["county_code"])
    ]
    return tuple(sorted(late, key=lambda one: (one.due_on, one.county_code, one.kind, one.number)))
