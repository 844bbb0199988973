"""The next step as one large button, what it will do, and what stands below it with its reasons."""

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from competition import DatabaseError
from competition.errors import Forbidden, Refused
from competition.rounds.errors import OpenSheets
from competition.rounds.rules import MOST_HELD
from competition.saying import Sayable, in_a_row, listed, sentence, way_out
from competition.stage import adjourning, moves, releasing
from competition.stage.errors import DeductionWaiting, NotYetOnStage
from competition.stage.live import Live
from competition.stage.next_step import LEADS_TO, Step
from organizers import naming
from organizers.asking import ask, rest
from ui.access import Visit, saying
from ui.html import Markup, element
from ui.icons import state_label
from words import t

_say = saying("organizers.next")

SAID = "next-refused"
SAID_FOR = timedelta(seconds=12)
"""How long a refusal of a press is shown in the place of what the button will do."""
KEYS = ("N", "R")
"""The keys of the next step, and of announcing where it is not the next step."""
LISTED = 4
"""How many missing sheets are named."""


def next_box(now: Visit, shown: Live, *, resting: bool) -> None:
    """Draw the steps, always in the same places."""
    primary = shown.steps.primary
    with st.container(key="next-step", border=True):
        if primary is None:
            state = t(f"round_state.{shown.desk.state}", now.lang)
            st.html(element("p", _say(now, "over", state=state), cls="a-reason"))
            return
        _button(now, primary, key=KEYS[0], is_primary=True, resting=resting)
        st.html(_below(now, shown, primary))
        if not isinstance(next(iter(primary.refusals), None), Forbidden):
            _others(now, shown.steps.others, resting=resting)


def _others(now: Visit, others: Sequence[Step], *, resting: bool) -> None:
    """Announcing with its reasons on a line; below it the acts that the stage accepts besides."""
    with st.container(key="next-others"):
        for step in others:
            if step.key == "release":
                _release(now, step, resting=resting)
        with st.container(key="next-besides", horizontal=True, gap="small"):
            for step in others:
                if step.key != "release":
                    _button(now, step, key=None, is_primary=False, resting=resting)


def _release(now: Visit, step: Step, *, resting: bool) -> None:
    with st.container(
        key="next-release",
        horizontal=True,
        gap="small",
        vertical_alignment="center",
        wrap=False,
    ):
        _button(now, step, key=KEYS[1], is_primary=False, resting=resting)
        text = why_not(now, step) if step.refusals else _say(now, "ready")
        st.html(element("span", text, cls="a-reason a-n"), width="stretch")


def _button(now: Visit, step: Step, *, key: str | None, is_primary: bool, resting: bool) -> None:
    disabled = bool(step.refusals) or resting
    if st.button(
        label(now, step),
        key=f"next-{step.about}",  # one press means one thing, wherever its button stands
        type="primary" if is_primary else "secondary",
        disabled=disabled,
        shortcut=None if disabled else key,
        width="stretch" if is_primary else "content",
    ):
        press(now, step)


def label(now: Visit, step: Step) -> str:
    """The act, named with its entrant."""
    if step.key == "release":
        count = len(step.together)
        if count > MOST_HELD:
            return _say(now, "step.together_all", count=count)
        numbers = naming.numbers([one["number"] for one in step.together], now.lang)
        several = count > 1
        return _say(now, "step.together" if several else "step.release", numbers=numbers)
    number = naming.number(step.place["number"], now.lang) if step.place else ""
    if step.key == "mark" and step.place is not None and step.place["stage"] == "presenting":
        return _say(now, "step.skip", number=number)
    again = step.place is not None and step.place["stage"] == "fault"
    return _say(now, "step.again" if again else f"step.{step.key}", number=number)


def press(now: Visit, step: Step) -> None:
    """Do the step as its button showed it; a refusal is kept for the drawings that follow."""
    if step.key == "close":
        ask("close_round")
        st.rerun()
    rest()
    st.session_state.pop(SAID, None)
    try:
        _do(now, step)
    except (Refused, DatabaseError) as error:
        st.session_state[SAID] = (now.at, error)
    st.rerun()


def _do(now: Visit, step: Step) -> None:
    which = (now.store, now.who, now.round_id)
    if step.key == "resume":
        adjourning.resume(*which, at=now.at)
    elif step.key == "release":
        first, named = step.together[0], [one["id"] for one in step.together]
        releasing.release_score(*which, first["id"], seen=first["stage"], together=named, at=now.at)
    elif step.place is not None:
        place, after = step.place, LEADS_TO[step.key]
        moves.move_stage(*which, place["id"], after, seen=place["stage"], at=now.at)


def _below(now: Visit, shown: Live, step: Step) -> Markup:
    """One line under the button: a refusal just met, why it is greyed, or what it will do."""
    said = st.session_state.get(SAID)
    if said is not None and now.at - said[0] < SAID_FOR:
        word = in_a_row([_sentence(now, said[1]), way_out(said[1], now.lang)], now.lang)
        return element("div", state_label("attention", now.lang, word=word, size=18), cls="a-does")
    if step.refusals:
        return element("div", why_not(now, step), cls="a-does")
    return element("div", _effect(now, shown, step), cls="a-does")


def _effect(now: Visit, shown: Live, step: Step) -> str:
    before = next((one for one in shown.desk.order if one["stage"] == "marking"), None)
    if step.key == "present" and before is not None:
        return _say(now, "effect.present_after", number=naming.number(before["number"], now.lang))
    return _say(now, f"effect.{step.key}")


def why_not(now: Visit, step: Step) -> str:
    """Every reason for which the server would refuse the step, in words."""
    return in_a_row([_sentence(now, error) for error in step.refusals], now.lang)


def _sentence(now: Visit, error: Sayable) -> str:
    """A refusal by name: which sheets are missing, whose deduction waits."""
    match error:
        case OpenSheets():
            pairs = error.values["pairs"]
            alone = len({number for number, _ in pairs}) == 1
            names = [
                naming.seat(seat, now.lang)
                if alone
                else t("list.sheet", now.lang, number=number, seat=f"{seat:02d}")
                for number, seat in pairs[:LISTED]
            ]
            more = len(pairs) - len(names)
            names += [_say(now, "more", count=more)] if more else []
            return _say(now, "missing", count=len(pairs), sheets=listed(names, now.lang))
        case DeductionWaiting():
            number = naming.number(error.values["number"], now.lang)
            return _say(now, "deduction", number=number)
        case NotYetOnStage():
            number = naming.number(error.values["number"], now.lang)
            return _say(now, "off_stage", number=number)
        case _:
            return sentence(error, now.lang)
