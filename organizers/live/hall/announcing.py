"""Announcing scores: whose is next, what is missing, and the buttons for it."""

import streamlit as st

from competition.rounds.rules import RoundRules
from competition.stage import releasing
from competition.stage.turns import Turn, Turns, preview, turns
from competition.stage.withdrawing import withdraw_release
from organizers import naming
from organizers.asking import Dialog, act_buttons, ask, reason_field, rest
from organizers.offers import can
from ui.access import Visit, acting, saying
from ui.html import Markup, element
from ui.icons import state_label
from words import t

_say = saying("organizers.announcing")

STATES = {
    "released": "done",
    "ready": "next",
    "held": "held",
    "waiting": "not_begun",
    "off_stage": "stage_waiting",
    "withdrawn": "stage_withdrawn",
}
"""A turn's state to the icon it is shown with."""


def announces(now: Visit) -> bool:
    """Whether scores are announced one by one in this round."""
    return bool(now.round and RoundRules.from_json(now.round["rules"]).releases)


def box(now: Visit, *, resting: bool) -> None:
    """Whose score is next with its button, and pausing; for rounds that announce scores."""
    if not announces(now) or not can(now, "hall"):
        return
    view = turns(now.store, now.who, now.round_id)
    with st.container(key="announcing", border=True):
        count = _say(now, "count", told=len(view.announced), of=len(view.order))
        head = element("span", count, cls="a-note")
        st.html(element("h2", element("span", _say(now, "title")), head, cls="a-h2 a-apart"))
        next_one(now, view, resting=resting)
        stale(now, view)
        pause(now, view)


def next_one(now: Visit, turns: Turns, *, resting: bool) -> None:
    """The next to be announced: a button, or why it cannot be pressed and who can help."""
    turn = turns.coming
    if turn is None:
        st.html(element("p", _say(now, "all_told"), cls="a-reason"))
        return
    place = {"village": turn.village, "township": turn.township, "county": turn.county}
    number = naming.number(turn.number, now.lang)
    line = [element("b", f"{number} {naming.title(place)}"), " ", word(now, turn)]
    st.html(element("div", *line, cls="a-item"))
    _preview(now, turn)
    if not can(now, "release_score"):
        return
    together = naming.numbers(turn.together, now.lang)
    several = len(turn.together) > 1
    label = _say(now, "together", numbers=together) if several else _say(now, "one", number=number)
    why = _why_not(now, turns, turn)
    if st.button(
        label,
        key=f"act-release-{turn.number}-{turn.stage}",
        type="primary",
        disabled=bool(why) or resting,
        width="stretch",
    ):
        rest()
        with acting(now.lang) as problems:
            releasing.release_score(
                now.store, now.who, now.round_id, turn.entrant_id, seen=turn.stage, at=now.at
            )
        if not problems:
            st.rerun()
    if why:
        st.html(element("div", why, cls="a-reason"))


def _preview(now: Visit, turn: Turn) -> None:
    """The score that the button would announce, for those who may read the standing."""
    if turn.state not in ("ready", "held") or not can(now, "standings"):
        return
    score = preview(now.store, now.who, now.round_id, turn.entrant_id)
    parts = [score["final"]]
    if score["deduction"]:
        parts = [score["average"], "−", score["deduction"], "=", *parts]
    counted = t("hall.counted", now.lang, counted=score["counted"], expected=score["expected"])
    text = element("b", " ".join(parts))
    st.html(element("div", text, " ", element("small", counted), cls="a-item a-n"))


def word(now: Visit, turn: Turn) -> Markup:
    """The state of a turn, with its icon."""
    text = _say(now, f"state.{turn.state}", missing=turn.missing, score=turn.final)
    return state_label(STATES[turn.state], now.lang, word=text, size=16)


def _why_not(now: Visit, turns: Turns, turn: Turn) -> str:
    if turns.frozen:
        return _say(now, "why_frozen")
    if turn.state == "waiting":
        return _say(now, "why_waiting", missing=turn.missing)
    if turn.state == "off_stage":
        return _say(now, "why_off_stage", number=naming.number(turn.number, now.lang))
    if turn.state == "held":
        return _say(now, "why_held", numbers=naming.numbers(turn.together, now.lang))
    return ""


def undo(now: Visit, turns: Turns) -> None:
    """Withdraw an announced score: the last one, or another that is chosen."""
    if not turns.announced or not can(now, "withdraw_release"):
        return
    if st.button(_say(now, "withdraw"), key="act-withdraw_release", disabled=turns.frozen):
        ask("withdraw_release")
        st.rerun()


def stale(now: Visit, turns: Turns) -> None:
    """Announced scores that have changed since: each wants to be announced again."""
    for turn in turns.announced:
        if not turn.stale:
            continue
        number = naming.number(turn.number, now.lang)
        title = _say(now, "stale", number=number, score=turn.final)
        head = state_label("attention", now.lang, word=title, size=18)
        st.html(element("div", head, element("p", _say(now, "stale_text")), cls="a-wants"))
        if can(now, "release_score") and st.button(_say(now, "again"), key=f"again-{turn.number}"):
            ask("release_again", entrant_id=turn.entrant_id)
            st.rerun()


def pause(now: Visit, turns: Turns) -> None:
    """Pause publishing, or resume it."""
    act = "unfreeze" if turns.frozen else "freeze"
    if turns.frozen:
        st.html(state_label("held", now.lang, word=_say(now, "paused"), size=16))
    with st.container(key="announcing-acts", horizontal=True, gap="small"):
        pressed = can(now, act) and st.button(_say(now, act), key=f"act-{act}")
        undo(now, turns)
    if pressed:
        with acting(now.lang) as problems:
            done = releasing.unfreeze if turns.frozen else releasing.freeze
            done(now.store, now.who, now.round_id, at=now.at)
        if not problems:
            st.rerun()


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialogs that announce a changed score again, and that withdraw one."""

    def again(entrant_id: str) -> None:
        st.html(element("p", _say(now, "again_text"), cls="a-reason"))
        reason = reason_field(now, "release_again", hint=_say(now, "again_hint"))
        act_buttons(
            now,
            _say(now, "again_confirm"),
            "release_again",
            lambda at: releasing.release_score(
                now.store, now.who, now.round_id, entrant_id, at=at, reason=reason
            ),
        )

    return {
        "release_again": (_say(now, "again_title"), again),
        "withdraw_release": (_say(now, "withdraw_title"), lambda: _withdraw(now)),
    }


def _withdraw(now: Visit) -> None:
    """Ask which announced score to withdraw, the newest first, and the reason."""
    announced = {
        turn.entrant_id: turn for turn in turns(now.store, now.who, now.round_id).announced
    }
    newest = [
        one for one in releasing.announced(now.store, now.who, now.round_id) if one in announced
    ]

    def name(entrant_id: str) -> str:
        turn = announced[entrant_id]
        place = {"village": turn.village, "township": turn.township, "county": turn.county}
        return f"{naming.number(turn.number, now.lang)} {naming.title(place)} {turn.final}"

    st.html(element("p", _say(now, "withdraw_text"), cls="a-reason"))
    chosen = st.selectbox(
        _say(now, "withdraw_which"), newest, format_func=name, key="withdraw-which"
    )
    reason = reason_field(now, "withdraw_release", hint=_say(now, "withdraw_hint"))
    act_buttons(
        now,
        _say(now, "withdraw_confirm"),
        "withdraw_release",
        lambda at: withdraw_release(now.store, now.who, now.round_id, chosen, reason=reason, at=at),
    )
