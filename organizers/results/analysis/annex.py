"""技术附录 / Technical annex: how firm the result is, each figure with one plain sentence."""

import streamlit as st

from charts.rank_intervals import rank_intervals
from competition.results.standings import RoundStandings
from organizers.results.analysis import annex_figures, annex_lists
from organizers.results.standing import standing_or_reason
from organizers.results.standings.view import line_of
from ui.access import Visit, enter_page
from ui.drawn import show_chart
from ui.frame import page_title
from ui.html import element, provisional_tag, tag
from ui.long_table import long_table
from ui.tables import Column
from ui.theme import current_palette, theme
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
    """The picture of the line first, then chances of belonging, then the figures."""
    around = annex_lists.around_the_line(result, now.lang)
    with st.container(key="annex-seats", horizontal=True, gap="medium"):
        if not around.empty:
            show_chart(
                ("around", now.round_id, result.seq, now.lang, theme()),
                lambda: rank_intervals(
                    around,
                    now.lang,
                    current_palette(),
                    top=result.top,
                    line=line_of(result),
                    width=360,
                ),
            )
        caption = t("organizers.annex.chances", now.lang, top=result.top)
        with st.container(width="content"):
            _list(now, "seats", annex_lists.chances(result, now.lang), caption)
    if not around.empty:
        st.html(element("p", t("organizers.annex.together", now.lang), cls="a-reason"))
    st.html(element("p", t("organizers.annex.model", now.lang), cls="a-reason"))
    st.html(annex_figures.table(annex_figures.seats(result, now.lang), now.lang))


def _missing(now: Visit, result: RoundStandings) -> None:
    """Entrants that are safe or out whatever the missing sheets will say."""
    st.html(annex_figures.table(annex_figures.missing(result, now.lang), now.lang))
    if not result.missing:
        return
    caption = t("organizers.annex.bounds", now.lang)
    _list(now, "missing", annex_lists.bounds(result, now.lang), caption)


def _reliability(now: Visit, result: RoundStandings) -> None:
    """Reliability, variance components, how the panel hangs together, SED and H."""
    st.html(annex_figures.table(annex_figures.reliability(result, now.lang), now.lang))


def _criteria(now: Visit, result: RoundStandings) -> None:
    """What each criterion contributed to the order."""
    caption = t("organizers.annex.criteria", now.lang)
    _list(now, "criteria", annex_lists.criteria(result, now.lang), caption)
    st.html(element("p", t("organizers.annex.criteria_means", now.lang), cls="a-reason"))


def _list(now: Visit, part: str, listing: annex_lists.Listing, caption: str) -> None:
    """One of the annex's lists, with its tools."""
    headings, rows = listing
    name = f"{t('organizers.annex.title', now.lang)} {t(f'organizers.annex.part_{part}', now.lang)}"
    columns = [Column(heading, align) for heading, align in headings]
    long_table(now, f"annex-{part}", name, columns, rows, read="standings", caption=caption)


page(enter_page("standings", page="organizers.annex"))
