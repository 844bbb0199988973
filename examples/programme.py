"""Invented programme of two years: 104 villages that are done, 401 that are under way.

Every place is real, every figure invented. Five counties wait at a step that is overdue.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import numpy as np

from competition.people import links, people
from competition.programme import programmes
from competition.sign_ins import visitor_of
from competition.times import local, stamp
from competition.visitor import Visitor
from db import Store
from examples.divisions import Division, divisions, tiles
from examples.programme_reports import report
from examples.programme_work import meet, urge
from examples.programme_year import HEINI, STEPS, Year, reached_by

__all__ = ["HEINI", "enter_programme"]

BEFORE, BEGUN = timedelta(days=406), timedelta(days=41)
"""Days since each year's programme was issued."""
LAST_YEAR = 104


def enter_programme(
    store: Store,
    organizer: Visitor,
    codes: Sequence[str],
    counties: Mapping[str, str],
    *,
    seed: int,
    at: datetime,
) -> dict[str, str]:
    """Enter both years; return a link's token for the office and for a leader, by the role.

    Parameters
    ----------
    codes : sequence of str
        The villages of this year.
    counties : mapping of str to str
        A county's code to the token of its link.
    """
    tokens = {}
    for role, name in (("office", "样例·州级办公室"), ("leader", "样例·领导")):
        person_id = people.add_person(store, organizer, name=name, at=at)
        people.grant_role(store, organizer, person_id, role, at=at)
        tokens[role] = links.make_link(store, organizer, person_id, at=at)
    office = _visitor(store, tokens["office"], at)
    known = {one.village_code: one for one in divisions()}
    places = [known[code] for code in sorted(codes) if code in known]
    rng = np.random.default_rng([seed, 17])
    earlier = [places[n] for n in sorted(rng.permutation(len(places))[:LAST_YEAR])]
    last = _enter_year(store, office, earlier, BEFORE, at, rng)
    programmes.close_programme(store, office, last.id, at=at)
    this = _enter_year(store, office, places, BEGUN, at, rng)
    meet(this)
    urge(this, {code: _visitor(store, token, at) for code, token in counties.items()})
    return tokens


def _visitor(store: Store, token: str, at: datetime) -> Visitor:
    person = links.whose(store, token, at=at)
    assert person is not None
    with store.reading() as tx:
        return visitor_of(tx, person["id"])


def _enter_year(
    store: Store,
    who: Visitor,
    places: Sequence[Division],
    ago: timedelta,
    at: datetime,
    rng: np.random.Generator,
) -> Year:
    today = local(stamp(at), "Asia/Shanghai").date()
    first = today - ago
    is_over = ago == BEFORE
    programme_id = programmes.begin_programme(
        store,
        who,
        year=str(first.year if is_over else today.year),
        title=f"{first.year if is_over else today.year}年村庄规划",
        begins_on=first.isoformat(),
        at=at,
    )
    short = {tile.county_code: tile.short for tile in tiles()}
    listed = [
        programmes.Village(
            one.village_code,
            short[one.county_code],
            one.township,
            one.label,
            200 + int(one.village_code[-4:]) % 400,
            800 + int(one.village_code[-5:]) % 1600,
        )
        for one in places
    ]
    programmes.put_task_villages(store, who, programme_id, listed, at=at)
    reached = {p.village_code: STEPS for p in places} if is_over else reached_by(places, rng)
    year = Year(store, who, programme_id, first, today, places, reached, at, rng)
    report(year, is_over=is_over)
    return year
