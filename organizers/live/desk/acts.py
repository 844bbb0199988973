"""The acts of the stage desk: calling, moving, presence, deductions, exceptions."""

import streamlit as st

from competition.marks.desk import Desk
from competition.shapes import Place
from competition.stage import moves
from organizers import naming
from organizers.asking import ask, rest
from organizers.offers import can, offer
from ui.access import Visit, acting, saying
from ui.frame import Action
from ui.html import element
from words import t

_say = saying("organizers.stage")

STEPS = ("called", "presenting", "answering", "marking", "done")
EXCEPTIONS = ("fault", "withdrawn")


def chosen_key(now: Visit) -> str:
    """Session key of the desk's chosen entrant, per round; empty means the entrant on stage."""
    return f"desk-entrant-{now.round_id}"


def _about(place: Place) -> str:
    """An entrant and the stage state that a button shows."""
    return f"{place['number']}-{place['stage']}"


def title_actions(now: Visit, desk: Desk, *, resting: bool) -> list[Action]:
    """The acts above the desk: presence, a deduction, and the next entrant."""
    acts = offer(now, "set_presence") + offer(now, "substitute") + offer(now, "deduct")
    if desk.following is not None and can(now, "move_stage"):
        number = naming.number(desk.following["number"], now.lang)
        speaking = desk.current and desk.current["stage"] in ("presenting", "answering")
        reason = ""
        if speaking and desk.current:
            reason = _say(now, "still", number=naming.number(desk.current["number"], now.lang))
        acts.append(
            Action(
                "call",
                _say(now, "call", number=number),
                primary=True,
                reason=reason,
                shortcut=None if reason else "N",
                about=_about(desk.following),
                resting=resting,
            )
        )
    return acts


def press(now: Visit, desk: Desk, key: str) -> None:
    """Do what a button of the title asks."""
    if key != "call":
        ask(key)
        st.rerun()
    if desk.following is not None:
        st.session_state.pop(chosen_key(now), None)
        place = desk.following
        step = "presenting" if place["stage"] == "called" else "called"
        _move(now, place, step)


def _move(now: Visit, place: Place, step: str) -> None:
    rest()
    with acting(now.lang) as problems:
        moves.move_stage(
            now.store, now.who, now.round_id, place["id"], step, seen=place["stage"], at=now.at
        )
    if not problems:
        st.rerun()


def steps(now: Visit, desk: Desk, *, resting: bool) -> None:
    """The states of the stage as buttons: those passed are ticked, the present one is filled."""
    place = desk.subject
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
                    key=f"step-{step}-{_about(place)}",
                    type="primary" if step == stage else "secondary",
                    disabled=step != stage and (resting or not (mine and step in desk.moves)),
                    width="stretch",
                )
                and step != stage
            ):
                _move(now, place, step)
    _other(now, desk, mine=mine)


def _other(now: Visit, desk: Desk, *, mine: bool) -> None:
    place = desk.subject
    if place is None:
        return
    if not mine:
        why = "not_yours" if desk.state == "open" else "not_open"
        st.html(element("div", _say(now, why), cls="a-reason"))
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        _choose(now, desk)
        back = "waiting" if "waiting" in desk.moves else ""
        if back and st.button(_say(now, "back"), key="step-waiting"):
            _move(now, place, back)
        if set(EXCEPTIONS) & set(desk.moves) and st.button(
            _say(now, "exception"), key="step-exception"
        ):
            ask("exception", entrant_id=place["id"])
            st.rerun()


def _choose(now: Visit, desk: Desk) -> None:
    names = {place["id"]: place for place in desk.order}

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
        width=220,
    )
