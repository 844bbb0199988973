"""The entrant in the middle of the page: who it is, where on the stage, how many judges count."""

import streamlit as st

from competition.stage.live import Live
from organizers import naming
from ui.access import Visit, saying
from ui.html import Markup, card, element, number_block
from words import t

_say = saying("organizers.stage")

TRACK = ("called", "presenting", "answering", "marking", "done")


def box(now: Visit, shown: Live) -> None:
    """Draw it, at one height for every entrant."""
    place = shown.desk.subject
    with st.container(key="desk-now", border=True):
        if place is None:
            text = element("p", _say(now, "nobody"), cls="a-reason a-pad")
            st.html(card(_say(now, "current"), text))
            return
        lines = [
            naming.around(place),
            _say(now, "presenter", name=place["presenter"], post=place["post"])
            if place["presenter"]
            else place["title"],
        ]
        head = number_block(naming.number(place["number"], now.lang), naming.title(place), *lines)
        st.html(element("div", head, _counted(now, shown), cls="a-now"))
        st.html(_track(now, str(place["stage"])))


def _counted(now: Visit, shown: Live) -> Markup:
    """有效评委 8/9, dotted where it is not all of them."""
    if shown.desk.seats is None:
        return element("div", cls="a-judges")
    counted, of = shown.desk.counted
    figure = element("b", f"{counted}/{of}", cls="a-short" if counted < of else None)
    return element("div", element("span", _say(now, "judges")), figure, cls="a-judges")


def _track(now: Visit, stage: str) -> Markup:
    """The states of the stage: those passed are ticked, the present one is filled."""
    passed = TRACK.index(stage) if stage in TRACK else -1
    steps = []
    for at, step in enumerate(TRACK):
        word = _say(now, f"track.{step}")
        text = _say(now, "passed", step=word) if at < passed else word
        is_here = step == stage
        steps.append(element("span", text, cls="a-on" if is_here else None, aria_current=is_here))
    if stage in ("withdrawn", "fault"):
        steps[-1] = element("span", t(f"state.{stage}", now.lang), cls="a-on")
    return element("div", *steps, cls="a-track")
