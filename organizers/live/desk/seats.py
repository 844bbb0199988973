"""The judges' seats: sheet, pad and presence of each, in number order; never a mark."""

import streamlit as st

from competition.lineup.substituting import substitutions
from competition.stage.beats import Sign
from competition.stage.live import Live
from competition.stage.seat_faces import SeatFace
from organizers import naming, substituting
from organizers.asking import ask
from organizers.offers import offer
from ui.access import Visit, saying
from ui.html import Markup, card, element
from ui.icons import icon
from words import t

_say = saying("organizers.seat_face")

ICON = {
    "submitted": "submitted",
    "marking": "marking",
    "reopened": "reopened",
    "not_begun": "not_begun",
    "recused": "recused",
    "absent": "missed",
    "withdrawn": "stage_withdrawn",
    "offline": "seat_offline",
    "elsewhere": "seat_elsewhere",
    "unopened": "seat_unopened",
    "unknown": "seat_unopened",
    "away": "away",
}
"""A state of a seat to its icon; a seat that does not mark this entrant has none."""
TONE = {
    "submitted": "ok",
    "marking": "wait",
    "reopened": "wait",
    "elsewhere": "wait",
    "offline": "ink",
}
OUT = ("recused", "absent", "withdrawn", "apart")


def box(now: Visit, shown: Live) -> None:
    """Draw the seats, and the acts on them for those who have them."""
    title = t("organizers.stage.seats", now.lang)
    if shown.faces is None:
        text = t("organizers.stage.seats_hidden", now.lang)
        st.html(card(title, element("p", text, cls="a-reason a-pad")))
        return
    place = shown.desk.subject
    note = t(
        "organizers.stage.seats_note",
        now.lang,
        number=naming.number(place["number"], now.lang) if place else "",
        submitted=shown.desk.submitted,
        expected=shown.desk.expected,
    )
    with st.container(key="desk-seats"):
        grid = element("div", *[_seat(now, one) for one in shown.faces], cls="a-seats")
        st.html(card(title, grid, note=note if place else ""))
        _acts(now)
        substituting.show(now, substitutions(now.store, now.who, now.round_id))


def _acts(now: Visit) -> None:
    acts = [
        one
        for name in ("set_presence", "mark_absent")
        for one in offer(now, name)
        if not one.reason
    ]
    with st.container(key="seat-acts", horizontal=True, gap="small"):
        for act in acts:
            if st.button(act.label, key=f"act-{act.key}"):
                ask(act.key)
                st.rerun()
        substituting.button(now)


def _seat(now: Visit, face: SeatFace) -> Markup:
    name = element("b", naming.seat(face.seat.number, now.lang))
    shape = ICON.get(face.state)
    if face.is_overdue:
        shape = "seat_overdue"
    tone = "alert" if face.is_overdue else TONE.get(face.state, "mute")
    drawn = element("span", icon(shape, 18), cls=f"a-{tone}") if shape else ""
    state = element("span", _state(now, face), cls=f"a-{tone}")
    extra = "a-out" if face.state in OUT else "a-overdue" if face.is_overdue else ""
    return element(
        "div",
        element("div", name, drawn),
        state,
        element("small", _detail(now, face)),
        cls=f"a-seat-box {extra}".strip(),
        data_state=face.state,
        data_seat=face.seat.number,
    )


def _state(now: Visit, face: SeatFace) -> str:
    """The state in words: 已提交 7/7, 打分中 3/7, 离线 2 分钟, 在打 13号."""
    values: dict[str, object] = {"marked": face.seat.marked, "of": face.of}
    if face.state == "offline":
        return _silent(now, face.sign)
    if face.state == "submitted":
        values["marked"] = face.of
    if face.state == "elsewhere":
        values["number"] = naming.number(face.elsewhere, now.lang)
    return _say(now, f"state.{face.state}", **values)


def _silent(now: Visit, sign: Sign) -> str:
    minutes = sign.silent // 60
    if not minutes:
        return _say(now, "offline_seconds", count=sign.silent)
    return _say(now, "offline", count=minutes)


def _detail(now: Visit, face: SeatFace) -> str:
    """One detail: what is unsent before all else, then why or when, then the pad."""
    seat, sign = face.seat, face.sign
    if sign.unsent and face.state not in OUT:
        return _say(now, "unsent", count=sign.unsent)
    if face.state in ("recused", "absent") and seat.reason:
        return seat.reason
    if seat.stands_for is not None:
        return t("organizers.stage.stands_for", now.lang, seat=f"{seat.stands_for:02d}")
    if seat.reserve:
        return t("organizers.stage.reserve", now.lang)
    if face.state == "submitted" and face.elsewhere is not None:
        return _say(now, "state.elsewhere", number=naming.number(face.elsewhere, now.lang))
    if face.state == "submitted" and seat.at:
        return naming.clock(now, seat.at)[:5]
    if face.state in ("offline", "elsewhere"):
        return _say(now, "marked", marked=seat.marked, of=face.of)
    if face.state == "unopened":
        return t(f"state.{seat.presence}", now.lang)
    return _silent(now, sign) if sign.state == "offline" else _say(now, f"pad.{sign.state}")
