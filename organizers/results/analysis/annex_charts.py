"""The annex's pictures; each is None where nothing was computed."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from charts import order as scatter
from charts.around import WHOLE, Kind, around
from charts.palette import Palette
from charts.rank_intervals import rank_intervals
from competition.results.standings import RoundStandings
from organizers.results.analysis import annex_rows
from organizers.results.analysis.annex_figures import p_said
from organizers.results.pictured import line_of
from ui.drawn import Drawable
from ui.pictures import Picture
from ui.standings_row import figure

TOGETHER = 300
"""Pixels of the intervals that hold together."""


def chances(result: RoundStandings, lang: str) -> Picture | None:
    """The chance of belonging of those in doubt."""
    rows = annex_rows.chances(result, lang)
    return _around(lang, "chances", rows, {"count": len(rows), "top": result.top}, WHOLE)


def together(result: RoundStandings, lang: str) -> Picture | None:
    """The rank intervals that hold for all at once."""
    rows = annex_rows.together(result, lang)
    if rows.empty:
        return None

    def draw(palette: Palette) -> Drawable:
        line = line_of(result)
        return rank_intervals(rows, lang, palette, top=result.top, line=line, width=TOGETHER)

    return Picture("together", "standings", draw)


def bounds(result: RoundStandings, lang: str) -> Picture | None:
    """Where the scores of the undecided can still end."""
    rows = annex_rows.bounds(result, lang)
    if rows.empty:
        return None
    values = {"count": result.numbers.bounds["state"].tolist().count("contention")}
    ends = (float(rows["low"].min()), float(rows["high"].max()))
    return _around(lang, "bounds", rows, values, ends, line=annex_rows.line_now(result))


def variance(result: RoundStandings, lang: str) -> Picture | None:
    """Where the differences between totals come from."""
    rows = annex_rows.variance(result, lang)
    if rows.empty:
        return None
    return _around(lang, "variance", rows, {"share": rows["figure"].iloc[0]}, WHOLE)


def order(result: RoundStandings, lang: str) -> Picture | None:
    """Adjusted score over the running order."""
    rows, test = annex_rows.order(result, lang), result.numbers.running_order
    if test is None or rows.empty:
        return None
    said = {"rho": figure(test.rho, 2, signed=True), "p": p_said(test.p, lang)}
    return Picture("order", "standings", lambda palette: scatter.order(rows, lang, palette, **said))


def criteria(result: RoundStandings, lang: str) -> Picture | None:
    """Each criterion's weight, and what it really contributed."""
    rows = annex_rows.criteria(result, lang)
    if rows.empty:
        return None
    furthest = (rows["value"] - rows["tick"]).abs().argmax()
    values = {"criterion": rows["label"].iloc[furthest]}
    most = 1.05 * float(rows[["value", "tick"]].max().max())
    return _around(lang, "criteria", rows, values, (0.0, most))


def _around(
    lang: str,
    kind: Kind,
    rows: pd.DataFrame,
    values: Mapping[str, object],
    domain: tuple[float, float],
    *,
    line: float | None = None,
) -> Picture | None:
    if rows.empty:
        return None
    draw = partial(around, rows, lang, kind=kind, values=values, domain=domain, line=line)
    return Picture(kind, "standings", draw)


ANNEX = (chances, together, bounds, variance, order, criteria)
