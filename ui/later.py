"""A page whose time has not come: what will be there, when, and the way to it."""

import streamlit as st

from competition.errors import NoRound, Refused
from competition.rights import READS
from competition.saying import sentence, way_out
from ui.frame import empty, page_title
from ui.html import element
from ui.ways import to_page
from words import t

STAGES = ("open", "closed", "certified")
"""States of a round that bring pages something, in their order."""


def later(page: str, read: str, reason: Refused, lang: str, *, leads: bool) -> None:
    """Draw the page without its content; calm, because nothing went wrong.

    Parameters
    ----------
    page
        Where its words are, e.g. ``organizers.standings``.
    read
        What it would read; when that is allowed is in ``READS``.
    leads
        Whether the reader is the one who leads the round on: then the way there is a link.
    """
    states = READS[read].states
    when = "round" if "draft" in states else next(s for s in STAGES if s in states)
    judging = page.startswith("judges.")
    page_title(t(f"{page}.title", lang))
    empty(t(f"later.{when}", lang), t("judges.will_be" if judging else f"{page}.will_be", lang))
    said = (sentence(reason, lang), way_out(reason, lang))
    st.html(element("div", *[element("p", line) for line in said if line], cls="a-why-not"))
    if leads:
        name = "setup" if isinstance(reason, NoRound) else "overview"
        to_page(f"organizers.{name}", t("later.go", lang, page=t(f"organizers.{name}.title", lang)))
