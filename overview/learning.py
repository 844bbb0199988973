"""对照: where a county is weak against the field, winners' plans beside, and year beside year."""

import streamlit as st

from competition.programme.learning import YearBeside, lessons, year_beside_year
from overview import figures
from overview.choice import begin
from overview.lesson import lesson_part
from ui.access import Visit, enter_page, saying
from ui.html import Markup, card, element, join
from ui.tables import Column, list_table
from words import t

_say = saying("overview.learning")
SHOWN = ("finished", "reviewed", "filed", "special", "people", "met")


def page(now: Visit) -> None:
    """A county to choose; its criteria in each certified round, then its years."""
    choice = begin(now, "learning")
    if choice is None:
        return
    listed = lessons(now.store, now.who)
    counties = {one.county_code: one.county for one in listed}
    county = _county(now, counties)
    for one in listed:
        if one.county_code == county:
            st.html(lesson_part(now, one, choice.day))
    if not listed:
        st.html(element("p", _say(now, "no_result"), cls="a-reason"))
    _years(now, county, choice.day)


def _county(now: Visit, counties: dict[str, str]) -> str:
    if not counties:
        return ""
    wanted = st.query_params.get("county", "")
    codes = list(counties)

    def chosen() -> None:
        st.query_params["county"] = str(st.session_state["overview-county"])

    st.session_state["overview-county"] = wanted if wanted in counties else codes[0]
    return str(
        st.selectbox(
            _say(now, "county"),
            codes,
            format_func=lambda code: counties[code],
            key="overview-county",
            width=220,
            on_change=chosen,
        )
    )


def _years(now: Visit, county: str, day: str) -> None:
    """Each year's measures as many days after the issue."""
    years = year_beside_year(now.store, now.who, county, day=day)
    if not years:
        return
    columns = [Column(_say(now, "measure"))]
    columns += [Column(_of(now, one), "right") for one in years]
    rows = [
        [
            t(f"programme.measure.{key}", now.lang),
            *(_of_year(key, one, county) for one in years),
        ]
        for key in SHOWN
    ]
    note = figures.about_by(now, "years", day)
    st.html(card(_say(now, "years"), list_table(columns, rows, now.lang), note=note))


def _of(now: Visit, one: YearBeside) -> Markup:
    """A year and the day that is compared, which no line's end parts."""
    day = element("span", one.day, cls="a-nb")
    return figures.said(now.lang, "overview.learning.year", year=one.year, day=day)


def _of_year(key: str, one: YearBeside, county: str) -> Markup:
    """Value and share of a measure in a year."""
    where = (key, one.year, one.day, county or "all")
    value = figures.marked(figures.value(key, one.figures[key]), "year_value", *where)
    share = figures.share(one.figures[key])
    return join([value, figures.marked(share, "year_share", *where)], " · ") if share else value


page(enter_page("programme", of_round=False))
