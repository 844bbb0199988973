"""Which place a name or a code means: counties by their aliases, villages by name and code.

Names repeat across townships, so a name alone may mean several villages; a code means one.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from intake.cells import squeezed
from intake.likeness import likeness
from intake.places import rows_of_file, short_village
from words import t

OLD_CODES = {"532522": "532503", "532526": "532504"}
"""Codes of counties that became cities, and theirs today."""
COUNTY, TOWNSHIP, VILLAGE = 6, 9, 12
"""Digits of a code."""
NEAREST = 5
MOST_ASKED = 20_000
"""Texts whose county is remembered: a column is asked about for every field it may hold."""
STEM = 2
"""Characters of an autonomous county's name before its peoples."""

PlaceRow = tuple[str, ...]


@dataclass(frozen=True)
class Village:
    """One village or community and what it lies in; ``name`` is without its committee."""

    code: str
    name: str
    township_code: str
    township: str
    county_code: str
    county: str

    @property
    def shown(self) -> str:
        """What tells it from its namesakes: township, name and code."""
        return f"{self.township}{self.name} {self.code}"


@dataclass(frozen=True)
class County:
    """A county; ``is_sure`` is false where the name may as well mean the prefecture."""

    code: str
    name: str
    is_sure: bool = True


def plain_place(text: str) -> str:
    """A place's name without blanks, full-width forms and closing marks."""
    folded = unicodedata.normalize("NFKC", squeezed(text))
    return "".join(folded.split()).strip("*.,;:\u3002\u3001\uff0c#")


