"""The hall's screen on the page of the day: what it shows, and four pictures without a score."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import streamlit as st

from competition import clock
from competition.rounds.rules import RoundRules
from competition.stage import hall_links, hall_pages, screens
from competition.stage.hall import hall
from competition.stage.turns import Turn, turns
from organizers import naming
from organizers.address import server_address
from organizers.asking import Dialog, act_buttons, ask
from organizers.live.hall.announcing import announces, place_of
from organizers.live.host.texts import host_texts
from organizers.offers import can, offer
from ui.access import Visit, acting, saying
from ui.frame import Action
from ui.html import element
from ui.plain import plain
from words import t

_say = saying("organizers.board")

FRESH = "hall-link-fresh"
SHOWN_BY = {"waiting": "waiting", "progress": "clock", "break": "break", "black": "black"}
"""A scene of the hall to the button that shows it."""


def box(now: Visit) -> None:
    """The hall's own page, small: it keeps itself up to date; below it the buttons."""
    if not can(now, "hall"):
        return
    content = hall(now.store, now.who, now.round_id).content
    scene = content["scene"]
    address = f"/hall/{now.round_id}?lang={now.lang}"
    with st.container(key="hall-now", border=True):
        showing = _say(now, "showing", scene=_say(now, f"scene.{scene}"))
        opens = element("a", _say(now, "open"), href=address, target="_blank", rel="noopener")
        head = [element("span", _say(now, "title")), element("span", showing, cls="a-note"), opens]
        st.html(element("h2", *head, cls="a-h2 a-apart"))
        st.iframe(address, height=150, alt=_say(now, "now"))
        if can(now, "set_screen"):
            _buttons(now, SHOWN_BY.get(scene, ""))


def _buttons(now: Visit, shown: str) -> None:
    with st.container(key="hall-screens", horizontal=True, gap="small"):
        for shows in screens.PLAIN:
            if st.button(
                _say(now, f"screen.{shows}"),
                key=f"screen-{shows}",
                type="primary" if shows == shown else "secondary",
            ):
                _set(now, shows)
        if st.button(_say(now, "more"), key="screen-more"):
            ask("screen")
            st.rerun()


def _set(now: Visit, shows: str) -> None:
    with acting(now.lang) as problems:
        screens.set_screen(now.store, now.who, now.round_id, shows, at=now.at)
    if not problems:
        st.rerun()


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialogs of the screen: other pictures, its pages, and its links."""
    return {
        "screen": (_say(now, "screen_title"), lambda: _screen(now)),
        "make_hall_link": (_say(now, "link_title"), lambda: _link(now)),
        "revoke_hall_links": (_say(now, "revoke_title"), lambda: _revoke(now)),
        "set_host_text": (t("organizers.host.edit_title", now.lang), lambda: host_texts(now)),
    }


def _screen(now: Visit) -> None:
    st.html(element("p", _say(now, f"rule.{_rule(now)}"), cls="a-reason"))
    if announces(now):
        _scores(now)
        _turn(now)
    _bell(now)
    if can(now, "host"):
        _buttons_of(t("organizers.host.open", now.lang), offer(now, "set_host_text"))
    links(now)


def links(now: Visit) -> None:
    """The buttons that make and revoke links for screens."""
    acts = offer(now, "make_hall_link") + offer(now, "revoke_hall_links")
    _buttons_of(_say(now, "link_title"), acts)


def _buttons_of(title: str, acts: list[Action]) -> None:
    st.html(element("h3", title, cls="a-h2"))
    with st.container(horizontal=True, gap="small"):
        for act in acts:
            if st.button(act.label, key=f"act-{act.key}", disabled=bool(act.reason)):
                ask(act.key)
                st.rerun()


def _bell(now: Visit) -> None:
    """The button that lets the hall's screens ring, where a time is taken."""
    rules = RoundRules.from_json(now.round["rules"]) if now.round else RoundRules()
    if not (rules.is_timed and can(now, "try_bell")):
        return
    with st.container(key="bell", horizontal=True, gap="small", vertical_alignment="center"):
        if st.button(_say(now, "bell"), key="try-bell"):
            with acting(now.lang):
                screens.try_bell(now.store, now.who, now.round_id, at=clock.now(now.store))
        st.html(element("p", _say(now, "bell_text"), cls="a-reason"))


