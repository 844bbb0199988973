"""A small invented event: a workbook as an organizer would fill it in, to try everything out."""

import io
from datetime import datetime

from openpyxl import Workbook

from competition import Store
from competition.rounds.competitions import begin_sample
from competition.rounds.rules import RoundRules
from competition.rounds.samples import sample_rubric
from competition.visitor import Visitor
from intake.entering import Entered, enter
from intake.places import counties, townships, villages
from intake.reading import read
from intake.saying import column_name, sheet_name
from scoring import Rules
from words import t

ENTRANTS, JUDGES = 6, 5
RULES = RoundRules(scoring=Rules(official="trimmed", top=3))
ENTRANT_COLUMNS = (
    "entrant",
    "village_code",
    "county",
    "township",
    "village",
    "title",
    "presenter",
    "order",
)
JUDGE_COLUMNS = ("judge", "name")
RUBRIC_COLUMNS = ("criterion", "criterion_name", "maximum", "step", "points")


def workbook(lang: str) -> bytes:
    """Six villages of six counties, five judges and the sample rubric, as an .xlsx file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    tables = {
        "entrants": (ENTRANT_COLUMNS, _entrants(lang)),
        "judges": (JUDGE_COLUMNS, _judges(lang)),
        "rubric": (RUBRIC_COLUMNS, _rubric()),
        "panels": (("entrant", "judge"), _pairs()),
        "scores": (("entrant", "judge", "criterion", "score"), []),
    }
    for table, (columns, rows) in tables.items():
        sheet = book.create_sheet(sheet_name(table, lang))
        sheet.append([column_name(column, lang) for column in columns])
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def enter_sample(store: Store, who: Visitor, *, at: datetime, lang: str) -> Entered:
    """Fill an empty competition with the invented event; from then on it is marked as a sample.

    Raises
    ------
    NotEmpty
        If the competition has a round or an entrant.
    """
    plan = read(workbook(lang), name="sample.xlsx")
    with store.writing():
        begin_sample(store, who, at=at)
        title = t("intake.sample.round", lang)
        return enter(store, who, plan, at=at, round_title=title, rules=RULES, lang=lang)


def _entrants(lang: str) -> list[list[object]]:
    """A village of each of the first counties."""
    rows: list[list[object]] = []
    for number, county in enumerate(counties()[:ENTRANTS], start=1):
        township = townships(county.code)[-1]
        village = villages(township.code)[0]
        title = t("intake.sample.title", lang, village=village.name)
        presenter = t("intake.sample.presenter", lang, number=number)
        place = (village.code, county.name, township.name, village.name)
        rows.append([_entrant(number), *place, title, presenter, number])
    return rows


def _judges(lang: str) -> list[list[object]]:
    numbers = range(1, JUDGES + 1)
    return [[_judge(n), t("intake.sample.judge", lang, number=n)] for n in numbers]


def _pairs() -> list[list[object]]:
    """Every judge marks every entrant."""
    return [
        [_entrant(number), _judge(judge)]
        for number in range(1, ENTRANTS + 1)
        for judge in range(1, JUDGES + 1)
    ]


def _entrant(number: int) -> str:
    return f"S{number:02d}"


def _judge(number: int) -> str:
    return f"J{number:02d}"


def _rubric() -> list[list[object]]:
    return [
        [f"C{at}", one.name, one.maximum, one.step, one.points]
        for at, one in enumerate(sample_rubric("stage"), start=1)
    ]
