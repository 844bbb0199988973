"""Deadlines and times in words, on the competition's own clock."""

from datetime import datetime

from competition.times import local, parse
from ui.access import Visit
from words import t

DAY, HOUR = 86_400, 3_600
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def when(now: Visit, stamp: str) -> str:
    """A day with its weekday and time, as the language writes them."""
    at = local(stamp, now.competition["timezone"] if now.competition else "UTC")
    return t(
        "counties.when",
        now.lang,
        month=t(f"counties.month.{MONTHS[at.month - 1]}", now.lang),
        day=at.day,
        clock=at.strftime("%H:%M"),
        weekday=t(f"counties.weekday.{at.weekday()}", now.lang),
    )


def left(now: Visit, closes_at: str, at: datetime) -> str:
    """How long until a deadline that is still to come: days and hours, or what is less."""
    seconds = max(0, int((parse(closes_at) - at).total_seconds()))
    days, hours, minutes = seconds // DAY, seconds % DAY // HOUR, seconds % HOUR // 60
    key = "days" if days else "hours" if hours else "minutes"
    return t(f"counties.left.{key}", now.lang, days=days, hours=hours, minutes=minutes)
