"""The second laptop on the desk: its pairing, and its end."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from competition.standby import codes
from competition.standby.lag import Lag
from organizers import standby_line
from organizers.address import reaches_tablets, server_address
from organizers.asking import Dialog, act_buttons, ask, done
from organizers.offers import can
from ui.access import Visit, acting, saying
from ui.html import element
from words import t

_say = saying("organizers.safety")

CODE = "standby-code"


def button(now: Visit, shown: Lag) -> None:
    """The way to the dialog, for organizers."""
    if not can(now, "make_standby_code"):
        return
    key = "standby_pair" if shown.state in ("none", "offered") else "standby_change"
    if st.button(_say(now, key), key="act-standby", width="stretch"):
        st.session_state.pop(CODE, None)
        ask("standby")
        st.rerun()


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialog in which a code is made and a pairing is ended."""
    return {"standby": (_say(now, "standby_title"), lambda: _dialog(now))}


def _dialog(now: Visit) -> None:
    shown, address, code = standby_line.seen(now), server_address(), st.session_state.get(CODE)
    st.html(element("p", _say(now, "standby_text")))
    st.html(element("p", element("code", f"python3 arena.py standby {address}")))
    if not reaches_tablets(address):
        st.html(element("p", t("organizers.links.address_here", now.lang), cls="a-reason"))
    if code:
        st.html(element("p", code, cls="a-standby-code"))
        return
    if shown.address:
        st.html(element("p", _say(now, "standby_end_text", address=shown.address), cls="a-reason"))
        if st.button(_say(now, "standby_end"), key="end-standby"):
            with acting(now.lang) as problems:
                codes.end_standby(now.store, now.who, at=now.at)
            if not problems:
                done()
                st.rerun()
    act_buttons(now, _say(now, "standby_make"), "make_standby_code", _make(now), stay=True)


def _make(now: Visit) -> Callable[[datetime], None]:
    def make(at: datetime) -> None:
        st.session_state[CODE] = codes.make_code(now.store, now.who, at=at)

    return make
