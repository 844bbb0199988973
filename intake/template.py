"""The blank workbook: every sheet with header, one sample row and instructions."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from intake.aliases import first_name
from intake.saying import column_name, sheet_name
from words import t

SHEETS: dict[str, tuple[str, ...]] = {
    "entrants": (
        "entrant",
        "village_code",
        "county",
        "township",
        "village",
        "title",
        "presenter",
        "post",
        "unit",
        "shelf_mark",
        "stage",
        "session",
        "order",
        "remark",
    ),
    "judges": ("judge", "name", "unit", "recusal_county", "remark"),
    "rubric": (
        "criterion",
        "criterion_name",
        "maximum",
        "step",
        "phase",
        "points",
        "anchors",
        "remark",
    ),
    "panels": ("entrant", "judge", "session", "order", "state", "remark"),
    "scores": ("entrant", "judge", "criterion", "score", "remark"),
}
COUNTY_SHEETS = {
    "entrants": (
        "village_code", "township", "village", "title", "presenter", "post", "unit", "remark",
    )
}  # fmt: skip
CHOICES = {
    "stage": ("preliminary", "second", "final"),
    "phase": ("material", "stage"),
    "state": ("expected", "recused", "absent"),
}
TEXT_COLUMNS = ("entrant", "village_code", "judge", "criterion")
WIDE = {"points": 28, "anchors": 34, "title": 26, "village_code": 18, "remark": 26}
WIDTH = 14
FILLED_ROWS = 2000
"""How many rows are prepared: their codes are text before one is typed."""
HEADER_ROW, SAMPLE_ROW = 2, 3
PRINTED_ROWS = 40
"""How many of them a printed sheet has: the rest are prepared, and empty."""
WRITTEN = datetime(2000, 1, 1)  # noqa: DTZ001  the file format holds times without a zone
HEAD = PatternFill("solid", fgColor="E6EBF0")
MUTED = Font(color="6B7785", italic=True)


def template(lang: str = "zh") -> bytes:
    """The blank workbook in a language, as the content of an .xlsx file."""
    return _workbook(lang, SHEETS, "guide", {table: f"note_{table}" for table in SHEETS})


def county_template(lang: str = "zh") -> bytes:
    """The blank workbook of a county: the list of its entrants alone."""
    return _workbook(lang, COUNTY_SHEETS, "guide_county", {"entrants": "note_county"})


def _workbook(
    lang: str, sheets: Mapping[str, Sequence[str]], guide: str, notes: Mapping[str, str]
) -> bytes:
    book = Workbook()
    said = {table: t(f"intake.template.{note}", lang) for table, note in notes.items()}
    _guide(book.active, lang, t(f"intake.template.{guide}", lang), said)
    for table, columns in sheets.items():
        sheet = book.create_sheet(sheet_name(table, lang))
        _fill(sheet, table, columns, lang, said[table])
    book.properties.creator = "Arena"
    book.properties.created = book.properties.modified = WRITTEN
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _guide(sheet: Worksheet, lang: str, guide: str, notes: Mapping[str, str]) -> None:
    sheet.title = t("intake.template.title", lang)
    sheet.column_dimensions["A"].width = 16
    sheet.column_dimensions["B"].width = 96
    sheet.append([t("intake.template.title", lang)])
    sheet["A1"].font = Font(bold=True, size=14)
    for line in guide.strip().splitlines():
        sheet.append(["", line])
    for table, note in notes.items():
        sheet.append([sheet_name(table, lang), note])
    for row in sheet.iter_rows(min_col=2, max_col=2):
        row[0].alignment = Alignment(wrap_text=True, vertical="top")


def _fill(sheet: Worksheet, table: str, columns: Sequence[str], lang: str, note: str) -> None:
    sheet["A1"] = note
    sheet["A1"].font = MUTED
    sample = _sample(table, lang)
    for at, column in enumerate(columns, start=1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = WIDE.get(column, WIDTH)
        head = sheet.cell(HEADER_ROW, at, column_name(column, lang))
        head.font, head.fill = Font(bold=True), HEAD
        cell = sheet.cell(SAMPLE_ROW, at, sample[column])
        cell.font = MUTED
        cell.alignment = Alignment(wrap_text=column == "anchors", vertical="top")
        if column in TEXT_COLUMNS:
            for row in range(SAMPLE_ROW, FILLED_ROWS):
                sheet.cell(row, at).number_format = "@"
        if column in CHOICES:
            _offer(sheet, letter, [first_name(f"word.{c}", lang) for c in CHOICES[column]])
    sheet.freeze_panes = f"A{SAMPLE_ROW}"
    sheet.print_area = f"A1:{get_column_letter(len(columns))}{PRINTED_ROWS}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _offer(sheet: Worksheet, letter: str, words: Sequence[str]) -> None:
    """A drop-down list; other words stay allowed and are checked when reading."""
    listed = ",".join(words)
    offer = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    offer.showErrorMessage = False
    offer.add(f"{letter}{SAMPLE_ROW}:{letter}{FILLED_ROWS}")
    sheet.add_data_validation(offer)


def _sample(table: str, lang: str) -> dict[str, Any]:
    def say(key: str) -> str:
        return t(f"intake.template.{key}", lang)

    return {
        "entrant": "HH001",
        "village_code": "532529000000",
        "county": say("county"),
        "township": say("township"),
        "village": say("village"),
        "title": say("plan_title"),
        "presenter": say("presenter"),
        "post": say("post"),
        "unit": say("judge_unit" if table == "judges" else "entrant_unit"),
        "shelf_mark": say("shelf_mark"),
        "stage": first_name("word.final", lang),
        "session": 1,
        "order": 1,
        "judge": "J01",
        "name": say("judge"),
        "recusal_county": "",
        "criterion": "C1",
        "criterion_name": say("criterion"),
        "maximum": 30,
        "step": 0.5,
        "phase": first_name("word.material", lang),
        "points": say("points"),
        "anchors": say("anchors"),
        "state": first_name("word.expected", lang),
        "score": 27.5,
        "remark": say("sample"),
    }
