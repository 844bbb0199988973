"""Funds by where they come from: of this year and of those before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from competition import typed
from competition.programme.overview import require_last
from competition.programme.scope import reaches, today
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, Transaction, programme_counts
from db import programmes as rows


@dataclass(frozen=True)
class YearFunds:
    """Yuan by source in a year's programme until a day, over the counties that are reached."""

    year: int
    by_source: Mapping[str, int]
    by_county: Mapping[str, int]

    @property
    def total(self) -> int:
        """Over all sources."""
        return sum(self.by_source.values())


def funds_by_year(
    store: Store, who: Visitor, programme_id: str = "", *, day: str = "", at: datetime
) -> list[YearFunds]:
    """The funds of a programme's year by a day, then those of the years before, whole.

    Raises
    ------
    NoProgramme, Missing, BadDay
    """
    with store.reading() as tx:
        require_read(tx, who, "programme")
        chosen = require_last(tx, who, programme_id)
        until = typed.day(day, "day") or today(tx, who, at)
        there = rows.of_competition(tx, str(who.competition_id))
        return [
            _of_year(tx, who, one["id"], one["year"], until)
            for one in there
            if one["year"] <= chosen["year"]
        ]


def _of_year(tx: Transaction, who: Visitor, programme_id: str, year: int, day: str) -> YearFunds:
    columns = programme_counts.funds(tx, programme_id, day)
    by_source: dict[str, int] = {}
    by_county: dict[str, int] = {}
    for county, source, amount in zip(*columns.values(), strict=True):
        if reaches(who, county):
            by_source[source] = by_source.get(source, 0) + amount
            by_county[county] = by_county.get(county, 0) + amount
    return YearFunds(year, by_source, by_county)
