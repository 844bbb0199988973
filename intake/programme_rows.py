"""One row of a programme's list: its village found, its days and figures checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from competition import typed
from competition.errors import Refused
from competition.programme.importing import Line
from competition.programme.initials import initials
from competition.programme.needs import NeedSaid
from competition.programme.plans import MOST, PLANS, FigureSaid, PlanMade
from competition.programme.programmes import MOST_PEOPLE, Village
from competition.programme.reporting import StepDone
from competition.programme.shapes import TaskVillage
from intake.aliases import first_name, is_called, plain_name
from intake.cells import Unreadable, shown, written
from intake.edits import Choice
from intake.gazetteer import built_in
from intake.places import short_county, short_village
from intake.saying import column_name
from intake.tables import Row

WAN = 10_000
CODE_DIGITS = 12
MOST_WAYS = 3


@dataclass(frozen=True)
class Known:
    """What the reader of the file may report: villages, steps, and the last day that may be."""

    villages: tuple[TaskVillage, ...]
    steps: tuple[int, ...]
    today: str


def read_code(row: Row, known: Known) -> str:
    """The code of the task village that a row names; "" and a stop where it names none."""
    codes = {one["code"] for one in known.villages}
    if row.has("village_code"):
        code = row.code("village_code")
        if code and code not in codes:
            ways = [*_called_alike(row, known, row.raw("village")), row.drop()]
            row.stop("not_on_list", "village_code", choices=ways, value=code)
            return ""
        return code
    name = row.text("village", is_needed=True)
    if not name:
        return ""
    if name in codes:  # a proposal was taken where there is no column of codes
        return name
    villages = [one for one in known.villages if _is_named(one, row, name)]
    if len(villages) == 1:
        return villages[0]["code"]
    if villages:
        ways = [row.put("village_code", one["code"], _place(one)) for one in villages[:5]]
        row.stop("ambiguous_village", "village", choices=ways, value=name)
    else:
        ways = [*_called_alike(row, known, name), row.drop()]
        row.stop("not_on_list", "village", choices=ways, value=name)
    return ""


def _called_alike(row: Row, known: Known, name: str) -> list[Choice]:
    """Villages whose name sounds the same: the usual typing error is a homophone."""
    spelt = initials(name) if name else ""
    alike = [one for one in known.villages if spelt and one["initials"] == spelt]
    return [row.put("village_code", one["code"], _place(one)) for one in alike[:MOST_WAYS]]


def _place(one: TaskVillage) -> str:
    return f"{one['township']}{one['village']} {one['code']}"


def _is_named(one: TaskVillage, row: Row, name: str) -> bool:
    township, county = row.raw("township"), row.raw("county")
    return (
        short_village(one["village"]) == short_village(name)
        and (not township or plain_name(township) == plain_name(one["township"]))
        and (not county or short_county(county) == short_county(one["county"]))
    )


def read_new_code(row: Row) -> str:
    """The 12-digit code of a village that is put on the list."""
    code = row.code("village_code")
    if code and len(code) != CODE_DIGITS:
        row.stop("bad_code", "village_code", value=code)
        return ""
    return code


def _day(row: Row, column: str, known: Known) -> str | None:
    """A day that is not to come, "" for an empty cell; None and a stop for anything else."""
    cell = row.cells.get(column)
    if cell is None:
        return ""
    if isinstance(cell.raw, datetime | date):
        day = cell.raw.isoformat()[:10]
    else:
        try:
            day = typed.day(written(cell), column)
        except Unreadable as problem:
            row.stop(problem.code, column, value=shown(cell))
            return None
        except Refused:
            day = ""
    if not day or day > known.today:
        row.stop("bad_day" if not day else "day_to_come", column, value=day or shown(cell))
        return None
    return day


def _days(row: Row, columns: Sequence[str], known: Known) -> list[str] | None:
    """Days in their order; None and a stop where one is none, missing before another, or early."""
    days: list[str] = []
    for at, column in enumerate(columns):
        day = _day(row, column, known)
        if day is None:
            return None
        before = days[at - 1] if at else ""
        if day and at and (not before or before > day):
            row.stop("day_before", column, value=day, other=column_name(columns[at - 1], "zh"))
            return None
        days.append(day)
    return days


def _whole(row: Row, column: str, most: int) -> int | None:
    """A whole number of 0 and more; None for an empty cell, and with a stop for another."""
    value = row.number_in(column)
    if value is None:
        return None
    if value != value.to_integral_value() or not 0 <= value <= most:
        row.stop("not_whole", column, value=row.raw(column))
        return None
    return int(value)


def read_village(row: Row, code: str, known: Known) -> Line | None:
    """A task village; its place as the table of places has it, where it has it."""
    del known
    place = built_in().village(code)
    county = row.text("county")
    name = row.text("village", is_needed=True)
    if place is None:
        if not county:
            row.stop("blank", row.anchor("county", "village_code"))
            return None
        row.findings.note("place_not_listed", row.sheet, row.ref("village_code"), value=code)
        township = row.text("township")
        return _listed(row, code, county, township, name)
    if county and short_county(county) != short_county(place.county):
        row.stop("county_differs_code", "county", value=county, other=place.county)
        return None
    if name and short_village(name) != short_village(place.name):
        row.stop("place_differs", "village", value=code, other=place.name, name=name)
        return None
    return _listed(row, code, short_county(place.county), place.township, name)


def _listed(row: Row, code: str, county: str, township: str, name: str) -> Line | None:
    if not name:
        return None
    people = [_whole(row, key, MOST_PEOPLE) for key in ("households", "residents")]
    return Village(code, county, township, name, *people)


def read_step(row: Row, code: str, known: Known) -> Line | None:
    """A step that was done on a day."""
    number = row.whole("programme_step")
    day = _day(row, "done_on", known)
    if number is not None and number not in known.steps:
        row.stop("unknown_step", "programme_step", value=str(number))
        return None
    return StepDone(code, number, day) if number is not None and day else None


def read_plan(row: Row, code: str, known: Known) -> Line | None:
    """One of six plans with its days."""
    text = row.text("plan_kind")
    kind = next((one for one in PLANS if is_called(text, f"plan.{one}")), "")
    if not kind:
        row.stop("unknown_plan", "plan_kind", value=text)
        return None
    days = _days(row, ("finished_on", "reviewed_on", "filed_on"), known)
    version = row.whole("plan_version") if row.has("plan_version") else 1
    if days is None or version is None:
        return None
    finished, reviewed, filed = days
    return PlanMade(code, kind, finished, reviewed, filed, version, row.text("gist"))


def read_people(row: Row, code: str, known: Known) -> Line | None:
    """How many people came home."""
    count, day = _whole(row, "people_count", MOST_PEOPLE), _day(row, "said_on", known)
    if count is None or day is None:
        return None
    source = row.text("source") or first_name("word.people_list", "zh")
    return FigureSaid(code, "people", source, count, day or known.today)


def read_fund(row: Row, code: str, known: Known) -> Line | None:
    """Money of a source, in yuan."""
    column, unit = ("amount_yuan", 1) if row.has("amount_yuan") else ("amount_wan", WAN)
    value, day = row.number_in(column), _day(row, "said_on", known)
    source = row.text("source", is_needed=True)
    if value is None or day is None or not source:
        return None
    yuan = value * unit
    if yuan != yuan.to_integral_value() or not 0 <= yuan <= MOST:
        row.stop("not_whole", column, value=row.raw(column))
        return None
    return FigureSaid(code, "fund", source, int(yuan), day or known.today)


def read_need(row: Row, code: str, known: Known) -> Line | None:
    """A need, and how far it is met."""
    days = [_day(row, key, known) for key in ("asked_on", "matched_on", "met_on")]
    unit = row.text("offered_by")
    if None in days:
        return None
    asked, matched, met = (day or "" for day in days)
    for column in ("matched_on", "met_on"):
        if row.has(column) and not unit:
            row.stop("unit_needed", column, value=row.raw(column))
            return None
    if met and met < (matched or asked or met):
        row.stop("day_before", "met_on", value=met, other=column_name("matched_on", "zh"))
        return None
    return NeedSaid(code, row.text("need"), asked, unit, matched, met)
