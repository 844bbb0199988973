"""一键: villages behind a figure, and a village by name, code, county, pinyin or its initials."""

import unicodedata
from datetime import datetime

from competition import typed
from competition.errors import BadInput
from competition.programme.lines import VillageLine, village_lines
from competition.programme.measures import MEASURES
from competition.programme.overview import require_last
from competition.programme.scope import reach, today
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store
from db import programmes as rows
from db.programme_shapes import TaskVillage

MOST_FOUND = 50
WHICH = ("all", "with", "without")


def villages_behind(
    store: Store,
    who: Visitor,
    programme_id: str,
    measure: str,
    *,
    county: str = "",
    which: str = "with",
    step: int = 0,
    day: str = "",
    at: datetime,
) -> list[VillageLine]:
    """The villages that a figure counts, or those it does not, in the order of their codes.

    Parameters
    ----------
    county : str
        A county's code; empty for all that the visitor reaches.
    which : str
        ``with`` for those that add to the figure, ``without`` for the others, ``all``.
    step : int
        Only villages for which this is the first step overdue; 0 for any.

    Raises
    ------
    NoProgramme, Missing, BadInput
    """
    if measure not in MEASURES or which not in WHICH:
        raise BadInput(field="measure", value=measure[:20])
    counts = MEASURES[measure].of
    with store.reading() as tx:
        require_read(tx, who, "programme")
        programme = require_last(tx, who, programme_id)
        until = typed.day(day, "day") or today(tx, who, at)
        lines = village_lines(tx, programme["id"], until, reach(who))
    return [
        line
        for line in lines
        if county in ("", line.county_code)
        and step in (0, line.overdue)
        and (which == "all" or bool(counts(line)) == (which == "with"))
    ]


def find_villages(
    store: Store, who: Visitor, programme_id: str, typed_text: str
) -> list[TaskVillage]:
    """Villages of which every word typed is a part: of code, place, pinyin or initials.

    At most fifty, by code; none for an empty text.
    """
    words = unicodedata.normalize("NFKC", typed_text).lower().split()[:4]
    with store.reading() as tx:
        require_read(tx, who, "programme")
        programme = require_last(tx, who, programme_id)
        codes = reach(who)
        found = rows.matching(tx, programme["id"], words) if words else []
    near = [one for one in found if codes is None or one["code"][:6] in codes]
    return near[:MOST_FOUND]
