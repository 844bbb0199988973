"""The list of announcements: announced scores, and those that can be announced now."""

import threading
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from competition.errors import Refused
from competition.rights import require_read
from competition.rounds.rules import RoundRules
from competition.stage.announcing_order import held_with, waits_for
from competition.stage.hall_scene import figure_before, parsed, require_listed
from competition.stage.moves import was_on_stage
from competition.stage.stage_scores import figures, stage_score
from competition.visitor import Visitor
from db import Store, Transaction, decisions, entrants, events, panel, releases, sheets


@dataclass(frozen=True)
class Turn:
    """One entrant on the list of announcements.

    Attributes
    ----------
    state : str
        withdrawn, released, ready (all sheets in), waiting, off_stage: has not been on stage,
        or held: ready, but others are to be heard before or announced with it.
    missing : int
        Sheets still to come.
    final : str
        What was announced; empty before.
    stale : bool
        Whether the score has changed since it was announced.
    together : tuple of int
        Numbers that are announced with it, its own included.
    before, why : str
        Of a score that was announced again after a correction or a withdrawal: the figure before,
        and the reason; else empty.
    """

    entrant_id: str
    number: int | None
    county: str
    township: str
    village: str
    stage: str
    state: str
    missing: int
    final: str
    stale: bool
    together: tuple[int, ...]
    before: str = ""
    why: str = ""


@dataclass(frozen=True)
class Turns:
    """The list of announcements.

    Attributes
    ----------
    seq : int
        The event it stands on.
    frozen : bool
        Whether publishing is paused.
    order : tuple of Turn
        The entrants by number.
    """

    seq: int
    frozen: bool
    order: tuple[Turn, ...]

    @property
    def coming(self) -> Turn | None:
        """The next entrant to be announced, by number."""
        return next((t for t in self.order if t.state not in ("released", "withdrawn")), None)

    @property
    def announced(self) -> tuple[Turn, ...]:
        """Entrants whose score was announced."""
        return tuple(turn for turn in self.order if turn.state == "released")


_cache: dict[tuple[Path, str], Turns] = {}
_scores: dict[tuple[Path, str, str], tuple[str, dict[str, Any]]] = {}
_lock = threading.Lock()


def turns(store: Store, who: Visitor, round_id: str) -> Turns:
    """The list of announcements, made once per change.

    It holds no score that was not announced.
    """
    with store.reading() as tx:
        row = require_read(tx, who, "hall", round_id)
        seq = events.last_seq(tx, row["id"], row["competition_id"])
        if tx.is_written:
            return Turns(seq, bool(row["frozen"]), _turns(tx, store, row))
        with _lock:
            kept = _cache.get((store.path, round_id))
            if kept is None or kept.seq != seq:
                kept = Turns(seq, bool(row["frozen"]), _turns(tx, store, row))
                _cache[store.path, round_id] = kept
            return kept


def preview(store: Store, who: Visitor, round_id: str, entrant_id: str) -> dict[str, Any]:
    """A score as it would be announced now: for those who may read the standing.

    Raises
    ------
    NothingToRank
        If no sheet of the entrant is in.
    """
    with store.reading() as tx:
        row = require_read(tx, who, "standings", round_id)
        place = require_listed(entrants.in_round(tx, round_id), entrant_id)
        return stage_score(tx, row, RoundRules.from_json(row["rules"]), place)


def _turns(tx: Transaction, store: Store, row: Mapping[str, Any]) -> tuple[Turn, ...]:
    rules = RoundRules.from_json(row["rules"])
    order = entrants.running(tx, row["id"])
    released = {one["entrant_id"]: one for one in releases.latest(tx, row["id"])}
    missing: dict[str, int] = {place["id"]: 0 for place in order}
    for pair in sheets.open_pairs(tx, row["id"]):
        missing[pair["entrant_id"]] += 1
    bases = _bases(tx, row["id"]) if released else {}
    listed = []
    for place in order:
        held = held_with(order, rules, place)
        release = released.get(place["id"])
        listed.append(
            Turn(
                entrant_id=place["id"],
                number=place["number"],
                county=place["county"],
                township=place["township"],
                village=place["village"],
                stage=place["stage"],
                state=_state(
                    place,
                    missing,
                    held,
                    was_on_stage(order),
                    is_released=release is not None,
                    is_behind=waits_for(order, rules, place) is not None,
                ),
                missing=missing[place["id"]],
                final=parsed(release)["final"] if release else "",
                stale=release is not None
                and _now(tx, store, row, rules, place, bases) != figures(parsed(release)),
                together=tuple(one["number"] or 0 for one in held),
                before=figure_before(tx, release),
                why=release["reason"] if release else "",
            )
        )
    return tuple(listed)


def _state(
    place: Mapping[str, Any],
    missing: Mapping[str, int],
    held: Sequence[Mapping[str, Any]],
    on_stage: Container[str],
    *,
    is_released: bool,
    is_behind: bool,
) -> str:
    if is_released:
        return "released"
    if place["stage"] == "withdrawn":
        return "withdrawn"
    if missing[place["id"]]:
        return "waiting"
    if place["id"] not in on_stage:
        return "off_stage"
    waits = is_behind or any(missing[one["id"]] or one["id"] not in on_stage for one in held)
    return "held" if waits else "ready"


def _bases(tx: Transaction, round_id: str) -> dict[str, list[Any]]:
    """Rows that make each entrant's score: while they are the same, the score is too."""
    bases: dict[str, list[Any]] = {}
    for row in [
        *sheets.revisions(tx, round_id),
        *decisions.deductions(tx, round_id),
        *panel.assignments(tx, round_id),
    ]:
        bases.setdefault(row["entrant_id"], []).append(list(row.values()))
    return bases


def _now(
    tx: Transaction,
    store: Store,
    row: Mapping[str, Any],
    rules: RoundRules,
    place: Mapping[str, Any],
    bases: Mapping[str, Any],
) -> dict[str, Any]:
    """The figures as they would be announced now; empty where there are none."""
    key, base = (store.path, str(row["id"]), str(place["id"])), repr(bases.get(place["id"]))
    kept = _scores.get(key)
    if kept is None or kept[0] != base:
        try:
            content = figures(stage_score(tx, row, rules, place))
        except Refused:
            content = {}
        kept = _scores[key] = (base, content)
    return kept[1]
