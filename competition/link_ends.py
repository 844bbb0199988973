"""Until when links and sign-ins are good: the event's last day and a month.

A link that is made later, for the archive or an appeal, has its month from the day it is made.
Where no day is set, nothing ends by itself.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from competition.times import parse
from db.shapes import Competition

GRACE_DAYS = 30


def end_of(link: dict[str, Any], competition: Competition) -> datetime | None:
    """When a link, and each sign-in by it, ends; None without a day of the event."""
    last = competition["ends_on"] or competition["starts_on"]
    if not last:
        return None
    zone = ZoneInfo(competition["timezone"])
    made = parse(link["created_at"]).astimezone(zone).date()
    day = max(date.fromisoformat(last), made) + timedelta(days=GRACE_DAYS + 1)
    return datetime.combine(day, time.min, zone)


def has_ended(link: dict[str, Any], competition: Competition | None, at: datetime) -> bool:
    """Whether a link is past its end."""
    end = None if competition is None else end_of(link, competition)
    return end is not None and end <= at
