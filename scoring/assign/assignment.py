"""Assignment of judges to entrants, even and connected.

Every entrant gets as many judges, every judge as many entrants (one more or less), no judge an
entrant they are recused for. Among such assignments one is sought in which any two judges share
about equally many entrants: this separates severity from quality (the second
eigenvalue of the least-squares matrix L, which pairs of judges without shared entrants pull
down; John & Williams 1995, Cyclic and Computer Generated Designs).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.assign import dealing
from scoring.assign.dealing import Allowed, Panels
from scoring.errors import CannotConnect, LockedPair, TooFewJudges

ATTEMPTS = 3


@dataclass(frozen=True)
class Assignment:
    """A balanced assignment.

    Attributes
    ----------
    pairs : tuple of (str, str)
        Entrant and judge, sorted.
    loads : dict
        Judge to the number of their entrants: no two differ by more than one.
    shared_low, shared_high : int
        Fewest and most entrants that two judges share.
    connectivity : float
        Second eigenvalue of the least-squares matrix over the mean of all but the first: 1
        where every two judges share as much, 0 where the marks fall apart.
    """

    pairs: tuple[tuple[str, str], ...]
    loads: dict[str, int]
    shared_low: int
    shared_high: int
    connectivity: float


def assign_judges(
    entrants: Sequence[str],
    judges: Sequence[str],
    per_entrant: int,
    *,
    recused: Collection[tuple[str, str]] = (),
    locked: Collection[tuple[str, str]] = (),
    anchors: Collection[str] = (),
    seed: int = 0,
) -> Assignment:
    """Give every entrant ``per_entrant`` judges; the same seed gives the same assignment.

    Parameters
    ----------
    recused
        Pairs (entrant, judge) that must not meet.
    locked
        Pairs set by hand: they stay, and the rest is filled around them.
    anchors
        Entrants that every judge marks who is not recused; the others are shared out evenly.

    Raises
    ------
    TooFewJudges
        If recusals leave an entrant fewer judges than it needs; names the worst off.
    CannotBalance
        If no assignment gives the judges equal work; names those who can take least or most.
    CannotConnect
        If the marks would fall apart into groups without a common judge.
    LockedPair
        If a locked pair is recused, or an entrant has more locked judges than it gets.
    """
    shared = sorted(set(anchors) & set(entrants))
    rows, columns = sorted(set(entrants) - set(shared)), sorted(set(judges))
    allowed = _allowed(rows, columns, recused)
    _require_judges(rows, allowed, per_entrant)
    if not shared:
        _require_links(allowed, per_entrant)
    fixed = _locked(rows, columns, allowed, locked, per_entrant)
    every = _allowed(shared, columns, recused)
    common = [set(np.flatnonzero(row).tolist()) for row in every]
    for attempt in range(ATTEMPTS):
        rng = np.random.default_rng([seed, attempt])
        panels = dealing.deal(allowed, [per_entrant] * len(rows), fixed, rng)
        dealing.balance(panels, allowed, columns, fixed)
        dealing.spread(panels, allowed, fixed, rng)
        whole = [*panels, *common]
        if dealing.parts(whole, len(columns)) == 1 or dealing.join(panels, allowed, fixed, rng):
            return _described([*rows, *shared], columns, [*panels, *common])
    raise CannotConnect(n=dealing.parts(whole, len(columns)))


def _locked(
    rows: Sequence[str],
    columns: Sequence[str],
    allowed: Allowed,
    locked: Collection[tuple[str, str]],
    per_entrant: int,
) -> Panels:
    """The judges each entrant has already; pairs of anchors and of strangers say nothing."""
    fixed: Panels = [set() for _ in rows]
    row_of = {name: at for at, name in enumerate(rows)}
    column_of = {name: at for at, name in enumerate(columns)}
    for entrant, judge in sorted(locked):
        if entrant not in row_of or judge not in column_of:
            continue
        row, column = row_of[entrant], column_of[judge]
        fixed[row].add(column)
        if not allowed[row, column] or len(fixed[row]) > per_entrant:
            raise LockedPair(entrant=entrant, judge=judge, n=per_entrant)
    return fixed


def _allowed(
    rows: Sequence[str], columns: Sequence[str], recused: Collection[tuple[str, str]]
) -> Allowed:
    row_of = {name: at for at, name in enumerate(rows)}
    column_of = {name: at for at, name in enumerate(columns)}
    allowed = np.ones((len(rows), len(columns)), dtype=bool)
    for entrant, judge in recused:
        if entrant in row_of and judge in column_of:
            allowed[row_of[entrant], column_of[judge]] = False
    return allowed


def _require_judges(rows: Sequence[str], allowed: Allowed, per_entrant: int) -> None:
    if per_entrant < 1 or not rows:
        raise TooFewJudges(entrant="", n=0, needs=max(per_entrant, 1))
    free = allowed.sum(axis=1)
    worst = int(np.argmin(free))
    if free[worst] < per_entrant:
        raise TooFewJudges(entrant=rows[worst], n=int(free[worst]), needs=per_entrant)


def _require_links(allowed: Allowed, per_entrant: int) -> None:
    """A graph of so many entrants and judges needs one sheet fewer than it has nodes."""
    height, width = allowed.shape
    sheets = height * per_entrant
    nodes = height + min(width, sheets)
    if sheets < nodes - 1:
        raise CannotConnect(n=nodes - sheets)
    possible = dealing.parts([set(np.flatnonzero(row).tolist()) for row in allowed], width)
    if possible > 1:
        raise CannotConnect(n=possible)


def _described(rows: Sequence[str], columns: Sequence[str], panels: Panels) -> Assignment:
    shared = dealing.shared(panels, len(columns))
    loads = np.diag(shared)
    split = dealing.shared(panels, len(columns), is_shared_out=True)
    between = shared[~np.eye(len(columns), dtype=bool)]
    return Assignment(
        pairs=tuple(
            sorted((rows[at], columns[j]) for at, panel in enumerate(panels) for j in panel)
        ),
        loads={name: int(load) for name, load in zip(columns, loads, strict=True)},
        shared_low=int(between.min()) if between.size else 0,
        shared_high=int(between.max()) if between.size else 0,
        connectivity=_connectivity(np.diag(loads) - split, loads > 0),
    )


def _connectivity(matrix: NDArray[np.float64], used: NDArray[np.bool_]) -> float:
    """Second eigenvalue of L over the mean of those that could be as high."""
    values = np.linalg.eigvalsh(matrix[np.ix_(used, used)])
    if len(values) < 2:
        return 1.0
    mean = values.sum() / (len(values) - 1)
    return float(values[1] / mean) if mean > 0 else 0.0
