"""Over the sheet: whose sheet it is, the neighbours, and who is on stage now."""

from typing import Any

import streamlit as st

from competition import sign_ins
from competition.errors import Refused
from competition.marks.marking import SheetView
from competition.stage import moves
from judges import desk as acts
from judges.desk import Desk
from judges.sheet_html import name_of, number_of, where_of
from ui.access import Visit
from ui.html import element, number_block, sample_tag
from ui.icons import icon
from ui.language import language_toggle
from words import t

STAGE_ICONS = {
    "called": "stage_ready",
    "presenting": "stage_presenting",
    "answering": "stage_answering",
    "marking": "stage_scoring",
}


def sheet_head(now: Visit, view: SheetView) -> None:
    """Draw the entrant, large; the judge's own seat, the neighbours and the language."""
    with st.container(key="sheet-head", horizontal=True, vertical_alignment="center"):
        st.html(_entrant(view.entrant, now.lang), width="stretch")
        st.html(_seat(now, view), width="content")
        with st.container(key="neighbours", horizontal=True, width="content", gap="small"):
            _neighbour(view.before, "before", now.lang)
            _neighbour(view.after, "after", now.lang)
        language_toggle(
            now.lang,
            short=True,
            on_change=lambda lang: sign_ins.choose_language(now.store, now.who, lang),
        )


def _entrant(entrant: dict[str, Any], lang: str) -> object:
    presented = t("judges.sheet.presented", lang, post=entrant["post"]) if entrant["post"] else ""
    title = element("h1", t("judges.sheet.title", lang), cls="a-hidden")
    below = element(
        "span",
        element("span", where_of(entrant), cls="a-nb"),
        element("span", presented, cls="a-nb"),
        cls="j-places",
    )
    return title + number_block(number_of(entrant, lang) or "·", name_of(entrant, lang), below)


def _seat(now: Visit, view: SheetView) -> object:
    number = "" if view.seat is None else f"{view.seat['number']:02d}"
    who = t("judges.seat", now.lang, seat=number) if number else now.who.name
    shown = [sample_tag(now.lang)] if now.competition and now.competition["sample"] else []
    return element("div", *shown, element("b", who), cls="j-seat")


def _neighbour(entrant: dict[str, Any] | None, side: str, lang: str) -> None:
    if entrant is None:
        st.button(t(f"judges.sheet.no_{side}", lang), key=f"go-{side}", disabled=True)
        return
    st.button(
        t(f"judges.sheet.{side}", lang, number=entrant["number"]),
        key=f"go-{side}",
        on_click=acts.open_entrant,
        args=(entrant["id"],),
    )


@st.fragment(run_every=2)
def stage_line(desk: Desk, mine: frozenset[str]) -> None:
    """Say who is on stage, and offer one tap there; the sheet never turns by itself.

    Parameters
    ----------
    mine : frozenset of str
        The entrants this judge marks.
    """
    try:
        current = moves.stage_view(desk.store, desk.who, desk.round_id)["current"]
    except Refused:
        st.rerun()
    with st.container(key="stage-now", horizontal=True, vertical_alignment="center", gap="small"):
        if current is None:
            words = element("span", t("judges.stage.empty", desk.lang), cls="a-mute")
            st.html(element("div", words, cls="j-stage"))
            return
        stage = t(f"judges.stage.{current['stage']}", desk.lang, number=current["number"])
        elsewhere = current["id"] != desk.entrant_id
        tone = "a-mute" if elsewhere else "a-pri"
        words = element("span", icon(STAGE_ICONS[current["stage"]]), stage, cls=f"a-st {tone}")
        is_mine = current["id"] in mine
        note = "" if is_mine else element("span", t("judges.stage.not_yours", desk.lang))
        st.html(element("div", words, note, cls="j-stage"))
        if elsewhere and is_mine:
            label = t("judges.stage.go", desk.lang, number=current["number"])
            if st.button(label, key="go-on-stage", type="primary"):
                acts.open_entrant(current["id"])
                st.rerun()
