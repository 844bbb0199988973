"""The steps of an assignment: deal judges out, even their work, spread and join them.

A panel is the set of judges (by column) of one entrant (by row); every step works in place.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scoring.errors import CannotBalance

SWAPS_PER_SHEET = 60
MOST_SWAPS = 60_000
MOST_JOININGS = 2_000

Panels = list[set[int]]
Allowed = NDArray[np.bool_]


def deal(
    allowed: Allowed, sizes: Sequence[int], locked: Panels, rng: np.random.Generator
) -> Panels:
    """Deal judges out, to the entrant with fewest choices first: least loaded, least shared.

    ``sizes`` are how many judges each entrant gets, ``locked`` those that it has already; only
    the rest is dealt.
    """
    height, width = allowed.shape
    loads, common = np.zeros(width), np.zeros((width, width))
    panels: Panels = [set(own) for own in locked]
    for own in panels:
        loads[list(own)] += 1
    order = sorted(rng.permutation(height).tolist(), key=lambda row: int(allowed[row].sum()))
    for row in order:
        cost = np.where(allowed[row], loads * height + rng.random(width) / 2, np.inf)
        before = list(panels[row])
        cost[before] = np.inf
        for _ in range(sizes[row] - len(before)):
            judge = int(np.argmin(cost))
            cost[judge] = np.inf
            cost += common[judge]
            panels[row].add(judge)
        members = list(panels[row])
        loads[[judge for judge in members if judge not in before]] += 1
        common[np.ix_(members, members)] += 1
    return panels


def balance(panels: Panels, allowed: Allowed, columns: Sequence[str], locked: Panels) -> None:
    """As `even`; refused where two judges then still differ by more than one."""
    loads = even(panels, allowed, locked)
    low, high = min(loads), max(loads)
    if high - low > 1:
        stuck = [columns[j] for j, load in enumerate(loads) if load in (low, high)]
        raise CannotBalance(low=low, high=high, judges=", ".join(stuck))


def even(panels: Panels, allowed: Allowed, locked: Panels) -> list[int]:
    """Hand entrants on from busy judges to idle ones as long as that evens; return the loads.

    Handing on along a chain of judges is an augmenting path; where none is left from a judge to
    one with two entrants fewer, the sum of squared loads is least.
    """
    width = allowed.shape[1]
    loads = [sum(judge in panel for panel in panels) for judge in range(width)]
    while max(loads) - min(loads) > 1:
        chain = _chain(panels, allowed, loads, locked)
        if chain is None:
            break
        for row, giver, taker in chain:
            panels[row].remove(giver)
            panels[row].add(taker)
            loads[giver] -= 1
            loads[taker] += 1
    return loads


def _chain(
    panels: Panels, allowed: Allowed, loads: Sequence[int], locked: Panels
) -> list[tuple[int, int, int]] | None:
    """Shortest chain of (entrant, giver, taker) to a judge with at least two entrants fewer."""
    handing: dict[tuple[int, int], int] = {}
    for row, panel in enumerate(panels):
        for taker in np.flatnonzero(allowed[row]).tolist():
            if taker not in panel:
                for giver in panel - locked[row]:
                    handing.setdefault((giver, taker), row)
    for start in sorted(range(len(loads)), key=lambda judge: -loads[judge]):
        came: dict[int, int] = {start: start}
        queue = [start]
        for giver in queue:
            for taker in range(len(loads)):
                if taker in came or (giver, taker) not in handing:
                    continue
                came[taker] = giver
                queue.append(taker)
                if loads[taker] <= loads[start] - 2:
                    return _back(came, handing, taker)
    return None


def _back(
    came: dict[int, int], handing: dict[tuple[int, int], int], end: int
) -> list[tuple[int, int, int]]:
    """The steps of a chain, its end first, so that no step undoes what another needs."""
    steps = []
    while came[end] != end:
        steps.append((handing[came[end], end], came[end], end))
        end = came[end]
    return steps


def spread(panels: Panels, allowed: Allowed, locked: Panels, rng: np.random.Generator) -> None:
    """Swap two entrants' judges wherever that evens out how many entrants judges share.

    Swaps keep every load. The sum of squares over pairs of judges falls with each.
    """
    common = shared(panels, allowed.shape[1]).astype(int).tolist()
    free = allowed.tolist()
    proposals = min(MOST_SWAPS, SWAPS_PER_SHEET * sum(map(len, panels)))
    rows = rng.integers(len(panels), size=(proposals, 2)).tolist()
    picks = rng.random((proposals, 2)).tolist()
    for (a, b), (pick_a, pick_b) in zip(rows, picks, strict=True):
        only_a, only_b = sorted(panels[a] - panels[b]), sorted(panels[b] - panels[a])
        if not only_a or not only_b:
            continue
        j, m = only_a[int(pick_a * len(only_a))], only_b[int(pick_b * len(only_b))]
        if j in locked[a] or m in locked[b] or not (free[a][m] and free[b][j]):
            continue
        with_j = [other for other in only_a if other != j]
        with_m = [other for other in only_b if other != m]
        of_j, of_m = common[j], common[m]
        change = sum(of_m[o] - of_j[o] + 1 for o in with_j)
        change += sum(of_j[o] - of_m[o] + 1 for o in with_m)
        if change < 0:
            _swap(panels, a, j, b, m)
            for lost, won, others in ((j, m, with_j), (m, j, with_m)):
                for other in others:
                    common[lost][other] = common[other][lost] = common[lost][other] - 1
                    common[won][other] = common[other][won] = common[won][other] + 1


def join(panels: Panels, allowed: Allowed, locked: Panels, rng: np.random.Generator) -> bool:
    """Join what hangs apart by swaps between the parts; whether all hangs together then."""
    width = allowed.shape[1]
    apart = parts(panels, width)
    for _ in range(MOST_JOININGS):
        if apart == 1:
            return True
        a, b = rng.integers(len(panels), size=2).tolist()
        only_a = sorted(panels[a] - panels[b] - locked[a])
        only_b = sorted(panels[b] - panels[a] - locked[b])
        if not only_a or not only_b:
            continue
        j, m = int(rng.choice(only_a)), int(rng.choice(only_b))
        if allowed[a, m] and allowed[b, j]:
            _swap(panels, a, j, b, m)
            after = parts(panels, width)
            if after > apart:
                _swap(panels, a, m, b, j)
            else:
                apart = after
    return apart == 1


def _swap(panels: Panels, a: int, j: int, b: int, m: int) -> None:
    panels[a].remove(j)
    panels[a].add(m)
    panels[b].remove(m)
    panels[b].add(j)


def parts(panels: Panels, width: int) -> int:
    """Number of groups of entrants that share no judge with another group."""
    root = list(range(width))

    def find(judge: int) -> int:
        while root[judge] != judge:
            root[judge] = root[root[judge]]
            judge = root[judge]
        return judge

    for panel in panels:
        first, *others = panel
        for judge in others:
            root[find(judge)] = find(first)
    return len({find(judge) for panel in panels for judge in panel})


def shared(panels: Panels, width: int, *, is_shared_out: bool = False) -> NDArray[np.float64]:
    """Number of entrants that each two judges share; on the diagonal, each judge's entrants.

    ``is_shared_out`` counts each entrant as one, shared out over its judges: M' D_I^-1 M.
    """
    incidence = np.zeros((len(panels), width))
    weights = np.ones(len(panels))
    for row, panel in enumerate(panels):
        incidence[row, list(panel)] = 1
        weights[row] = 1 / len(panel) if is_shared_out else 1
    return np.asarray(incidence.T @ (incidence * weights[:, None]))
