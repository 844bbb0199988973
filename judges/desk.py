"""What a page was made for, and the acts a judge does on it: save, clear, submit, ask."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from competition import Busy, Store
from competition.errors import Refused
from competition.marks import reopening, sheets
from competition.marks.marking import Line
from competition.saying import Sayable
from competition.times import local
from competition.visitor import Visitor

PROBLEM = "sheet-problem"
SHEET = ("entrant", "line")
OPENED = "line"
"""In the address: the open criterion's place from 1, 0 for none; kept over a lost session."""

OWN_REVS = "sheet-own-revs"


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


def save(desk: Desk, line: Line, value: str | None, *, where: str) -> int:
    """Record one mark, or clear it; what goes wrong is kept to be shown at its field.

    Parameters
    ----------
    line : Line
        The criterion as the page was showing it.
    value : str or None
        As tapped or typed; None clears.
    where : str
        Which field a problem belongs to.

    Returns
    -------
    int
        The mark's new revision, 0 if nothing was saved.
    """
    own = st.session_state.setdefault(OWN_REVS, {})
    known = (desk.entrant_id, line.id)
    rev = max(line.rev, own.get(known, 0))
    change = sheets.MarkChange(line.id, value, secrets.token_hex(16), rev)
    echo = _do(
        where,
        line.id,
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
    if echo is None:
        return 0
    own[known] = int(echo["marks"][line.id]["rev"])
    return int(own[known])


def submit(desk: Desk, rev: int) -> None:
    """Submit the sheet as it was shown; then no criterion stays open."""
    done = _do(
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
    )
    if done:
        open_line(0)


def ask(desk: Desk, sheet_id: str, field: str) -> None:
    """Ask for the sheet to be reopened, with the reason typed at a field."""
    reason = str(st.session_state.get(field, ""))
    _do(
        "reason",
        "",
        lambda at: reopening.ask_reopening(desk.store, desk.who, sheet_id, reason=reason, at=at),
    )


def _do(where: str, criterion_id: str, act: Callable[[datetime], Any]) -> Any:
    """Do an act and return its answer; None, and the problem kept, if it was refused."""
    try:
        answer = act(datetime.now(UTC))
    except (Refused, Busy) as error:
        st.session_state[PROBLEM] = (where, criterion_id, error)
        return None
    st.session_state.pop(PROBLEM, None)
    return answer


def problem(where: str, criterion_id: str = "") -> Sayable | None:
    """What went wrong at a field in the last act, if anything."""
    kept = st.session_state.get(PROBLEM)
    return kept[2] if kept and kept[:2] == (where, criterion_id) else None


def open_line(place: int) -> None:
    """Open the criterion at a place from 1 for marking; 0 for none."""
    st.query_params[OPENED] = str(place)
    st.session_state.pop(PROBLEM, None)


def opened() -> int | None:
    """The place of the open criterion from 1, 0 for none; None where nobody has chosen yet."""
    told = st.query_params.get(OPENED, "")
    return int(told) if told.isascii() and told.isdigit() else None


def open_entrant(entrant_id: str) -> None:
    """Turn to another entrant's sheet; the address keeps it over a reload."""
    st.session_state.pop(PROBLEM, None)
    st.query_params.from_dict({**_kept(), "entrant": entrant_id})


def _kept() -> dict[str, str]:
    """What the address says besides the sheet: the language of a link."""
    return {name: value for name, value in st.query_params.items() if name not in SHEET}
