"""The award board as one picture: SVG, its letters drawn as paths, or PNG for print."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import typst

from exports.papers.document import cleaned
from exports.papers.setting import fonts

TEMPLATE = Path(__file__).with_name("board.typ")
DPI = 144.0
"""Two pixels to a point."""
Form = Literal["svg", "png", "pdf"]


@dataclass(frozen=True)
class Entry:
    """One who is honoured; ``place``, ``plan`` and ``score`` empty where there is none."""

    name: str
    place: str = ""
    plan: str = ""
    score: str = ""


@dataclass(frozen=True)
class BoardGroup:
    """One prize; ``note`` says how many there are, and that the order says nothing."""

    name: str
    note: str
    members: tuple[Entry, ...]


@dataclass(frozen=True)
class Board:
    """The whole board; ``foot`` names round, version and head, and that data is invented."""

    lang: str
    title: str
    subtitle: str
    groups: tuple[BoardGroup, ...]
    foot: str
    creator: str = ""


def render(board: Board, form: Form) -> bytes:
    """The board in one format."""
    data = json.dumps(cleaned(asdict(board)), ensure_ascii=False)
    made = typst.compile(
        str(TEMPLATE), format=form, font_paths=fonts(), ppi=DPI, sys_inputs={"data": data}
    )
    drawn: bytes = made[0] if isinstance(made, list) else made
    return drawn
