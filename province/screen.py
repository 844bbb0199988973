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
from ui.long_table import long_table
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
    note = words_of.invented(now, [one.summary for one in shown if one.summary])
    page_title(_say(now, "title"), note=note)
    if not shown:
        empty(_say(now, "none"), _say(now, "none_text"))
        return
    st.html(_band(now, shown))
    typed = _search(now)
    if typed:
        _found(now, typed)
        return
    heads = [_say(now, f"column.{key}") for key in ("name", "state", "sheets", "late")]
    columns = [Column(heads[0]), Column(heads[1]), Column(heads[2], "right"), Column(heads[3])]
    columns += [
        Column(_say(now, "column.certified"), "right"),
        Column(_say(now, "column.awards")),
    ]
    rows = [_row(now, line) for line in shown]
    long_table(now, "competitions", _say(now, "table"), columns, rows, read="province",
               hint=_say(now, "hint"))  # fmt: skip


def _band(now: Visit, shown: list[Line]) -> Markup:
    """How many stand where."""
    counted = states(shown)
    late = sum(bool(one.late) for one in shown)
    cells = [("all", len(shown))]
    cells += [(key, counted.get(key, 0)) for key in ("open", "closed", "certified")]
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
    name = join([element("b", line.title), element("small", line.host)], element("br"))
    made = line.summary
    if made is None:
        key = "fault" if line.fault else "empty"
        return [
            name,
            state_label(ICONS[key], now.lang, word=_say(now, f"state.{key}")),
            "",
            "",
            "",
            "",
        ]
    late = [element("li", _say(now, f"late.{key}", count=made.unfiled)) for key in line.late]
    return [
        name,
        _state(now, made),
        _sheets(made),
        element("ul", *late, cls="p-list p-late") if late else "",
        f"{made.certified}/{len(made.rounds)}" if made.rounds else "",
        words_of.awards(now, made),
    ]


def _state(now: Visit, made: Summary) -> Markup:
    """Where the round stands that counts now, with its title."""
    label = state_label(ICONS[made.state], now.lang, word=_say(now, f"state.{made.state}"))
    title = element("small", made.now.title) if made.now else Markup("")
    return join([label, title], element("br"))


def _sheets(made: Summary) -> str:
    """Sheets in of those expected; none while nothing is expected."""
    here = made.now
    return f"{here.submitted}/{here.expected}" if here and here.expected else ""


def _found(now: Visit, typed: str) -> None:
    found = find(SERVING.installation, now.store, now.who, typed, at=now.at)
    key = "found_first" if found.is_more else "found"
    st.markdown(plain(_say(now, key, count=len(found.entrants), typed=typed)))
    columns = [Column(_say(now, f"column.{one}")) for one in ("village", "presenter", "name")]
    rows = [
        [
            join([element("b", place.village or place.township or place.title),
                  element("small", f"{place.county} {place.township} · {place.title}")],
                 element("br")),
            place.presenter,
            join([line.title, element("small", line.host)], element("br")),
        ]
        for line, place in found.entrants
    ]  # fmt: skip
    st.html(list_table(columns, rows, now.lang, stacks=True))


page(enter_page("province", of_round=False))
