"""The trend: villages whose plan was filed, week by week until a day."""

from datetime import date, datetime

from competition import typed
from competition.programme.lines import WEEK
from competition.programme.overview import require_last
from competition.programme.scope import reaches, today
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, programme_counts

MOST_WEEKS = 8


def filed_by_week(
    store: Store, who: Visitor, programme_id: str = "", *, day: str = "", at: datetime
) -> list[tuple[str, int]]:
    """Each of the last weeks' days and how many villages the visitor reaches had filed by it.

    Raises
    ------
    NoProgramme, Missing, BadDay
    """
    with store.reading() as tx:
        require_read(tx, who, "programme")
        programme = require_last(tx, who, programme_id)
        until = typed.day(day, "day") or today(tx, who, at)
        columns = programme_counts.filed_days(tx, programme["id"], until)
    filed = [
        (on, count)
        for county, on, count in zip(*columns.values(), strict=True)
        if reaches(who, county)
    ]
    last, first = date.fromisoformat(until), programme["begins_on"]
    days = [(last - n * WEEK).isoformat() for n in range(MOST_WEEKS)]
    return [
        (each, sum(count for on, count in filed if on <= each))
        for each in reversed(days)
        if each >= first or each == until
    ]
