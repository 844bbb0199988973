"""What tells one moment of an open round from another: cheap enough to be asked every second."""

from dataclasses import dataclass
from datetime import datetime

from competition.marks.desk import next_to_come
from competition.rights import require_read
from competition.stage.beats import Sign, signs, silence
from competition.stage.clock_now import ClockNow, clock_now
from competition.stage.seat_faces import OVERDUE_SECONDS
from competition.visitor import Visitor
from db import Store, Transaction, entrants, heads, standbys

MINUTE = 60


@dataclass(frozen=True)
class Moment:
    """Equal to another where the page of the day shows the same, but for what time alone changes.

    Attributes
    ----------
    record : str
        Changes with every act and vote, and with a mark of the entrant in the middle of the page:
        marks of others are not on it, but for the record's head.
    witnesses : tuple
        The heads that tablets show.
    pads : tuple
        What the seats say of their pads, and of those without a beat.
    clock : tuple or None
        The clock on stage without the time on it, and which of its thresholds that has passed.
    """

    record: str
    witnesses: tuple[tuple[object, ...], ...]
    pads: tuple[tuple[object, ...], ...]
    clock: tuple[object, ...] | None


def record_now(store: Store, who: Visitor, read: str, round_id: str) -> str:
    """A text that changes with every act, for those who may read something of a round."""
    with store.reading() as tx:
        require_read(tx, who, read, round_id)
        return standbys.revision(tx)


def moment(store: Store, who: Visitor, round_id: str, *, at: datetime) -> Moment:
    """The moment of the page of the day; a running clock is written down as it is by a drawing."""
    with store.reading() as tx:
        require_read(tx, who, "stage", round_id)
        subject = entrants.on_stage(tx, round_id) or next_to_come(entrants.running(tx, round_id))
        record = standbys.revision_but_marks(tx, round_id, subject["id"] if subject else "")
        witnesses = _witnesses(tx, who)
    known = signs(store, round_id, at=at)
    silent = silence(store, round_id, at=at)
    pads = tuple((person, *_pad(sign)) for person, sign in sorted(known.items()))
    return Moment(
        record,
        witnesses,
        (*pads, _pad(silent)),
        _clock(clock_now(store, who, round_id, at=at)),
    )


def _witnesses(tx: Transaction, who: Visitor) -> tuple[tuple[object, ...], ...]:
    counted = heads.witnessed(tx, str(who.competition_id))
    return tuple(tuple(row.values()) for row in counted)


def _pad(sign: Sign) -> tuple[object, ...]:
    """A pad as its seat tells it: how long it is silent only offline, by seconds, then minutes."""
    silent = sign.silent if sign.state == "offline" else 0
    told = silent if silent < MINUTE else silent // MINUTE * MINUTE
    return sign.state, told, silent > OVERDUE_SECONDS, sign.entrant_id, sign.unsent


def _clock(shown: ClockNow | None) -> tuple[object, ...] | None:
    if shown is None:
        return None
    steps = (shown["limit"] - shown["warning"], shown["limit"])
    passed = sum(shown["elapsed"] >= 1000 * step for step in steps)
    return passed, *(value for key, value in shown.items() if key != "elapsed")
