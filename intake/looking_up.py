"""Places of one county found by what is typed: a code, a name, or a name nearly right."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.gazetteer import (
    TOWNSHIP,
    VILLAGE,
    Gazetteer,
    Village,
    plain_place,
    renewed,
    with_further,
)


@dataclass(frozen=True)
class FoundPlace:
    """A village, or a township without one, with its code."""

    code: str
    township: str
    village: str = ""

    @property
    def shown(self) -> str:
        """Township, village and code: what tells it from its namesakes."""
        return f"{self.township}{self.village} {self.code}"


def places_called(
    typed: str, county: str, further: Sequence[tuple[str, ...]] = ()
) -> tuple[FoundPlace, ...]:
    """The places of a county that a text means, the likeliest first; one alone is sure.

    Parameters
    ----------
    county : str
        Code of the county: no place of another one is found.
    further : sequence of tuple
        Places besides the built-in ones, see `intake.edits.Asked`.
    """
    gazetteer = with_further(tuple(map(tuple, further)))
    plain = plain_place(typed)
    if not plain:
        return ()
    if plain.isdecimal():
        return _by_code(renewed(plain), county, gazetteer)
    within, name = gazetteer.parted(plain, county)
    if not within.startswith(county):
        return ()
    exact = gazetteer.named(name, within)
    township = gazetteer.township(plain, county)
    if exact or not township:
        near = exact or gazetteer.near(name, gazetteer.in_county(county), home=within)
        return tuple(map(_village, near))
    return (FoundPlace(township, gazetteer.townships[township]),)


def _by_code(code: str, county: str, gazetteer: Gazetteer) -> tuple[FoundPlace, ...]:
    if not code.startswith(county):
        return ()
    village = gazetteer.village(code) if len(code) == VILLAGE else None
    if village is not None:
        return (_village(village),)
    if len(code) == TOWNSHIP and code in gazetteer.townships:
        return (FoundPlace(code, gazetteer.townships[code]),)
    return ()


def _village(village: Village) -> FoundPlace:
    return FoundPlace(village.code, village.township, village.name)
