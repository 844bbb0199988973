"""The table of a standing beside its chart; of a big round only what lies around the line."""

from collections.abc import Callable
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from charts.rank_intervals import rank_intervals
from competition.results.findings import is_moving
from competition.results.standings import RoundStandings
from organizers.offers import can
from organizers.results import pictured
from organizers.results.pictured import line_of
from organizers.results.standing_rows import (
    in_order,
    interval_rows,
    part_heads,
    table_rows,
)
from ui.access import Visit
from ui.drawn import show_chart
from ui.finder import finder
from ui.frame import beside
from ui.html import element
from ui.pages import PAGE
from ui.standings_table import standings_table
from ui.theme import current_palette, theme
from ui.ways import carried
from words import t

PLOT = {"zh": 244, "en": 162}
"""Pixels of the chart beside the table: longer words leave it less."""
MANY = 60
BELOW = 15
"""Rows shown below the last one that has or may have a seat, in a big round."""


def shown_rows(result: RoundStandings) -> int:
    """How many rows stand on the page at first: all, or down to some below the line."""
    if len(result.lines) <= MANY:
        return len(result.lines)
    near = [at for at, line in enumerate(in_order(result)) if line.selected or line.in_zone]
    return min(len(result.lines), max(near, default=result.top) + 1 + BELOW)


def show(now: Visit, result: RoundStandings) -> bool:
    """The table, its chart where there is one; return whether intervals were drawn.

    The intervals of a big round wait until it is closed: each mark would draw them again.
    """
    first = shown_rows(result)
    everybody = first == len(result.lines) or _all_wanted(now, result)
    shown = None if everybody else first
    table = standings_table(
        table_rows(result, now.lang, link=_links_to_why(now), first=shown),
        now.lang,
        official="adjusted" if result.official_is_adjusted else "announced",
        decimals=result.rules.scoring.decimals,
        top=result.top,
        line=line_of(result),
        parts=part_heads(result),
    )
    finder(now.lang)
    if result.parts:
        st.html(table)
        pictured.show(now, result, pictured.composite(result, now.lang))
        return False
    intervals = _intervals(result, now.lang).head(first)
    if intervals.empty:
        st.html(table)
    else:
        beside(table, lambda: _chart(now, result, intervals))
    whole = None if intervals.empty else pictured.intervals(result, now.lang)
    if whole is not None:
        pictured.links(now, result, whole)
    if not everybody:
        rest = t("organizers.standings.rest", now.lang, count=len(result.lines) - first)
        st.html(element("p", rest, cls="a-reason"))
    return not intervals.empty


def _links_to_why(now: Visit) -> Callable[[str], str]:
    """An entrant's id to where its score is explained; to nothing before that may be read."""
    if not can(now, "sheets"):
        return lambda _: ""
    address, way = PAGE["organizers.why"].address, carried()
    return lambda entrant_id: f"/{address}?{urlencode(way | {'entrant': entrant_id})}"


def _all_wanted(now: Visit, result: RoundStandings) -> bool:
    label = t("organizers.standings.show_all", now.lang, count=len(result.lines))
    return bool(st.toggle(label, key="standings-all"))


def _intervals(result: RoundStandings, lang: str) -> pd.DataFrame:
    if is_moving(result):
        return pd.DataFrame()
    return interval_rows(result, lang)


def _chart(now: Visit, result: RoundStandings, intervals: pd.DataFrame) -> None:
    show_chart(
        ("intervals", now.round_id, result.seq, now.lang, theme()),
        lambda: rank_intervals(
            intervals,
            now.lang,
            current_palette(),
            top=result.top,
            line=line_of(result),
            bare=True,
            width=PLOT[now.lang],
        ),
    )


def show_slope(now: Visit, result: RoundStandings) -> None:
    """Announced against adjusted, with the seats that differ; of a big round once it is closed."""
    if not is_moving(result):
        pictured.show(now, result, pictured.seats(result, now.lang))
