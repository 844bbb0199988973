"""What an assignment promises before it is marked: loads, losses it bears, precision, orders.

The number of sheets that may be lost is the edge connectivity of the graph of entrants and
judges less one (Menger): whichever so many sheets are missing, all entrants stay comparable.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components, maximum_flow

from scoring.methods.least_squares import Design, LeastSquares

Integers = NDArray[np.int64]

Pairs = Sequence[tuple[str, str]]
"""Entrant and judge."""


@dataclass(frozen=True)
class Strength:
    """Facts of an assignment.

    Attributes
    ----------
    sheets : int
        Pairs of entrant and judge.
    load_low, load_high : int
        Fewest and most sheets of a judge.
    judges_low, judges_high : int
        Fewest and most judges of an entrant.
    parts : int
        Groups of entrants without a common judge; 1 where all are comparable.
    may_be_lost : int
        Sheets that may be missing, whichever they are, with all entrants still comparable.
    sed : float
        Root of the mean variance of a difference between two entrants' adjusted scores, in units
        of a sheet's standard deviation; NaN where the parts are not one or there is one entrant.
    """

    sheets: int
    load_low: int
    load_high: int
    judges_low: int
    judges_high: int
    parts: int
    may_be_lost: int
    sed: float


def strength(pairs: Pairs) -> Strength:
    """The facts of an assignment with at least one pair."""
    entrants, judges = sorted({e for e, _ in pairs}), sorted({j for _, j in pairs})
    row = {name: at for at, name in enumerate(entrants)}
    column = {name: at for at, name in enumerate(judges)}
    rows = np.array([row[e] for e, _ in pairs], dtype=np.int64)
    columns = np.array([column[j] for _, j in pairs], dtype=np.int64)
    per_entrant, loads = np.bincount(rows), np.bincount(columns)
    graph = _graph(rows, columns + len(entrants), len(entrants) + len(judges))
    parts, _ = connected_components(graph, directed=False)
    return Strength(
        sheets=len(pairs),
        load_low=int(loads.min()),
        load_high=int(loads.max()),
        judges_low=int(per_entrant.min()),
        judges_high=int(per_entrant.max()),
        parts=int(parts),
        may_be_lost=_may_be_lost(graph, len(entrants), int(per_entrant.min()), parts),
        sed=_sed(rows, columns) if parts == 1 else float("nan"),
    )


def _graph(first: Integers, second: Integers, size: int) -> sparse.csr_array:
    ones = np.ones(len(first), dtype=np.int32)
    one_way = sparse.coo_array((ones, (first, second)), shape=(size, size))
    return sparse.csr_array(one_way + one_way.T)


def _may_be_lost(graph: sparse.csr_array, entrants: int, fewest: int, parts: int) -> int:
    """The fewest sheets whose loss parts two entrants, less one.

    A cut with all judges on one side takes an entrant's sheets; any other parts two judges, and
    unless it takes all sheets of a judge it parts entrants too. So flows between judges are
    enough where no judge has so few sheets; else flows between entrants are asked.
    """
    if parts > 1:
        return 0
    loads = np.diff(graph.indptr)[entrants:]
    least = min([fewest, *_flows(graph, range(entrants, graph.shape[0]), fewest)])
    if least >= loads.min():
        least = min([fewest, *_flows(graph, range(entrants), fewest)])
    return least - 1


def _flows(graph: sparse.csr_array, nodes: range, enough: int) -> Iterator[int]:
    """Flows from the first of these nodes to each other; none is asked once one sheet parts."""
    for node in nodes[1:]:
        flow = int(maximum_flow(graph, nodes[0], node).flow_value)
        yield flow
        if min(flow, enough) <= 1:
            return


def _sed(rows: Integers, columns: Integers) -> float:
    design = Design.of_pairs(rows, columns)
    empty = np.zeros(0)
    return LeastSquares(design, empty, empty, empty, 1.0, max(design.df, 1), 0.0).sed()


def reading_orders(pairs: Pairs, *, seed: int = 0) -> dict[str, tuple[str, ...]]:
    """In which order each judge reads, so that no entrant is early or late with all its judges.

    Judge by judge, entrants whose places so far were late come early; ties by lot of ``seed``.
    """
    by_judge: dict[str, list[str]] = {}
    for entrant, judge in sorted(pairs):
        by_judge.setdefault(judge, []).append(entrant)
    late: dict[str, float] = {}
    rng = np.random.default_rng(seed)
    orders = {}
    for judge, own in sorted(by_judge.items()):
        lots = dict(zip(own, rng.random(len(own)).tolist(), strict=True))
        ordered = sorted(own, key=lambda entrant: (-late.get(entrant, 0), lots[entrant]))
        for place, entrant in enumerate(ordered):
            late[entrant] = late.get(entrant, 0) + place - (len(own) - 1) / 2
        orders[judge] = tuple(ordered)
    return orders
