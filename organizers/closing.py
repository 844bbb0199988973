"""The dialog in which a round is closed: it names what is missing."""

from collections.abc import Sequence

import streamlit as st

from competition.marks.progress import Progress
from competition.rounds import rounds
from organizers import naming
from organizers.asking import Dialog, act_buttons, reason_field
from organizers.unannounced import say_unannounced
from ui.access import Visit
from ui.html import element
from ui.icons import state_label
from words import t


def dialogs(
    now: Visit, sheets: Progress | None, unannounced: Sequence[int | None] = ()
) -> dict[str, Dialog]:
    """The dialog in which the round is closed.

    Parameters
    ----------
    unannounced
        Numbers of those whose score the hall has not seen, where scores are announced.
    """
    title = t(f"organizers.opening.close_title{naming.of_kind(now.round)}", now.lang)
    return {"close_round": (title, lambda: _close(now, sheets, unannounced))}


def _close(now: Visit, sheets: Progress | None, unannounced: Sequence[int | None]) -> None:
    missing = sheets.missing if sheets is not None else []
    reason = ""
    if missing:
        effect = t("organizers.overview.figure.missing", now.lang, count=len(missing))
        st.html(
            element(
                "div",
                state_label("attention", now.lang, word=effect),
                element("p", naming.sheets(missing, now.lang), cls="a-named"),
                element("p", t("organizers.opening.close_absent", now.lang), cls="a-reason"),
            )
        )
        reason = reason_field(now, "close_round", hint=t("organizers.opening.close_hint", now.lang))
    say_unannounced(now, unannounced, mark="close")
    kind = naming.of_kind(now.round)
    st.html(element("p", t(f"organizers.opening.close_text{kind}", now.lang), cls="a-reason"))
    act_buttons(
        now,
        t(f"organizers.opening.close_confirm{kind}", now.lang),
        "close_round",
        lambda at: rounds.close_round(now.store, now.who, now.round_id, at=at, reason=reason),
    )
