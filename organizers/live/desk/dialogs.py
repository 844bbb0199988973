"""The dialogs of the page of the day: an exception, a deduction, who is present."""

from datetime import datetime

import streamlit as st

from competition.lineup import panel
from competition.marks import deductions
from competition.marks.desk import Desk, desk
from competition.shapes import Place
from competition.stage import moves
from competition.states import SEAT, STAGE, allows
from organizers import naming
from organizers.asking import Dialog, act_buttons, reason_field
from organizers.live.desk import pausing, reordering
from ui.access import Visit, acting, saying
from ui.html import element
from ui.plain import plain
from words import t

_say = saying("organizers.stage")

EXCEPTIONS = ("fault", "withdrawn", "waiting")
"""Moves off the usual way: a fault, a withdrawal, and back to those still to come."""


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialogs of the desk."""
    return {
        "exception": (
            _say(now, "exception_title"),
            lambda: _exception(now),
        ),
        "deduct": (_say(now, "deduct_title"), lambda: _deduct(now)),
        "set_presence": (_say(now, "presence_title"), lambda: _presence(now)),
        "withdraw_deduction": (
            _say(now, "withdraw_title"),
            lambda deduction_id: _withdraw(now, deduction_id),
        ),
        **reordering.dialogs(now),
        **pausing.dialogs(now),
    }


def _exception(now: Visit) -> None:
    """Ask for the entrant, then for what happened to it, as the server would accept it."""
    shown = _desk(now)
    if shown is None:
        return
    by_id = {one["id"]: one for one in shown.order if _kinds(one["stage"])}
    ids = list(by_id)
    near = [shown.subject, shown.following]
    first = next((one["id"] for one in near if one and one["id"] in by_id), None)
    entrant_id = st.selectbox(
        _say(now, "deduct_entrant"),
        ids,
        index=ids.index(first) if first is not None else None,
        format_func=lambda key: _named(now, by_id[key]),
        key="exception-entrant",
        placeholder=t("organizers.ruling.choose.none", now.lang),
    )
    place = by_id.get(str(entrant_id))
    if place is None:
        return
    kinds = _kinds(place["stage"])
    kind = st.segmented_control(
        _say(now, "exception_kind"),
        kinds,
        default=kinds[0],
        required=True,
        format_func=lambda key: t(f"state.{key}", now.lang),
        key=f"exception-kind-{place['number']}",
    )
    st.html(element("p", _say(now, f"exception_{kind}"), cls="a-reason"))
    reason = reason_field(now, "exception") if kind != "waiting" else ""
    seen = place["stage"]
    act_buttons(
        now,
        _say(now, "exception_confirm"),
        "exception",
        lambda at: moves.move_stage(
            now.store,
            now.who,
            now.round_id,
            place["id"],
            str(kind),
            at=at,
            reason=reason,
            seen=seen,
        ),
    )


def _kinds(stage: str) -> list[str]:
    return [kind for kind in EXCEPTIONS if allows(STAGE, stage, kind)]


def _named(now: Visit, place: Place) -> str:
    return plain(f"{naming.number(place['number'], now.lang)} {naming.title(place)}")


def _desk(now: Visit) -> Desk | None:
    """The desk as it is while a dialog is open, or None with the refusal shown."""
    shown: list[Desk] = []
    with acting(now.lang):
        shown.append(desk(now.store, now.who, now.round_id, at=now.at))
    return shown[0] if shown else None


def _deduct(now: Visit) -> None:
    shown = _desk(now)
    if shown is None:
        return
    names = {place["id"]: place for place in shown.order}
    ids = list(names)
    entrant_id = st.selectbox(
        _say(now, "deduct_entrant"),
        ids,
        index=ids.index(shown.subject["id"]) if shown.subject else None,
        format_func=lambda key: _named(now, names[key]),
        key="deduct-entrant",
        placeholder=t("organizers.ruling.choose.none", now.lang),
    )
    amount = st.text_input(
        _say(now, "deduct_amount"), key="deduct-amount", placeholder=_say(now, "deduct_example")
    )
    reason = reason_field(now, "deduct", hint=_say(now, "deduct_hint"))
    st.html(element("p", _say(now, "deduct_text"), cls="a-reason"))
    act_buttons(
        now,
        _say(now, "deduct_confirm"),
        "deduct",
        lambda at: deductions.deduct(
            now.store, now.who, now.round_id, str(entrant_id), amount, reason=reason, at=at
        ),
    )


def _withdraw(now: Visit, deduction_id: str) -> None:
    reason = reason_field(now, "withdraw_deduction")
    act_buttons(
        now,
        t("organizers.act.withdraw_deduction", now.lang),
        "withdraw_deduction",
        lambda at: deductions.withdraw_deduction(
            now.store, now.who, deduction_id, reason=reason, at=at
        ),
    )


def _presence(now: Visit) -> None:
    shown = _desk(now)
    if shown is None or shown.seats is None:
        return
    wanted = st.segmented_control(
        _say(now, "presence_to"),
        ["present", "away", "not_arrived"],
        default="present",
        required=True,
        format_func=lambda key: t(f"state.{key}", now.lang),
        key="presence-to",
    )
    movable = {
        seat.person_id: seat for seat in shown.seats if allows(SEAT, seat.presence, str(wanted))
    }

    def name(person_id: str) -> str:
        seat = movable[person_id]
        return _say(
            now,
            "presence_now",
            seat=naming.seat(seat.number, now.lang),
            presence=t(f"state.{seat.presence}", now.lang),
        )

    chosen = st.multiselect(
        _say(now, "presence_seats"),
        list(movable),
        format_func=name,
        key=f"presence-{wanted}",
        placeholder=t("organizers.ruling.choose.none", now.lang),
    )

    def note(at: datetime) -> None:
        for person_id in chosen:
            panel.set_presence(now.store, now.who, now.round_id, person_id, str(wanted), at=at)

    act_buttons(now, _say(now, "presence_confirm"), "set_presence", note)
