"""操作记录 / Log: every act with its time, who, and the reason given."""

from collections.abc import Callable
from functools import partial
from hashlib import sha256

import streamlit as st

from competition.log import LoggedEvent, log, views_of
from competition.rights import refusal
from exports.formats import EXPORTS, safe_name
from exports.paper import round_name
from organizers import naming
from organizers.log import choosing
from organizers.log.lines import COLUMNS, Line, line, matching, table
from ui.access import Visit, enter_page, saying
from ui.downloads import download
from ui.finder import finder
from ui.frame import page_title
from ui.html import Markup, card, element
from ui.tables import Column, list_table
from words import t

_say = saying("organizers.log")

A_PAGE = 100
EVERYTHING = 20_000
"""Events read at once for a search or a file: more than an event of five days leaves."""
BEFORE = "log-before"


def page(now: Visit) -> None:
    """List one page of events, newest first; for the supervisor also early views of standings."""
    page_title(_say(now, "title"), note=_say(now, "note"))
    marking, round_id, wanted = _choices(now)
    which = choosing.chosen(now)
    read = partial(
        log, now.store, now.who, round_id=round_id or None, marking=marking, chosen=which
    )
    if wanted or not which.is_empty:
        lines = matching([line(now, one) for one in read(limit=EVERYTHING)], wanted)
        st.html(element("p", _say(now, "found", count=len(lines)), cls="a-reason"))
        st.html(element("div", _table(now, lines[:A_PAGE]), cls="a-log"))
    else:
        _pages(now, read)
    with st.container(horizontal=True, gap="small"):
        for form in EXPORTS:
            _file(now, form, read, f"{round_id}-{marking}-{wanted}-{which}", round_id, wanted)
    if now.round is not None and refusal(now.store, now.who, "views", None) is None:
        st.html(_views(now))


def _file(
    now: Visit,
    form: str,
    read: Callable[..., list[LoggedEvent]],
    about: str,
    round_id: str,
    wanted: str,
) -> None:
    """What is listed, whole, as a file."""
    export = EXPORTS[form]
    download(
        now,
        t("organizers.download", now.lang, format=t(f"exports.format.{form}", now.lang)),
        key=f"log-{form}-{sha256(about.encode()).hexdigest()[:12]}-{now.lang}",
        read="log",
        of_round=False,
        name=safe_name([_say(now, "title"), _round_name(now, round_id)], export.suffix),
        media_type=export.mime,
        build=lambda: export.render(
            table(now, matching([line(now, one) for one in read(limit=EVERYTHING)], wanted))
        ),
    )


def _round_name(now: Visit, round_id: str) -> str:
    """The chosen round for the file's name; empty for all."""
    return "".join(round_name(row, now.lang) for row in now.rounds if row["id"] == round_id)


def _choices(now: Visit) -> tuple[bool, str, str]:
    """Whether marking is listed too, of which round, and what is searched for."""
    titles = {"": _say(now, "all_rounds"), **{row["id"]: row["title"] for row in now.rounds}}
    with st.container(key="log-choices", horizontal=True, gap="small", vertical_alignment="bottom"):
        wanted = st.text_input(
            _say(now, "search"),
            key="log-search",
            placeholder=_say(now, "search_hint"),
            on_change=_newest,
            autocomplete="off",
            width=280,
        )
        round_id = st.selectbox(
            _say(now, "column.round"),
            list(titles),
            format_func=lambda key: titles[key],
            key="log-round",
            on_change=_newest,
            width=240,
        )
        marking = st.segmented_control(
            _say(now, "show"),
            ["acts", "all"],
            default="acts",
            required=True,
            format_func=lambda key: _say(now, f"show_{key}"),
            key="log-show",
            on_change=_newest,
        )
        finder(now.lang, finds=False)
    return marking == "all", str(round_id), str(wanted or "").strip()


def _pages(now: Visit, read: Callable[..., list[LoggedEvent]]) -> None:
    """One page of the log, with the ways to newer and older ones."""
    passed: list[int] = st.session_state.setdefault(BEFORE, [])
    events = read(before=passed[-1] if passed else None, limit=A_PAGE + 1)
    shown = events[:A_PAGE]
    st.html(element("div", _table(now, [line(now, one) for one in shown]), cls="a-log"))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(_say(now, "newer"), key="log-newer", disabled=not passed, on_click=_back)
        st.button(
            _say(now, "older"),
            key="log-older",
            disabled=len(events) <= A_PAGE,
            on_click=_on,
            args=(shown[-1]["seq"] if shown else 0,),
        )
        if shown:
            text = _say(now, "range", first=shown[-1]["n"], last=shown[0]["n"])
            st.html(element("span", text, cls="a-reason"), width="content")


def _newest() -> None:
    st.session_state[BEFORE] = []


def _on(before: int) -> None:
    st.session_state[BEFORE] = [*st.session_state.get(BEFORE, []), before]


def _back() -> None:
    st.session_state[BEFORE] = st.session_state.get(BEFORE, [])[:-1]


def _table(now: Visit, lines: list[Line]) -> Markup:
    columns = [
        Column(_say(now, f"column.{key}"), "right" if key == "n" else "left") for key in COLUMNS
    ]
    return list_table(columns, lines, now.lang, keeps=1)


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
