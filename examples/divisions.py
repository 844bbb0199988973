"""Counties, townships and villages of Honghe, read from the files beside this module."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from competition.programme.outlines import counties_geojson
from competition.programme.tiles import Tile, tiles
from intake import places

__all__ = ["Division", "Tile", "counties_geojson", "divisions", "tiles"]

FOLDER = Path(__file__).parent

_VILLAGE_ENDINGS = ("村民委员会", "村委会")


@dataclass(frozen=True)
class Division:
    """One village or community, with the township and county it belongs to."""

    county_code: str
    county: str
    township_code: str
    township: str
    village_code: str
    village: str

    @property
    def is_village(self) -> bool:
        """Whether this is a village committee, not an urban community."""
        return self.village.endswith(_VILLAGE_ENDINGS)

    @property
    def label(self) -> str:
        """The village's short name: 团山村委会 is 团山村."""
        for ending in _VILLAGE_ENDINGS:
            if self.village.endswith(ending):
                name = self.village.removesuffix(ending)
                return name if name.endswith("村") else f"{name}村"
        return self.village


@cache
def divisions() -> tuple[Division, ...]:
    """Return every village and community, in the order of the 12-digit codes."""
    with places.FILE.open(encoding="utf-8", newline="") as file:
        rows = [Division(**row) for row in csv.DictReader(file)]
    return tuple(sorted(rows, key=lambda row: row.village_code))
