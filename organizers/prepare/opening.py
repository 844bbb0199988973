"""Opening, closing and reopening a round: what is said before each."""

from collections.abc import Sequence

import streamlit as st

from competition.marks.progress import Progress
from competition.rounds import rounds
from competition.rounds.rounds import round_view
from organizers import closing
from organizers.asking import Dialog, act_buttons, reason_field
from organizers.prepare import frozen
from organizers.prepare.rules.paper import rules_paper
from ui.access import Visit
from ui.html import element
from words import t

SIGNING = ("signed", "waived")


def dialogs(
    now: Visit, sheets: Progress | None, unannounced: Sequence[int | None] = ()
) -> dict[str, Dialog]:
    """The dialogs of a round's own acts.

    Parameters
    ----------
    unannounced
        Numbers of those whose score the hall has not seen, where scores are announced.
    """

    def say(key: str) -> str:
        return t(f"organizers.opening.{key}", now.lang)

    return {
        "open_round": (say("open_title"), lambda: _open(now)),
        **closing.dialogs(now, sheets, unannounced),
        "reopen_round": (say("reopen_title"), lambda: _reopen(now)),
    }


def _open(now: Visit) -> None:
    view = round_view(now.store, now.who, now.round_id)
    if view["state"] == "open":
        frozen.sealed(now, view)
        return
    st.html(element("p", t("organizers.opening.open_text", now.lang), cls="a-reason"))
    frozen.summary(now, view)
    rules_paper(now, view, mark="open")
    signing = _signing(now)
    act_buttons(
        now,
        t("organizers.opening.open_confirm", now.lang),
        "open_round",
        lambda at: rounds.open_round(now.store, now.who, now.round_id, at=at, **signing),
        stay=True,
    )


def _signing(now: Visit) -> dict[str, str]:
    """Ask whether the rules were signed on paper, and by whom or why not."""
    how = st.radio(
        t("organizers.opening.signing", now.lang),
        SIGNING,
        format_func=lambda name: t(f"organizers.opening.signing_{name}", now.lang),
        horizontal=True,
        key="open-signing",
    )
    said = st.text_input(
        t(f"organizers.opening.{how}_field", now.lang),
        key=f"open-{how}",
        placeholder=t(f"organizers.opening.{how}_hint", now.lang),
    )
    return {how: said}


def _reopen(now: Visit) -> None:
    st.html(element("p", t("organizers.opening.reopen_text", now.lang), cls="a-reason"))
    reason = reason_field(now, "reopen_round")
    act_buttons(
        now,
        t("organizers.opening.reopen_confirm", now.lang),
        "reopen_round",
        lambda at: rounds.reopen_round(now.store, now.who, now.round_id, reason=reason, at=at),
    )
