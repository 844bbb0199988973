"""The annex's pictures: the rows of each chart, empty where nothing was computed."""

import math
from dataclasses import asdict
from typing import Any

import pandas as pd

from competition.results.standing_lines import Line
from competition.results.standings import RoundStandings
from organizers import naming
from organizers.results.standing_rows import in_order, interval_rows, label, state_of
from organizers.results.why.evidence import in_steps
from words import t

SURE = (0, 100)
MOST_SHOWN = 60
SIDE = 20


def together(result: RoundStandings, lang: str) -> pd.DataFrame:
    """Rank intervals that hold together, of all or where they are many of those around the line."""
    return near_the_line(result, interval_rows(result, lang, together=True))


def near_the_line(result: RoundStandings, rows: pd.DataFrame) -> pd.DataFrame:
    """All rows of the standing's order, or where they are many those around the line."""
    if len(rows) <= MOST_SHOWN:
        return rows
    first = max(0, result.top - SIDE)
    return rows.iloc[first : result.top + SIDE].reset_index(drop=True)


def chances(result: RoundStandings, lang: str) -> pd.DataFrame:
    """The chance of each entrant that is neither nearly certain nor nearly hopeless."""
    chance = result.numbers.p_top
    rows = []
    for line in in_order(result):
        if line.rank is None or math.isnan(chance[line.entrant_id]):
            continue
        step = in_steps(float(chance[line.entrant_id]))
        said = t("organizers.annex.percent", lang, chance=step)
        if step not in SURE:
            rows.append(_entrant(line, lang, value=step, said=said, figure=said))
    return pd.DataFrame(rows)


def bounds(result: RoundStandings, lang: str) -> pd.DataFrame:
    """Score now, lowest and highest of each entrant that is undecided or lacks sheets."""
    known = result.numbers.bounds.to_dict("index") if result.missing else {}
    rows = []
    for line in in_order(result):
        one = known.get(line.entrant_id)
        if one is None or line.official is None:
            continue
        if one["state"] != "contention" and not one["missing"]:
            continue
        low, high = float(one["low"]), float(one["high"])
        said = t(
            "charts.bounds.said", lang, now=line.official, low=f"{low:.2f}", high=f"{high:.2f}"
        )
        figure = str(line.official)
        span = {"value": float(line.official), "low": low, "high": high}
        rows.append(_entrant(line, lang, **span, said=said, figure=figure))
    return near_the_line(result, pd.DataFrame(rows))


def line_now(result: RoundStandings) -> float | None:
    """Between the last in and the first out of the round's cut; None without both."""
    last = result.numbers.cut.decisions[-1] if result.numbers.cut.decisions else None
    if last is None or last.last_in is None or last.first_out is None:
        return None
    return float(last.last_in + last.first_out) / 2


def variance(result: RoundStandings, lang: str) -> pd.DataFrame:
    """Each source's share of the variance of a total."""
    parts = result.numbers.variance
    whole = float(parts.sum())
    if not whole > 0:
        return pd.DataFrame()
    rows = []
    for key in ("entrant", "judge", "residual"):
        share = 100 * float(parts[key]) / whole
        name = t(f"organizers.annex.source_{key}", lang)
        said = t("organizers.annex.percent", lang, chance=f"{share:.0f}")
        span = {"value": share, "low": 0.0, "high": share}
        rows.append(_row(name, name, "above", **span, said=said, figure=said))
    return pd.DataFrame(rows)


def criteria(result: RoundStandings, lang: str) -> pd.DataFrame:
    """Weight of each criterion, and its share of the variance really contributed."""
    known = result.numbers.criteria.to_dict("index")
    rows = []
    for key, title in result.criteria.items():
        one = known.get(key)
        if one is None or math.isnan(one["share"]):
            continue
        weight, share = 100 * float(one["weight"]), 100 * float(one["share"])
        said = t("charts.criteria.said", lang, weight=f"{weight:.0f}", share=f"{share:.0f}")
        span = {"value": share, "low": min(weight, share), "high": max(weight, share)}
        rows.append(_row(title, title, "above", **span, tick=weight, said=said, figure=said))
    return pd.DataFrame(rows)


def order(result: RoundStandings, lang: str) -> pd.DataFrame:
    """Position and adjusted score of every entrant that has both; empty without the test."""
    if result.numbers.running_order is None:
        return pd.DataFrame()
    return pd.DataFrame(
        [
            {
                "who": _who(line, lang),
                "position": line.number,
                "score": float(line.adjusted),
                "state": state_of(line),
            }
            for line in result.lines
            if line.adjusted is not None and line.number is not None and line.rank is not None
        ]
    )


def _who(line: Line, lang: str) -> str:
    return f"{label(line, lang)} {naming.around(asdict(line))}".rstrip()


def _entrant(line: Line, lang: str, **columns: Any) -> dict[str, Any]:
    return _row(label(line, lang), _who(line, lang), state_of(line), **columns)


def _row(name: str, who: str, state: str, **columns: Any) -> dict[str, Any]:
    missing = {"low": float("nan"), "high": float("nan")}
    return {"label": name, "who": who, "state": state, **missing, **columns}
