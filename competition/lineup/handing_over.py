"""Sheets of absent judges handed over to judges who are free, as a proposal and as an act.

Of an entrant without a session any free judge may take a sheet; a session's panel has its judges
in reserve. Submitted sheets stay as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from competition import fields
from competition.acting import acting, changed
from competition.lineup.errors import NothingToHandOver, ProposalChanged
from competition.lineup.panel import derived_recusal, require_seat
from competition.lineup.plan import known_to
from competition.lineup.substituting import seat_of
from competition.rights import require_read
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from db import Store, Transaction, entrants, panel, releases, sheets
from db.canonical import canonical, sha256
from db.shapes import Assignment, Place, RoundRow, SeatedJudge
from scoring.assign.repair import repair
from scoring.assign.strength import Strength, strength


@dataclass(frozen=True)
class Handing:
    """One sheet, the judge who does not mark it, and the judge who takes it."""

    entrant: Place
    leaving: SeatedJudge
    taking: SeatedJudge


@dataclass(frozen=True)
class Effect:
    """What is promised of the sheets: `Strength`, and half the width of a difference's interval."""

    strength: Strength
    known_to: float


@dataclass(frozen=True)
class Proposal:
    """Who takes which sheets, and what that changes.

    Attributes
    ----------
    handings : tuple of Handing
        By the taking judge's number, then by the entrant's.
    left : tuple of Place
        Entrants of sheets that no judge may take.
    loads : dict
        Seat number of each taking judge to all its sheets, the taken ones among them.
    without, after : Effect or None
        If no sheet is handed over, and if all are; None where no sheet is left.
    digest : str
        Of the proposal as it is shown: the act names it.
    """

    handings: tuple[Handing, ...]
    left: tuple[Place, ...]
    loads: dict[int, int]
    without: Effect | None
    after: Effect | None
    digest: str


@dataclass(frozen=True)
class _Lost:
    """A sheet that its judge does not mark."""

    place: Place
    pair: Assignment


