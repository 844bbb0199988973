"""平板配对 / Pairing tablets: choose a seat, type the four digits the tablet shows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from competition.people import pairing
from competition.typed import plain
from organizers import naming
from organizers.address import reaches_tablets, server_address
from organizers.asking import Dialog, act_buttons, answer, ask
from organizers.prepare.people.printed import qr
from organizers.redrawing import live
from ui.access import Visit, acting, enter_page, saying
from ui.browser import WECHAT
from ui.frame import page_title
from ui.html import Markup, element
from ui.icons import state_label
from ui.tables import Column, list_table
from words import t

_say = saying("organizers.pairing")

DONE = "pairing-done"
DEVICES = ("iPad", "iPhone", "Android", "HarmonyOS", "OpenHarmony", "Windows", "Macintosh", "Linux")
PRESENCE = {"present": "present", "away": "away", "not_arrived": "not_begun"}


def page(now: Visit) -> None:
    """The seats with their devices, and the form beside them."""
    page_title(_say(now, "title"), note=_say(now, "note"))
    seats = pairing.seats_to_pair(now.store, now.who, now.round_id)
    if not seats:
        st.html(element("p", _say(now, "no_seats"), cls="a-reason"))
        return
    left, right = st.columns([46, 54], gap="medium")
    with left:
        _steps(now)
        _form(now, seats)
    with right:
        live(now, _show)
    answer(now, _dialogs(now, {seat["person_id"]: seat for seat in seats}))


def _steps(now: Visit) -> None:
    address = f"{server_address()}/pair"
    with st.container(key="pairing-steps", border=True):
        st.html(element("h2", _say(now, "step_open"), cls="a-h2"))
        words = element("div", element("b", address), element("p", _say(now, "step_scan")))
        st.html(element("div", qr(address, now.lang), words, cls="a-pair-address"))
        if not reaches_tablets(address):
            warning = t("organizers.links.address_here", now.lang)
            st.html(state_label("attention", now.lang, word=warning, size=16))


def _form(now: Visit, seats: Sequence[Mapping[str, Any]]) -> None:
    last, turn = st.session_state.get(DONE, ("", 0))
    with st.container(key="pairing-form", border=True):
        st.html(element("h2", _say(now, "step_digits"), cls="a-h2"))
        if last:
            st.html(state_label("done", now.lang, word=_say(now, "done", seat=last), size=18))
        by_id = {seat["person_id"]: seat for seat in seats}
        free = [at for at, seat in enumerate(seats) if not seat["devices"]]
        with st.form(f"pairing-{turn}", border=False):
            chosen = st.selectbox(
                _say(now, "seat"),
                list(by_id),
                index=free[0] if free else None,
                format_func=lambda key: _seat(now, by_id[key]),
                placeholder=_say(now, "choose"),
            )
            code = st.text_input(
                _say(now, "digits"), max_chars=4, placeholder="0000", autocomplete="off", width=180
            )
            sent = st.form_submit_button(_say(now, "check"), type="primary")
        if sent and chosen:
            ask("pair", person_id=chosen, code=plain(code))


def _seat(now: Visit, seat: Mapping[str, Any]) -> str:
    reserve = t("organizers.links.reserve", now.lang) if seat["reserve"] else ""
    return f"{naming.seat(seat['number'], now.lang)}{reserve} · {seat['name']}"


def _show(now: Visit) -> None:
    st.html(_table(now))


def _table(now: Visit) -> Markup:
    rows: list[list[object]] = []
    for seat in pairing.seats_to_pair(now.store, now.who, now.round_id):
        has = _say(now, "devices", count=seat["devices"]) if seat["devices"] else _say(now, "none")
        device = state_label(
            "present" if seat["devices"] else "not_begun", now.lang, word=has, size=14
        )
        presence = t(f"state.{seat['presence']}", now.lang)
        here = state_label(PRESENCE[seat["presence"]], now.lang, word=presence, size=14)
        rows.append([element("b", _seat(now, seat)), element("span", device), here])
    heads = [Column(_say(now, f"column.{key}")) for key in ("seat", "device", "presence")]
    return list_table(heads, rows, now.lang)


def _dialogs(now: Visit, seats: dict[str, dict[str, Any]]) -> dict[str, Dialog]:
    def pair(person_id: str, code: str) -> None:
        seat = naming.seat(seats[person_id]["number"], now.lang)
        tablets: list[pairing.Tablet] = []
        with acting(now.lang):
            tablets.append(pairing.find_tablet(now.store, now.who, now.round_id, code, at=now.at))
        if not tablets:
            return
        tablet = tablets[0]
        st.html(element("p", _say(now, "found", code=code), cls="a-item"))
        device = _device(now, tablet.device)
        st.html(element("p", element("b", device), f" · {tablet.address}", cls="a-item"))
        st.html(element("p", _say(now, "since", seconds=tablet.seconds), cls="a-reason"))
        if seats[person_id]["devices"]:
            st.html(element("p", _say(now, "has_one", seat=seat), cls="a-reason"))

        def act(at: datetime) -> None:
            pairing.pair_tablet(now.store, now.who, now.round_id, person_id, code, at=at)
            _, turn = st.session_state.get(DONE, ("", 0))
            st.session_state[DONE] = (seat, turn + 1)

        act_buttons(now, _say(now, "confirm", seat=seat), "pair", act)

    return {"pair": (_say(now, "dialog"), pair)}


def _device(now: Visit, agent: str) -> str:
    """What kind of device it is, as its browser says; nothing of it is trusted."""
    kind = next((name for name in DEVICES if name in agent), _say(now, "unknown"))
    return f"{kind} · {_say(now, 'wechat')}" if WECHAT in agent else kind


page(enter_page("pairing", page="organizers.pairing"))
