"""What a page of the overview is about: a year's programme by a day, kept in the address."""

from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from competition import typed
from competition.errors import Refused
from competition.programme.overview import programmes_of
from competition.programme.shapes import Programme
from competition.times import local, stamp
from ui.access import Visit, saying
from ui.frame import empty, page_title
from ui.html import Markup, element
from ui.pages import PAGE

_say = saying("overview")
YEAR, DAY = "year", "day"


@dataclass(frozen=True)
class Choice:
    """The programme and the day chosen; ``is_today`` where the address names none."""

    programme: Programme
    years: tuple[int, ...]
    day: str
    today: str

    @property
    def is_today(self) -> bool:
        """Whether the day is today."""
        return self.day == self.today

    @property
    def is_closed(self) -> bool:
        """Whether nothing is written in this year any more."""
        return self.programme["closed_on"] is not None

    @property
    def id(self) -> str:
        """The programme's id."""
        return self.programme["id"]


def choose(now: Visit) -> Choice | None:
    """The programme and day of the address, the last year's and today's where it names none."""
    there = programmes_of(now.store, now.who)
    if not there:
        return None
    wanted = st.query_params.get(YEAR, "")
    programme = next((one for one in there if str(one["year"]) == wanted), there[0])
    zone = now.competition["timezone"] if now.competition else "UTC"
    today = local(stamp(now.at), zone).date().isoformat()
    try:
        day = typed.day(st.query_params.get(DAY, ""), DAY)
    except Refused:
        day = ""
    years = tuple(one["year"] for one in there)
    return Choice(programme, years, day or today, today)


def begin(now: Visit, page: str, *, note: str = "") -> Choice | None:
    """The page's heading and its choice; or what has to happen first, and None."""
    title = _say(now, f"{page}.title")
    choice = choose(now)
    if choice is None:
        page_title(title)
        empty(_say(now, "none"), _say(now, "none_text"))
        return None
    page_title(title, note=note or _say(now, "until", day=choice.day))
    return choice


def address(key: str, **params: object) -> str:
    """The address of a page that keeps year, day and language."""
    kept = {name: st.query_params.get(name, "") for name in (YEAR, DAY, "lang", "round")}
    asked = {name: str(value) for name, value in params.items()}
    values = {name: value for name, value in {**kept, **asked}.items() if value}
    query = f"?{urlencode(values)}" if values else ""
    return f"/{PAGE[key].address}{query}"


def link(text: object, key: str, *, cls: str = "", **params: object) -> Markup:
    """A link to a page of the overview, in the same tab."""
    return element("a", text, href=address(key, **params), target="_self", cls=f"o-a {cls}".strip())


def pick_year(now: Visit, choice: Choice) -> None:
    """The years to choose from, where there are several."""
    if len(choice.years) < 2:
        return

    def chosen() -> None:
        st.query_params[YEAR] = str(st.session_state["overview-year"])
        if DAY in st.query_params:
            del st.query_params[DAY]

    st.session_state["overview-year"] = choice.programme["year"]
    st.selectbox(
        _say(now, "year"),
        list(choice.years),
        format_func=lambda year: _say(now, "year_of", year=year),
        key="overview-year",
        label_visibility="collapsed",
        width=150,
        on_change=chosen,
    )
