"""Who is comparable with whom: the graph of entrants and judges, an edge for each sheet."""

from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from scoring.exact import Integers
from scoring.sheets import Sheets

Component = tuple[tuple[Any, ...], tuple[Any, ...]]


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
    found = []
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
                        found.append((min(node, parent), max(node, parent) - height))
            elif step not in seen:
                seen[step] = low[step] = len(seen)
                path.append((step, node, iter(neighbours[step])))
            elif step != parent:
                low[node] = min(low[node], seen[step])
    return tuple((sheets.entrants[e], sheets.judges[j]) for e, j in sorted(found))
