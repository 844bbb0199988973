"""What a judge's seat says on the page of the day: one state and one detail, never a mark."""

from collections.abc import Mapping
from dataclasses import dataclass

from competition.marks.desk import DeskSeat
from competition.stage.beats import Sign

OVERDUE_SECONDS = 60
"""After how long a pad that is offline, with a sheet still to come, needs a person."""
OUT = ("recused", "absent", "withdrawn")
IN = ("submitted", "locked")


@dataclass(frozen=True)
class SeatFace:
    """One seat.

    Attributes
    ----------
    state : str
        recused, absent, withdrawn: no sheet is expected; apart: does not mark this entrant;
        submitted; offline; elsewhere: another entrant is open on the pad; unopened, unknown: no
        beat of the pad; away; marking; reopened; not_begun.
    is_overdue : bool
        Whether the pad has been offline for longer than `OVERDUE_SECONDS` with a sheet to come.
    elsewhere : int or None
        The number of the other entrant that is open on the pad.
    """

    seat: DeskSeat
    sign: Sign
    state: str
    of: int
    is_overdue: bool = False
    elsewhere: int | None = None


def seat_face(
    seat: DeskSeat, sign: Sign, subject_id: str, numbers: Mapping[str, int], *, of: int
) -> SeatFace:
    """The face of a seat beside the entrant in the middle of the page.

    Parameters
    ----------
    numbers : mapping
        Entrants' ids to their numbers: an id that is not in it is of no entrant.
    of : int
        How many marks make a complete sheet.
    """
    elsewhere = None
    if sign.state == "online" and sign.entrant_id != subject_id:
        elsewhere = numbers.get(sign.entrant_id)
    state = _state(seat, sign, is_elsewhere=elsewhere is not None)
    overdue = state == "offline" and sign.silent > OVERDUE_SECONDS
    return SeatFace(seat, sign, state, of, overdue, elsewhere)


def _state(seat: DeskSeat, sign: Sign, *, is_elsewhere: bool) -> str:
    if not seat.state:
        return "apart"
    if seat.state in OUT:
        return seat.state
    if seat.state in IN:
        return "submitted"
    if sign.state == "offline":
        return "offline"
    if is_elsewhere:
        return "elsewhere"
    if seat.state in ("marking", "reopened"):
        return seat.state
    if seat.presence == "away":
        return "away"
    return "not_begun" if sign.state == "online" else sign.state
