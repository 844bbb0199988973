"""对照: where a county is weak against the field, winners' plans beside, and year beside year."""

import streamlit as st

from competition.programme.learning import CountyLesson, lessons, year_beside_year
from overview import figures
from overview.choice import begin
from overview.village_result import signed
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
            _lesson(now, one)
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


def _lesson(now: Visit, one: CountyLesson) -> None:
    rows = [
        (
            each.name,
            f"{each.maximum:f}",
            f"{each.own:.2f}",
            f"{each.field:.2f}",
            "" if each.selected is None else f"{each.selected:.2f}",
            signed(each.gap),
        )
        for each in one.criteria
    ]
    heads = ("criterion", "maximum", "own", "field", "selected", "gap")
    columns = [
        Column(_say(now, f"column_{key}"), "left" if key == "criterion" else "right")
        for key in heads
    ]
    note = _say(now, "counts", entrants=one.entrants, selected=one.selected)
    table = list_table(columns, rows, now.lang)
    st.html(card(one.round, table, _said(now, one), _plans(now, one), note=note))


def _said(now: Visit, one: CountyLesson) -> Markup:
    """The same words as a feedback sheet: what separates the county, in points."""
    names = t("list.between", now.lang).join(
        f"{each.name} {signed(each.gap)}" for each in one.weakest
    )
    text = _say(now, "weak", names=names) if names else _say(now, "level")
    return element("p", text, cls="o-said")


def _plans(now: Visit, one: CountyLesson) -> Markup:
    """Selected plans that are strongest where the county is weakest."""
    listed = [
        element(
            "li",
            _say(
                now,
                "look_at",
                criterion=name,
                place=f"{line.county} {line.township} {line.village}",
                title=line.title,
            ),
        )
        for name, line in one.winners
    ]
    return element("ul", *listed, cls="o-remarks") if listed else Markup("")


def _years(now: Visit, county: str, day: str) -> None:
    """Each year's measures as many days after the issue."""
    years = year_beside_year(now.store, now.who, county, day=day)
    if not years:
        return
    columns = [Column(_say(now, "measure"))]
    columns += [Column(_say(now, "year", year=one.year, day=one.day), "right") for one in years]
    rows = [
        [
            t(f"programme.measure.{key}", now.lang),
            *(
                join(
                    filter(
                        None,
                        [figures.value(key, one.figures[key]), figures.share(one.figures[key])],
                    ),
                    " · ",
                )
                for one in years
            ),
        ]
        for key in SHOWN
    ]
    st.html(card(_say(now, "years"), list_table(columns, rows, now.lang)))


page(enter_page("programme", of_round=False))
