"""Assignments without sessions: a desk review shared out among its judges."""

from collections.abc import Collection, Sequence
from datetime import datetime

from competition import typed
from competition.acting import acting, changed
from competition.errors import Duplicate, Missing
from competition.lineup.errors import CannotAssign, InSession
from competition.lineup.panel import derived_recusal, expect
from competition.people.people import require_person
from competition.rights import require_act
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from db import Store, Transaction, entrants
from db import panel as rows
from db.shapes import Place, SeatedJudge
from scoring.assign.assignment import assign_judges
from scoring.errors import AssignmentError


def assign(
    store: Store,
    who: Visitor,
    round_id: str,
    pairs: Sequence[tuple[str, str]],
    *,
    at: datetime,
    reason: str = "",
) -> None:
    """Set the assignments of entrants without a session, whole: earlier ones are removed.

    A pair that shares a place of work, at the level of the round's rules, is written as a
    recusal, and so is one that has been declared.

    Parameters
    ----------
    pairs : sequence of (str, str)
        Entrant's and judge's id.
    reason : str
        For the log: how the pairs came about.

    Raises
    ------
    InSession
        If an entrant is in a session, whose panel marks it.
    Missing
        If an entrant is not in the round or a judge has no seat in it.
    Duplicate
        If a pair is named twice.
    """
    with acting(store, who, "assign", round_id, at=at) as (act, tx):
        level = RoundRules.from_json(act.round["rules"]).recusal_level
        places = {place["id"]: place for place in entrants.in_round(tx, round_id)}
        seated = {
            seat["person_id"]: require_person(tx, who, seat["person_id"])
            for seat in rows.seats(tx, round_id)
        }
        locks = _locks(tx, round_id)
        _clear(tx, round_id, {place["id"] for place in places.values() if _is_free(place)})
        done: set[tuple[str, str]] = set()
        for entrant_id, person_id in pairs:
            if entrant_id not in places or person_id not in seated:
                raise Missing(what="seat" if entrant_id in places else "entrant")
            if not _is_free(places[entrant_id]):
                raise InSession(what=_entrant_name(places[entrant_id]))
            if (entrant_id, person_id) in done:
                raise Duplicate(what=_entrant_name(places[entrant_id]))
            done.add((entrant_id, person_id))
            expect(tx, round_id, places[entrant_id], seated[person_id], level)
            if (entrant_id, person_id) in locks:
                pair = rows.assignment(tx, round_id, entrant_id, person_id) or {}
                tx.put("assignments", changed(pair, locked=1))
        act.record("judges_assigned", reason=reason or None)


def _locks(tx: Transaction, round_id: str) -> set[tuple[str, str]]:
    """Entrant and judge of the pairs locked by hand."""
    return {
        (pair["entrant_id"], pair["person_id"])
        for pair in rows.assignments(tx, round_id)
        if pair["locked"]
    }


def _is_free(place: Place) -> bool:
    return place["session_id"] is None


def _clear(tx: Transaction, round_id: str, entrant_ids: set[str]) -> None:
    """Remove these entrants' assignments and derived recusals."""
    pairs = [row for row in rows.assignments(tx, round_id) if row["entrant_id"] in entrant_ids]
    tx.remove_rows("assignments", pairs)
    recusals = [row for row in rows.recusals(tx, round_id) if row["entrant_id"] in entrant_ids]
    tx.remove_rows("recusals", [row for row in recusals if row["cause"] != "declared"])


def share_out(
    store: Store,
    who: Visitor,
    round_id: str,
    *,
    per_entrant: int,
    seed: int = 0,
    anchors: Collection[int] = (),
) -> list[tuple[str, str]]:
    """Propose assignments: even, without recusals, and connected.

    Nothing is written; `assign` takes what is returned. Left out are judges in reserve and
    entrants in a session; pairs locked by hand stay.

    Parameters
    ----------
    seed : int
        Drawn in public; the same seed gives the same proposal.
    anchors : collection of int
        Numbers of entrants that every judge marks.

    Raises
    ------
    CannotAssign
        With the reason that `scoring.assignment.assign_judges` gives, in names.
    """
    with store.reading() as tx:
        row = require_act(tx, who, "assign", round_id)
        level = RoundRules.from_json(row["rules"]).recusal_level
        places = {_entrant_name(e): e for e in entrants.in_round(tx, round_id) if _is_free(e)}
        seats = {f"{s['number']:02d}": s for s in rows.seats(tx, round_id) if not s["reserve"]}
        recused = _recused(tx, round_id, places, seats, level)
        locks = _locks(tx, round_id)
        locked = [
            (entrant, judge)
            for entrant, place in places.items()
            for judge, seat in seats.items()
            if (place["id"], seat["person_id"]) in locks
        ]
    try:
        every = [name for name, place in places.items() if place["number"] in anchors]
        shares = assign_judges(
            list(places),
            list(seats),
            per_entrant,
            recused=recused,
            locked=locked,
            anchors=every,
            seed=seed,
        )
    except AssignmentError as error:
        raise CannotAssign(error.code, **error.values) from error
    return [(places[entrant]["id"], seats[judge]["person_id"]) for entrant, judge in shares.pairs]


def _recused(
    tx: Transaction,
    round_id: str,
    places: dict[str, Place],
    seats: dict[str, SeatedJudge],
    level: str,
) -> set[tuple[str, str]]:
    """Recused pairs, by name: declared, or derived from a place of work."""
    declared = {
        (row["entrant_id"], row["person_id"])
        for row in rows.recusals(tx, round_id)
        if row["cause"] == "declared"
    }
    return {
        (entrant, judge)
        for entrant, place in places.items()
        for judge, seat in seats.items()
        if (place["id"], seat["person_id"]) in declared
        or derived_recusal(place, seat, level) is not None
    }


def _entrant_name(place: Place) -> str:
    """An entrant's name in a refusal, with its number and code."""
    number = "" if place["number"] is None else f"{place['number']:04d} "
    return f"{number}{place['county']}{place['township']}{place['village']} {place['code']}"


def share_and_assign(
    store: Store,
    who: Visitor,
    round_id: str,
    *,
    per_entrant: str,
    at: datetime,
    seed: str = "0",
    anchors: str = "",
) -> None:
    """Propose assignments and set them, from what was typed; the seed goes into the log.

    Raises
    ------
    BadFields, CannotAssign
    """
    form = typed.Typed({"per_entrant": per_entrant, "seed": seed, "anchors": anchors})
    count = form.read("per_entrant", typed.whole(1, 99), 1)
    drawn = form.read("seed", typed.whole(0, 10**9), 0)
    every: list[int] = form.read("anchors", typed.numbers, [])
    form.done()
    with acting(store, who, "assign", round_id, at=at):
        pairs = share_out(
            store, who, round_id, per_entrant=count, seed=drawn, anchors=frozenset(every)
        )
        assign(store, who, round_id, pairs, at=at, reason=_how(count, drawn, every))


def _how(count: int, seed: int, anchors: Sequence[int]) -> str:
    """How pairs came about, for the log: what another computer needs to find the same."""
    every = " ".join(map(str, anchors)) or "-"
    return f"per_entrant {count}, seed {seed}, anchors {every}"
