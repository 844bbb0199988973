"""The clock on the page of the day: how far it is, the timekeeper's buttons, overtimes."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import streamlit as st

from competition import fields
from competition.marks import deductions, overtime
from competition.marks.overtime import Overtime
from competition.rounds.rules import RoundRules
from competition.stage import clocks, moves, screens
from competition.stage.clock_now import ClockNow, clock_now
from competition.states import CLOCK, allows
from competition.typed import minutes
from organizers import naming
from organizers.asking import Dialog, act_buttons, ask, reason_field
from organizers.offers import can
from ui.access import Visit, acting, saying
from ui.html import Markup, element
from ui.icons import state_label
from ui.plain import plain
from ui.scripts import TICKER, joined
from words import t

_say = saying("organizers.clock")

HTML = """<div class="figure"><b></b><span></span></div>
<div class="bar"><i></i><u></u></div><p><span></span><span></span></p>"""
ACTS: dict[str, tuple[str, Callable[..., None]]] = {
    "start": ("running", clocks.start_clock),
    "pause": ("paused", clocks.pause_clock),
    "stop": ("stopped", clocks.stop_clock),
}
"""A button to the state it leads to and its act, in the order they stand in; none moves."""


HERE = Path(__file__).parent
_figure = st.components.v2.component(
    "arena_clock",
    html=HTML,
    css=(HERE / "clock.css").read_text(encoding="utf-8"),
    js=joined((TICKER, HERE / "clock.js")),
)


def clock_panel(now: Visit, *, resting: bool = False) -> None:
    """Draw the clock of the entrant on stage and the timekeeper's buttons.

    Nothing in a round that takes no time. It is drawn again with the part of the page around it.
    """
    rules = RoundRules.from_json(now.round["rules"]) if now.round else RoundRules()
    if not rules.is_timed:
        return
    shown = clock_now(now.store, now.who, now.round_id, at=now.at)
    with st.container(key="clock", border=True):
        st.html(element("h2", _head(now, shown), cls="a-h2 a-apart"))
        if shown is None:
            st.html(element("p", _say(now, "none"), cls="a-reason"))
        else:
            _draw(now, shown)
        if can(now, "correct_clock"):
            _buttons(now, shown, resting=resting)


def overtimes(now: Visit) -> Iterator[Callable[[], None]]:
    """The overtimes that are not decided, each as what draws it."""
    if can(now, "deductions"):
        for one in overtime.proposals(now.store, now.who, now.round_id):
            yield partial(_late, now, one)


def _head(now: Visit, shown: ClockNow | None) -> Markup:
    if shown is None:
        return element("span", _say(now, "title"))
    state = _say(now, f"state.{shown['state']}")
    about = f"{naming.number(shown['number'], now.lang)} {_say(now, shown['phase'])}"
    return element("span", about) + element("span", state, cls="a-note")


def _draw(now: Visit, shown: ClockNow) -> None:
    short = minutes(max(0, shown["limit"] - shown["warning"]))
    given = {
        "clock": dict(shown),
        "limit": minutes(shown["limit"]),
        "left": _say(now, "left", time="{time}"),
        "over": _say(now, "over", time="{time}"),
        "bells": _say(now, "bells", short=short, long=minutes(shown["limit"])),
    }
    _figure(data=given, key="clock-figure", height="content")


def _buttons(now: Visit, shown: ClockNow | None, *, resting: bool) -> None:
    state = shown["state"] if shown else "stopped"
    with st.container(key="clock-acts", horizontal=True, gap="small", wrap=True):
        for name, (after, act) in ACTS.items():
            label = _say(now, "go_on" if (name, state) == ("start", "paused") else name)
            is_next = allows(CLOCK, state, after)
            pressed = st.button(
                label,
                key=f"clock-{name}",
                type="primary" if name == "start" and is_next else "secondary",
                disabled=resting or not is_next,
            )
            if pressed and shown is not None:
                _press(now, shown, act)
        if st.button(_say(now, "correct"), key="clock-correct"):
            ask("correct_clock", entrant_id=shown["entrant"] if shown else "")
            st.rerun()
        if can(now, "try_bell") and st.button(_say(now, "bell"), key="clock-bell"):
            with acting(now.lang):
                screens.try_bell(now.store, now.who, now.round_id, at=now.at)


def _press(now: Visit, shown: ClockNow, act: Callable[..., None]) -> None:
    with acting(now.lang) as problems:
        key = (now.round_id, shown["entrant"], shown["phase"])
        act(now.store, now.who, *key, seen=shown["rev"], at=now.at)
    if not problems:
        st.rerun()


def _late(now: Visit, one: Overtime) -> None:
    number = naming.number(one.number, now.lang)
    points = fields.decimal_text(one.amount, 1 if one.amount % 10 else 10)
    title = _say(now, "late", number=number, phase=_say(now, one.phase), seconds=one.over)
    head = state_label("pending", now.lang, word=title, size=18)
    times = {"used": minutes(one.used), "limit": minutes(one.limit), "points": points}
    st.html(element("div", head, element("p", _say(now, "late_text", **times)), cls="a-wants"))
    if can(now, "deduct") and st.button(
        _say(now, "deduct", points=points), key=f"overtime-{one.entrant_id}-{one.phase}"
    ):
        about = {"entrant_id": one.entrant_id, "phase": one.phase, "points": points}
        ask("deduct_overtime", **about, number=number, seconds=one.over)
        st.rerun()


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialogs that correct a used time, and that enter a proposed deduction."""
    return {
        "correct_clock": (
            _say(now, "correct_title"),
            lambda entrant_id: _correct(now, entrant_id),
        ),
        "deduct_overtime": (_say(now, "deduct_title"), lambda **about: _deduct(now, **about)),
    }


