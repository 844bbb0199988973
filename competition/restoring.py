"""What a restored file has lost against the one it replaced, and its new generation."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from competition.generations import Seen, begin_generation, keep_heads
from db import Store, competitions, events
from db import heads as rows


@dataclass(frozen=True)
class Missing:
    """One competition against the file that was replaced.

    Attributes
    ----------
    kept : int
        Number of the last event that both files share.
    last : int
        Number of the last event of the replaced file.
    lost : str
        The replaced file's head, as on paper.
    kinds : dict
        How many events of each kind are missing.
    """

    competition_id: str
    title: str
    kept: int
    last: int
    lost: str
    kinds: dict[str, int]
    tablets: tuple[Seen, ...]


def missing_in(restored: Store, former: Store) -> list[Missing]:
    """What the former file has and the restored one has not, by competition."""
    missing = []
    with restored.reading() as now, former.reading() as before:
        for row in competitions.all_of(before):
            owner = row["id"]
            chain = events.hashes(before, owner)
            here = events.hashes(now, owner)
            kept = max((n for n, value in chain.items() if here.get(n) == value), default=0)
            head = rows.last(before, owner)
            missing.append(
                Missing(
                    owner,
                    row["title"],
                    kept,
                    max(chain, default=0),
                    head.short if head else "",
                    dict(Counter(events.kinds_after(before, owner, kept))),
                    tuple(
                        Seen(one["device"], one["person_id"], one["head"], one["at"])
                        for one in rows.witnesses(before, owner)
                    ),
                )
            )
    return missing


def begin_restored(
    restored: Store, missing: list[Missing], *, at: datetime, above: int = 0
) -> None:
    """Begin the generation of a restored file; its tablets must report before certifying.

    Parameters
    ----------
    above : int
        The generation that superseded the former file; 0 for none.
    """
    by_owner = {one.competition_id: one for one in missing}
    with restored.writing() as tx:
        for row in competitions.all_of(tx):
            known = by_owner.get(row["id"])
            lost = known.lost if known else ""
            seen = known.tablets if known else ()
            begin_generation(tx, row["id"], "restored", at=at, lost=lost, above=above, seen=seen)
    keep_heads(restored)
