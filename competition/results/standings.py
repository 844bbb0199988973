"""The standing of a round: computed once for each event number, for every page and file."""

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from competition import clock
from competition.errors import OnlyJudged
from competition.lineup.substituting import Substitution, substitutions_of
from competition.results.composing import ComposedPart, compose
from competition.results.standing_lines import Line, standing_lines
from competition.results.tallying import tally_round
from competition.rights import require_read
from competition.rounds.composites import is_composite
from competition.rounds.gathering import listed_places
from competition.rounds.rules import RoundRules
from competition.times import stamp
from competition.visitor import Visitor
from db import (
    Store,
    Transaction,
    composites,
    entrants,
    events,
    heads,
    panel,
    sheets,
    snapshots,
    transcriptions,
)
from db import competitions as competition_rows
from db import rounds as round_rows
from db.shapes import Competition, RoundRow
from scoring import Composite, Standings, seats_that_differ

__all__ = ["Line", "RoundStandings", "current", "note_view", "standings"]


@dataclass(frozen=True)
class RoundStandings:
    """A round's standing at one event number.

    Attributes
    ----------
    seq : int
        The log's last event that could change it; two standings with one number are the same.
    as_of : str
        Server time of that event.
    head : str
        The whole head of the record at that event.
    official_is_adjusted : bool
        Whether the adjusted score ranks (else the announced one does).
    lines : tuple of Line
        By rank, then by number on stage; entrants without a score last.
    missing : int
        Expected sheets that are not submitted.
    differing : frozenset of str
        Entrants whose seat the other score would move: see `scoring.seats_that_differ`.
    criteria : dict
        Names of the criteria by id, in the order of the rubric.
    ranked : Standings or Composite
        What ``scoring`` computed, by entrant and judge id.
    parts : tuple of ComposedPart
        The parts of a composite; ``criteria`` then holds their titles.
    late : str
        Why its weights were fixed after marking had begun; empty where they were not.
    substitutions : tuple of Substitution
        Who took over whose seat in the course of the round.
    came : mapping
        ``(entrant_id, person_id)`` of every sheet typed in for its judge, to ``dictated`` or
        ``paper``.
    """

    competition: Competition
    round: Mapping[str, Any]
    rules: RoundRules
    seq: int
    as_of: str
    head: str
    official_is_adjusted: bool
    lines: tuple[Line, ...]
    missing: int
    sheets: int
    judges: dict[str, int]
    differing: frozenset[str]
    criteria: dict[str, str]
    ranked: Standings | Composite
    substitutions: tuple[Substitution, ...] = ()
    came: Mapping[tuple[str, str], str] = field(default_factory=dict)
    parts: tuple[ComposedPart, ...] = ()
    late: str = ""

    @property
    def numbers(self) -> Standings:
        """What scoring computed from the marks of judges; a composite has none.

        Raises
        ------
        OnlyJudged
        """
        if isinstance(self.ranked, Composite):
            raise OnlyJudged
        return self.ranked

    @property
    def top(self) -> int:
        """Seats at the cut."""
        return self.rules.scoring.top

    @property
    def trims(self) -> bool:
        """Whether the announced score shown drops marks: then too few sheets are not comparable."""
        return self.official_is_adjusted or self.rules.scoring.official == "trimmed"

    @property
    def awaiting(self) -> tuple[Line, ...]:
        """Entrants whose seat waits for a ruling."""
        return tuple(line for line in self.lines if line.waiting)

    def line(self, entrant_id: str) -> Line | None:
        """The line of an entrant."""
        return next((line for line in self.lines if line.entrant_id == entrant_id), None)


def standings(store: Store, who: Visitor, round_id: str, *, at: datetime) -> RoundStandings:
    """The standing as it is now; before certifying each new view of it is logged.

    Raises
    ------
    Forbidden, StillMarking
        As the table of rights says.
    NothingToRank
        If no sheet is submitted yet.
    NoCommonRanking
        If the panels share no judge; names the groups of entrants.
    """
    with store.reading() as tx:
        row = require_read(tx, who, "standings", round_id)
        result = current(tx, store, row)
    note_view(store, who, result, "standings", at=at)
    return result