def _correct(now: Visit, entrant_id: str) -> None:
    """Ask for the entrant, the phase and its time, the one on stage at first."""
    view = moves.stage_view(now.store, now.who, now.round_id)
    order = {place["id"]: place for place in view["order"]}
    ids = list(order)
    chosen = st.selectbox(
        t("organizers.stage.deduct_entrant", now.lang),
        ids,
        index=ids.index(entrant_id) if entrant_id in order else None,
        format_func=lambda key: plain(
            f"{naming.number(order[key]['number'], now.lang)} {naming.title(order[key])}"
        ),
        key="correct-entrant",
        placeholder=t("organizers.ruling.choose.none", now.lang),
    )
    rules = RoundRules.from_json(now.round["rules"]) if now.round else RoundRules()
    phase = st.segmented_control(
        _say(now, "phase"),
        [one for one in ("presenting", "answering") if rules.limit(one)],
        default=_phase(order[entrant_id]["stage"] if entrant_id in order else "", rules),
        required=True,
        format_func=lambda key: _say(now, key),
        key="correct-phase",
    )
    used = st.text_input(_say(now, "used"), key="correct-used", placeholder="0:00")
    st.html(element("p", _say(now, "correct_text"), cls="a-reason"))
    reason = reason_field(now, "correct", hint=_say(now, "correct_hint"))
    act_buttons(
        now,
        _say(now, "correct_confirm"),
        "correct_clock",
        lambda at: clocks.correct_clock(
            now.store, now.who, now.round_id, str(chosen), str(phase), used, reason=reason, at=at
        ),
    )


def _phase(stage: str, rules: RoundRules) -> str:
    return stage if rules.limit(stage) else "presenting" if rules.present_seconds else "answering"


def _deduct(
    now: Visit, entrant_id: str, phase: str, points: str, number: str, seconds: int
) -> None:
    about = {"number": number, "phase": _say(now, phase), "seconds": seconds}
    st.html(element("p", _say(now, "late", **about), cls="a-item"))
    amount = st.text_input(
        t("organizers.stage.deduct_amount", now.lang), points, key="overtime-amount"
    )
    st.session_state.setdefault("reason-overtime", _say(now, "deduct_reason", **about))
    reason = reason_field(now, "overtime")
    st.html(element("p", t("organizers.stage.deduct_text", now.lang), cls="a-reason"))
    act_buttons(
        now,
        t("organizers.stage.deduct_confirm", now.lang),
        "overtime",
        lambda at: deductions.deduct(
            now.store, now.who, now.round_id, entrant_id, amount, reason=reason, phase=phase, at=at
        ),
    )
