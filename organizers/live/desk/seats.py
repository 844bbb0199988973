"""The judges' seats at the stage desk: progress only, never a mark."""

import streamlit as st

from competition.lineup.substituting import substitutions
from competition.marks.desk import Desk, DeskSeat
from organizers import naming, substituting
from ui.access import Visit
from ui.html import Markup, card, element
from ui.icons import state_label
from words import t

SHOWN = {
    "submitted": "submitted",
    "locked": "submitted",
    "marking": "marking",
    "reopened": "reopened",
    "not_begun": "not_begun",
    "recused": "recused",
    "absent": "missed",
    "withdrawn": "stage_withdrawn",
}


def box(now: Visit, desk: Desk) -> None:
    """Show the seats that mark the entrant shown, and the others' presence below."""
    title = t("organizers.stage.seats", now.lang)
    if desk.seats is None:
        text = t("organizers.stage.seats_hidden", now.lang)
        st.html(card(title, element("p", text, cls="a-reason a-pad")))
        return
    mine = sorted((seat for seat in desk.seats if seat.state), key=_in_order)
    others = [seat for seat in desk.seats if not seat.state]
    note = t(
        "organizers.stage.seats_note",
        now.lang,
        submitted=desk.submitted,
        expected=desk.expected,
    )
    grid = element("div", *[_seat(now, seat, desk.criteria) for seat in mine], cls="a-seats")
    below: Markup | str = ""
    if others:
        names = t("list.between", now.lang).join(naming.seat(s.number, now.lang) for s in others)
        text = t("organizers.stage.seats_other", now.lang, seats=names)
        below = element("p", text, cls="a-reason a-pad a-tight")
    st.html(card(title, grid, below, note=note))
    substituting.show(now, substitutions(now.store, now.who, now.round_id))


def _in_order(seat: DeskSeat) -> tuple[int, bool]:
    """By seat; a replacement comes right after the judge of the seat."""
    return seat.stands_for or seat.number, seat.stands_for is not None


def _stands(now: Visit, seat: DeskSeat) -> str:
    if seat.stands_for is None:
        return t("organizers.stage.reserve", now.lang)
    return t("organizers.stage.stands_for", now.lang, seat=f"{seat.stands_for:02d}")


def _seat(now: Visit, seat: DeskSeat, criteria: int) -> Markup:
    shown = SHOWN[seat.state]
    detail = f"{seat.marked}/{criteria}" if shown in ("marking", "reopened") else ""
    has_begun = seat.at is not None
    unknown = seat.presence == "not_arrived" and has_begun
    presence = "" if unknown else t(f"state.{seat.presence}", now.lang)
    below = seat.reason or " · ".join(filter(None, [naming.clock(now, seat.at), presence]))
    extra = element("span", _stands(now, seat)) if seat.reserve else ""
    out = shown in ("recused", "missed", "stage_withdrawn")
    return element(
        "div",
        element("div", element("b", naming.seat(seat.number, now.lang)), extra),
        state_label(shown, now.lang, detail=detail, size=16),
        element("small", below),
        cls="a-seat-box" + (" a-out" if out else ""),
    )
