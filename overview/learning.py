"""对照: where a county is weak against the field, winners' plans beside, and year beside year."""

import streamlit as st

from competition.programme.learning import (
    CountyCriterion,
    CountyLesson,
    Winner,
    YearBeside,
    lessons,
    year_beside_year,
)
from overview import figures
from overview.choice import begin, link
from overview.feedback import strong_and_weak, told
from overview.screen_contest import A_VILLAGE
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
            _lesson(now, one, choice.day)
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


def _lesson(now: Visit, one: CountyLesson, day: str) -> None:
    """A round: the criteria, what is strong and weak, whose plans to read."""
    rows = [
        (
            each.name,
            f"{each.maximum:f}",
            _points(one, each, "own", f"{each.own:.2f}"),
            _points(one, each, "field", f"{each.field:.2f}"),
            "" if each.selected is None else _points(one, each, "chosen", f"{each.selected:.2f}"),
            _points(one, each, "gap", signed(each.gap)),
        )
        for each in one.criteria
    ]
    heads = ("criterion", "maximum", "own", "field", "selected", "gap")
    columns = [
        Column(_say(now, f"column_{key}"), "left" if key == "criterion" else "right")
        for key in heads
    ]
    where = (one.round_id, one.county_code)
    counts = figures.said(
        now.lang,
        "overview.learning.counts",
        entrants=figures.marked(one.entrants, "lesson_entrants", *where),
        selected=figures.marked(one.selected, "lesson_chosen", *where),
    )
    told = strong_and_weak(now, [each.standing for each in one.criteria], "lesson", *where)
    note = join([counts, figures.about_by(now, "lesson", day)], " · ")
    table = list_table(columns, rows, now.lang)
    st.html(card(one.round, table, told, _winners(now, one), note=note))


def _points(one: CountyLesson, each: CountyCriterion, key: str, text: str) -> Markup:
    return figures.marked(text, "lesson", one.round_id, one.county_code, key, each.name)


def _winners(now: Visit, one: CountyLesson) -> Markup:
    """Chosen plans that are strong where the county is weak, with what may be read of them."""
    listed = [_winner(now, one.round_id, each) for each in one.winners]
    if not listed:
        return Markup("")
    head = element("b", _say(now, "read_them"), cls="o-said")
    return element("div", head, element("ul", *listed, cls="o-remarks"))


def _winner(now: Visit, round_id: str, one: Winner) -> Markup:
    line = one.line
    name = f"{line.county} {line.township} {line.village}".strip()
    reached = one.standing is not None and len(line.code) == A_VILLAGE
    place = link(name, "overview.village", code=line.code) if reached else name
    text = figures.said(
        now.lang,
        "overview.learning.look_at",
        criterion=one.criterion,
        place=element("span", place),
        title=line.title,
    )
    if one.standing is None:
        return element("li", text)
    own = told(now, "strong", one.standing, "result", round_id, line.code)
    remarks = [element("li", remark) for remark in one.remarks]
    return element("li", text, element("br"), own, element("ul", *remarks) if remarks else "")


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
            *(_of_year(key, one, county) for one in years),
        ]
        for key in SHOWN
    ]
    note = figures.about_by(now, "years", day)
    st.html(card(_say(now, "years"), list_table(columns, rows, now.lang), note=note))


def _of_year(key: str, one: YearBeside, county: str) -> Markup:
    """Value and share of a measure in a year."""
    where = (key, one.year, one.day, county or "all")
    value = figures.marked(figures.value(key, one.figures[key]), "year_value", *where)
    share = figures.share(one.figures[key])
    return join([value, figures.marked(share, "year_share", *where)], " · ") if share else value


page(enter_page("programme", of_round=False))
