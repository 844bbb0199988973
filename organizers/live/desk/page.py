"""现场 / Live: the day on one page, each role with its own buttons. No mark."""

from dataclasses import replace
from datetime import datetime

import streamlit as st

from competition.marks.progress import progress
from competition.stage.live import Live, live
from organizers import closing, naming, second, substituting
from organizers.asking import answer, ask, is_asked, rests
from organizers.live import returns, vote_steps
from organizers.live.clock import clock_panel
from organizers.live.clock import dialogs as clock_dialogs
from organizers.live.collect import absences
from organizers.live.desk import changing, now_box, order, seats, standby_box, stick_box, todo
from organizers.live.desk import dialogs as desk_dialogs
from organizers.live.desk.clicker import clicker
from organizers.live.desk.next_box import next_box
from organizers.live.desk.safety import safety
from organizers.live.hall import announcing, control
from organizers.offers import can, offer
from organizers.redrawing import watched
from organizers.unannounced import announcements_left
from ui.access import Visit, enter_page, saying
from ui.frame import Action, page_title

_say = saying("organizers.stage")

EVERY = 1.2
"""Seconds between two looks for a change: with a beat of the pad within a quarter of one, a change
is shown within two."""
OF_SHEETS = ("mark_absent", "undo_absence", "close_round")
"""Dialogs for which the state of every sheet is read, once they are open."""


def page(now: Visit) -> None:
    """Draw the page again once it changes; its dialogs lie outside of what is redrawn."""
    watched(now, body, changing.sign, every=EVERY)
    clicker()
    bodies = desk_dialogs.dialogs(now) | announcing.dialogs(now) | substituting.dialogs(now)
    bodies |= control.dialogs(now) | returns.dialogs(now) | second.dialogs(now)
    bodies |= clock_dialogs(now) | standby_box.dialogs(now) | stick_box.dialogs(now)
    bodies |= vote_steps.dialogs(now)
    if any(map(is_asked, OF_SHEETS)) and can(now, "progress"):
        sheets = progress(now.store, now.who, now.round_id, at=now.at)
        bodies |= absences.dialogs(now, sheets)
        bodies |= closing.dialogs(now, sheets, announcements_left(now))
    answer(now, bodies)


def body(now: Visit) -> datetime:
    """Three columns: the order; now, clock, next step, seats; to do, hall, held, safety.

    Return when time alone changes what they show.
    """
    shown = live(now.store, now.who, now.round_id, at=now.at)
    if now.round is not None and shown.desk.state != now.round["state"]:
        st.rerun()
    resting = rests()
    _title(now, shown)
    with st.container(key="desk"):
        left, middle, right = st.columns([22, 46, 26], gap="small")
    with left:
        st.html(order.card_of(now, shown))
    with middle:
        now_box.box(now, shown)
        clock_panel(now, resting=resting)
        next_box(now, shown, resting=resting)
        seats.box(now, shown)
    with right:
        todo.box(now, shown)
        control.box(now)
        vote_steps.box(now)
        announcing.box(now, shown, resting=resting)
        safety(now, shown)
    return changing.until(now, shown)


def _title(now: Visit, shown: Live) -> None:
    at, of = shown.session
    parts = [_say(now, "nth", at=at, of=of)] if of else []
    if shown.end is not None:
        minutes, seconds = divmod(shown.end.seconds, 60)
        until = naming.local_time(now, shown.end.at)
        took = _say(now, "took", minutes=minutes, seconds=f"{seconds:02d}")
        parts.append(_say(now, "end", at=until, count=shown.end.known, took=took))
    pressed = page_title(_say(now, "title"), note=" · ".join(parts), actions=_actions(now, shown))
    if pressed:
        ask(pressed)
        st.rerun()


def _actions(now: Visit, shown: Live) -> list[Action]:
    """The acts above the columns: the order, an exception, a pause; for others a deduction."""
    acts = offer(now, "reorder")
    if can(now, "move_stage"):
        acts.append(Action("exception", _say(now, "exception")))
    if shown.pause is None:
        acts += offer(now, "adjourn")
    acts += offer(now, "deduct")
    return [replace(one, reason="") for one in acts] if shown.desk.state == "open" else acts


page(enter_page("stage", page="organizers.stage"))
