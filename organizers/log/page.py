"""操作记录 / Log: every act with its time, who, and the reason given."""

from typing import Any

import streamlit as st

from competition.event_kinds import words_key
from competition.log import log, views_of
from competition.rights import refusal
from organizers import naming
from organizers.event_words import actor, changes, subject
from ui.access import Visit, enter_page
from ui.frame import page_title
from ui.html import Markup, card, element
from ui.tables import Column, list_table
from words import t

A_PAGE = 100
BEFORE = "log-before"


def page(now: Visit) -> None:
    """List one page of events, newest first, and for the supervisor who looked early."""
    page_title(_say(now, "title"), note=_say(now, "note"))
    marking = st.segmented_control(
        _say(now, "show"),
        ["acts", "all"],
        default="acts",
        required=True,
        format_func=lambda key: _say(now, f"show_{key}"),
        key="log-show",
        label_visibility="collapsed",
        on_change=_newest,
    )
    passed: list[int] = st.session_state.setdefault(BEFORE, [])
    found = log(
        now.store,
        now.who,
        before=passed[-1] if passed else None,
        limit=A_PAGE + 1,
        marking=marking == "all",
    )
    shown = found[:A_PAGE]
    st.html(element("div", _table(now, shown), cls="a-log"))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(_say(now, "newer"), key="log-newer", disabled=not passed, on_click=_back)
        st.button(
            _say(now, "older"),
            key="log-older",
            disabled=len(found) <= A_PAGE,
            on_click=_on,
            args=(shown[-1]["seq"] if shown else 0,),
        )
        if shown:
            text = _say(now, "range", first=shown[-1]["n"], last=shown[0]["n"])
            st.html(element("span", text, cls="a-reason"), width="content")
    if now.round is not None and refusal(now.store, now.who, "views", None) is None:
        st.html(_views(now))


def _say(now: Visit, key: str, **values: object) -> str:
    return t(f"organizers.log.{key}", now.lang, **values)


def _newest() -> None:
    st.session_state[BEFORE] = []


def _on(before: int) -> None:
    st.session_state[BEFORE] = [*st.session_state.get(BEFORE, []), before]


def _back() -> None:
    st.session_state[BEFORE] = st.session_state.get(BEFORE, [])[:-1]


def _table(now: Visit, events: list[dict[str, Any]]) -> Markup:
    rows = [
        [
            event["n"],
            naming.clock(now, event["at"], day=True),
            actor(event, now.lang),
            t(words_key(event["kind"]), now.lang),
            " ".join(
                filter(None, (subject(event, now.lang), changes(event, now.lang), event["head"]))
            ),
            _reason(now, event),
        ]
        for event in events
    ]
    columns = [
        Column(_say(now, "column.n"), "right"),
        *(Column(_say(now, f"column.{key}")) for key in ("at", "who", "what", "about", "reason")),
    ]
    return list_table(columns, rows, now.lang)


def _reason(now: Visit, event: dict[str, Any]) -> str:
    """The reason as it was typed; of what no person typed, in words."""
    if event["kind"] == "generation_begun":
        return _say(now, f"cause.{event['reason']}")
    if event["kind"] == "marks_resent":
        return _say(now, "resent", head=event["reason"])
    return str(event["reason"])


def _views(now: Visit) -> Markup:
    seen = views_of(now.store, now.who, now.round_id)
    rows = [
        [
            naming.clock(now, one["at"], day=True),
            one["name"],
            _say(now, "views_seq", what=_say(now, f"viewed.{one['what']}"), seq=one["seq"]),
        ]
        for one in seen
    ]
    columns = [Column(_say(now, f"column.{key}")) for key in ("at", "who", "what")]
    body = (
        list_table(columns, rows, now.lang)
        if rows
        else element("p", _say(now, "views_none"), cls="a-reason a-pad")
    )
    return card(_say(now, "views"), body, note=_say(now, "views_note"))


page(enter_page("log", of_round=False))