_cache: dict[tuple[Path, str], RoundStandings] = {}
_locks: dict[tuple[Path, str], threading.Lock] = {}
_guard = threading.Lock()
_viewed: set[tuple[Path, str, str, str, int]] = set()


def current(tx: Transaction, store: Store, row: RoundRow) -> RoundStandings:
    """The standing at the event number this transaction sees: computed once, then lent.

    Inside an act that has written already it is computed for that act alone: what it
    reads may still be rolled back, and its number given to another event.
    """
    key = (store.path, row["id"])
    with _guard:
        lock = _locks.setdefault(key, threading.Lock())
    seq = events.last_seq(tx, row["id"], row["competition_id"])
    if tx.is_written or store.is_scratch:
        return _compute(tx, store, row, seq)
    with lock:
        cached = _cache.get(key)
        if cached is None or cached.seq != seq:
            cached = _compute(tx, store, row, seq)
            _cache[key] = cached
        return cached


def note_view(
    store: Store, who: Visitor, result: RoundStandings, what: str, *, at: datetime
) -> None:
    """Before certifying: remember, once for each state of it, who looked at a standing.

    Parameters
    ----------
    what : str
        The read by which it was seen: standings, sheets, judges_report, what_if.
    """
    key = (store.path, result.round["id"], str(who.person_id), what, result.seq)
    if result.round["certified_at"] is not None or key in _viewed:
        return
    with store.writing() as tx:
        snapshots.note_view(
            tx,
            {
                "round_id": result.round["id"],
                "person_id": who.person_id,
                "what": what,
                "seq": result.seq,
                "at": stamp(clock.never_before(tx, at)),
            },
        )
    _viewed.add(key)


def _compute(tx: Transaction, store: Store, row: RoundRow, seq: int) -> RoundStandings:
    rules = RoundRules.from_json(row["rules"])
    event = events.find(tx, seq) or {"at": "", "n": 0}
    head = heads.at_event(tx, row["competition_id"], event["n"])
    computed = _composed if is_composite(row) else _judged
    return RoundStandings(
        competition=competition_rows.get(tx, row["competition_id"]),
        round=row,
        rules=rules,
        seq=seq,
        as_of=event["at"],
        head=str(head) if head else "",
        official_is_adjusted=not rules.is_announced,
        **computed(tx, store, row, rules),
    )


def _judged(tx: Transaction, store: Store, row: RoundRow, rules: RoundRules) -> dict[str, Any]:  # noqa: ARG001
    """What the standing of a round takes from its judges' marks."""
    places = {place["id"]: place for place in entrants.in_round(tx, row["id"])}
    pairs = panel.seat_states(tx, row["id"])
    numbers = tally_round(tx, row, rules, places, pairs)
    return {
        "lines": standing_lines(numbers, places, Counter(pair["entrant_id"] for pair in pairs)),
        "missing": len(sheets.open_pairs(tx, row["id"])),
        "sheets": int(numbers.scores["n_judges"].sum()),
        "judges": {s["person_id"]: s["number"] for s in panel.seats(tx, row["id"])},
        "differing": frozenset(map(str, chain(*seats_that_differ(numbers)))),
        "criteria": {c["id"]: c["name"] for c in round_rows.criteria(tx, row["id"])},
        "ranked": numbers,
        "substitutions": substitutions_of(tx, row["id"]),
        "came": transcriptions.kinds(tx, row["id"]),
    }


def _composed(tx: Transaction, store: Store, row: RoundRow, rules: RoundRules) -> dict[str, Any]:
    """What the standing of a composite takes from its parts."""
    is_open = row["state"] == "open"
    listed = listed_places(tx, row["id"]) if is_open else entrants.in_round(tx, row["id"])
    places = {place["id"]: place for place in listed}
    ranked, parts = compose(tx, row, rules, places, lambda one: current(tx, store, one))
    return {
        "lines": standing_lines(ranked, places, dict.fromkeys(places, len(parts))),
        "missing": 0,
        "sheets": 0,
        "judges": {},
        "differing": frozenset(),
        "criteria": {part.id: part.title for part in parts},
        "ranked": ranked,
        "parts": parts,
        "late": composites.late_reason(tx, row["id"]),
    }
