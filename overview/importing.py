"""Steps of many villages from a workbook: read, stopped at the cell, entered by one act."""

import streamlit as st

from competition.programme.finding import villages_behind
from competition.programme.lists import programme_steps
from competition.programme.reporting import report_steps
from intake.progress import ProgressRead, read_progress
from intake.saying import summary
from overview.choice import Choice
from ui.access import Visit, saying
from ui.html import element
from ui.icons import state_label
from ui.pressing import button
from ui.uploads import upload

_say = saying("overview.importing")
KINDS = ("xlsx", "xls", "csv")


def import_part(now: Visit, choice: Choice) -> None:
    """The file, what was found in it, and the button while nothing stops."""
    with st.expander(_say(now, "title")):
        st.html(element("p", _say(now, "how"), cls="a-reason"))
        file = upload(_say(now, "file"), KINDS, f"progress-{choice.id}", now.lang)
        if file is None:
            return
        read = _read(now, choice, *file)
        for line in summary(read.stops, now.lang):
            st.html(element("p", state_label("attention", now.lang, word=line)))
        st.html(element("p", _say(now, "found", count=len(read.done), stops=len(read.stops))))
        button(
            now,
            _say(now, "enter", count=len(read.done)),
            "enter-progress",
            lambda at: report_steps(now.store, now.who, choice.id, read.done, at=at),
            kind="primary",
            reason=_say(now, "stopped") if read.stops or not read.done else "",
        )


def _read(now: Visit, choice: Choice, name: str, content: bytes) -> ProgressRead:
    lines = villages_behind(now.store, now.who, choice.id, "villages", at=now.at)
    steps = programme_steps(now.store, now.who, choice.id)
    numbers = [one["number"] for one in steps]
    return read_progress(content, name, [one.code for one in lines], numbers)
