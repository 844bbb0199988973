"""Comma-separated text that Excel opens with its Chinese intact."""

import csv
import io

from exports.table import Column, Suffixed, Table, Value, fixed
from exports.text import printable, starts_formula
from words import t

BYTE_ORDER_MARK = "\ufeff"


def render(table: Table) -> bytes:
    r"""Write a table as UTF-8 with byte order mark and ``\r\n`` line ends.

    One header line, one line per row, nothing above or below, so that a program can read it.
    Edition, marks and head of the paper are further columns. Text that a spreadsheet would run as a
    formula gets an apostrophe in front.
    """
    tail = {
        t("exports.csv.edition", table.lang): table.edition,
        t("exports.csv.marks", table.lang): " ".join(table.marks),
        t("exports.csv.head", table.lang): table.head,
    }
    kept = {header: text for header, text in tail.items() if text}
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow([guarded(column.header) for column in table.columns] + list(kept))
    for row in table.rows:
        cells = [_cell(column, value) for column, value in zip(table.columns, row, strict=True)]
        writer.writerow(cells + [guarded(text) for text in kept.values()])
    return (BYTE_ORDER_MARK + sheet.getvalue()).encode("utf-8")


def guarded(text: str) -> str:
    """Return text that no spreadsheet will run."""
    clean = printable(text)
    return f"'{clean}" if starts_formula(clean) else clean


def _cell(column: Column, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Suffixed):
        return str(value.value)
    if isinstance(value, str):
        return guarded(value)
    return fixed(value, column.decimals)
