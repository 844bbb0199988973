"""Sheets of absent judges given to others: none twice, none against a recusal, least load first."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.assign import dealing


@dataclass(frozen=True)
class Repair:
    """Who takes which sheets.

    Attributes
    ----------
    taken : tuple of (str, str)
        Entrant and judge, sorted: pairs beside those that stay.
    left : tuple of str
        Entrants, once for each of their sheets that no judge may take.
    """

    taken: tuple[tuple[str, str], ...]
    left: tuple[str, ...]


def repair(
    pairs: Collection[tuple[str, str]],
    lost: Sequence[str],
    takers: Collection[str],
    *,
    barred: Collection[tuple[str, str]] = (),
    seed: int = 0,
) -> Repair:
    """Give each lost sheet to a judge; the pairs that stay are never touched.

    Of all ways to fill the sheets the sum of the judges' squared loads is least; among them one
    is sought that joins what the losses parted.

    Parameters
    ----------
    pairs
        Entrant and judge of the sheets that stay, submitted or not.
    lost
        Entrants, once for each sheet that is lost.
    takers
        Judges who may take sheets.
    barred
        Pairs that must not meet.
    """
    if not lost or not takers:
        return Repair((), tuple(sorted(lost)))
    rows = sorted({entrant for entrant, _ in pairs} | set(lost))
    columns = sorted({judge for _, judge in pairs} | set(takers))
    row_of = {name: at for at, name in enumerate(rows)}
    column_of = {name: at for at, name in enumerate(columns)}
    kept: dealing.Panels = [set() for _ in rows]
    for entrant, judge in pairs:
        kept[row_of[entrant]].add(column_of[judge])
    allowed = np.zeros((len(rows), len(columns)), dtype=bool)
    allowed[:, [column_of[name] for name in takers]] = True
    for entrant, judge in {*barred, *pairs}:
        if entrant in row_of and judge in column_of:
            allowed[row_of[entrant], column_of[judge]] = False
    wanted = Counter(lost)
    given = [min(wanted[name], int(allowed[at].sum())) for at, name in enumerate(rows)]
    sizes = [len(own) + more for own, more in zip(kept, given, strict=True)]
    rng = np.random.default_rng(seed)
    panels = dealing.deal(allowed, sizes, kept, rng)
    dealing.even(panels, allowed, kept)
    dealing.join(panels, allowed, kept, rng)
    taken = sorted(
        (rows[at], columns[judge]) for at, panel in enumerate(panels) for judge in panel - kept[at]
    )
    left = [name for at, name in enumerate(rows) for _ in range(wanted[name] - given[at])]
    return Repair(tuple(taken), tuple(left))
