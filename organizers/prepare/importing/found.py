"""What was found: what stops with its proposals, what was put right, what to know."""

from collections.abc import Callable, Sequence

import streamlit as st

import intake
from intake.saying import choice_words, said, summary
from organizers.prepare.importing import chosen
from ui.access import Visit, saying
from ui.html import card, element, tag
from ui.icons import state_label
from ui.plain import plain

_say = saying("organizers.import_page")

MOST_STOPS, MOST_WAYS = 12, 4
EVEN = ("ambiguous_village",)
"""Stops whose ways are equally likely: a person chooses, and no button takes all of them."""


def findings(now: Visit, plan: intake.Plan) -> None:
    """The three kinds, worst first."""
    stops(now, plan.stops)
    for kind, icon, listed in (("fix", "done", plan.fixes), ("note", "zone", plan.notes)):
        if not listed:
            continue
        title = state_label(icon, now.lang, word=_say(now, f"kind.{kind}", count=len(listed)))
        st.html(card(title, _kinds(now, listed)))
        with st.expander(_say(now, f"each.{kind}")):
            lines = [element("li", line) for line in summary(listed, now.lang, each=200)]
            st.html(element("ul", *lines, cls="a-found"))


def _kinds(now: Visit, listed: Sequence[intake.Finding]) -> object:
    """One line for each kind: how many, and the first of them."""
    kinds: dict[str, list[intake.Finding]] = {}
    for finding in listed:
        kinds.setdefault(finding.code, []).append(finding)
    rows = [
        element(
            "div",
            element("b", len(alike)),
            element(
                "span", tag(alike[0].place) if alike[0].place else "", said(alike[0], now.lang)
            ),
        )
        for alike in sorted(kinds.values(), key=len, reverse=True)
    ]
    return element("div", *rows, cls="a-kinds")


def _place(finding: intake.Finding) -> list[object]:
    return [tag(finding.place)] if finding.place else []


def places_of(stop: intake.Finding) -> Sequence[str]:
    """The cells of a stop."""
    return [place for place in (stop.place, *stop.also) if place]


def stops(
    now: Visit,
    listed: Sequence[intake.Finding],
    places: Callable[[intake.Finding], Sequence[str]] = places_of,
) -> None:
    """Each stop with its proposals as buttons, and a field to type into its cell."""
    can = [stop for stop in listed if stop.choices and stop.code not in EVEN]
    with st.container(key="import-stops"):
        if listed:
            word = _say(now, "kind.stop", count=len(listed))
            st.html(element("h3", state_label("attention", now.lang, word=word), cls="a-stop-head"))
        with st.container(horizontal=True, gap="small"):
            if len(can) > 1:
                st.button(
                    _say(now, "accept_all", count=len(can)),
                    key="import-all",
                    on_click=chosen.accept,
                    args=([stop.choices[0].edit for stop in can],),
                )
            if chosen.edits():
                st.button(_say(now, "take_back"), key="import-back", on_click=chosen.take_back)
        for at, stop in enumerate(listed[:MOST_STOPS]):
            _stop(now, stop, at, places(stop))
        if len(listed) > MOST_STOPS:
            more = _say(now, "more_stops", count=len(listed) - MOST_STOPS)
            st.html(element("p", more, cls="a-reason"))


def _stop(now: Visit, stop: intake.Finding, at: int, places: Sequence[str]) -> None:
    with st.container(key=f"import-stop-{at}"):
        tags = [tag(place) for place in places]
        st.html(element("p", *tags, " ", said(stop, now.lang), cls="a-stop-line"))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            for number, way in enumerate(stop.choices[:MOST_WAYS]):
                st.button(
                    plain(choice_words(way, now.lang)),
                    key=f"import-take-{at}-{number}",
                    help=_say(now, "accept"),
                    type="secondary" if number or stop.code in EVEN else "primary",
                    on_click=chosen.accept,
                    args=([way.edit],),
                )
            if stop.cell and ":" not in stop.cell:
                _type(now, stop, at)


def _type(now: Visit, stop: intake.Finding, at: int) -> None:
    """A field that is written into the cell."""
    with st.popover(_say(now, "mend_here")):
        widget = f"import-typed-{at}"
        st.text_input(_say(now, "write_into"), key=widget)
        st.button(
            _say(now, "write"),
            key=f"import-write-{at}",
            on_click=chosen.type_into,
            args=(chosen.key_of(stop), stop.cell, widget),
        )
