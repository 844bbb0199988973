"""How entrants, seats and times are written on the organisers' pages."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from competition.saying import listed
from competition.shapes import Place, RoundRow
from competition.times import local
from intake.places import short_county, short_village
from ui.access import Visit
from ui.html import Markup, element, join
from words import t


def number(value: object, lang: str) -> str:
    """12号."""
    return t("list.number", lang, number=value)


def numbers(values: Iterable[object], lang: str) -> str:
    """4号、7号、13号; a name in place of a number stays."""
    named = [value if isinstance(value, str) else number(value, lang) for value in values]
    return listed(named, lang)


def seat(value: int, lang: str) -> str:
    """评委03."""
    return t("organizers.seat", lang, number=f"{value:02d}")


def sheets(missing: Iterable[Mapping[str, Any]], lang: str) -> str:
    """39号评委02、40号评委05: rows with ``number`` and ``seat``."""
    return listed(
        [t("list.sheet", lang, number=m["number"], seat=f"{m['seat']:02d}") for m in missing], lang
    )


def title(place: Mapping[str, Any]) -> str:
    """The village by its short name, or the township where a township takes part."""
    return short_village(str(place["village"])) or str(place["township"] or place["county"])


def around(place: Mapping[str, Any]) -> str:
    """County and township around it, as people say them; a name alone is never enough."""
    parts = [short_county(str(place["county"])), place["township"] if place["village"] else ""]
    return "".join(part for part in parts if part != title(place))


def called(place: Place) -> Place:
    """An entrant with its places as people say them."""
    county, village = short_county(place["county"]), short_village(place["village"])
    return {**place, "county": county, "village": village}


def heading(place: Mapping[str, Any], lang: str) -> Markup:
    """39号 他期口村 蒙自市西北勒乡, the last smaller."""
    return join([number(place["number"], lang), title(place), element("small", around(place))], " ")


def round_state(row: RoundRow, lang: str) -> str:
    """The state of a round, or of a composite, which is not marked."""
    kind = "composite_state" if row["kind"] == "composite" else "round_state"
    return t(f"{kind}.{row['state']}", lang)


def of_kind(row: RoundRow | None) -> str:
    """What follows a key whose words differ for a composite."""
    return "_composite" if row and row["kind"] == "composite" else ""


def clock(now: Visit, stamp: str | None, *, day: bool = False) -> str:
    """A stored time on the competition's own clock."""
    if not stamp or now.competition is None:
        return ""
    pattern = "%Y-%m-%d %H:%M:%S" if day else "%H:%M:%S"
    return local(stamp, now.competition["timezone"]).strftime(pattern)


def local_time(now: Visit, at: datetime, *, seconds: bool = False) -> str:
    """A time of day on the competition's own clock, to the minute or to the second."""
    if now.competition is None:
        return ""
    pattern = "%H:%M:%S" if seconds else "%H:%M"
    return at.astimezone(ZoneInfo(now.competition["timezone"])).strftime(pattern)
