"""What is done at the stage desk: calling, moving, presence, deductions, exceptions."""

from datetime import datetime

import streamlit as st

from competition import decisions, entrants, panel
from competition.desk import Desk, desk
from competition.states import SEAT, allows
from organizers import naming
from organizers.asking import act_buttons, ask, reason_field
from organizers.certifying import Dialog
from organizers.offers import can, offer
from ui.access import Visit, acting
from ui.frame import Action
from ui.html import element
from words import t

STEPS = ("called", "presenting", "answering", "marking", "done")
EXCEPTIONS = ("fault", "withdrawn")


def _say(now: Visit, key: str, **values: object) -> str:
    return t(f"organizers.stage.{key}", now.lang, **values)


def chosen_key(now: Visit) -> str:
    """Where the desk keeps whom it is about, round by round; empty: whoever is on stage."""
    return f"desk-entrant-{now.round_id}"


def title_actions(now: Visit, found: Desk) -> list[Action]:
    """The acts above the desk: presence, a deduction, and the next entrant."""
    acts = offer(now, "set_presence") + offer(now, "deduct")
    if found.following is not None and can(now, "move_stage"):
        number = naming.number(found.following["number"], now.lang)
        speaking = found.current and found.current["stage"] in ("presenting", "answering")
        reason = ""
        if speaking and found.current:
            reason = _say(now, "still", number=naming.number(found.current["number"], now.lang))
        acts.append(
            Action(
                "call",
                _say(now, "call", number=number),
                primary=True,
                reason=reason,
                shortcut=None if reason else "N",
            )
        )
    return acts


def press(now: Visit, found: Desk, key: str) -> None:
    """Do what a button of the title asks."""
    if key != "call":
        ask(key)
        st.rerun()
    if found.following is not None:
        st.session_state.pop(chosen_key(now), None)
        place = found.following
        step = "presenting" if place["stage"] == "called" else "called"
        _move(now, place["id"], step)


def _move(now: Visit, entrant_id: str, step: str) -> None:
    with acting(now.lang) as problems:
        entrants.move_stage(now.store, now.who, now.round_id, entrant_id, step, at=now.at)
    if not problems:
        st.rerun()


def steps(now: Visit, found: Desk) -> None:
    """The states of the stage as buttons: those passed are ticked, the present one is filled."""
    place = found.subject
    if place is None:
        return
    mine = can(now, "move_stage")
    stage = place["stage"]
    passed = STEPS.index(stage) if stage in STEPS else -1
    with st.container(key="desk-steps", horizontal=True, gap=None):
        for at, step in enumerate(STEPS):
            label = t(f"state.{step}", now.lang)
            if at < passed:
                label = _say(now, "passed", step=label)
            if (
                st.button(
                    label,
                    key=f"step-{step}",
                    type="primary" if step == stage else "secondary",
                    disabled=step != stage and not (mine and step in found.moves),
                    width="stretch",
                )
                and step != stage
            ):
                _move(now, place["id"], step)
    _other(now, found, mine=mine)


def _other(now: Visit, found: Desk, *, mine: bool) -> None:
    place = found.subject
    if place is None:
        return
    if not mine:
        why = "not_yours" if found.state == "open" else "not_open"
        st.html(element("div", _say(now, why), cls="a-reason"))
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        _choose(now, found)
        back = "waiting" if "waiting" in found.moves else ""
        if back and st.button(_say(now, "back"), key="step-waiting"):
            _move(now, place["id"], back)
        if set(EXCEPTIONS) & set(found.moves) and st.button(
            _say(now, "exception"), key="step-exception"
        ):
            ask("exception", entrant_id=place["id"])
            st.rerun()


def _choose(now: Visit, found: Desk) -> None:
    names = {place["id"]: place for place in found.order}

    def name(entrant_id: str) -> str:
        if not entrant_id:
            return _say(now, "follow")
        place = names[entrant_id]
        return f"{naming.number(place['number'], now.lang)} {naming.title(place)}"

    st.selectbox(
        _say(now, "choose"),
        ["", *names],
        format_func=name,
        key=chosen_key(now),
        label_visibility="collapsed",
        width=220,
    )


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialogs of the desk."""
    return {
        "exception": (
            _say(now, "exception_title"),
            lambda entrant_id: _exception(now, entrant_id),
        ),
        "deduct": (_say(now, "deduct_title"), lambda: _deduct(now)),
        "set_presence": (_say(now, "presence_title"), lambda: _presence(now)),
        "withdraw_deduction": (
            _say(now, "withdraw_title"),
            lambda deduction_id: _withdraw(now, deduction_id),
        ),
    }


def _exception(now: Visit, entrant_id: str) -> None:
    found = _desk(now, entrant_id)
    if found is None or found.subject is None:
        return
    kinds = [kind for kind in EXCEPTIONS if kind in found.moves]
    st.html(element("p", naming.heading(found.subject, now.lang), cls="a-item"))
    kind = st.segmented_control(
        _say(now, "exception_kind"),
        kinds,
        default=kinds[0] if kinds else None,
        required=True,
        format_func=lambda key: t(f"state.{key}", now.lang),
        key="exception-kind",
    )
    st.html(element("p", _say(now, f"exception_{kind}"), cls="a-reason"))
    reason = reason_field(now, "exception")
    act_buttons(
        now,
        _say(now, "exception_confirm"),
        "exception",
        lambda at: entrants.move_stage(
            now.store, now.who, now.round_id, entrant_id, str(kind), at=at, reason=reason
        ),
    )


def _desk(now: Visit, entrant_id: str = "") -> Desk | None:
    """The desk as it is while a dialog is open, or None with the refusal shown."""
    found: list[Desk] = []
    with acting(now.lang):
        found.append(desk(now.store, now.who, now.round_id, at=now.at, entrant_id=entrant_id))
    return found[0] if found else None


def _deduct(now: Visit) -> None:
    found = _desk(now)
    if found is None:
        return
    names = {place["id"]: place for place in found.order}
    ids = list(names)
    entrant_id = st.selectbox(
        _say(now, "deduct_entrant"),
        ids,
        index=ids.index(found.subject["id"]) if found.subject else None,
        format_func=lambda key: (
            f"{naming.number(names[key]['number'], now.lang)} {naming.title(names[key])}"
        ),
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
        lambda at: decisions.deduct(
            now.store, now.who, now.round_id, str(entrant_id), amount, reason=reason, at=at
        ),
    )


def _withdraw(now: Visit, deduction_id: str) -> None:
    reason = reason_field(now, "withdraw_deduction")
    act_buttons(
        now,
        t("organizers.act.withdraw_deduction", now.lang),
        "withdraw_deduction",
        lambda at: decisions.withdraw_deduction(
            now.store, now.who, deduction_id, reason=reason, at=at
        ),
    )


def _presence(now: Visit) -> None:
    found = _desk(now)
    if found is None or found.seats is None:
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
        seat.person_id: seat for seat in found.seats if allows(SEAT, seat.presence, str(wanted))
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
