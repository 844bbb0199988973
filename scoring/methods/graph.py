"""The graph of entrants and judges, an edge for each sheet: its parts, bridges, connectivity."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from scoring.exact import Integers
from scoring.input.sheets import Sheets
from scoring.methods.least_squares import Design

MANY_JUDGES = 1_500
Component = tuple[tuple[Any, ...], tuple[Any, ...]]


@dataclass(frozen=True)
class Connectivity:
    """Measures of how firmly the panel is connected.

    Attributes
    ----------
    components
        The parts without a shared judge: one where all are comparable.
    bridges
        Sheets (entrant, judge) whose loss would part the panel.
    algebraic
        Second smallest eigenvalue of the judges' Laplacian: 0 where the panel falls apart, the
        number of entrants where it is complete; NaN above 1,500 judges.
    fewest, mean
        Judges per entrant.
    """

    components: tuple[Component, ...]
    bridges: tuple[tuple[Any, Any], ...]
    algebraic: float
    fewest: int
    mean: float


def connectivity(sheets: Sheets) -> Connectivity:
    """Components, bridges, algebraic connectivity and judges per entrant of some sheets."""
    n = sheets.per_entrant()
    n = n[n > 0]
    if not len(n):
        return Connectivity((), (), float("nan"), 0, float("nan"))
    parts = components(sheets)
    return Connectivity(parts, bridges(sheets), _algebraic(sheets), int(n.min()), float(n.mean()))


def _algebraic(sheets: Sheets) -> float:
    design = Design.of(sheets)
    if not 1 < design.shape[1] <= MANY_JUDGES:
        return float("nan")
    return float(np.maximum(np.linalg.eigvalsh(design.laplacian())[1], 0))


def components(sheets: Sheets) -> tuple[Component, ...]:
    """The parts that share no sheet: (entrants, judges) each, largest first.

    Only entrants and judges with a sheet belong to a part.
    """
    labels = _labels(sheets)
    height = len(sheets.entrants)
    parts: dict[int, tuple[list[Any], list[Any]]] = {}
    for node in np.unique(sheets.entrant):
        parts.setdefault(labels[node], ([], []))[0].append(sheets.entrants[node])
    for node in np.unique(sheets.judge):
        parts.setdefault(labels[height + node], ([], []))[1].append(sheets.judges[node])
    ordered = sorted(parts.values(), key=lambda part: -len(part[0]))
    return tuple((tuple(entrants), tuple(judges)) for entrants, judges in ordered)


def _labels(sheets: Sheets) -> Integers:
    height, width = len(sheets.entrants), len(sheets.judges)
    size = height + width
    ones = np.ones(len(sheets.entrant))
    graph = sparse.coo_matrix((ones, (sheets.entrant, height + sheets.judge)), shape=(size, size))
    _, labels = connected_components(graph, directed=False)
    return np.asarray(labels)


def bridges(sheets: Sheets) -> tuple[tuple[Any, Any], ...]:
    """Sheets (entrant, judge) whose loss would split the graph."""
    height = len(sheets.entrants)
    neighbours: dict[int, list[int]] = {}
    for entrant, judge in zip(sheets.entrant.tolist(), sheets.judge.tolist(), strict=True):
        neighbours.setdefault(entrant, []).append(height + judge)
        neighbours.setdefault(height + judge, []).append(entrant)
    cuts = []
    seen: dict[int, int] = {}
    low: dict[int, int] = {}
    for root in sorted(neighbours):
        if root in seen:
            continue
        seen[root] = low[root] = len(seen)
        path = [(root, -1, iter(neighbours[root]))]
        while path:
            node, parent, ahead = path[-1]
            step = next(ahead, None)
            if step is None:
                path.pop()
                if parent >= 0:
                    low[parent] = min(low[parent], low[node])
                    if low[node] > seen[parent]:
                        cuts.append((min(node, parent), max(node, parent) - height))
            elif step not in seen:
                seen[step] = low[step] = len(seen)
                path.append((step, node, iter(neighbours[step])))
            elif step != parent:
                low[node] = min(low[node], seen[step])
    return tuple((sheets.entrants[e], sheets.judges[j]) for e, j in sorted(cuts))
