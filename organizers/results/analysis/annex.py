"""技术附录 / Technical annex: how firm the result is, each figure with one plain sentence."""

from contextlib import AbstractContextManager
from typing import Any

import streamlit as st

from competition.results.standings import RoundStandings
from organizers.results import pictured
from organizers.results.analysis import annex_charts, annex_figures, annex_lists
from organizers.results.standing import standing_or_reason
from ui.access import Visit, enter_page
from ui.frame import page_title
from ui.html import element, provisional_tag, tag
from ui.long_table import long_table
from ui.tables import Column
from words import t

PARTS = ("seats", "missing", "reliability", "criteria")


def page(now: Visit) -> None:
    """One part at a time: what is heavy is computed when it is asked for."""
    result = standing_or_reason(now, "organizers.annex.none", title="organizers.annex.title")
    if result is None:
        return
    state = provisional_tag(now.lang)
    if result.round["certified_at"] is not None:
        state = tag(t(f"round_state.{result.round['state']}", now.lang), state="done", tone="ok")
    note = t("organizers.annex.note", now.lang)
    page_title(t("organizers.annex.title", now.lang), state=state, note=note)
    part = st.segmented_control(
        t("organizers.annex.part", now.lang),
        PARTS,
        default="seats",
        required=True,
        format_func=lambda key: t(f"organizers.annex.part_{key}", now.lang),
        key="annex-part",
        label_visibility="collapsed",
    )
    {"seats": _seats, "missing": _missing, "reliability": _reliability, "criteria": _criteria}[
        str(part)
    ](now, result)


def _seats(now: Visit, result: RoundStandings) -> None:
    """Chances of belonging first, then the intervals that hold together, then the figures."""
    with _beside("chances"):
        pictured.show(now, result, annex_charts.chances(result, now.lang))
        listing = annex_lists.chances(result, now.lang)
        _list(now, "seats", listing, "chances", top=result.top)
    st.html(element("p", t("organizers.annex.model", now.lang), cls="a-reason"))
    if pictured.show(now, result, annex_charts.together(result, now.lang)):
        st.html(element("p", t("organizers.annex.together", now.lang), cls="a-reason"))
    st.html(annex_figures.table(annex_figures.seats(result, now.lang), now.lang))


def _missing(now: Visit, result: RoundStandings) -> None:
    """Entrants that are safe or out whatever the missing sheets will say."""
    some = pictured.show(now, result, annex_charts.bounds(result, now.lang))
    st.html(annex_figures.table(annex_figures.missing(result, now.lang), now.lang))
    if some:
        _list(now, "missing", annex_lists.bounds(result, now.lang), "bounds")


def _reliability(now: Visit, result: RoundStandings) -> None:
    """Reliability, variance components, how the panel hangs together, SED and H."""
    with _beside("reliability"):
        pictured.show(now, result, annex_charts.variance(result, now.lang))
        pictured.show(now, result, annex_charts.order(result, now.lang))
    st.html(annex_figures.table(annex_figures.reliability(result, now.lang), now.lang))


def _criteria(now: Visit, result: RoundStandings) -> None:
    """What each criterion contributed to the order."""
    with _beside("criteria"):
        pictured.show(now, result, annex_charts.criteria(result, now.lang))
        _list(now, "criteria", annex_lists.criteria(result, now.lang), "criteria")
    st.html(element("p", t("organizers.annex.criteria_means", now.lang), cls="a-reason"))


def _beside(name: str) -> AbstractContextManager[Any]:
    """A picture and what stands beside it where the screen is wide enough."""
    return st.container(key=f"annex-{name}", horizontal=True, gap="medium")


def _list(
    now: Visit, part: str, listing: annex_lists.Listing, caption: str, **values: object
) -> None:
    """One of the annex's lists, with its tools."""
    headings, rows = listing
    name = f"{t('organizers.annex.title', now.lang)} {t(f'organizers.annex.part_{part}', now.lang)}"
    columns = [Column(heading, align) for heading, align in headings]
    said = t(f"organizers.annex.{caption}", now.lang, **values)
    with st.container(width="content"):
        long_table(now, f"annex-{part}", name, columns, rows, read="standings", caption=said)


page(enter_page("standings", page="organizers.annex"))
