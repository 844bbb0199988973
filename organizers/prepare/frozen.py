"""What opening a round freezes: read out before, its check code after."""

import streamlit as st

from competition.rounds.composite_words import round_sentences
from competition.rounds.rounds import RoundView
from organizers.asking import done
from ui.access import Visit, saying
from ui.html import definition, element
from ui.icons import state_label

_say = saying("organizers.opening_words")


def summary(now: Visit, view: RoundView) -> None:
    """The list, the judges, the rubric and every rule in a sentence."""
    names = {c["id"]: c["name"] for c in view["criteria"]}
    facts: list[tuple[object, object]] = (
        []
        if view["parts"]
        else [
            (_say(now, "entrants"), _say(now, "entrants_value", count=view["entrants"])),
            (_say(now, "judges"), _say(now, "judges_value", count=view["judges"])),
            (
                _say(now, "rubric"),
                _say(now, "rubric_value", count=len(names), total=view["maximum"]),
            ),
        ]
    )
    facts += round_sentences(view, names, now.lang)
    st.html(element("p", _say(now, "frozen"), cls="a-item"))
    if view["sample_rubric"]:
        label = state_label("attention", now.lang, word=_say(now, "sample"))
        st.html(element("p", label, cls="a-item"))
    st.html(element("div", definition(facts), cls="a-frozen a-meant"))


def sealed(now: Visit, view: RoundView) -> None:
    """The check code under which rules and rubric are fixed, to be written down."""
    st.html(
        element(
            "p",
            state_label(
                "locked",
                now.lang,
                word=_say(now, "sealed_composite" if view["parts"] else "sealed"),
            ),
            cls="a-item",
        )
    )
    st.html(element("p", element("code", view["rules_hash"], cls="a-hash")))
    if st.button(_say(now, "understood"), key="opening-done", type="primary"):
        done()
        st.rerun()
