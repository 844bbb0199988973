"""How each judge marked, by number: for organizer and supervisor, after closing.

Never used to leave a judge out: a panel is what the rules made it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from competition.acting import acting
from competition.results.standings import Line, RoundStandings, current, note_view
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, Transaction, panel
from scoring import HomeDifference, home_differences
from scoring.evidence.leave_out import Change

LEVEL = 0.975


@dataclass(frozen=True)
class Home:
    """A judge's marks of entrants from the home county, beside the others.

    Attributes
    ----------
    kind : str
        ``work`` (the county the judge works in), ``native`` (comes from), or empty where
        neither is on the list or no entry is from there.
    difference, low, high : float
        Points, with a 95 % interval; NaN where there are too few entries to say anything.
    """

    kind: str
    n: int
    difference: float
    low: float
    high: float

    @property
    def is_known(self) -> bool:
        """True if there are sheets of both kinds."""
        return not np.isnan(self.difference)


@dataclass(frozen=True)
class JudgeLine:
    """One judge's row; figures are NaN where too few sheets allow none.

    Attributes
    ----------
    low, high : float
        95 % interval of the severity.
    drift_low, drift_high : float
        95 % interval of the drift.
    lost, gained : tuple of Line
        Who would be out and in without this judge.
    seats : int or None
        How many seats that is; None where it was not tried.
    cannot : str
        Why this judge cannot be left out and compared ("disconnected", "too_few_to_trim"), or "".
    """

    seat: int
    n: int
    severity: float
    severity_se: float
    low: float
    high: float
    scale: float
    noise: float
    correlation: float
    drift: float
    drift_se: float
    drift_low: float
    drift_high: float
    home: Home
    lost: tuple[Line, ...]
    gained: tuple[Line, ...]
    seats: int | None
    cannot: str


@dataclass(frozen=True)
class JudgesReport:
    """The report: judges by severity, from strict to lenient, those without one last."""

    standings: RoundStandings
    lines: tuple[JudgeLine, ...]


def judges_report(store: Store, who: Visitor, round_id: str, *, at: datetime) -> JudgesReport:
    """How each judge marked, by number only.

    Raises
    ------
    Forbidden, NotNow
        As the table of rights says: organizer and supervisor, after closing.
    """
    with store.reading() as tx:
        row = require_read(tx, who, "judges_report", round_id)
        result = current(tx, store, row)
        homes = _homes(tx, result)
    note_view(store, who, result, "judges_report", at=at)
    changes = {change.judge: change for change in result.numbers.robustness}
    lines = [
        _line(result, judge, figures, homes[judge], changes.get(judge))
        for judge, figures in result.numbers.judges.iterrows()
    ]
    ordered = sorted(lines, key=lambda one: (np.isnan(one.severity), one.severity, one.seat))
    return JudgesReport(result, tuple(ordered))


def reveal_judges(store: Store, who: Visitor, round_id: str, *, at: datetime) -> dict[int, str]:
    """Names by seat number; the log records the request."""
    with acting(store, who, "reveal_judges", round_id, at=at) as (act, tx):
        names = {seat["number"]: str(seat["name"]) for seat in panel.seats(tx, round_id)}
        act.record("judges_revealed")
    return names


def _line(
    result: RoundStandings,
    judge: Any,
    figures: "pd.Series[float]",
    home: Home,
    change: Change | None,
) -> JudgeLine:
    fit = result.numbers.tally.fit
    reach = (
        float(special.stdtrit(fit.df, LEVEL)) if fit is not None and fit.df > 0 else float("nan")
    )
    severity, error = float(figures["severity"]), float(figures["severity_se"])
    tried = change is not None and change.comparable
    return JudgeLine(
        seat=result.judges[str(judge)],
        n=int(figures["n"]),
        severity=severity,
        severity_se=error,
        low=severity - reach * error,
        high=severity + reach * error,
        scale=float(figures["scale"]),
        noise=float(figures["noise"]),
        correlation=float(figures["correlation"]),
        drift=float(figures["drift"]),
        drift_se=float(figures["drift_se"]),
        drift_low=float(figures["drift_low"]),
        drift_high=float(figures["drift_high"]),
        home=home,
        lost=_lines(result, change.lost) if change else (),
        gained=_lines(result, change.gained) if change else (),
        seats=change.seats if change is not None and tried else None,
        cannot="" if change is None else change.reason,
    )


def _lines(result: RoundStandings, ids: tuple[Any, ...]) -> tuple[Line, ...]:
    return tuple(line for line in result.lines if line.entrant_id in ids)


def _homes(tx: Transaction, result: RoundStandings) -> dict[Any, Home]:
    """Home by county of work where the judge has marked entrants from it, else by native county."""
    seats = panel.seats(tx, result.round["id"])
    tally = result.numbers.tally
    kinds = {
        "work": home_differences(tally, {s["person_id"]: s["county"] or None for s in seats}),
        "native": home_differences(
            tally, {s["person_id"]: s["native_county"] or None for s in seats}
        ),
    }
    return {judge: _home(judge, kinds) for judge in tally.sheets.judges}


def _home(judge: Any, kinds: dict[str, dict[Any, HomeDifference]]) -> Home:
    for kind, difference in kinds.items():
        one = difference.get(judge)
        if one is not None and one.n:
            return Home(kind, one.n, one.difference, one.low, one.high)
    nan = float("nan")
    return Home("", 0, nan, nan, nan)
