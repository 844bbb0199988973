"""Shared by the pages of set-up: their round, whether it is fixed, the next step."""

import streamlit as st

from competition.rounds.composites import is_composite
from competition.rounds.rounds import RoundView, round_view
from organizers import naming
from organizers.prepare.ready import PAGE_OF
from ui.access import Visit, enter_page
from ui.frame import Action, empty, page_title
from ui.html import element, tag
from ui.icons import state_label
from ui.pages import PAGE
from ui.ways import to_page
from words import t


def round_page(page: str) -> tuple[Visit, RoundView]:
    """Begin a page of one round: its title, or what to do first where there is no round."""
    now = enter_page("people")
    title = t(f"organizers.{page}.title", now.lang)
    if now.round is None:
        page_title(title)
        nothing_here(now, page)
        st.stop()
    if now.round["kind"] not in PAGE[f"organizers.{page}"].kinds:
        page_title(title)
        _other_kind(now)
        st.stop()
    return now, round_view(now.store, now.who, now.round_id)


def _other_kind(now: Visit) -> None:
    """A page of judged rounds opened in a composite, or the other way round, and the way on."""
    kind = now.round["kind"] if now.round else ""
    empty(
        t(f"organizers.preparing.kind.{kind}", now.lang),
        t(f"organizers.preparing.kind.{kind}_text", now.lang),
    )
    key = "organizers.parts" if kind == "composite" else "organizers.rules"
    to_page(key, t(f"{key}.title", now.lang))


def nothing_here(now: Visit, page: str) -> None:
    """What will be on this page, and where to begin."""
    st.html(
        element(
            "section",
            element("h2", t("organizers.preparing.no_round", now.lang)),
            element("p", t(f"organizers.{page}.will_be", now.lang)),
            cls="a-empty",
        )
    )
    to_page("organizers.setup", t("organizers.preparing.begin_round", now.lang))


def head(
    now: Visit,
    view: RoundView,
    page: str,
    *,
    note: str = "",
    actions: list[Action] | None = None,
    fixed: str = "organizers.preparing.fixed",
) -> str | None:
    """The page's title with the round's state; a fixed round says since when, and what.

    Parameters
    ----------
    fixed
        Key of the words that say so.
    """
    is_draft = view["state"] == "draft"
    state = tag(
        naming.round_state(view, now.lang),
        state="next" if is_draft else "locked",
        tone="",
    )
    pressed = page_title(
        t(f"organizers.{page}.title", now.lang),
        state=state,
        note=note,
        actions=(actions or []) if is_draft else [],
    )
    if not is_draft:
        since = naming.clock(now, view["opened_at"], day=True)
        notice = t(fixed, now.lang, at=since)
        st.html(element("p", state_label("locked", now.lang, word=notice), cls="a-reason"))
    return pressed


def next_step(now: Visit, view: RoundView, here: str) -> None:
    """At the foot of a page: what this round still lacks, and the way there.

    After the rubric come the rules: they lack nothing, having defaults, but want a look.
    """
    if view["state"] != "draft":
        return
    missing = view["missing"]
    elsewhere = [key for key in missing if PAGE_OF[key] != here]
    with st.container(
        key="next-step", horizontal=True, gap="small", vertical_alignment="center", wrap=True
    ):
        if not missing:
            label = state_label("done", now.lang, word=t("organizers.preparing.ready", now.lang))
            st.html(element("span", label), width="content")
            key = "fix" if is_composite(view) else "open"
            to_page("organizers.overview", t(f"organizers.preparing.{key}", now.lang))
            return
        names = t("list.between", now.lang).join(t(f"ready.{key}", now.lang) for key in missing)
        lacking = t("organizers.preparing.lacking", now.lang, missing=names)
        st.html(element("span", lacking, cls="a-reason"), width="content")
        if elsewhere:
            after_rubric = here == PAGE_OF["rubric"] and "rubric" not in missing
            page = PAGE_OF["quotas" if after_rubric else elsewhere[0]]
            name = t(f"{page}.title", now.lang)
            to_page(page, t("organizers.preparing.next", now.lang, page=name))
