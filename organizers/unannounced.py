"""Whose score has not been announced: for the next step, and for closing and certifying."""

from collections.abc import Sequence

import streamlit as st

from competition.rights import refusal
from competition.rounds.rules import RoundRules
from competition.stage.turns import turns
from organizers import naming
from ui.access import Visit
from ui.html import element
from ui.icons import state_label
from ui.ways import to_page
from words import t


def announcements_left(now: Visit) -> list[int | None]:
    """Numbers of those whose score has not been announced, where scores are announced."""
    if now.round is None or not RoundRules.from_json(now.round["rules"]).releases:
        return []
    if refusal(now.store, now.who, "hall", now.round_id) is not None:
        return []
    order = turns(now.store, now.who, now.round_id).order
    return [turn.number for turn in order if turn.state not in ("released", "withdrawn")]


def say_unannounced(now: Visit, left: Sequence[int | None], *, mark: str) -> None:
    """Inside a dialog: name those whose score has not been announced, with the way there."""
    if not left:
        return
    word = t("organizers.check.unannounced", now.lang, count=len(left))
    st.html(
        element(
            "div",
            state_label("attention", now.lang, word=word),
            element("p", naming.numbers(left, now.lang), cls="a-named"),
            element("p", t("organizers.check.unannounced_way", now.lang), cls="a-reason"),
        )
    )
    to_page("organizers.stage", t("organizers.stage.title", now.lang), mark=mark)
