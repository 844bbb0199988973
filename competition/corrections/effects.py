"""What a correction would do: the act done in a copy of the data, both standings compared."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, cast

from competition.results.errors import NoCommonRanking, NothingToRank
from competition.results.standing_lines import Line
from competition.results.standings import RoundStandings, current, note_view
from competition.rights import may, require_read
from competition.rounds.readiness import sheets_needed
from competition.rounds.rules import RoundRules
from competition.visitor import Grant, Visitor
from db import Store, Transaction, entrants, events, panel, releases
from db import rounds as round_rows
from db.scratch import scratch
from db.shapes import RoundRow

MOST_KEPT = 200
"""Effects kept at once: what forms of several people were filled in with lately."""
SECOND = "second"
"""Who confirms in the copy: no person of the competition."""


@dataclass(frozen=True)
class Move:
    """One entrant whose score, rank or seat would be another.

    Attributes
    ----------
    old, new : str or None
        The official score as published; None where there is none.
    is_shown : bool
        Whether the hall has been shown its score.
    """

    entrant_id: str
    number: int | None
    village: str
    old: str | None
    new: str | None
    old_rank: int | None
    new_rank: int | None
    was_selected: bool
    is_selected: bool
    is_shown: bool

    @property
    def change(self) -> Literal["in", "out", "up", "down", "score"]:
        """What happens to the entrant: its seat first, then its rank, else only its score."""
        if self.was_selected != self.is_selected:
            return "in" if self.is_selected else "out"
        if self.old_rank is None or self.new_rank is None or self.old_rank == self.new_rank:
            return "score"
        return "up" if self.new_rank < self.old_rank else "down"


@dataclass(frozen=True)
class Effect:
    """What a correction would do to a round's standing.

    Attributes
    ----------
    moves : tuple of Move
        The entrants that would move, those concerned by a seat first.
    short : tuple of int
        Numbers of entrants whose panel would become too small for the trim.
    seq : int
        The round's event number to which it was compared.
    """

    moves: tuple[Move, ...]
    short: tuple[int, ...]
    seq: int

    def of(self, change: str) -> tuple[Move, ...]:
        """The moves of one kind."""
        return tuple(one for one in self.moves if one.change == change)

    @property
    def shown(self) -> tuple[Move, ...]:
        """Those whose score the hall was shown and would have to be shown again."""
        return tuple(one for one in self.moves if one.is_shown and one.old != one.new)


def effect(
    store: Store,
    who: Visitor,
    round_id: str,
    do: Callable[[Store, Visitor], object],
    *,
    key: str = "",
    at: datetime,
) -> Effect | None:
    """Compare the standing with that after an act, which is done in a copy and forgotten.

    Parameters
    ----------
    do
        Does the act in the copy; its second argument is a second person with every role that
        confirms.
    key
        Names the act: while the round stands as it did, the effect found before is lent.

    Returns
    -------
    Effect or None
        None where this visitor may see no standing now.

    Raises
    ------
    Refused
        What the act would be refused with.
    """
    with store.reading() as tx:
        sees = may(tx, who, "standings", round_id)
        row = require_read(tx, who, "round", round_id)
        before = standing(tx, store, round_id) if sees else None
        place = (store.path, round_id, key)
        seq = events.last_seq(tx, round_id, row["competition_id"])
        lent = _cache.get(place)
        if key and sees and lent is not None and lent.seq == seq:
            change: Effect | None = lent
        else:
            change = _found(tx, row, before, do, seq, sees=sees)
    if before is not None:
        note_view(store, who, before, "preview", at=at)
    if key and change is not None:
        if len(_cache) >= MOST_KEPT:
            _cache.clear()
        _cache[place] = change
    return change


_cache: dict[tuple[Path, str, str], Effect] = {}


def _found(
    tx: Transaction,
    row: RoundRow,
    before: RoundStandings | None,
    do: Callable[[Store, Visitor], object],
    seq: int,
    *,
    sees: bool,
) -> Effect | None:
    """The effect, from the act done in a copy; None where no standing may be seen."""
    with scratch(tx) as copy:
        do(copy, _second(row["competition_id"]))
        if not sees:
            return None
        with copy.reading() as then:
            after = standing(then, copy, row["id"])
            short = _short(then, row["id"])
    shown = {one["entrant_id"] for one in releases.latest(tx, row["id"])}
    newly = tuple(sorted(short - _short(tx, row["id"])))
    return compared(before, after, shown, newly, seq)


def _second(competition_id: str) -> Visitor:
    """A person that no cookie names: their roles are taken as given, in the copy alone."""
    grants = tuple(Grant(role) for role in ("supervisor", "chair"))
    return Visitor(person_id=SECOND, competition_id=competition_id, grants=grants)


def standing(tx: Transaction, store: Store, round_id: str) -> RoundStandings | None:
    """The standing, or None while there is none to be computed."""
    try:
        return current(tx, store, round_rows.get(tx, round_id))
    except (NothingToRank, NoCommonRanking):
        return None


def compared(
    before: RoundStandings | None,
    after: RoundStandings | None,
    shown: set[str],
    short: tuple[int, ...],
    seq: int,
) -> Effect:
    """The difference between two standings of one round."""
    old = {line.entrant_id: line for line in before.lines} if before else {}
    new = {line.entrant_id: line for line in after.lines} if after else {}
    moves = [
        _move(old.get(entrant_id), new.get(entrant_id), entrant_id in shown)
        for entrant_id in new | old
        if _figures(old.get(entrant_id)) != _figures(new.get(entrant_id))
    ]
    order = ("in", "out", "up", "down", "score")
    return Effect(
        tuple(sorted(moves, key=lambda one: (order.index(one.change), one.number or 0))),
        short,
        seq,
    )


def _short(tx: Transaction, round_id: str) -> set[int]:
    """Numbers of the entrants with fewer judges than the rules drop from."""
    needed = sheets_needed(RoundRules.from_json(round_rows.get(tx, round_id)["rules"]))
    expected = Counter(
        pair["entrant_id"] for pair in panel.of_seats(tx, round_id) if pair["state"] == "expected"
    )
    return {
        place["number"]
        for place in entrants.in_round(tx, round_id)
        if place["number"] and place["stage"] != "withdrawn" and expected[place["id"]] < needed
    }


def _figures(line: Line | None) -> tuple[Decimal | None, int | None, bool]:
    return (line.official, line.rank, line.selected) if line else (None, None, False)


def _move(old: Line | None, new: Line | None, is_shown: bool) -> Move:
    line = cast("Line", new or old)
    (old_score, old_rank, was), (score, rank, is_in) = _figures(old), _figures(new)
    return Move(
        entrant_id=line.entrant_id,
        number=line.number,
        village=line.village or line.township,
        old=None if old_score is None else str(old_score),
        new=None if score is None else str(score),
        old_rank=old_rank,
        new_rank=rank,
        was_selected=was,
        is_selected=is_in,
        is_shown=is_shown,
    )


def kept(result: RoundStandings | None) -> list[dict[str, Any]]:
    """A standing as a correction keeps it: decimals as text, by number."""
    lines = sorted(result.lines, key=lambda line: line.by_number) if result else []
    return [
        {
            "entrant_id": line.entrant_id,
            "number": line.number,
            "official": None if line.official is None else str(line.official),
            "rank": line.rank,
            "selected": line.selected,
        }
        for line in lines
    ]
