"""Judges' remarks on paper: without names, equal ones merged, as many as a page has room for."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 138
"""Half-width characters of a remark on the page: two lines hold it; the rest is in the annex."""
LINE = 82
_ENDS = " 。.;,!"


@dataclass(frozen=True)
class Remark:
    """What one judge or several said alike."""

    text: str
    judges: int


@dataclass(frozen=True)
class Room:
    """The remarks of a page: those shown, shortened where long, and how many are in the annex.

    ``annex`` holds all of them whole where one was left out or shortened; else it is empty.
    """

    shown: tuple[Remark, ...]
    left: int
    annex: tuple[Remark, ...]


def merged(texts: Iterable[str]) -> tuple[Remark, ...]:
    """Equal remarks as one with its count; most said first, then by their text.

    Width of letters, spaces and the sign at the end make no difference. The order says nothing of
    the judges.
    """
    first: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for text in sorted(" ".join(one.split()) for one in texts):
        key = unicodedata.normalize("NFKC", text).casefold().replace(" ", "").rstrip(_ENDS)
        if key:
            first.setdefault(key, text)
            counts[key] += 1
    ordered = sorted(counts, key=lambda key: (-counts[key], first[key]))
    return tuple(Remark(first[key], counts[key]) for key in ordered)


def in_room(remarks: tuple[Remark, ...], lines: int) -> Room:
    """As many remarks as so many lines hold, each of one line or two."""
    shown: list[Remark] = []
    used = 0
    for one in remarks:
        short = Remark(shortened(one.text, LONGEST), one.judges)
        need = 1 if wide(short.text) + 10 <= LINE else 2
        if used + need > lines:
            break
        shown.append(short)
        used += need
    is_whole = tuple(shown) == remarks
    return Room(tuple(shown), len(remarks) - len(shown), () if is_whole else remarks)


def shortened(text: str, width: int) -> str:
    """The beginning of a text, with an ellipsis where it is cut."""
    if wide(text) <= width:
        return text
    kept, used = [], 2
    for sign in text:
        used += wide(sign)
        if used > width:
            break
        kept.append(sign)
    return "".join(kept).rstrip() + "…"


def wide(text: str) -> int:
    """Half-width characters that a text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)
