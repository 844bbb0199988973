"""全省一览: a line for each competition, what is late, what was awarded; and a search over all."""

import streamlit as st

from competition.errors import Refused
from competition.province.over_all import Line, find, lines, states
from competition.province.standing import Summary
from province import words_of
from ui.access import Visit, enter_page, saying
from ui.frame import empty, page_title, refused
from ui.here import SERVING
from ui.html import Markup, element, join
from ui.icons import state_label
from ui.long_table import table_tools
from ui.plain import plain
from ui.tables import Column, list_table

_say = saying("province.screen")
ICONS = {
    "empty": "not_begun",
    "draft": "not_begun",
    "open": "marking",
    "closed": "pending",
    "certified": "done",
    "fault": "attention",
}
SEARCH = "province-find"
FIND = "find"


def page(now: Visit) -> None:
    """Figures, the search, then the table; found entrants take the table's place."""
    try:
        shown = lines(SERVING.installation, now.store, now.who, at=now.at)
    except Refused as error:
        refused(error, now.lang, head="ui.closed_page")
        return
    page_title(_say(now, "title"), note=_say(now, "count", count=len(shown)))
    if not shown:
        empty(_say(now, "none"), _say(now, "none_text"))
        return
    st.html(_band(now, shown))
    typed = _search(now)
    if typed:
        _found(now, typed)
        return
    columns = [
        Column(_say(now, "column.name")),
        Column(_say(now, "column.state")),
        Column(_say(now, "column.sheets"), "right"),
        Column(_say(now, "column.awards")),
    ]
    rows = [_row(now, line) for line in shown]
    table_tools(now, "competitions", _say(now, "table"), columns, rows, read="province",
                hint=_say(now, "hint"))  # fmt: skip
    table = list_table(columns, rows, now.lang, keeps=1)
    st.html(element("div", table, cls="a-people p-all"))


def _band(now: Visit, shown: list[Line]) -> Markup:
    """How many stand where."""
    counted = states(shown)
    late = sum(bool(one.late) for one in shown)
    cells = [(key, counted.get(key, 0)) for key in ("open", "closed", "certified")]
    cells += [("late", late)]
    boxes = [
        element("div", element("span", _say(now, f"band.{key}"), cls="a-fig-label"),
                element("b", count))
        for key, count in cells
    ]  # fmt: skip
    return element("div", *boxes, cls="a-figs")


def _search(now: Visit) -> str:
    """The field; what is typed goes into the address."""

    def chosen() -> None:
        typed = str(st.session_state[SEARCH] or "")
        if typed:
            st.query_params[FIND] = typed
        elif FIND in st.query_params:
            del st.query_params[FIND]

    st.session_state[SEARCH] = st.query_params.get(FIND, "")
    label = _say(now, "find")
    typed = st.text_input(label, key=SEARCH, placeholder=label, width=420, on_change=chosen,
                          label_visibility="collapsed")  # fmt: skip
    return str(typed or "").strip()


def _row(now: Visit, line: Line) -> list[object]:
    made = line.summary
    where = " · ".join(filter(None, (line.host, words_of.invented(now, made))))
    name = join([element("b", line.title), element("small", where)], element("br"))
    if made is None:
        key = "fault" if line.fault else "empty"
        return [name, state_label(ICONS[key], now.lang, word=_say(now, f"state.{key}")), "", ""]
    late = [element("li", _say(now, f"late.{key}", count=made.unfiled)) for key in line.late]
    state = [_state(now, made), element("ul", *late, cls="p-list p-late") if late else ""]
    return [name, join(state, ""), _sheets(made), words_of.awards(now, made)]


def _state(now: Visit, made: Summary) -> Markup:
    """Where the round stands that counts now, its title, and how many rounds are certified."""
    label = state_label(ICONS[made.state], now.lang, word=_say(now, f"state.{made.state}"))
    rounds = _say(now, "certified", count=made.certified, all=len(made.rounds))
    about = filter(None, (made.now and made.now.title, made.certified and rounds))
    return join([label, element("small", " · ".join(map(str, about)))], element("br"))


def _sheets(made: Summary) -> str:
    """Sheets in of those expected; none while nothing is expected."""
    here = made.now
    return f"{here.submitted}/{here.expected}" if here and here.expected else ""


def _found(now: Visit, typed: str) -> None:
    matches = find(SERVING.installation, now.store, now.who, typed, at=now.at)
    key = "found_first" if matches.is_more else "found"
    st.markdown(plain(_say(now, key, count=len(matches.entrants), typed=typed)))
    columns = [Column(_say(now, f"column.{one}")) for one in ("village", "presenter", "name")]
    rows = [
        [
            join([element("b", place.village or place.township or place.title),
                  element("small", f"{place.county} {place.township} · {place.title}")],
                 element("br")),
            element("span", place.presenter, cls="a-nb"),
            join([line.title, element("small", line.host)], element("br")),
        ]
        for line, place in matches.entrants
    ]  # fmt: skip
    st.html(list_table(columns, rows, now.lang, stacks=True))


page(enter_page("province", of_round=False))
