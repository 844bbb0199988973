"""颁奖 / Ceremony: the step on the screens, the one that comes, and all of them to jump to."""

import streamlit as st

from competition.stage import ceremonies
from competition.stage.ceremonies import Ceremony
from competition.stage.ceremony_steps import ORDERS
from organizers.asking import answer, ask
from organizers.live.ceremony import planning
from organizers.live.ceremony.remote import remote
from organizers.live.ceremony.saying import step_said
from organizers.live.hall import control
from organizers.redrawing import by_record, watched
from ui.access import Visit, acting, enter_page, saying
from ui.frame import page_title
from ui.html import element
from ui.plain import plain
from words import t

_say = saying("organizers.ceremony")
EVERY = 1.2
HEIGHT = 236
"""Of a picture of the hall's screen on this page, in pixels."""


def page(now: Visit) -> None:
    """Draw the page again after every act: another may lead the ceremony, too."""
    watched(now, _body, by_record("ceremony"), every=EVERY)
    remote()
    answer(now, planning.dialogs(now) | control.dialogs(now))


def _body(now: Visit) -> None:
    shown = ceremonies.ceremony(now.store, now.who, now.round_id)
    note = _say(now, "note", version=shown.certificate["version"])
    page_title(_say(now, "title"), note=note)
    if not shown.steps or shown.is_stale:
        _lay_out(now, shown)
        return
    left, right = st.columns([5, 3], gap="medium")
    with left:
        _screens(now, shown)
        _move(now, shown)
    with right:
        _steps(now, shown)


def _lay_out(now: Visit, shown: Ceremony) -> None:
    """Two orders, the one that the round's rules suggest first."""
    st.html(element("p", _say(now, "stale" if shown.is_stale else "none"), cls="a-reason"))
    for order in sorted(ORDERS, key=lambda one: one != shown.order):
        usual = order == shown.order
        with st.container(border=True, key=f"ceremony-order-{order}"):
            st.html(element("b", _say(now, f"order.{order}")))
            st.html(element("p", _say(now, f"order_text.{order}"), cls="a-reason"))
            if st.button(
                _say(now, "lay_out"),
                key=f"lay-out-{order}",
                type="primary" if usual else "secondary",
            ):
                with acting(now.lang) as problems:
                    which = (now.store, now.who, now.round_id)
                    ceremonies.lay_out_ceremony(*which, order, at=now.at)
                if not problems:
                    st.rerun()


def _screens(now: Visit, shown: Ceremony) -> None:
    """The hall's own page, small, beside the step that comes, which only this page shows."""
    on, coming = st.columns(2, gap="small")
    hall = f"/hall/{now.round_id}"
    with on:
        opens = element(
            "a", t("organizers.board.open", now.lang), href=hall, target="_blank", rel="noopener"
        )
        step = element("span", _say(now, "now", step=shown.step, of=len(shown.steps)))
        st.html(element("h2", step, opens, cls="a-h2 a-apart"))
        st.iframe(f"{hall}?lang={now.lang}", height=HEIGHT, alt=_say(now, "now_alt"))
        st.html(element("p", _line(now, shown, shown.step), cls="a-item"))
    with coming:
        st.html(element("h2", _say(now, "next"), cls="a-h2"))
        following = shown.step + 1
        if following > len(shown.steps):
            st.html(element("p", _say(now, "last"), cls="a-reason"))
            return
        address = f"{hall}/step/{following}?lang={now.lang}"
        st.iframe(address, height=HEIGHT, alt=_say(now, "next_alt"))
        st.html(element("p", _line(now, shown, following), cls="a-item"))


def _line(now: Visit, shown: Ceremony, number: int) -> str:
    if not number:
        return _say(now, "off_text")
    return f"{number}. {step_said(shown.steps[number - 1], shown.groups, now.lang)}"


def _move(now: Visit, shown: Ceremony) -> None:
    """Back and forward as the remote presses them, and off the screens."""
    with st.container(key="ceremony-keys", horizontal=True, gap="small"):
        back = st.button(_say(now, "back"), key="ceremony-back", disabled=shown.step <= 1)
        on = st.button(
            _say(now, "forward" if shown.step else "begin"),
            key="ceremony-next",
            type="primary",
            disabled=shown.step >= len(shown.steps),
        )
        off = st.button(_say(now, "off"), key="ceremony-off", disabled=not shown.step)
    st.html(element("p", _say(now, "keys"), cls="a-reason"))
    if now.round and now.round["kind"] == "composite":  # it has no page of the day, with the links
        control.links(now)
    if on or back:
        _go(now, shown, shown.step + (1 if on else -1))
    if off:
        _go(now, shown, 0)


def _go(now: Visit, shown: Ceremony, to: int) -> None:
    with acting(now.lang) as problems:
        which = (now.store, now.who, now.round_id)
        ceremonies.move_ceremony(*which, to, seen=shown.step, at=now.at)
    if not problems:
        st.rerun()


def _steps(now: Visit, shown: Ceremony) -> None:
    """Every step as a button that jumps there, and what changes the steps to come."""
    with st.container(horizontal=True, gap="small"):
        if st.button(_say(now, "edit"), key="ceremony-edit"):
            ask("ceremony_edit")
            st.rerun()
        if st.button(_say(now, "insert"), key="ceremony-insert"):
            ask("ceremony_insert")
            st.rerun()
        if not shown.step and st.button(_say(now, "again"), key="ceremony-again"):
            ask("ceremony_again")
            st.rerun()
    with st.container(key="ceremony-steps", height=520, gap=None):
        for number in range(1, len(shown.steps) + 1):
            if st.button(
                plain(_line(now, shown, number)),
                key=f"ceremony-step-{number}",
                type="primary" if number == shown.step else "tertiary",
                width="stretch",
            ):
                _go(now, shown, number)


page(enter_page("ceremony", page="organizers.ceremony"))
