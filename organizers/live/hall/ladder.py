"""The hall's screen: the list of what was announced, a page at a time, each line in its row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from competition.stage.hall_scene import LIST_PAGE
from organizers import naming
from organizers.live.hall.fit import largest, width
from ui.html import Markup, element
from words import t

LARGE, ONE_COLUMN = 6, 9
"""How many lines stand in large type; how many more in one column."""
WIDE, BETWEEN = 1776, 20
"""The screen between its margins; the room between a name and the places around it."""
BOLD = 1.05
"""How much wider bold figures are."""

Content = Mapping[str, Any]


@dataclass(frozen=True)
class _Shape:
    """How large a line is drawn, as in hall_list.css, and how wide it is.

    Attributes
    ----------
    sizes : tuple of int
        Of the name, from the largest down; number and figure have the first.
    small : int
        Of the places around it.
    is_stacked : bool
        Whether those may stand below the name.
    """

    cls: str
    wide: float
    sizes: tuple[int, ...]
    small: int
    gap: int
    is_stacked: bool


_LARGE = _Shape("h-lines h-large", WIDE, (80, 72, 64, 56), 56, 40, is_stacked=False)
_ONE = _Shape("h-lines h-half", WIDE, (48, 44, 40), 40, 24, is_stacked=True)
_TWO = _Shape("h-lines h-half h-two", (WIDE - 48) / 2, (48, 44, 40), 40, 24, is_stacked=True)


def announced_list(content: Content, lang: str) -> Markup:
    """The lines of the page that is shown."""
    first = (content.get("page", 1) - 1) * LIST_PAGE
    shape = _shape(content["lines"])
    rows = [_line(line, lang, shape) for line in content["lines"][first : first + LIST_PAGE]]
    return element("div", *rows, cls=shape.cls)


def lines_drawn(lines: Sequence[Content], lang: str) -> Markup:
    """Lines that stand on one page, in the type that their number leaves room for."""
    shape = _shape(lines)
    return element("div", *(_line(line, lang, shape) for line in lines), cls=shape.cls)


def _shape(lines: Sequence[Content]) -> _Shape:
    return _LARGE if len(lines) <= LARGE else _ONE if len(lines) <= ONE_COLUMN else _TWO


def page_note(content: Content, lang: str) -> str:
    """What the list is of, and which of several pages is shown."""
    name = t("hall.list_ranks" if content["hall"] == "ranks" else "hall.list", lang)
    if content.get("pages", 1) < 2:
        return name
    page = t("hall.page", lang, page=content["page"], pages=content["pages"])
    return t("hall.list_page", lang, list=name, page=page)


def _line(line: Content, lang: str, shape: _Shape) -> Markup:
    rank = "" if line["rank"] is None else f"{line['rank']}{'=' if line['tied'] else ''}"
    number = naming.number(line["number"], lang)
    size = shape.sizes[0] * BOLD
    room = shape.wide - max(width(number), 2.3) * size - width(line["final"]) * size
    room -= 2 * shape.gap + ((max(width(rank) * size, 110) + shape.gap) if rank else 0)
    sums = _sums(line, room, shape)
    room -= width(sums) * shape.small + shape.gap if sums else 0
    return element(
        "div",
        element("i", rank, cls="h-rank") if rank else "",
        element("span", number, cls="h-num"),
        _names(line, room, shape),
        element("span", sums, cls="h-mini") if sums else "",
        element("b", line["final"], cls="h-figure"),
        cls="h-line h-fresh" if line["fresh"] else "h-line",
    )


def _sums(line: Content, room: float, shape: _Shape) -> str:
    """How the figure is made up, in large type and where the names leave room for it."""
    if shape is not _LARGE or not line["deduction"]:
        return ""
    sums = f"{line['average']} − {line['deduction']} ="
    names = width(naming.title(line)) * shape.sizes[-1] + BETWEEN
    names += width(naming.around(line)) * shape.small
    return sums if names + width(sums) * shape.small + shape.gap <= room else ""


def _names(line: Content, room: float, shape: _Shape) -> Markup:
    """The name and the places around it, all counties of a list by their short names."""
    name, around = naming.title(line), naming.around(line)
    taken = 0 if shape.is_stacked else width(around) * shape.small + BETWEEN
    size = largest(name, room - taken, shape.sizes)
    style = "" if size == shape.sizes[0] else f"font-size: calc({size} * var(--u))"
    return element("span", element("b", name, style=style or None), element("small", around))
