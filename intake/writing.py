"""A plan written as a workbook in the template's form: what is read from it is the plan again."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from intake.aliases import first_name
from intake.plan import Plan, PlannedEntrant
from intake.saying import column_name, sheet_name
from intake.template import SHEETS
from words import t

Line = Mapping[str, object]


def workbook_of(plan: Plan, lang: str = "zh") -> bytes:
    """The lists, panels and marks of a plan as the content of an .xlsx file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    lines = {
        "entrants": _entrants(plan, lang),
        "judges": _judges(plan),
        "rubric": _rubric(plan, lang),
        "panels": _panels(plan, lang),
        "scores": _scores(plan),
    }
    for table, columns in SHEETS.items():
        title = sheet_name(table, lang)
        if table == "scores":
            title = first_name(f"sheet.scores_{plan.stage}", lang)
        sheet = book.create_sheet(title)
        names = [name for name in (*columns, "weight") if name in columns or _weighs(plan, table)]
        sheet.append([column_name(name, lang) for name in names])
        for line in lines[table]:
            sheet.append([line.get(name) for name in names])
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # a text that begins like a formula stays a text
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _weighs(plan: Plan, table: str) -> bool:
    return table == "rubric" and any(criterion.line.weight for criterion in plan.rubric)


def _entrants(plan: Plan, lang: str) -> Sequence[Line]:
    return [
        {
            "entrant": one.key,
            "village_code": one.code,
            "county": one.county,
            "township": one.township,
            "village": one.village,
            "title": one.title,
            "presenter": one.presenter,
            "post": one.post,
            "unit": one.unit,
            "shelf_mark": one.shelf_mark,
            "stage": first_name(f"word.{plan.stage}", lang) if one.in_round else None,
            "session": _number(one.session),
            "order": _order(one),
        }
        for one in plan.entrants
    ]


def _order(one: PlannedEntrant) -> int | None:
    return one.order if one.order is not None else one.number


def _number(text: str) -> object:
    return int(text) if text.isdecimal() else text or None


def _judges(plan: Plan) -> Sequence[Line]:
    return [
        {"judge": one.key, "name": one.name, "unit": one.unit, "recusal_county": one.county}
        for one in plan.judges
    ]


def _rubric(plan: Plan, lang: str) -> Sequence[Line]:
    return [
        {
            "criterion": one.key,
            "criterion_name": one.line.name,
            "maximum": _plain(one.line.maximum),
            "step": _plain(one.line.step),
            "phase": first_name(f"word.{one.line.phase}", lang),
            "points": one.line.points,
            "anchors": "\n".join(
                t("intake.anchor_line", lang, **anchor) for anchor in one.line.anchors
            ),
            "weight": one.line.weight and _share(one.line.weight),
        }
        for one in plan.rubric
    ]


def _share(weight: str) -> object:
    top, _, bottom = weight.partition("/")
    return float(top) / float(bottom or 1)


def _plain(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _panels(plan: Plan, lang: str) -> Sequence[Line]:
    session = {key: one.key for one in plan.sessions for key in one.entrants}
    order = {one.key: _order(one) for one in plan.entrants}
    return [
        {
            "entrant": one.entrant,
            "judge": one.judge,
            "session": _number(session.get(one.entrant, "")),
            "order": order.get(one.entrant),
            "state": first_name(f"word.{one.state}", lang),
        }
        for one in plan.assignments
    ]


def _scores(plan: Plan) -> Sequence[Line]:
    return [
        {
            "entrant": sheet.entrant,
            "judge": sheet.judge,
            "criterion": criterion,
            "score": _plain(mark),
        }
        for sheet in plan.sheets
        for criterion, mark in sheet.marks.items()
    ]
