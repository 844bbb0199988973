"""Place names: counties, townships, villages and communities of Honghe with their codes."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from words import t

ENDS = ("_code", "")
FILE = Path(__file__).parent / "honghe_divisions.csv"


@dataclass(frozen=True)
class Place:
    """One place and its code: 6 digits of a county, 9 of a township, 12 of a village."""

    code: str
    name: str


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def rows_of_file() -> tuple[tuple[str, ...], ...]:
    """The file's lines: code and name of county, township and village."""
    return tuple(
        tuple(row[f"{kind}{end}"] for kind in ("county", "township", "village") for end in ENDS)
        for row in _rows()
    )


class Directory:
    """The built-in places and further ones, level by level; the further counties come first."""

    def __init__(self, further: tuple[tuple[str, ...], ...]) -> None:
        self._counties: dict[str, str] = {}
        self._within: dict[str, dict[str, str]] = {}
        for county_code, county, township_code, township, code, name in (
            *further,
            *rows_of_file(),
        ):
            self._counties.setdefault(county_code, county)
            self._within.setdefault(county_code, {}).setdefault(township_code, township)
            self._within.setdefault(township_code, {}).setdefault(code, name)

    def counties(self) -> tuple[Place, ...]:
        """The counties."""
        return tuple(Place(code, name) for code, name in self._counties.items())

    def within(self, code: str) -> tuple[Place, ...]:
        """The townships of a county or the villages of a township, by code."""
        return tuple(Place(key, name) for key, name in sorted(self._within.get(code, {}).items()))


@cache
def directory(further: tuple[tuple[str, ...], ...] = ()) -> Directory:
    """The places of Honghe and those put beside them."""
    return Directory(further)


@cache
def counties() -> tuple[Place, ...]:
    """The counties of Honghe, by code."""
    return directory().counties()


def townships(county_code: str) -> tuple[Place, ...]:
    """The townships of a county of Honghe, by code."""
    return directory().within(county_code)


def villages(township_code: str) -> tuple[Place, ...]:
    """The villages and communities of a township of Honghe, by code."""
    return directory().within(township_code)


SHORT = 4
"""Counties with longer names are autonomous ones."""


def short_county(name: str) -> str:
    """河口县 for 河口瑶族自治县: its first two characters and its last; another as it is."""
    return name[:2] + name[-1] if len(name) > SHORT and name in _county_names() else name


@cache
def _county_names() -> frozenset[str]:
    return frozenset(one.name for one in counties())


def short_village(name: str) -> str:
    """黑尼村 for 黑尼村委会, 青杉里社区 for 青杉里社区居委会: the place without its committee.

    The directory's name is kept; this is how it is shown.
    """
    for ending, kept in _committees():
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending) + kept
    return name


@cache
def _committees() -> tuple[tuple[str, str], ...]:
    """Endings of a committee's name, the longest first, and what of each the place keeps."""
    rows = [row.split("|") for row in t("intake.committees", "zh").split()]
    return tuple((long, kept) for long, kept in rows)
