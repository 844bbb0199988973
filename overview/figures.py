"""A figure in words: its value, share, change, source, date and the question it answers."""

from competition.programme.measures import MEASURES, Figure
from competition.programme.overview import Overview
from ui.access import Visit, saying
from words import t

_say = saying("programme.measure")
WAN = 10_000
"""Yuan of the unit in which funds are shown."""
WEEKLY = "overview.week"


def value(key: str, figure: Figure) -> str:
    """The number alone, with separators; funds in 万元."""
    if key == "fund":
        return f"{figure.value / WAN:,.0f}"
    return f"{figure.value:,}"


def share(figure: Figure) -> str:
    """The share in percent; empty of a plain count."""
    return "" if figure.percent is None else f"{figure.percent:.1f}%"


def change(key: str, figure: Figure, lang: str) -> str:
    """As `delta`, with the word for the week."""
    return t("overview.week_change", lang, change=delta(key, figure))


def delta(key: str, figure: Figure) -> str:
    """What the week has added, with its sign; 0 where nothing did."""
    added = round(figure.change / WAN) if key == "fund" else figure.change
    return f"{added:+,}".replace("-", "\N{MINUS SIGN}") if added else "0"


def source(now: Visit, key: str, view: Overview) -> str:
    """Where a figure comes from, and the last day on which it was said."""
    measure = MEASURES[key]
    last = view.last_days.get(measure.source, "") if measure.source else ""
    day = last or view.programme["begins_on"]
    return f"{_say(now, f'{key}_source')} · {short_day(day)}"


def short_day(day: str) -> str:
    """Month and day: ``03-18``."""
    return day[5:]


def step_of(level: float | None, *, more_is_better: bool = True) -> int:
    """One of five steps of colour for a share in percent: 0 below 60, 4 from 90 on.

    Of what must be acted on the steps are 0, up to 5, 15, 30 and more.
    """
    if level is None:
        return 0
    bounds = (60, 70, 80, 90) if more_is_better else (0.01, 5, 15, 30)
    return sum(level >= bound for bound in bounds)
