"""The rows of a mapped sheet: entries kept; titles, totals, notes and samples left out."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise

from intake.aliases import aliases, is_called, plain_name
from intake.cells import shown
from intake.columns import SheetColumns, header_key
from intake.findings import Findings
from intake.gazetteer import Gazetteer
from intake.grids import Cell, ref
from intake.headers import text_of
from intake.names import BRACKETS, begins_with_word, contains_word
from intake.tables import Row

GROUP_NUMBER = re.compile(r"^[\d\u4e00-\u5341]{1,3}[\u3001.,:]")
"""The number before a group's name."""
LONGEST_NAME = 12
"""Characters of a lone cell from which it is a sentence and no entry."""
FEW = 4
"""Cells that a row of signatures or notes has at most."""
TOTAL_WITHIN = 5
"""In how many of a row's first cells a total is called so."""


def table_rows(columns: SheetColumns, gazetteer: Gazetteer, findings: Findings) -> list[Row]:
    """The entries of a sheet; what is left out is listed, and rules written there are noted."""
    grid = columns.grid
    if not grid.rows:
        return []
    _list_titles(columns, findings)
    letters = {name: ref(1, at)[:-1] for name, at in columns.fields.items()}
    rows: list[Row] = []
    context = columns.context
    for number, cells in grid.rows[columns.first_row :]:
        if _is_aside(columns, cells, findings):
            continue
        group = _group(cells, gazetteer)
        if group:
            context = {**context, "county": group}
            cell = cells[min(cells)]
            findings.fix("group_row", grid.key, cell.ref, before=shown(cell), after="")
            continue
        mine = {name: cells[at] for name, at in columns.fields.items() if at in cells}
        if mine or any(at in cells for at in columns.marks):
            rows.append(Row(grid.key, number, mine, letters, findings, context))
    _list_blank_rows(columns, findings)
    return rows


def _list_titles(columns: SheetColumns, findings: Findings) -> None:
    """What stands above the header, and how many rows it has."""
    rows, header = columns.grid.rows, columns.header
    if header.last < 0 or not header.first:
        return
    at, key = rows[header.first][0], columns.grid.key
    first = min(rows[0][1])
    findings.fix("title_rows", key, ref(rows[0][0], first), before=header.first, after=at)
    for _, cells in rows[: header.first]:
        _note_rules(cells, key, findings)


def _note_rules(cells: Mapping[int, Cell], sheet: str, findings: Findings) -> None:
    """A rule of scoring that stands in words is never taken; it is noted."""
    for cell in cells.values():
        text = text_of(cell)
        if text and contains_word(text, "rule"):
            findings.note("rule_in_words", sheet, cell.ref, text=text[:80])


def _is_aside(columns: SheetColumns, cells: Mapping[int, Cell], findings: Findings) -> bool:
    """Whether a row is no entry; it is listed with its kind."""
    first = cells[min(cells)]
    kind = _kind(columns, cells)
    if kind:
        findings.fix(kind, columns.grid.key, first.ref, before=shown(first), after="")
        if kind == "footnote":
            _note_rules(cells, columns.grid.key, findings)
    return bool(kind)


def _kind(columns: SheetColumns, cells: Mapping[int, Cell]) -> str:
    note = cells.get(columns.fields.get("remark", -1))
    if note is not None and any(
        plain_name(str(note.raw)).startswith(word) for word in aliases("word.sample")
    ):
        return "sample_row"
    texts = [text_of(cells[at]) for at in sorted(cells)]
    if any(text and _is_total(text) for text in texts[:TOTAL_WITHIN]):
        return "total_row"
    if texts[0] and is_called(texts[0], "word.points_row"):
        return "points_row"
    if _repeats_header(columns, cells):
        return "header_again"
    is_note = bool(texts[0]) and begins_with_word(texts[0], "footnote")
    if len(cells) == 1 and (is_note or _is_sentence(texts[0])):
        return "footnote"
    if is_note and len(cells) <= FEW and _is_sentence(texts[0]):
        return "footnote"
    return ""


def _is_total(text: str) -> bool:
    """Whether a cell says that its row is a total: 合计, 合 计, 石屏县小计."""
    plain = plain_name(text)
    short = [word for word in aliases("word.total") if len(word) > 1]
    return is_called(text, "word.total") or any(
        plain.startswith(word) or (plain.endswith(word) and len(plain) <= LONGEST_NAME)
        for word in short
    )


def _is_sentence(text: str) -> bool:
    marks = (":", "\uff1a", "\u3002", "\uff1b")
    return len(text) > LONGEST_NAME or any(mark in text for mark in marks)


def _group(cells: Mapping[int, Cell], gazetteer: Gazetteer) -> str:
    """The code of the county that a row of one cell names for the rows below it."""
    if len(cells) > 1:
        return ""
    text = BRACKETS.sub("", unicodedata.normalize("NFKC", text_of(cells[min(cells)])))
    county = gazetteer.county(GROUP_NUMBER.sub("", text)) if text else None
    return county.code if county is not None and county.is_sure else ""


def _repeats_header(columns: SheetColumns, cells: Mapping[int, Cell]) -> bool:
    parts = columns.header.parts
    same = [at for at in cells if at in parts and text_of(cells[at]) == parts[at][-1]]
    return len(same) >= 2 and len(same) == len(cells)


def _list_blank_rows(columns: SheetColumns, findings: Findings) -> None:
    """One line for all blank rows between the rows of a table, with the rows' numbers."""
    numbers = [number for number, _ in columns.grid.rows[max(columns.header.last, 0) :]]
    for gap in [(a + 1, b - 1) for a, b in pairwise(numbers) if b > a + 1]:
        findings.fix(
            "blank_rows", columns.grid.key, f"A{gap[0]}", before=gap[1] - gap[0] + 1, after=0
        )


def header_name(columns: SheetColumns, at: int) -> str:
    """What a column is called in the sheet."""
    parts: Sequence[str] = columns.header.parts.get(at, ())
    return header_key(parts) or ref(1, at)[:-1]
