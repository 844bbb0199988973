"""Tables as HTML: lists, and a matrix of states (judges across, entrants down)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from markupsafe import Markup, escape

from ui.html import element
from ui.icons import STATES, icon
from words import t

Align = Literal["left", "right", "center"]

BRACKET = re.compile("\\s*[(\uff08]")
CLASSES: dict[Align, str | None] = {"left": None, "right": "a-n", "center": "a-c"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and whether its values are figures (``right``) or words."""

    heading: object
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a matrix: a state, and a short text such as ``5/7`` beside its icon."""

    state: str
    text: str = ""


def list_table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[object]],
    lang: str,
    *,
    caption: object = "",
    keeps: int = 0,
    stacks: bool = False,
) -> Markup:
    """Return a table of rows; plain values are escaped, markup (a state label) goes in as it is.

    Parameters
    ----------
    keeps
        Of a long table: how many columns stay in sight, with the head, while the rest scrolls,
        1 or 2. On a phone each of its rows is a block, a line for each column.
    stacks
        Whether on a phone each row is a block: the first column above, the others in lines of
        short heading and value.
    """
    named = keeps or stacks
    names = [_short(column.heading) if named else None for column in columns]
    heads = [
        element("th", column.heading, cls=CLASSES[column.align], scope="col") for column in columns
    ]
    body = []
    for row in rows:
        cells = [
            element("td", value, cls=CLASSES[column.align], data_h=name)
            for column, name, value in zip(columns, names, row, strict=True)
        ]
        body.append(element("tr", *cells))
    if not rows:
        body = [element("tr", element("td", t("ui.table.empty", lang), colspan=len(columns)))]
    classes = [f"a-long a-keeps{keeps}"] * bool(keeps) + ["a-stacks"] * stacks
    return _table(caption, [element("tr", *heads)], body, " ".join(classes))


def _short(heading: object) -> str:
    """A heading without its brackets, for the head of a line on a phone."""
    return BRACKET.split(str(escape(heading).striptags()), maxsplit=1)[0]


def matrix_table(
    corner: object,
    columns: Sequence[object],
    rows: Mapping[str, Sequence[Cell | None]],
    lang: str,
    *,
    here: str | None = None,
) -> Markup:
    """Return progress as a matrix: a state's icon per cell, its word for screen readers.

    Parameters
    ----------
    corner
        What the rows are.
    columns
        Headings, e.g. the judges.
    rows
        Heading to one cell a column; None is a cell that is not asked for.
    here
        Heading of the current row.
    """
    heads = [element("th", corner, scope="col")]
    heads += [element("th", name, cls="a-c", scope="col") for name in columns]
    body = []
    for heading, cells in rows.items():
        if len(cells) != len(columns):
            raise ValueError(f"row {heading!r} has {len(cells)} cells for {len(columns)} columns")
        shown = [element("th", heading, scope="row"), *[_cell(cell, lang) for cell in cells]]
        body.append(element("tr", *shown, cls="a-here" if heading == here else None))
    return _table("", [element("tr", *heads)], body, "a-matrix")


@lru_cache(maxsize=1024)  # thousands of cells of a matrix are a few dozen different ones
def _cell(cell: Cell | None, lang: str) -> Markup:
    if cell is None:
        return element("td", cls="a-nil")
    word = element("span", t(f"ui.state.{cell.state}", lang), cls="a-hidden")
    text = element("small", str(cell.text)) if cell.text else ""  # an equal text is the same cell
    tone = STATES[cell.state].tone
    shown = element("span", icon(cell.state, 16), word, text, cls=f"a-st a-{tone}")
    return element("td", shown, cls="a-c")


def _table(
    caption: object, head: Sequence[Markup], body: Sequence[Markup], cls: str = ""
) -> Markup:
    title = element("caption", caption) if caption else ""
    parts = [title, element("thead", *head), element("tbody", *body)]
    table = element("table", *parts, cls=f"a-table {cls}".strip())
    scrolls = any(name in cls for name in ("a-long", "a-matrix"))
    return element("div", table, cls="a-scroll", tabindex=0 if scrolls else None)
