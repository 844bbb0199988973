"""The hall's screen at 亮分: every total, the sum from left to right, the figure."""

from collections.abc import Mapping, Sequence
from typing import Any

from organizers import naming
from organizers.live.hall.fit import largest, width
from ui.html import Markup, element, join
from words import t

WIDE = 1776
ONE_ROW, TWO_ROWS = 9, 18
NAME_SIZES = (112, 96, 80, 64)
AROUND = 56
TOTAL_SIZES = (80, 72, 64, 56, 48)
GAP = 12
LONG_AVERAGE = 6

Score = Mapping[str, Any]


def score(score: Score, lang: str) -> Markup:
    """The scene of one announced score."""
    rows = 2 if len(score["totals"]) > ONE_ROW else 1
    is_long = len(score["average"]) > LONG_AVERAGE
    return (
        who(score, lang)
        + _totals(score["totals"], lang, rows)
        + _sum(score, lang, "tight" if rows == 2 else "small" if is_long else "")
    )


def who(place: Score, lang: str) -> Markup:
    """Number, then the place; the places around it smaller, below it where there is no room."""
    number = naming.number(place["number"], lang)
    room = WIDE - width(number) * 104 - 72 - 40
    name, around = naming.title(place), naming.around(place)
    if not place["village"] and around:
        name, around = f"{around} {name}", ""
    beside = room - (width(around) * AROUND + 32 if around else 0)
    size = largest(name, beside, NAME_SIZES)
    stacked = width(name) * size > beside
    if stacked:
        size = largest(name, room, (80, 72, 64, 56, 48))
    return element(
        "div",
        element("span", number, cls="h-no"),
        element(
            "div",
            element("b", name, style=f"--s:{size}"),
            element("small", around) if around else "",
            cls="h-names h-stacked" if stacked else "h-names",
        ),
        cls="h-who",
    )


def _totals(totals: Sequence[Sequence[Any]], lang: str, rows: int) -> Markup:
    if not 0 < len(totals) <= TWO_ROWS:
        return element("div", cls="h-totals")
    columns = -(-len(totals) // rows)
    room = (WIDE - GAP * (columns - 1)) / columns - 16
    longest = max((str(total) for _, total, _ in totals), key=width)
    size = min(largest(longest, room, TOTAL_SIZES), 80 if rows == 1 else 64)
    fits = all(width(t("hall.judge", lang, seat=f"{seat:02d}")) * 48 <= room for seat, *_ in totals)
    name = "hall.judge" if fits else "hall.judge_short"
    tiles = [
        _tile(t(name, lang, seat=f"{seat:02d}"), total, _fate(fate, room, lang))
        for seat, total, fate in totals
    ]
    return element("div", *tiles, cls=f"h-totals h-rows{rows}", style=f"--n:{columns};--s:{size}")


def _fate(fate: str, room: float, lang: str) -> str:
    """Why a total is struck through, in words no wider than the tile; empty where it counts."""
    if not fate:
        return ""
    word = t(f"hall.dropped_{fate}", lang)
    if max(width(part) for part in word.split()) * 48 <= room:
        return word
    return t(f"hall.struck_{fate}", lang)


def _tile(judge: str, total: str, fate: str) -> Markup:
    name = element("h3", judge)
    if not fate:
        return element("div", name, element("b", total), element("p", ""), cls="h-tile")
    return element(
        "div",
        name,
        element("b", element("s", total)),
        element("p", fate),
        cls="h-tile h-dropped",
    )


def _sum(score: Score, lang: str, size: str) -> Markup:
    average = t(f"hall.average.{score['method']}", lang, count=score["kept"])
    parts = [_term(average, score["average"])]
    if score["deduction"]:
        parts += [element("i", "−"), _term(_deduction(score, lang), score["deduction"])]
    name = t(f"hall.name.{'official' if score['is_official'] else 'announced'}", lang)
    parts += [element("i", "="), _term(name, score["final"], cls="h-final")]
    return element("div", join(parts), cls=f"h-sum h-{size}" if size else "h-sum")


def _deduction(score: Score, lang: str) -> str:
    if len(score["reasons"]) == 1:
        return t("hall.deduction_why", lang, reason=score["reasons"][0])
    return t("hall.deduction", lang)


def _term(label: str, figure: str, *, cls: str = "h-term") -> Markup:
    return element("div", element("p", label), element("b", figure), cls=cls)
