"""A workbook to fill in for a list of a programme: its columns, and a row a village."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from competition.programme.shapes import TaskVillage
from intake.programme import columns_of
from intake.saying import column_name

WIDTH = 18


def lines_template(kind: str, villages: Sequence[TaskVillage], lang: str) -> bytes:
    """The workbook of a kind; of task villages themselves it has the head alone."""
    book = Workbook()
    sheet = book.active
    columns = columns_of(kind)
    sheet.append([column_name(key, lang) for key in columns])
    for one in villages if kind != "villages" else ():
        place = (one["code"], one["county"], one["township"], one["village"])
        sheet.append([*place, *[None] * (len(columns) - len(place))])
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.number_format = "@"
            if isinstance(cell.value, str):
                cell.data_type = "s"  # never a formula
    for at, cell in enumerate(sheet[1], start=1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = WIDTH
    sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
