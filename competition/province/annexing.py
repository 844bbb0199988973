"""The annexes and the simulation of a competition's certified rounds, as the province may read.

Neither a mark nor a judge's name is in them: ranks, chances and figures of the whole panel. A round
that is not certified is left out, whatever its standing is by now.
"""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypedDict

from competition.errors import Refused
from competition.invented import invented
from competition.results.forecasting import scenario_like
from competition.results.standings import RoundStandings, current
from db import Store, Transaction, competitions, rounds
from db.shapes import RoundRow
from scoring import DisconnectedPanel
from scoring.simulate.simulation import simulate

SOURCES = ("entrant", "judge", "residual")
METHODS = ("mean", "trimmed", "least_squares")
"""Compared by the simulation."""
TRIALS = 100


class EntrantLine(TypedDict):
    """An entrant's rank, the chance of truly belonging, and the interval of its rank."""

    code: str
    county: str
    township: str
    village: str
    rank: int
    selected: bool
    chance: float | None
    low: int | None
    high: int | None


class CriterionLine(TypedDict):
    """A criterion's weight, and its share of the variance of the total."""

    title: str
    weight: float | None
    share: float | None
    correlation: float | None


class RoundAnnex(TypedDict):
    """A certified round; a figure that is not known is None."""

    round: str
    invented: str
    top: int
    judges: int
    sheets: int
    figures: dict[str, float | None]
    entrants: list[EntrantLine]
    criteria: list[CriterionLine]


class RoundSimulated(TypedDict):
    """Of contests drawn like a certified round: the share of the best each method selects."""

    round: str
    invented: str
    top: int
    judges: int
    entrants: int
    method: str
    correct: dict[str, float]


class RoundRefused(TypedDict):
    """A certified round of which nothing can be computed, by the refusal's code."""

    round: str
    fault: str


def annexes(store: Store, _: Path) -> Iterator[RoundAnnex | RoundRefused]:
    """The annex of each certified round that judges marked."""
    with store.reading() as tx:
        for row in _certified(tx):
            try:
                yield _annex(current(tx, store, row))
            except (Refused, DisconnectedPanel) as error:
                yield _refused(row, error)


def simulations(store: Store, _: Path) -> Iterator[RoundSimulated | RoundRefused]:
    """For each certified round: how many of the best each method finds in contests like it."""
    with store.reading() as tx:
        for row in _certified(tx):
            try:
                yield _simulated(tx, row)
            except (Refused, DisconnectedPanel) as error:
                yield _refused(row, error)


def _certified(tx: Transaction) -> list[RoundRow]:
    """The contest's own rounds that are certified: neither practice nor a second reading."""
    return [
        row
        for owner in competitions.all_of(tx)
        for row in rounds.of_competition(tx, owner["id"])
        if row["state"] == "certified"
        and row["kind"] == "judged"
        and row["practice_of"] is None
        and row["reading_of"] is None
    ]


def _refused(row: RoundRow, error: Exception) -> RoundRefused:
    return {"round": row["title"], "fault": getattr(error, "code", "disconnected_panel")}


def _annex(result: RoundStandings) -> RoundAnnex:
    return {
        "round": str(result.round["title"]),
        "invented": invented(result.competition),
        "top": result.top,
        "judges": len(result.judges),
        "sheets": result.sheets,
        "figures": _figures(result),
        "entrants": _entrants(result),
        "criteria": _criteria(result),
    }


def _figures(result: RoundStandings) -> dict[str, float | None]:
    """Reliability, the evidence at the line, and each source's share of the variance."""
    one, cut, parts = result.numbers.reliability, result.numbers.cut, result.numbers.variance
    whole = float(parts.sum())
    shares = {
        f"variance_{key}": known(float(parts[key]) / whole) if whole > 0 else None
        for key in SOURCES
    }
    figures = {"icc": one.icc, "g": one.g, "phi": one.phi, "kendall": one.kendall_w,
               "sed": cut.sed, "belonging": cut.belonging}  # fmt: skip
    return {**{key: known(value) for key, value in figures.items()}, **shares}


def _entrants(result: RoundStandings) -> list[EntrantLine]:
    frame = result.numbers.entrants.to_dict("index")
    return [
        {
            "code": line.code,
            "county": line.county,
            "township": line.township,
            "village": line.village,
            "rank": line.rank,
            "selected": line.selected,
            "chance": known(frame[line.entrant_id]["p_top"]),
            "low": _whole(frame[line.entrant_id]["rank_low"]),
            "high": _whole(frame[line.entrant_id]["rank_high"]),
        }
        for line in result.lines
        if line.rank is not None
    ]


def _criteria(result: RoundStandings) -> list[CriterionLine]:
    frame = result.numbers.criteria.to_dict("index")
    return [
        {
            "title": title,
            "weight": known(frame[key]["weight"]),
            "share": known(frame[key]["share"]),
            "correlation": known(frame[key]["correlation"]),
        }
        for key, title in result.criteria.items()
        if key in frame
    ]


def _simulated(tx: Transaction, row: RoundRow) -> RoundSimulated:
    scenario, rules = scenario_like(tx, row)
    trials = [
        trial.correct
        for trial in simulate(
            scenario, repetitions=TRIALS, seed=0, rules=rules, methods=METHODS, bands=()
        )
    ]
    shares = {key: sum(one[key] for one in trials) / (rules.top * TRIALS) for key in METHODS}
    return {
        "round": row["title"],
        "invented": invented(competitions.get(tx, row["competition_id"])),
        "top": rules.top,
        "judges": scenario.judges,
        "entrants": scenario.entrants,
        "method": rules.official,
        "correct": shares,
    }


def known(value: Any) -> float | None:
    """A figure as JSON holds it; None for one that is not known."""
    return None if math.isnan(float(value)) else float(value)


def _whole(value: Any) -> int | None:
    """A place; None where pandas holds none."""
    return int(value) if str(value).isdecimal() else None