@dataclass(frozen=True)
class _Found:
    """The proposal in ids."""

    lost: tuple[_Lost, ...]
    kept: tuple[tuple[str, str], ...]
    taken: tuple[tuple[_Lost, str], ...]
    left: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Changes with any lost sheet and any taker."""
        lost = [[one.place["id"], one.pair["person_id"]] for one in self.lost]
        taken = [[one.place["id"], one.pair["person_id"], taker] for one, taker in self.taken]
        return sha256(canonical([lost, taken]))[:16]


def proposal(store: Store, who: Visitor, round_id: str, leaving: str | None = None) -> Proposal:
    """Propose who takes the sheets of absent judges; nothing is written.

    Parameters
    ----------
    leaving : str or None
        A judge whose unsubmitted sheets are to be handed over too; without one, only sheets
        whose judge is recorded absent are.

    Raises
    ------
    Missing
        If ``leaving`` has no seat in the round.
    """
    with store.reading() as tx:
        row = require_read(tx, who, "handing_over", round_id)
        seats = {seat["person_id"]: seat for seat in panel.seats(tx, round_id)}
        places = {place["id"]: place for place in entrants.in_round(tx, round_id)}
        plan = _find(tx, row, seats, places, leaving)
    after = [*plan.kept, *((one.place["id"], taker) for one, taker in plan.taken)]
    taking = {taker for _, taker in plan.taken}
    handings = [
        Handing(one.place, seats[one.pair["person_id"]], seats[taker]) for one, taker in plan.taken
    ]
    return Proposal(
        handings=tuple(
            sorted(handings, key=lambda one: (one.taking["number"], one.entrant["number"] or 0))
        ),
        left=tuple(places[entrant_id] for entrant_id in plan.left),
        loads={
            seats[person_id]["number"]: sum(judge == person_id for _, judge in after)
            for person_id in taking
        },
        without=_effect(plan.kept),
        after=_effect(after),
        digest=plan.digest,
    )


def hand_over_sheets(
    store: Store,
    who: Visitor,
    round_id: str,
    *,
    shown: str,
    reason: str,
    at: datetime,
    leaving: str | None = None,
) -> int:
    """Hand the sheets over as proposed; return how many were.

    The judge who leaves is away, and absent for each unsubmitted sheet.

    Parameters
    ----------
    shown : str
        The digest of the proposal that the button showed.

    Raises
    ------
    ProposalChanged
        If the proposal would be another one now: a sheet came in, a recusal was declared.
    NothingToHandOver
        If no sheet is lost.
    """
    with acting(store, who, "hand_over_sheets", round_id, at=at) as (act, tx):
        why = fields.reason(reason)
        seats = {seat["person_id"]: seat for seat in panel.seats(tx, round_id)}
        places = {place["id"]: place for place in entrants.in_round(tx, round_id)}
        plan = _find(tx, act.round, seats, places, leaving)
        if not plan.lost:
            raise NothingToHandOver
        if plan.digest != shown:
            raise ProposalChanged
        for one in plan.lost:
            said = one.pair["reason"] if one.pair["state"] == "absent" else why
            gone = changed(one.pair, state="absent", reason=said, stands_for=None)
            if gone != one.pair:
                tx.put("assignments", gone)
        for one, taker in plan.taken:
            key = {"round_id": round_id, "entrant_id": one.place["id"], "person_id": taker}
            owner = seat_of(one.pair)
            tx.put("assignments", {**key, "state": "expected", "reason": "", "stands_for": owner})
        if leaving is not None:
            seat = require_seat(tx, round_id, leaving)
            tx.put("seats", changed(seat, presence="away"))
        act.record("sheets_handed_over", reason=why)
    return len(plan.taken)


def _find(
    tx: Transaction,
    row: RoundRow,
    seats: dict[str, SeatedJudge],
    places: dict[str, Place],
    leaving: str | None,
) -> _Found:
    """The lost sheets and who takes them: the same for the same rows."""
    if leaving is not None:
        require_seat(tx, row["id"], leaving)
    heard = {place["id"]: place for place in places.values() if place["stage"] != "withdrawn"}
    pairs = [pair for pair in panel.assignments(tx, row["id"]) if pair["entrant_id"] in heard]
    lost = _lost(tx, row["id"], heard, leaving)
    gone = {(one.place["id"], one.pair["person_id"]) for one in lost}
    kept = [
        (pair["entrant_id"], pair["person_id"])
        for pair in pairs
        if pair["state"] == "expected" and _counts(pair, seats)
    ]
    kept = [pair for pair in kept if pair not in gone]
    absentees = {person_id for _, person_id in gone}
    takers = [
        person_id
        for person_id, seat in seats.items()
        if person_id not in absentees and seat["presence"] != "away"
    ]
    repaired = repair(
        kept,
        [one.place["id"] for one in lost],
        takers,
        barred=_barred(tx, row, pairs, seats, heard),
    )
    return _Found(lost, tuple(kept), _matched(lost, repaired.taken), repaired.left)


def _lost(
    tx: Transaction, round_id: str, heard: dict[str, Place], leaving: str | None
) -> tuple[_Lost, ...]:
    """Sheets of absent judges that no other has taken, and the leaving judge's unsubmitted ones."""
    released = {one["entrant_id"] for one in releases.latest(tx, round_id)}
    submitted = {
        (one["entrant_id"], one["person_id"])
        for one in sheets.progress(tx, round_id)
        if one["sheet_state"] == "submitted"
    }
    return tuple(
        _Lost(heard[pair["entrant_id"]], pair)
        for pair in panel.of_seats(tx, round_id)
        if pair["entrant_id"] in heard.keys() - released
        and (
            pair["state"] == "absent"
            or (
                pair["state"] == "expected"
                and pair["person_id"] == leaving
                and (pair["entrant_id"], pair["person_id"]) not in submitted
            )
        )
    )


def _barred(
    tx: Transaction,
    row: RoundRow,
    pairs: Sequence[Assignment],
    seats: dict[str, SeatedJudge],
    heard: dict[str, Place],
) -> set[tuple[str, str]]:
    """Pairs that must not meet: recused, paired already, or of another session's panel."""
    level = RoundRules.from_json(row["rules"]).recusal_level
    barred = {(one["entrant_id"], one["person_id"]) for one in panel.recusals(tx, row["id"])}
    barred |= {
        (pair["entrant_id"], pair["person_id"])
        for pair in pairs
        if pair["state"] != "expected" or _counts(pair, seats)
    }
    return barred | {
        (place["id"], person_id)
        for place in heard.values()
        for person_id, seat in seats.items()
        if derived_recusal(place, seat, level) is not None
        or (place["session_id"] is not None and not seat["reserve"])
    }


def _counts(pair: Assignment, seats: dict[str, SeatedJudge]) -> bool:
    """True unless the judge sits in reserve for this entrant."""
    return bool(pair["stands_for"]) or not seats[pair["person_id"]]["reserve"]


def _matched(
    lost: Sequence[_Lost], taken: Sequence[tuple[str, str]]
) -> tuple[tuple[_Lost, str], ...]:
    """Each taken sheet with the judge who takes it; of an entrant's lost sheets in their order."""
    waiting: dict[str, list[_Lost]] = {}
    for one in lost:
        waiting.setdefault(one.place["id"], []).append(one)
    return tuple((waiting[entrant].pop(0), judge) for entrant, judge in taken)


def _effect(pairs: Sequence[tuple[str, str]]) -> Effect | None:
    if not pairs:
        return None
    facts = strength(pairs)
    return Effect(facts, known_to(facts))
