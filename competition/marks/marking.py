"""One judge's work as a page needs it: the sheet before them, and where they sit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from competition import fields
from competition.blind import is_blind, unnamed
from competition.documents.materials import Materials, of_judge
from competition.lineup.entrants import own_place
from competition.marks.own_work import work_of
from competition.marks.sheets import sheet_echo
from competition.rights import require_read
from competition.rounds.rounds import rubric
from competition.times import parse
from competition.visitor import Visitor
from db import Store, entrants, panel
from db import rounds as round_rows
from db import sheets as rows

FEW = 12
"""Up to so many levels are offered at once, without choosing an anchor first."""
MANY = 60
"""More levels than these are typed, not tapped."""

WRITABLE = ("not_begun", "marking", "reopened", "submitted")


@dataclass(frozen=True)
class Anchor:
    """A level of a criterion with its range, and every mark in it."""

    level: str
    text: str
    low: str
    high: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One criterion of a sheet, as decimal strings, with the mark the server holds.

    Attributes
    ----------
    keys : tuple of str
        All levels, where they are few enough to be shown at once; else empty.
    value, key : str or None
        The mark as stored and as its key says it (19.0, 19); None where there is none.
    rev : int
        The mark's revision, 0 before the first.
    anchor : int or None
        Which anchor the mark lies in.
    """

    id: str
    name: str
    points: str
    maximum: str
    step: str
    anchors: tuple[Anchor, ...]
    keys: tuple[str, ...]
    value: str | None
    key: str | None
    rev: int
    anchor: int | None


@dataclass(frozen=True)
class SheetView:
    """One judge's sheet of one entrant, and what stands around it.

    Attributes
    ----------
    seat : dict or None
        The judge's seat in the round.
    entrant : dict
        With ``number`` and ``stage``.
    state : str
        As in `competition.marks.own_work.own_work`; not_assigned besides.
    reason : str
        Why recused or absent.
    echo : dict
        What the server holds, see `competition.marks.sheets.sheet_echo`.
    materials : Materials
        What there is to read.
    subtotal, out_of : str
        The marks so far, and the maxima of the criteria marked so far.
    maximum : str
        The sum of all maxima.
    left : int
        How many criteria are not marked.
    locks_in : int or None
        Seconds until a submitted sheet locks.
    asked : bool
        Whether reopening has been asked for and not been answered.
    before, after : dict or None
        The neighbours in the judge's own running order.
    totals : tuple
        ``(entrant's number, total)`` of the judge's other complete sheets.
    """

    round: dict[str, Any]
    seat: dict[str, Any] | None
    entrant: dict[str, Any]
    state: str
    reason: str
    echo: dict[str, Any]
    materials: Materials
    sheet_id: str | None
    lines: tuple[Line, ...]
    subtotal: str
    out_of: str
    maximum: str
    left: int
    locks_in: int | None
    asked: bool
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    totals: tuple[tuple[int, str], ...]

    @property
    def writable(self) -> bool:
        """Whether marks may be given now."""
        return self.round["state"] == "open" and self.state in WRITABLE


def sheet_view(
    store: Store, who: Visitor, round_id: str, entrant_id: str, *, at: datetime
) -> SheetView:
    """The judge's own sheet of one entrant with all that its page shows; nothing of others."""
    with store.reading() as tx:
        round_row = require_read(tx, who, "own_sheets", round_id)
        person_id = str(who.person_id)
        place = own_place(tx, round_id, entrant_id)
        entrant = {**(entrants.seen(tx, round_id, entrant_id) or {}), **place, "id": entrant_id}
        work = work_of(tx, round_row, person_id, at)
        at_index = next((i for i, row in enumerate(work) if row["id"] == entrant_id), None)
        mine = None if at_index is None else work[at_index]
        echo = sheet_echo(tx, round_row, entrant_id, person_id, at)
        lines = tuple(_line(row, echo["marks"].get(row["id"])) for row in rubric(tx, round_id))
        marked = [line for line in lines if line.value is not None]
        sheet_id = mine["sheet_id"] if mine else None
        return SheetView(
            round=round_row,
            seat=panel.seat(tx, round_id, person_id),
            entrant=unnamed(entrant) if is_blind(round_row) else entrant,
            state=str(mine["state"]) if mine else "not_assigned",
            reason=str(mine["reason"]) if mine else "",
            echo=echo,
            materials=of_judge(tx, round_row, work).get(entrant_id, Materials()),
            sheet_id=sheet_id,
            lines=lines,
            subtotal=_sum(marked, lines),
            out_of=_plain(sum((Decimal(line.maximum) for line in marked), Decimal())),
            maximum=_plain(sum((Decimal(line.maximum) for line in lines), Decimal())),
            left=len(lines) - len(marked),
            locks_in=_locks_in(mine, at),
            asked=bool(sheet_id and rows.asked(tx, sheet_id)),
            before=work[at_index - 1] if at_index else None,
            after=work[at_index + 1] if at_index is not None and at_index + 1 < len(work) else None,
            totals=tuple(
                (row["number"], row["total"])
                for row in work
                if row["total"] is not None
                and row["number"] is not None
                and row["id"] != entrant_id
                and row["state"] in ("marking", "submitted", "locked", "reopened")
            ),
        )


