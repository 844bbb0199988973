"""Years begun and closed by the office, and the villages that must have plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from competition import fields, typed
from competition.acting import acting, changed
from competition.errors import BadWhole, Blank, Duplicate, Missing
from competition.ids import mint
from competition.lineup.errors import BadCode
from competition.programme import template
from competition.programme.errors import VillageInUse, YearRuns
from competition.programme.initials import initials
from competition.programme.scope import require_programme, require_running, today
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store
from db import programmes as rows
from db.programme_shapes import Programme, TaskVillage

CODE_DIGITS = 12
MOST_PEOPLE = 999_999


@dataclass(frozen=True)
class Village:
    """A village as listed."""

    code: str
    county: str
    township: str
    village: str
    households: int | None = None
    residents: int | None = None


def begin_programme(
    store: Store, who: Visitor, *, year: str, title: str, begins_on: str, at: datetime
) -> str:
    """Begin a year's programme; return its id.

    It has the steps of the last year where the office has set them, each as many days after the
    beginning as then; else the sample.

    Raises
    ------
    BadFields
        With `BadWhole`, `BadDay`, `Blank` or `Duplicate` at its field.
    """
    form = typed.Typed({"year": year, "title": title, "begins_on": begins_on})
    with acting(store, who, "begin_programme", at=at) as (act, tx):
        if not year.strip():
            form.refuse("year", Blank(field="year"))
        number = form.read("year", typed.whole(2000, 2999), 2000)
        name = form.read("title", typed.line(required=True), "")
        first = form.read("begins_on", typed.day, "")
        if not first:
            form.refuse("begins_on", Blank(field="begins_on"))
        there = rows.of_competition(tx, str(who.competition_id))
        if number in [one["year"] for one in there]:
            form.refuse("year", Duplicate(field="year", what=str(number)))
        form.done()
        last = next((one for one in there if not one["sample_steps"]), None)
        programme: Programme = {
            "id": mint(),
            "competition_id": str(who.competition_id),
            "year": number,
            "title": name,
            "begins_on": first,
            "sample_steps": int(last is None),
            "closed_on": None,
        }
        tx.put("programmes", programme)
        steps = template.sample_steps(first)
        if last is not None:
            steps = template.moved(rows.steps(tx, last["id"]), last["begins_on"], first)
        for step in steps:
            tx.put("programme_steps", template.row_of(programme["id"], step))
        act.record("programme_begun", programme["id"])
    return programme["id"]


@dataclass(frozen=True)
class YearLine:
    """A year, how many villages are on its list, and in how many counties."""

    programme: Programme
    villages: int
    counties: int


def years(store: Store, who: Visitor) -> list[YearLine]:
    """The years of the competition, the last first, for those who begin and close them."""
    with store.reading() as tx:
        require_read(tx, who, "programme_year")
        lines = []
        for one in rows.of_competition(tx, str(who.competition_id)):
            codes = [place[0] for place in rows.village_tuples(tx, one["id"])]
            lines.append(YearLine(one, len(codes), len({code[:6] for code in codes})))
        return lines


def close_programme(store: Store, who: Visitor, programme_id: str, *, at: datetime) -> None:
    """Close a year: nothing is written in it any more, everything stays readable.

    Raises
    ------
    Missing, YearClosed
    """
    with acting(store, who, "close_programme", at=at) as (act, tx):
        programme = require_running(tx, who, programme_id)
        tx.put("programmes", changed(programme, closed_on=today(tx, who, act.at)))
        act.record("programme_closed", programme_id)


def reopen_programme(
    store: Store, who: Visitor, programme_id: str, *, reason: str, at: datetime
) -> None:
    """Open a closed year again, with a reason.

    Raises
    ------
    Missing, YearRuns, ReasonNeeded
    """
    with acting(store, who, "reopen_programme", at=at) as (act, tx):
        programme = require_programme(tx, who, programme_id)
        if programme["closed_on"] is None:
            raise YearRuns(year=programme["year"])
        said = fields.reason(reason)
        tx.put("programmes", changed(programme, closed_on=None))
        act.record("programme_reopened", programme_id, reason=said)


def put_task_villages(
    store: Store, who: Visitor, programme_id: str, villages: Sequence[Village], *, at: datetime
) -> int:
    """Add villages to a programme, or correct those that are there; return how many changed.

    Raises
    ------
    BadCode, Blank, BadWhole, Missing, YearClosed
    """
    with acting(store, who, "put_task_villages", at=at) as (act, tx):
        require_running(tx, who, programme_id)
        there = {row["code"]: row for row in rows.villages(tx, programme_id)}
        count = 0
        for one in villages:
            row = _village(programme_id, one)
            if row != there.get(one.code):
                tx.put("task_villages", row)
                count += 1
        if not count:
            act.unchanged()
            return 0
        act.record("task_villages_put", programme_id)
    return count


def _village(programme_id: str, one: Village) -> TaskVillage:
    if not (len(one.code) == CODE_DIGITS and one.code.isascii() and one.code.isdigit()):
        raise BadCode(field="code", code=one.code[:20])
    for name, value in (("households", one.households), ("residents", one.residents)):
        if value is not None and not 0 <= value <= MOST_PEOPLE:
            raise BadWhole(field=name, value=str(value), low=0, high=MOST_PEOPLE)
    village = fields.text(one.village, "village", required=True)
    return {
        "programme_id": programme_id,
        "code": one.code,
        "county": fields.text(one.county, "county", required=True),
        "township": fields.text(one.township, "township"),
        "village": village,
        "initials": initials(village),
        "households": one.households,
        "residents": one.residents,
    }


def remove_task_village(
    store: Store, who: Visitor, programme_id: str, code: str, *, reason: str, at: datetime
) -> None:
    """Take a village off a programme's list, with a reason.

    Raises
    ------
    Missing, YearClosed, ReasonNeeded
    VillageInUse
        If something was reported of it.
    """
    with acting(store, who, "remove_task_village", at=at) as (act, tx):
        require_running(tx, who, programme_id)
        village = rows.village(tx, programme_id, code)
        if village is None:
            raise Missing(what="village")
        if rows.is_used(tx, programme_id, code):
            raise VillageInUse(village=village["village"])
        said = fields.reason(reason)
        tx.remove("task_villages", programme_id=programme_id, code=code)
        act.record("task_village_removed", programme_id, reason=said)
