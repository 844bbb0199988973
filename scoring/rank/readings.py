"""The second reading: new sheets by judges who had not scored the open entrants join the old."""

from collections.abc import Sequence

import numpy as np

from scoring.errors import RulingError
from scoring.exact import Floats
from scoring.input.rulings import Rulings
from scoring.input.sheets import Sheets
from scoring.methods.least_squares import Design
from scoring.methods.tally import Tally


def pool_readings(
    tally: Tally, rulings: Rulings, members: Sequence[int]
) -> tuple[Design, Floats] | None:
    """All sheets with the members' second readings: design and totals.

    None until every member is read.

    Raises
    ------
    RulingError
        Where the readers differ between members, or had scored one of them.
    """
    again = rulings.readings
    if again is None:
        return None
    ids, sheets = tally.sheets.entrants, tally.sheets
    readers = [readers_of(again, ids[member]) for member in members]
    if not all(readers):
        return None
    if len(set(readers)) > 1:
        raise RulingError(detail="readers")
    for member in members:
        before = {
            tally.counted.judges[j] for j in tally.counted.judge[tally.counted.entrant == member]
        }
        if before & readers[0]:
            raise RulingError(detail=f"{ids[member]}: {sorted(map(str, before & readers[0]))}")
    names = {judge: index for index, judge in enumerate(sheets.judges)}
    for judge in again.judges:
        names.setdefault(judge, len(names))
    place = {ids[member]: member for member in members}
    ours = np.array([again.entrants[e] in place for e in again.entrant.tolist()], dtype=bool)
    entrant = [place[again.entrants[e]] for e in again.entrant[ours].tolist()]
    judge = [names[again.judges[j]] for j in again.judge[ours].tolist()]
    entrants = np.concatenate([sheets.entrant, np.array(entrant, dtype=np.int64)])
    judges = np.concatenate([sheets.judge, np.array(judge, dtype=np.int64)])
    totals = np.concatenate([sheets.totals, again.totals[ours]])
    informative = np.bincount(judges)[judges] > 1
    return Design.of_pairs(entrants[informative], judges[informative]), totals[informative]


def readers_of(sheets: Sheets, entrant: object) -> frozenset[object]:
    """The judges of an entrant's sheets."""
    if entrant not in sheets.entrants:
        return frozenset()
    index = sheets.entrants.index(entrant)
    return frozenset(sheets.judges[j] for j in sheets.judge[sheets.entrant == index].tolist())


def too_few_readers(
    tally: Tally, rulings: Rulings, members: Sequence[int]
) -> tuple[int, int] | None:
    """Readers and judges an open entrant has, where the readers are fewer than half; else None."""
    again = rulings.readings
    if again is None or not members:
        return None
    counts = tally.counted.per_entrant()[list(members)]
    readers = len(readers_of(again, tally.sheets.entrants[members[0]]))
    judges = int(np.median(counts))
    return (readers, judges) if readers and 2 * readers < judges else None
