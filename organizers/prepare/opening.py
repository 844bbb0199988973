"""Opening, closing and reopening a round: what is said before each."""

from collections.abc import Sequence

import streamlit as st

from competition.marks.progress import Progress
from competition.rounds import rounds
from competition.rounds.rounds import RoundView, round_view
from competition.saying import listed
from organizers import closing, naming
from organizers.asking import Dialog, act_buttons, reason_field
from organizers.prepare import frozen
from organizers.prepare.rules.paper import rules_paper
from ui.access import Visit
from ui.html import element
from ui.icons import state_label
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

    kind = naming.of_kind(now.round)
    return {
        "open_round": (say(f"open_title{kind}"), lambda: _open(now)),
        **closing.dialogs(now, sheets, unannounced),
        "reopen_round": (say(f"reopen_title{kind}"), lambda: _reopen(now)),
    }


def _open(now: Visit) -> None:
    view = round_view(now.store, now.who, now.round_id)
    if view["state"] == "open":
        frozen.sealed(now, view)
        return
    kind = naming.of_kind(now.round)
    st.html(element("p", t(f"organizers.opening.open_text{kind}", now.lang), cls="a-reason"))
    frozen.summary(now, view)
    rules_paper(now, view, mark="open")
    signing = _signing(now) | _late(now, view)
    act_buttons(
        now,
        t(f"organizers.opening.open_confirm{kind}", now.lang),
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


def _late(now: Visit, view: RoundView) -> dict[str, str]:
    """Ask why a composite's weights are fixed when a round of it has begun."""
    if not view["begun"]:
        return {}
    rounds = listed(view["begun"], now.lang)
    word = t("organizers.opening.late_text", now.lang, rounds=rounds)
    st.html(element("p", state_label("attention", now.lang, word=word)))
    label, hint = (t(f"organizers.opening.late_{key}", now.lang) for key in ("field", "hint"))
    return {"late": st.text_input(label, key="open-late", placeholder=hint)}


def _reopen(now: Visit) -> None:
    kind = naming.of_kind(now.round)
    st.html(element("p", t(f"organizers.opening.reopen_text{kind}", now.lang), cls="a-reason"))
    reason = reason_field(now, "reopen_round")
    act_buttons(
        now,
        t(f"organizers.opening.reopen_confirm{kind}", now.lang),
        "reopen_round",
        lambda at: rounds.reopen_round(now.store, now.who, now.round_id, reason=reason, at=at),
    )