def _rule(now: Visit) -> str:
    return str(hall(now.store, now.who, now.round_id).content["hall"])


def _scores(now: Visit) -> None:
    """The stage as it goes, the list of scores, or one announced score."""
    told = {one.entrant_id: one for one in turns(now.store, now.who, now.round_id).announced}
    chosen = st.selectbox(
        _say(now, "screen.score"),
        list(told),
        index=None,
        format_func=lambda key: _named(now, told[key]),
        key=f"screen-score-{len(told)}",
        placeholder=_say(now, "screen.score"),
    )
    acts: dict[str, tuple[str, bool]] = {
        "score": (str(chosen or ""), chosen is None),
        "list": ("", not told),
        "auto": ("", False),
    }
    with st.container(horizontal=True, gap="small"):
        for shows, (entrant_id, disabled) in acts.items():
            name = "show" if shows == "score" else shows
            if st.button(_say(now, f"screen.{name}"), key=f"screen-{name}", disabled=disabled):
                _act(now, shows, entrant_id)


def _act(now: Visit, shows: str, entrant_id: str) -> None:
    with acting(now.lang):
        screens.set_screen(
            now.store, now.who, now.round_id, shows, entrant_id=entrant_id, at=now.at
        )


def _turn(now: Visit) -> None:
    """The pages of the list, where it has several."""
    shown = hall(now.store, now.who, now.round_id).content
    if shown["scene"] != "list" or shown.get("pages", 1) < 2 or not can(now, "turn_page"):
        return
    page, pages = shown["page"], shown["pages"]
    with st.container(
        key="board-pages", horizontal=True, gap="small", vertical_alignment="center", wrap=False
    ):
        _page_button(now, "back", page - 1, disabled=shown["frozen"] or page == 1)
        st.html(
            element("b", _say(now, "page", page=page, pages=pages), cls="a-item"), width="content"
        )
        _page_button(now, "on", page + 1, disabled=shown["frozen"] or page == pages)


def _page_button(now: Visit, name: str, page: int, *, disabled: bool) -> None:
    if st.button(_say(now, f"page_{name}"), key=f"page-{name}", disabled=disabled):
        with acting(now.lang) as problems:
            hall_pages.turn_page(now.store, now.who, now.round_id, page, at=now.at)
        if not problems:
            st.rerun()


def _named(now: Visit, turn: Turn) -> str:
    number = naming.number(turn.number, now.lang)
    return plain(f"{number} {naming.title(place_of(turn))} {turn.final}")


def _link(now: Visit) -> None:
    fresh = st.session_state.pop(FRESH, None)
    if fresh is not None:
        st.html(element("p", _say(now, "link_once"), cls="a-item"))
        st.code(fresh, language=None, wrap_lines=True)
        return
    st.html(element("p", _say(now, "link_text"), cls="a-item"))
    act_buttons(now, _say(now, "link_confirm"), "make_hall_link", _make(now), stay=True)


def _make(now: Visit) -> Callable[[datetime], object]:
    def make(at: Any) -> None:
        secret = hall_links.make_hall_link(now.store, now.who, now.round_id, at=at)
        st.session_state[FRESH] = f"{server_address()}/h/{secret}"

    return make


def _revoke(now: Visit) -> None:
    st.html(element("p", _say(now, "revoke_text"), cls="a-item"))
    act_buttons(
        now,
        _say(now, "revoke_confirm"),
        "revoke_hall_links",
        lambda at: hall_links.revoke_hall_links(now.store, now.who, now.round_id, at=at),
    )
