"""What a reader may do with a dispatch: receive and answer it; close it, or ask for more."""

import streamlit as st

from competition.programme import dispatches
from competition.programme.lists import LetterAt
from competition.rights import refusal
from ui.access import Visit, saying
from ui.forms import Form
from ui.pressing import button

_say = saying("overview.dispatches")


def letter_acts(now: Visit, one: LetterAt) -> None:
    """What this reader may do with a dispatch now."""
    row, store, who = one.dispatch, now.store, now.who
    key = row["id"]
    if row["closed_on"] is not None:
        return
    if refusal(store, who, "answer_dispatch", None) is None:
        if row["received_on"] is None:
            button(
                now,
                _say(now, "receive"),
                f"receive-{key}",
                lambda at: dispatches.receive_dispatch(store, who, key, at=at),
            )
        form = Form(now, f"answer-{key}")
        form.text("answer", _say(now, "answer"), width=420)
        form.send(
            _say(now, "answer_now"),
            lambda values, at: dispatches.answer_dispatch(store, who, key, values["answer"], at=at),
            done=_say(now, "answer_sent"),
        )
    if row["answered_on"] and refusal(store, who, "close_dispatch", None) is None:
        button(
            now,
            _say(now, "close"),
            f"close-{key}",
            lambda at: dispatches.close_dispatch(store, who, key, at=at),
            kind="primary",
        )
        _ask_again(now, key)


def _ask_again(now: Visit, dispatch_id: str) -> None:
    """The answer is not enough: what is still wanted, and by when."""
    with st.popover(_say(now, "again")):
        form = Form(now, f"again-{dispatch_id}")
        form.text("asked", _say(now, "again_what"))
        form.text("due_on", _say(now, "due_on"), placeholder="2022-03-25", width=200)
        form.send(
            _say(now, "again_now"),
            lambda values, at: dispatches.ask_again(
                now.store, now.who, dispatch_id, asked=values["asked"], due_on=values["due_on"],
                at=at,
            ),
            done=_say(now, "again_sent"),
        )  # fmt: skip
