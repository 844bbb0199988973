"""一键: villages behind a figure, and a village by name, code, county, pinyin or its initials."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from competition import typed
from competition.errors import BadInput
from competition.programme.initials import county_initials
from competition.programme.lines import VillageLine, village_lines
from competition.programme.measures import MEASURES
from competition.programme.overview import require_last
from competition.programme.scope import reach, today
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, Transaction
from db import programmes as rows
from db.programme_shapes import Programme, TaskVillage

MOST_FOUND = 50
WHICH = ("all", "with", "without")


@dataclass(frozen=True)
class Found:
    """What a text finds: counties that are called so, and villages, best first.

    ``is_more`` where more than `MOST_FOUND` villages match.
    """

    counties: tuple[tuple[str, str], ...]
    villages: tuple[TaskVillage, ...]
    is_more: bool


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


def find_villages(store: Store, who: Visitor, programme_id: str, typed_text: str) -> Found:
    """Villages of which every word typed is a part: of code, place, pinyin or initials.

    Of a county only the beginning of its initials or spelling counts: 红河州 is not 红河县.
    """
    words = unicodedata.normalize("NFKC", typed_text).lower().split()[:4]
    if not words:
        return Found((), (), is_more=False)
    with store.reading() as tx:
        programme, near = _near(tx, who, programme_id)
        in_counties = [[code for code, name in near if _begins(name, word)] for word in words]
        codes = [code for code, _ in near]
        matches = rows.matching(tx, programme["id"], words, in_counties, codes, MOST_FOUND + 1)
    both = set(in_counties[0]).intersection(*in_counties)
    counties = tuple(one for one in near if one[0] in both)
    return Found(counties, tuple(matches[:MOST_FOUND]), is_more=len(matches) > MOST_FOUND)


def first_villages(store: Store, who: Visitor, programme_id: str, most: int) -> list[TaskVillage]:
    """The first villages that the visitor reaches, by code, so many at most."""
    with store.reading() as tx:
        programme, near = _near(tx, who, programme_id)
        return rows.matching(tx, programme["id"], [], [], [code for code, _ in near], most)


def villages_called(
    store: Store, who: Visitor, programme_id: str, codes: Iterable[str]
) -> list[TaskVillage]:
    """The villages of some codes that are there and that the visitor reaches."""
    with store.reading() as tx:
        programme, near = _near(tx, who, programme_id)
        counties = {code for code, _ in near}
        villages = (rows.village(tx, programme["id"], code) for code in sorted(set(codes)))
        return [one for one in villages if one is not None and one["code"][:6] in counties]


def _near(
    tx: Transaction, who: Visitor, programme_id: str
) -> tuple[Programme, list[tuple[str, str]]]:
    """The programme, and code and name of each of its counties that the visitor reaches."""
    require_read(tx, who, "programme")
    programme, codes = require_last(tx, who, programme_id), reach(who)
    counties = rows.counties(tx, programme["id"])
    return programme, [one for one in counties if codes is None or one[0] in codes]


def _begins(county: str, word: str) -> bool:
    """Whether a county is called so: by its name's beginning, its initials or its spelling."""
    return any(name.startswith(word) for name in (county, *county_initials(county).split()))
