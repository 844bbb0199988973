"""The standing that a page is about, or why there is none yet."""

import streamlit as st

from competition.errors import Refused
from competition.results.standings import RoundStandings, standings
from competition.saying import sentence, way_out
from ui.access import Visit
from ui.frame import empty, page_title
from ui.html import element
from words import has, t


def standing_or_reason(now: Visit, none: str, *, title: str = "") -> RoundStandings | None:
    """The standing; or None, with the reason written on the page.

    Parameters
    ----------
    none : str
        Key of the words over the reason, or of a table of them by the refusal's code.
    title : str
        Key of the page's title; empty where it is written already.
    """
    try:
        return standings(now.store, now.who, now.round_id, at=now.at)
    except Refused as problem:
        if title:
            page_title(t(title, now.lang))
        by_code = f"{none}.{problem.code}"
        over = t(by_code if has(by_code, now.lang) else none, now.lang)
        empty(over, sentence(problem, now.lang))
        st.html(element("p", way_out(problem, now.lang), cls="a-reason"))
        return None
