"""Plates to be cut out and stood up: 席位牌 for the judges' table, 出场号牌 for the entrants."""

from collections.abc import Mapping, Sequence
from typing import Any

from exports.papers.document import Block, Cell, Document, Grid, NewPage
from exports.papers.frame import Frame, Words, framed
from words import t

LARGE, SMALL = 150.0, 44.0
"""Type sizes in points: the number is read from the stage, the name from the next table."""
NUMBER_ROW, NAME_ROW = 82.0, 46.0
"""Heights of the two rows in millimetres."""


def seat_plates(frame: Frame, seats: Sequence[Mapping[str, Any]], lang: str) -> Document:
    """席位牌: a page for each seat, its number large, the judge's name and unit below.

    Parameters
    ----------
    seats
        As in `db.shapes.SeatedJudge`.
    """
    say = Words("seat_plates", lang)
    plates = [
        (
            say("reserve" if seat["reserve"] else "judge", number=f"{seat['number']:02}"),
            " ".join(filter(None, (seat["name"], seat["unit"]))),
        )
        for seat in seats
    ]
    return _plates(frame, "seat_plates", plates, lang)


def number_plates(
    frame: Frame, places: Sequence[Mapping[str, Any]], names: Sequence[str], lang: str
) -> Document:
    """出场号牌: a page for each entrant that has a number; ``names`` are blank in a blind round."""
    plates = [
        (t("exports.papers.number_plates.number", lang, number=place["number"]), name)
        for place, name in zip(places, names, strict=True)
        if place["number"] is not None
    ]
    return _plates(frame, "number_plates", plates, lang)


def _plates(frame: Frame, paper: str, plates: Sequence[tuple[str, str]], lang: str) -> Document:
    blocks: list[Block] = []
    for number, name in plates:
        blocks += [
            NewPage(),
            Grid(((Cell(number, is_bold=True),),), (1,), 0, LARGE, NUMBER_ROW),
            Grid(((Cell(name),),), (1,), 0, SMALL, NAME_ROW),
        ]
    return framed(frame, paper, lang, tuple(blocks[1:]), is_landscape=True, titles=())
