"""The annex's pictures on the page: each shows nothing where nothing was computed."""

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd

from charts import order as scatter
from charts.around import WHOLE, Kind, around
from charts.rank_intervals import rank_intervals
from competition.results.standings import RoundStandings
from organizers.results.analysis import annex_rows
from organizers.results.analysis.annex_figures import p_said
from organizers.results.standings.view import line_of
from ui.access import Visit
from ui.drawn import Drawable, show_chart
from ui.standings_row import figure
from ui.theme import current_palette, theme

TOGETHER = 300
"""Pixels of the intervals that hold together."""


def chances(now: Visit, result: RoundStandings) -> None:
    """The chance of belonging of those in doubt."""
    rows = annex_rows.chances(result, now.lang)
    _around(now, result, "chances", rows, {"count": len(rows), "top": result.top}, WHOLE)


def together(now: Visit, result: RoundStandings) -> bool:
    """The rank intervals that hold for all at once; whether there are any."""
    rows = annex_rows.together(result, now.lang)
    if rows.empty:
        return False
    make = partial(
        rank_intervals,
        rows,
        now.lang,
        current_palette(),
        top=result.top,
        line=line_of(result),
        width=TOGETHER,
    )
    _chart(now, result, "together", make)
    return True


def bounds(now: Visit, result: RoundStandings) -> bool:
    """Where the scores of the undecided can still end; whether any is."""
    rows = annex_rows.bounds(result, now.lang)
    if rows.empty:
        return False
    values = {"count": result.numbers.bounds["state"].tolist().count("contention")}
    ends = (float(rows["low"].min()), float(rows["high"].max()))
    _around(now, result, "bounds", rows, values, ends, line=annex_rows.line_now(result))
    return True


def variance(now: Visit, result: RoundStandings) -> None:
    """Where the differences between totals come from."""
    rows = annex_rows.variance(result, now.lang)
    if not rows.empty:
        values = {"share": rows["figure"].iloc[0]}
        _around(now, result, "variance", rows, values, WHOLE)


def order(now: Visit, result: RoundStandings) -> None:
    """Adjusted score over the running order."""
    rows, test = annex_rows.order(result, now.lang), result.numbers.running_order
    if test is None or rows.empty:
        return
    said = {"rho": figure(test.rho, 2, signed=True), "p": p_said(test.p, now.lang)}
    _chart(now, result, "order", lambda: scatter.order(rows, now.lang, current_palette(), **said))


def criteria(now: Visit, result: RoundStandings) -> None:
    """Each criterion's weight, and what it really contributed."""
    rows = annex_rows.criteria(result, now.lang)
    if rows.empty:
        return
    furthest = (rows["value"] - rows["tick"]).abs().argmax()
    values = {"criterion": rows["label"].iloc[furthest]}
    most = 1.05 * float(rows[["value", "tick"]].max().max())
    _around(now, result, "criteria", rows, values, (0.0, most))


def _around(
    now: Visit,
    result: RoundStandings,
    kind: Kind,
    rows: pd.DataFrame,
    values: Mapping[str, object],
    domain: tuple[float, float],
    *,
    line: float | None = None,
) -> None:
    if rows.empty:
        return
    make = partial(
        around,
        rows,
        now.lang,
        current_palette(),
        kind=kind,
        values=values,
        domain=domain,
        line=line,
    )
    _chart(now, result, kind, make)


def _chart(now: Visit, result: RoundStandings, name: str, make: Callable[[], Drawable]) -> None:
    show_chart((f"annex-{name}", now.round_id, result.seq, now.lang, theme()), make)
