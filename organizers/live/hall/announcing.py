"""Scores that wait to be announced, corrections and withdrawals, publishing paused."""

from collections.abc import Mapping

import streamlit as st

from competition.rounds.rules import RoundRules
from competition.stage import releasing
from competition.stage.live import Live
from competition.stage.turns import Turn, Turns, preview, turns
from competition.stage.withdrawing import withdraw_release
from organizers import naming
from organizers.asking import Dialog, act_buttons, ask, reason_field, rest
from organizers.offers import can
from ui.access import Visit, acting, saying
from ui.html import Markup, element
from ui.icons import state_label
from ui.plain import plain
from words import t

_say = saying("organizers.announcing")

STATES = {
    "ready": "submitted",
    "held": "submitted",
    "waiting": "marking",
    "off_stage": "stage_waiting",
}
"""The state of a score that was not announced to the icon it is shown with."""
HEARD = ("presenting", "answering", "marking", "done")


def announces(now: Visit) -> bool:
    """Whether scores are announced one by one in this round."""
    return bool(now.round and RoundRules.from_json(now.round["rules"]).releases)


def place_of(turn: Turn) -> Mapping[str, str]:
    """The places of a turn, as names are made of them."""
    return {"village": turn.village, "township": turn.township, "county": turn.county}


def box(now: Visit, shown: Live, *, resting: bool) -> None:
    """The scores that wait, at a constant height; for rounds that announce scores."""
    if shown.turns is None:
        return
    held = [turn for turn in shown.turns.order if turn.state in STATES and turn.stage in HEARD]
    with st.container(key="announcing", border=True):
        count = _say(now, "count", told=len(shown.turns.announced), of=len(shown.turns.order))
        head = element("span", _host(now), " ", count, cls="a-note")
        title = element("span", _say(now, "title", count=len(held)))
        st.html(element("h2", title, head, cls="a-h2 a-apart"))
        with st.container(key="held-list"):
            waiting = {one.entrants[0]["id"] for one in shown.desk.deductions}
            for turn in held:
                _held(now, shown, turn, deducts=turn.entrant_id in waiting, resting=resting)
            if not held:
                st.html(element("p", _say(now, "none"), cls="a-reason"))
            _told(now, shown.turns)
        _pause(now, shown.turns)


def _host(now: Visit) -> Markup | str:
    """The way to the host's page of this round, for those who may see it."""
    if not can(now, "host"):
        return ""
    address = f"/host/{now.round_id}?lang={now.lang}"
    return element("a", t("organizers.host.open", now.lang), href=address, target="_blank")


def _held(now: Visit, shown: Live, turn: Turn, *, deducts: bool, resting: bool) -> None:
    """One score that waits; with a button where it is complete and not what comes next."""
    number = naming.number(turn.number, now.lang)
    word = _say(now, f"state.{turn.state}", missing=turn.missing)
    state = STATES[turn.state]
    if deducts and turn.state in ("ready", "held"):
        word, state = _say(now, "state.deduction"), "marking"
    line = [element("b", number), element("span", naming.title(place_of(turn)))]
    label = state_label(state, now.lang, word=word, size=16)
    named = [shown.steps.primary, *shown.steps.others]
    due = {one["id"] for step in named if step for one in step.together}
    alone = turn.state == "ready" and not deducts and turn.entrant_id not in due
    with st.container(horizontal=True, gap="small", vertical_alignment="center", wrap=False):
        st.html(element("div", *line, label, cls="a-held"), width="stretch")
        if (
            alone
            and can(now, "release_score")
            and st.button(
                _say(now, "one"), key=f"held-{turn.number}-{turn.stage}", disabled=resting
            )
        ):
            _release(now, turn)


def _release(now: Visit, turn: Turn) -> None:
    rest()
    with acting(now.lang) as problems:
        releasing.release_score(
            now.store, now.who, now.round_id, turn.entrant_id, seen=turn.stage, at=now.at
        )
    if not problems:
        st.rerun()


def _told(now: Visit, turns: Turns) -> None:
    """Announced scores that have changed since, and those that were announced again."""
    for turn in turns.announced:
        number = naming.number(turn.number, now.lang)
        if turn.stale:
            title = _say(now, "stale", number=number, score=turn.final)
            head = state_label("attention", now.lang, word=title, size=18)
            st.html(element("div", head, element("p", _say(now, "stale_text")), cls="a-wants"))
            if can(now, "release_score") and st.button(
                _say(now, "again"), key=f"again-{turn.number}"
            ):
                ask("release_again", entrant_id=turn.entrant_id)
                st.rerun()
        elif turn.before:
            st.html(_corrected(now, turn))


def _corrected(now: Visit, turn: Turn) -> Markup:
    """Old, new and the reason of a score that was announced again."""
    title = element(
        "div",
        element("b", naming.number(turn.number, now.lang)),
        " ",
        element("s", turn.before),
        " → ",
        element("b", turn.final),
    )
    return element("div", title, element("p", turn.why), cls="a-corrected")


def _pause(now: Visit, turns: Turns) -> None:
    """Pause publishing, or resume it; and withdraw an announced score."""
    act = "unfreeze" if turns.frozen else "freeze"
    with st.container(key="announcing-acts", horizontal=True, gap="small"):
        pressed = can(now, act) and st.button(_say(now, act), key=f"act-{act}")
        if can(now, "withdraw_release") and st.button(
            _say(now, "withdraw"),
            key="act-withdraw_release",
            disabled=turns.frozen or not turns.announced,
        ):
            ask("withdraw_release")
            st.rerun()
    paused = _say(now, "paused") if turns.frozen else ""
    st.html(element("div", paused, cls="a-reason a-paused"))
    if pressed:
        with acting(now.lang) as problems:
            done = releasing.unfreeze if turns.frozen else releasing.freeze
            done(now.store, now.who, now.round_id, at=now.at)
        if not problems:
            st.rerun()


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialogs that announce a changed score again, and that withdraw one."""
    return {
        "release_again": (
            _say(now, "again_title"),
            lambda entrant_id: _again(now, entrant_id),
        ),
        "withdraw_release": (_say(now, "withdraw_title"), lambda: _withdraw(now)),
    }


def _again(now: Visit, entrant_id: str) -> None:
    """Show the figure announced and the present one; ask for the reason."""
    told = {one.entrant_id: one for one in turns(now.store, now.who, now.round_id).announced}
    turn = told.get(entrant_id)
    if turn is not None:
        after = ""
        if can(now, "standings"):
            after = preview(now.store, now.who, now.round_id, entrant_id)["final"]
        number = naming.number(turn.number, now.lang)
        key = "change" if after else "change_unseen"
        text = _say(now, key, number=number, before=turn.final, after=after)
        st.html(element("p", element("b", text), cls="a-n"))
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
        number = naming.number(turn.number, now.lang)
        return plain(f"{number} {naming.title(place_of(turn))} {turn.final}")

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
