"""What a page was made for, and the acts a judge does on it: save, clear, submit, ask."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from competition import Busy, Store, sheets
from competition.errors import Refused
from competition.saying import Sayable
from competition.times import local
from competition.visitor import Visitor

PROBLEM = "sheet-problem"
OPENED = "sheet-open"


@dataclass(frozen=True)
class Desk:
    """Whose page this is and which sheet lies on it.

    Attributes
    ----------
    seat : str
        The person the page was made for, at its first run.
    timezone : str
        The clock that times are shown by.
    """

    store: Store
    who: Visitor
    lang: str
    seat: str
    round_id: str
    entrant_id: str
    timezone: str

    def clock(self, stored: str | None) -> str:
        """A stored time on the competition's clock, 14:32:16."""
        return f"{local(stored, self.timezone):%H:%M:%S}" if stored else ""


def save(desk: Desk, criterion_id: str, value: str | None, rev: int, *, where: str) -> bool:
    """Record one mark, or clear it; what goes wrong is kept to be shown at its field.

    Parameters
    ----------
    value : str or None
        As tapped or typed; None clears.
    rev : int
        Revision of the mark the page was showing.
    where : str
        Which field the problem belongs to.
    """
    change = sheets.MarkChange(criterion_id, value, secrets.token_hex(16), rev)
    return _do(
        where,
        criterion_id,
        lambda at: sheets.record_marks(
            desk.store,
            desk.who,
            seat=desk.seat,
            round_id=desk.round_id,
            entrant_id=desk.entrant_id,
            changes=[change],
            at=at,
        ),
    )


def submit(desk: Desk, rev: int) -> None:
    """Submit the sheet as it was shown; then no criterion stays open."""
    if _do(
        "submit",
        "",
        lambda at: sheets.submit_sheet(
            desk.store,
            desk.who,
            seat=desk.seat,
            round_id=desk.round_id,
            entrant_id=desk.entrant_id,
            rev=rev,
            at=at,
        ),
    ):
        open_line(desk.entrant_id, None)


def ask(desk: Desk, sheet_id: str, field: str) -> None:
    """Ask for the sheet to be reopened, with the reason typed at a field."""
    reason = str(st.session_state.get(field, ""))
    _do(
        "reason",
        "",
        lambda at: sheets.ask_reopening(desk.store, desk.who, sheet_id, reason=reason, at=at),
    )


def _do(where: str, criterion_id: str, act: Callable[[datetime], Any]) -> bool:
    st.session_state.pop(PROBLEM, None)
    try:
        act(datetime.now(UTC))
    except (Refused, Busy) as error:
        st.session_state[PROBLEM] = (where, criterion_id, error)
        return False
    return True


def problem(where: str, criterion_id: str = "") -> Sayable | None:
    """What went wrong at a field in the last act, if anything."""
    kept = st.session_state.get(PROBLEM)
    return kept[2] if kept and kept[:2] == (where, criterion_id) else None


def open_line(entrant_id: str, criterion_id: str | None) -> None:
    """Open one criterion of a sheet for marking, or none."""
    st.session_state[OPENED] = (entrant_id, criterion_id)
    st.session_state.pop(PROBLEM, None)


def open_entrant(entrant_id: str) -> None:
    """Turn to another entrant's sheet; the address keeps it over a reload."""
    st.session_state.pop(PROBLEM, None)
    st.query_params["entrant"] = entrant_id
