"""A figure in words: its value, share, change, source, date and the question it answers."""

import re

from competition.programme.measures import MEASURES, Figure
from competition.programme.overview import Overview
from ui.access import Visit, saying
from ui.html import Markup, element, join
from words import has, t

_say = saying("programme.measure")
WAN = 10_000
"""Yuan of the unit in which funds are shown."""
YUAN = ("fund",)
SLOT = re.compile("\ue000(\\d+)\ue001")


def value(key: str, figure: Figure) -> str:
    """The number alone, with separators; funds in 万元."""
    if key in YUAN:
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
    added = round(figure.change / WAN) if key in YUAN else figure.change
    return f"{added:+,}".replace("-", "\N{MINUS SIGN}") if added else "0"


def marked(text: object, *figure: object) -> Markup:
    """A figure as a page shows it, with the id by which a query can be asked the same."""
    return element("data", text, value="/".join(map(str, figure)))


def by_number(number: object) -> Markup:
    """The number by which a step, an entrant or a dispatch is called: no figure."""
    return element("span", number, cls="a-nb o-no")


def of_measure(key: str, figure: Figure, county: str) -> tuple[Markup, Markup, Markup]:
    """Value, share and change of a measure, each marked; ``county`` is empty for all."""
    where = county or "all"
    return (
        marked(value(key, figure), "value", key, where),
        marked(share(figure), "share", key, where) if share(figure) else Markup(""),
        marked(delta(key, figure), "change", key, where),
    )


def said(lang: str, key: str, **values: object) -> Markup:
    """A text whose values may be marked figures; everything else is escaped."""
    slots = [value for value in values.values() if isinstance(value, Markup)]
    given = {
        name: _Slot(slots.index(value), value) if isinstance(value, Markup) else value
        for name, value in values.items()
    }
    parts = SLOT.split(t(key, lang, **given))
    return join(slots[int(part)] if at % 2 else part for at, part in enumerate(parts))


class _Slot(int):
    """The place of a marked figure in a text; equal to 1 where the figure is, for a singular."""

    at: int

    def __new__(cls, at: int, figure: Markup) -> "_Slot":
        """Keep the position."""
        slot = super().__new__(cls, figure.striptags() == "1")
        slot.at = at
        return slot

    def __format__(self, _: str) -> str:
        """Give the position between two signs that no text has."""
        return f"\ue000{self.at}\ue001"


def source(now: Visit, key: str, view: Overview) -> Markup:
    """Where a figure comes from, and the last day on which it was said."""
    if key not in MEASURES:
        return _source_by(now, key, view.day)
    measure = MEASURES[key]
    last = view.last_days.get(measure.source, "") if measure.source else ""
    return _origin(_say(now, f"{key}_source"), last or view.programme["begins_on"])


def _source_by(now: Visit, key: str, day: str) -> Markup:
    return _origin(t(f"overview.about.{key}_source", now.lang), day)


def _origin(name: str, day: str) -> Markup:
    """A source and its day, which no line's end parts."""
    return join([name, element("span", f"· {short_day(day)}", cls="a-nb")], " ")


def asks(now: Visit, key: str) -> str:
    """The question that a figure answers."""
    own = f"overview.about.{key}_asks"
    return t(own if has(own, now.lang) else f"programme.measure.{key}_asks", now.lang)


def about(now: Visit, key: str, view: Overview) -> Markup:
    """The question, source and date of a panel's figures, for its head."""
    return _asked(now, key, source(now, key, view))


def about_by(now: Visit, key: str, day: str) -> Markup:
    """As `about`, of figures that stand by a day and are no measure."""
    return _asked(now, key, _source_by(now, key, day))


def _asked(now: Visit, key: str, origin: Markup) -> Markup:
    return join([element("span", asks(now, key), cls="o-asks"), origin], " ")


def sources(now: Visit, keys: list[str], view: Overview) -> Markup:
    """Of a table of many figures: question, source and date of each, to be opened."""
    rows = [
        element(
            "li", element("b", t(f"programme.measure.{key}", now.lang)), " ", about(now, key, view)
        )
        for key in keys
    ]
    head = element("summary", t("overview.about.sources", now.lang))
    return element("details", head, element("ul", *rows), cls="o-sources")


def short_day(day: str) -> str:
    """Month and day: ``03-18``."""
    return day[5:]


def nb_day(day: str) -> Markup:
    """As `short_day`, in one piece at a line's end."""
    return element("span", short_day(day), cls="a-nb")


def step_of(level: float | None, *, more_is_better: bool = True) -> int:
    """One of five steps of colour for a share in percent: 0 below 60, 4 from 90 on.

    Of what must be acted on the steps are 0, up to 5, 15, 30 and more.
    """
    if level is None:
        return 0
    bounds = (60, 70, 80, 90) if more_is_better else (0.01, 5, 15, 30)
    return sum(level >= bound for bound in bounds)