def first_entrant(
    store: Store, who: Visitor, round_id: str, wanted: str | None, *, at: datetime
) -> str | None:
    """Which of a judge's entrants to open: the wanted, the one on stage, the next to mark."""
    with store.reading() as tx:
        round_row = require_read(tx, who, "own_sheets", round_id)
        work = work_of(tx, round_row, str(who.person_id), at)
        current = entrants.on_stage(tx, round_id)
        mine = [row["id"] for row in work]
        to_do = [row["id"] for row in work if row["state"] in ("not_begun", "marking", "reopened")]
        for candidate in (wanted, current["id"] if current else None):
            if candidate in mine:
                return candidate
        return next(iter(to_do or mine), None)


def own_sessions(store: Store, who: Visitor, round_id: str) -> list[dict[str, Any]]:
    """The sessions a judge sits for, each with the first and last number and how many."""
    with store.reading() as tx:
        require_read(tx, who, "own_sheets", round_id)
        mine: dict[str, list[dict[str, Any]]] = {}
        for row in panel.of_judge(tx, round_id, str(who.person_id)):
            mine.setdefault(row["session_id"], []).append(row)
        return [
            {
                **session,
                "first": mine[session["id"]][0]["number"],
                "last": mine[session["id"]][-1]["number"],
                "count": len(mine[session["id"]]),
            }
            for session in round_rows.sessions(tx, round_id)
            if session["id"] in mine
        ]


def _line(row: Mapping[str, Any], mark: Mapping[str, Any] | None) -> Line:
    step = row["step"]
    anchors = tuple(_anchor(anchor, row) for anchor in row["anchors"])
    count = row["maximum"] // step + 1
    few = count <= FEW or (not anchors and count <= MANY)
    value = mark["value"] if mark else None
    key = None if value is None else _plain(Decimal(value))
    return Line(
        id=row["id"],
        name=row["name"],
        points=row["points"],
        maximum=_plain(Decimal(row["maximum"]) / fields.THOUSAND),
        step=_plain(Decimal(step) / fields.THOUSAND),
        anchors=anchors,
        keys=_keys(0, row["maximum"], step) if few else (),
        value=value,
        key=key,
        rev=mark["rev"] if mark else 0,
        anchor=next((i for i, anchor in enumerate(anchors) if key in anchor.keys), None),
    )


def _anchor(anchor: Mapping[str, str], row: Mapping[str, Any]) -> Anchor:
    low, high = (int(Decimal(anchor[end]) * fields.THOUSAND) for end in ("low", "high"))
    keys = _keys(low, high, row["step"])
    return Anchor(
        level=anchor["level"],
        text=anchor["text"],
        low=_plain(Decimal(anchor["low"])),
        high=_plain(Decimal(anchor["high"])),
        keys=keys if len(keys) <= MANY else (),
    )


def _keys(low: int, high: int, step: int) -> tuple[str, ...]:
    """Every level from low to high, as written on a key: 18, 18.5, 19."""
    first = -(-low // step) * step
    levels = range(first, high + 1, step)
    return tuple(_plain(Decimal(value) / fields.THOUSAND) for value in levels)


def _sum(marked: list[Line], lines: tuple[Line, ...]) -> str:
    places = max((_places(line.step) for line in lines), default=0)
    total = sum((Decimal(line.value or "") for line in marked), Decimal())
    return f"{total:.{places}f}"


def _places(step: str) -> int:
    return len(step.partition(".")[2])


def _plain(value: Decimal) -> str:
    """Without zeros at the end: 25, 0.5."""
    return f"{value.normalize():f}"


def _locks_in(mine: Mapping[str, Any] | None, at: datetime) -> int | None:
    if mine is None or mine["state"] != "submitted" or mine["locked_at"] is None:
        return None
    return max(0, int((parse(mine["locked_at"]) - at).total_seconds()))
