"""The tile map of Honghe's counties: own work, one tile a county, no boundary data."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("honghe_tiles.csv")
ACROSS = 4
"""Tiles in a row of counties that the map does not know."""


@dataclass(frozen=True)
class Tile:
    """A county's position on the tile map, counted from the top left; its short name in pinyin."""

    county_code: str
    county: str
    short: str
    row: int
    column: int
    initials: str


@cache
def tiles() -> tuple[Tile, ...]:
    """Return one tile per county, in the order of the county codes."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [
            Tile(
                row["adcode"],
                row["name"],
                row["short"],
                int(row["row"]),
                int(row["col"]),
                row["initials"],
            )
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(rows, key=lambda row: row.county_code))


def placed(codes: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Row and column of each county; those that the map does not know come below, in order."""
    known = {tile.county_code: (tile.row, tile.column) for tile in tiles()}
    places = {code: known[code] for code in codes if code in known}
    below = max((row for row, _ in places.values()), default=-1) + 1
    others = sorted(set(codes) - known.keys())
    for at, code in enumerate(others):
        places[code] = (below + at // ACROSS, at % ACROSS)
    return places
