"""The workbook given back with every fault marked in its cell: a colour, and a comment."""

import io
from collections.abc import Iterable, Sequence

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from intake.edits import sheet_key
from intake.findings import Finding, Findings
from intake.grids import Grid
from intake.saying import proposals, said
from intake.workbook import read_grids

FILLS = {"stop": "FBD5CF", "note": "FBF0D6", "fix": "E2EEF5"}
ORDER = ("fix", "note", "stop")
"""A cell with several findings has the colour of the gravest."""
TITLE = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
WIDTH, HEIGHT = 320, 130


def marked(files: Sequence[tuple[str, bytes]], findings: Iterable[Finding], lang: str) -> bytes:
    """One workbook with the faults of all files; the single .xlsx of an upload keeps its form."""
    book, sheets = _opened(files)
    placed: dict[tuple[str, str], list[Finding]] = {}
    for finding in sorted(findings, key=lambda one: ORDER.index(one.kind)):
        if finding.cell and (finding.kind != "fix" or len(files) == 1):
            key = sheet_key(finding.file, finding.sheet)
            placed.setdefault((key, finding.cell.partition(":")[0]), []).append(finding)
    for (key, cell), mine in placed.items():
        sheet = sheets.get(key)
        if sheet is not None:
            _mark(sheet, cell, mine, lang)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _opened(files: Sequence[tuple[str, bytes]]) -> tuple[openpyxl.Workbook, dict[str, Worksheet]]:
    """The workbook to mark, and its sheets by key."""
    if len(files) == 1 and files[0][1][:2] == b"PK":
        book = openpyxl.load_workbook(io.BytesIO(files[0][1]))
        return book, {sheet.title: sheet for sheet in book.worksheets}
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheets = {}
    for name, content in files:
        file = name if len(files) > 1 else ""
        for grid in read_grids(content, Findings(), name=name, file=file):
            title = f"{file.rpartition('.')[0]} {grid.title}".strip().translate(FORBIDDEN)[:TITLE]
            sheet = book.create_sheet(title)
            _copy(grid, sheet)
            sheets[grid.key] = sheet
    return book, sheets


def _copy(grid: Grid, sheet: Worksheet) -> None:
    """Values as they are; a text that would be a formula stays text."""
    for _, cells in grid.rows:
        for cell in cells.values():
            if cell.raw is not None:
                place = sheet[cell.ref]
                place.value = cell.raw
                if isinstance(cell.raw, str):
                    place.data_type = "s"


def _mark(sheet: Worksheet, at: str, findings: Sequence[Finding], lang: str) -> None:
    cell = sheet[at]
    if not hasattr(cell, "fill") or type(cell).__name__ == "MergedCell":
        return
    cell.fill = PatternFill("solid", fgColor=FILLS[findings[-1].kind])
    lines = []
    for finding in reversed(findings):
        lines.append(said(finding, lang))
        if finding.choices:
            lines.append(proposals(finding, lang))
    note = Comment("\n".join(lines), "Arena")
    note.width, note.height = WIDTH, HEIGHT
    cell.comment = note
