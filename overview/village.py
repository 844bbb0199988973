"""一键: find a village, the list behind a figure, and all about one village."""

import streamlit as st

from competition.errors import Refused
from competition.programme.finding import find_villages
from competition.programme.village import VillageView, village_view
from overview import village_parts as parts
from overview.choice import Choice, begin, link, pick_year
from overview.figures import marked, said
from overview.village_head import head
from overview.village_list import behind_measure, of_round
from overview.village_result import result_part
from ui.access import Visit, enter_page, saying
from ui.frame import refused
from ui.html import element

_say = saying("overview.village")
CODE, FIND, CONTEST = "code", "find", "contest"


def page(now: Visit) -> None:
    """The search on top; below it one village, what was found, or the list behind a figure."""
    choice = begin(now, "village")
    if choice is None:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", wrap=True):
        pick_year(now, choice)
        typed = _search(now)
    if typed:
        _found(now, choice, typed)
        return
    code = st.query_params.get(CODE, "")
    games = st.query_params.get(CONTEST, "")
    try:
        if not code:
            of_round(now, choice, games) if games else behind_measure(now, choice)
            return
        view = village_view(now.store, now.who, choice.id, code, day=choice.day, at=now.at)
    except Refused as error:
        refused(error, now.lang, head="overview.village.not_shown")
        return
    _village(now, view)


def _search(now: Visit) -> str:
    """The field; what is typed goes into the address, so that a way back leads to it."""

    def chosen() -> None:
        typed = str(st.session_state["overview-find"] or "")
        if typed:
            st.query_params[FIND] = typed
        elif FIND in st.query_params:
            del st.query_params[FIND]

    st.session_state["overview-find"] = st.query_params.get(FIND, "")
    typed = st.text_input(
        _say(now, "find"),
        key="overview-find",
        placeholder=_say(now, "find"),
        label_visibility="collapsed",
        width=420,
        on_change=chosen,
    )
    return str(typed or "").strip()


def _found(now: Visit, choice: Choice, typed: str) -> None:
    matches = find_villages(now.store, now.who, choice.id, typed)
    count = marked(len(matches.villages), "found", typed)
    key = "found_first" if matches.is_more else "found"
    text = said(now.lang, f"overview.village.{key}", count=count)
    st.html(element("p", text, cls="a-reason", role="status"))
    counties = [
        element("li", link(_say(now, "found_county", county=name), "overview.village",
                           measure="villages", which="all", county=code))
        for code, name in matches.counties
    ]  # fmt: skip
    rows = [
        element(
            "li",
            link(one["village"], "overview.village", code=one["code"]),
            " ",
            element("small", f"{one['county']} {one['township']} {one['code']}"),
        )
        for one in matches.villages
    ]
    st.html(element("ul", *counties, *rows, cls="o-found"))


def _village(now: Visit, view: VillageView) -> None:
    """Left what was done, right what came of it."""
    st.html(head(now, view))
    left = [
        parts.plans(now, view),
        parts.steps(now, view),
        parts.documents(now, view),
        parts.history(now, view),
    ]
    right = [
        *(result_part(now, one, view.day) for one in view.results),
        parts.presenter(now, view),
        parts.needs(now, view),
        parts.figures_said(now, view),
        parts.next_steps(now, view),
    ]
    columns = [element("div", *column, cls="o-col") for column in (left, right)]
    st.html(element("div", *columns, cls="o-two"))


page(enter_page("programme", of_round=False))
