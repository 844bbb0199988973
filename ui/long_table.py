"""A long table with its tools: search while typing, copy, download as Excel."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import partial

import streamlit as st
from markupsafe import escape

from competition.invented import invented
from exports import EXPORTS, Table, file_name, round_name
from exports import Column as FileColumn
from exports.table import Kind, Value
from ui.access import Visit
from ui.downloads import download
from ui.finder import finder
from ui.html import element
from ui.tables import Column, list_table
from words import t

FORMAT = "xlsx"
NUMBER = re.compile(r"\d{1,9}(\.\d+)?")
CODE = re.compile(r"\d{12}")
Rows = Sequence[Sequence[object]]


def long_table(
    now: Visit,
    key: str,
    name: str,
    columns: Sequence[Column],
    rows: Rows,
    *,
    read: str,
    keeps: int = 1,
    hint: str = "",
    caption: object = "",
    file: tuple[Sequence[Column], Rows] | None = None,
) -> None:
    """Draw the tools and the table; its head and first columns stay while the rest scrolls.

    Parameters
    ----------
    key
        ASCII id of the table on its page.
    name
        The table's name in words of ours: for its file.
    read
        Row of ``competition.rights.READS`` that the table needs; asked again for the file.
    keeps
        How many columns stay in sight, 1 or 2.
    file
        Columns and rows of its file, where a cell of the page holds several facts: each has a
        column there, so that an import reads the file as the same list.
    """
    filed = file or (columns, rows)
    table_tools(now, key, name, *filed, read=read, hint=hint)
    table = list_table(columns, rows, now.lang, caption=caption, keeps=keeps)
    st.html(element("div", table, cls="a-people"))


def table_tools(
    now: Visit,
    key: str,
    name: str,
    columns: Sequence[Column],
    rows: Rows,
    *,
    read: str,
    hint: str = "",
) -> None:
    """Draw the tools alone, over a table that the page draws itself."""
    with st.container(
        key="table-tools", horizontal=True, gap="small", vertical_alignment="center", wrap=True
    ):
        finder(now.lang, hint=hint)
        table = partial(as_table, now, key, name, columns, rows)
        download(
            now,
            t("ui.find.download", now.lang),
            key=f"table-{key}",
            read=read,
            name=file_name(as_table(now, key, name, columns, ()), FORMAT),
            media_type=EXPORTS[FORMAT].mime,
            build=lambda: EXPORTS[FORMAT].render(table()),
            of_round=now.of_round,
        )


def as_table(now: Visit, key: str, name: str, columns: Sequence[Column], rows: Rows) -> Table:
    """Return the table for a file: text without its markup, figures as figures."""
    texts = [[_text(value) for value in row] for row in rows]
    kinds = [_kind(row[at] for row in texts) for at in range(len(columns))]
    competition, of = now.competition, now.round if now.of_round else None
    kind = invented(competition)
    return Table(
        key=key,
        lang=now.lang,
        name=name,
        title=f"{competition['title'] if competition else ''} {name}".strip(),
        subtitle=(of["title"],) if of else (),
        columns=tuple(
            FileColumn(f"c{at}", _text(column.heading), kind, decimals, width=42)
            for at, (column, (kind, decimals)) in enumerate(zip(columns, kinds, strict=True))
        ),
        rows=tuple(
            tuple(_value(text, kind) for text, (kind, _) in zip(row, kinds, strict=True))
            for row in texts
        ),
        round=round_name(of, now.lang) if of else "",
        marks=(t(f"exports.paper.{kind}", now.lang),) if kind else (),
        invented=kind,
        is_landscape=True,
    )


def _text(value: object) -> str:
    return str(escape(value).striptags())


def _kind(texts: Iterable[str]) -> tuple[Kind, int]:
    """What a column holds, and with how many decimals."""
    some = [text for text in texts if text]
    if some and all(CODE.fullmatch(text) for text in some):
        return "code", 0
    if some and all(NUMBER.fullmatch(text) for text in some):
        return "number", max(len(text.partition(".")[2]) for text in some)
    return "text", 0


def _value(text: str, kind: Kind) -> Value:
    if kind == "number":
        return Decimal(text) if text else None
    return text
