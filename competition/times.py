"""Times as they are stored: UTC to the millisecond, sortable as text."""

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=64)
def stamp(at: datetime) -> str:
    """``2022-03-18T06:42:16.123Z``.

    Raises
    ------
    ValueError
        If the time has no zone.
    """
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse(text: str) -> datetime:
    """The time of a stamp."""
    return datetime.fromisoformat(text)


def local(text: str, timezone: str) -> datetime:
    """A stored time on the competition's own clock."""
    return parse(text).astimezone(ZoneInfo(timezone))