class Gazetteer:
    """The places of one or more prefectures."""

    def __init__(self, rows: Iterable[PlaceRow]) -> None:
        self.by_code: dict[str, Village] = {}
        self.counties: dict[str, str] = {}
        self.townships: dict[str, str] = {}
        self._named: dict[str, list[Village]] = {}
        self._asked: dict[str, County | None] = {}
        for county_code, county, township_code, township, code, name in rows:
            village = Village(
                code, short_village(name), township_code, township, county_code, county
            )
            self.by_code[code] = village
            self.counties[county_code] = county
            self.townships[township_code] = township
            self._named.setdefault(village.name, []).append(village)

    def village(self, code: str) -> Village | None:
        """The village of a code, today's or an old one."""
        return self.by_code.get(renewed(code))

    def in_county(self, code: str) -> list[Village]:
        """The villages of a county or township, by the beginning of their codes."""
        return [village for key, village in self.by_code.items() if key.startswith(code)]

    def named(self, name: str, within: str = "") -> list[Village]:
        """Villages with this name, with or without its committee, inside a place's code."""
        plain = short_village(plain_place(name))
        villages = [
            village
            for each in (plain, *(f"{plain}{end}" for end in _endings()))
            for village in self._named.get(each, ())
            if village.code.startswith(within)
        ]
        exact = [village for village in villages if village.name == plain]
        return exact or villages

    def is_place(self, text: str) -> bool:
        """Whether a text is a village's or a township's very name, or a village's code."""
        return text in self._named or text in self.by_code or text in self._township_names

    @cached_property
    def _township_names(self) -> frozenset[str]:
        return frozenset(self.townships.values())

    def near(self, name: str, among: Sequence[Village], *, home: str = "") -> list[Village]:
        """Villages whose names sound or look like this one, the likeliest first.

        Parameters
        ----------
        home : str
            Code of the township that the name is said to lie in; its villages come first among
            those equally alike.
        """
        plain = short_village(plain_place(name))
        ranked = [
            ((rank[0], not village.code.startswith(home), rank[1], village.code), village)
            for village in among
            if (rank := likeness(plain, village.name)) is not None
        ]
        return [village for _, village in sorted(ranked, key=lambda one: one[0])][:NEAREST]

    def county(self, text: str) -> County | None:
        """The county that a name, an alias, an old name or a code means."""
        if text not in self._asked:
            if len(self._asked) > MOST_ASKED:
                self._asked.clear()
            self._asked[text] = self._county(text)
        return self._asked[text]

    def _county(self, text: str) -> County | None:
        plain = plain_place(text)
        if plain[:COUNTY].isdecimal():
            code = renewed(plain[:COUNTY])
            return County(code, self.counties[code]) if code in self.counties else None
        code = self._aliases.get(plain, "")
        if code:
            is_sure = not any(each.startswith(plain) for each in _prefectures())
            return County(code, self.counties[code], is_sure)
        code, _ = self._after_county(plain)
        return County(code, self.counties[code]) if code and plain.endswith(_COUNTY_ENDS) else None

    def mentioned(self, text: str) -> str:
        """The code of the one county whose name stands in a text; "" for none or several."""
        plain = plain_place(text)
        names = [name for name in self._aliases if len(name) > STEM and name in plain]
        codes = {self._aliases[name] for name in names}
        return codes.pop() if len(codes) == 1 else ""

    def is_prefecture(self, text: str) -> bool:
        """Whether a text names the prefecture, which is no county whatever it is called."""
        return plain_place(text) in _prefectures()

    def near_counties(self, text: str) -> list[County]:
        """Counties whose names sound or look like this one."""
        plain = plain_place(text)
        ranked = sorted(
            (rank, code)
            for name, code in self._aliases.items()
            if len(name) > STEM and (rank := likeness(plain, name)) is not None
        )
        codes = dict.fromkeys(code for _, code in ranked)
        return [County(code, self.counties[code]) for code in codes]

    def township(self, text: str, within: str = "") -> str:
        """The code of a township's name inside a county; "" where none or several bear it."""
        plain = plain_place(text)
        _, rest = self._after_county(plain)
        codes = [
            code
            for code, name in self.townships.items()
            if code.startswith(within) and plain and (name in (plain, rest) or name[:-1] == plain)
        ]
        return codes[0] if len(codes) == 1 else ""

    def parted(self, text: str, within: str = "") -> tuple[str, str]:
        """The code and the rest of a village written with what it lies in."""
        plain = plain_place(text)
        code, rest = self._after_county(plain)
        code = code or within
        for township, name in self.townships.items():
            if township.startswith(code) and rest.startswith(name) and len(rest) > len(name):
                return township, rest.removeprefix(name)
        return code, rest

    def _after_county(self, plain: str) -> tuple[str, str]:
        """The code of the county that a text begins with, and what follows it."""
        for prefix in sorted(_prefectures(), key=len, reverse=True):
            if len(prefix) > STEM:
                plain = plain.removeprefix(prefix)
        for name, code in self._aliases.items():
            if len(name) > STEM and plain.startswith(name):
                return code, plain.removeprefix(name)
        return "", plain

    @cached_property
    def _aliases(self) -> Mapping[str, str]:
        """Names of counties to codes, the longest first."""
        names: dict[str, str] = {}
        for code, name in self.counties.items():
            is_long = name.endswith(_autonomous())
            stem = name[:STEM] if is_long else name[:-1]
            for alias in (name, stem, *(f"{stem}{end}" for end in _COUNTY_ENDS)):
                names.setdefault(alias, code)
        for code, name in self.counties.items():
            names[name] = code
        return dict(sorted(names.items(), key=lambda one: -len(one[0])))


def renewed(code: str) -> str:
    """A code with its county's old number replaced by today's."""
    return OLD_CODES.get(code[:COUNTY], code[:COUNTY]) + code[COUNTY:]


@cache
def built_in() -> Gazetteer:
    """The places of Honghe."""
    return Gazetteer(rows_of_file())


@cache
def with_further(rows: tuple[PlaceRow, ...]) -> Gazetteer:
    """The built-in places and others."""
    return Gazetteer((*rows_of_file(), *rows)) if rows else built_in()


def _words(key: str) -> tuple[str, ...]:
    return tuple(t(f"intake.place.{key}", "zh").split("|"))


@cache
def _prefectures() -> tuple[str, ...]:
    return _words("prefectures")


@cache
def _autonomous() -> str:
    return _words("autonomous")[0]


@cache
def _endings() -> tuple[str, ...]:
    return _words("village_ends")


_COUNTY_ENDS = _words("county_ends")
