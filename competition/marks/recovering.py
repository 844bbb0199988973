"""Marks from a file that a tablet saved: the last resort, where it reaches no server any more.

A file proves nothing: any text editor writes one.  So its marks are asked for by an organizer and
written when another person approves, as sheets on paper are.  Each keeps its first id, and nothing
that was marked since is overwritten.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competition import fields
from competition.acting import Act, acting
from competition.aliases import aliases
from competition.errors import BadInput, Refused
from competition.ids import mint
from competition.marks.change_requests import put_requested, require_pair
from competition.marks.errors import NoKeptMarks, RequestWaits, StaleMark
from competition.marks.sheets import MarkChange, is_done, put_done
from competition.sign_ins import visitor_of
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, entrants, people
from db import changes as change_rows
from db import rounds as round_rows
from db import sheets as sheet_rows

FORMAT = "arena-kept-marks"
LARGEST = 4 * 1024 * 1024
MOST = 10_000
LONGEST = 64
SHOWN = 12


@dataclass(frozen=True)
class Recovered:
    """What became of one file.

    Attributes
    ----------
    name : str
        Whose tablet wrote it, as it says.
    known : int
        Marks that are stored here already.
    asked : int
        Marks that wait for a second person now.
    left : tuple of Left
        Marks that are not taken: another one was made since, or the sheet does not take them.
    """

    name: str
    known: int
    asked: int
    left: tuple["Left", ...]


@dataclass(frozen=True)
class Left:
    """A mark that is not taken: entrant's number, criterion, both values as printed, and why."""

    number: int | None
    criterion: str
    value: str
    held: str
    error: Refused


@dataclass(frozen=True)
class _Entry:
    kind: str
    id: str
    round_id: str
    entrant_id: str
    criterion_id: str
    value: int | None
    after: str


def recover_marks(
    store: Store, who: Visitor, round_id: str, content: bytes, *, reason: str, at: datetime
) -> Recovered:
    """Ask for the marks of a tablet's file that are not stored, sheet by sheet.

    Parameters
    ----------
    reason : str
        What the approver reads: where the marks come from.

    Raises
    ------
    NoKeptMarks
        If it is no such file, is cut short, or is another event's or another judge's.
    """
    with acting(store, who, "recover_marks", round_id, at=at) as (act, tx):
        seat, given = _read(content, who)
        person = people.find(tx, seat)
        if person is None or person["competition_id"] != who.competition_id:
            raise NoKeptMarks
        known_as = aliases(store, visitor_of(tx, seat), round_id)
        entries = [_entry(known_as.shown(one)) for one in given]
        own = [one for one in entries if one.round_id == round_id]
        desk = _Desk(act, seat, own, fields.reason(reason))
        desk.take()
        if desk.asked:
            act.record("marks_recovered", seat, reason=f"sha256 {fingerprint(content)}")
        else:
            act.unchanged()
    return Recovered(person["name"], desk.known, desk.asked, tuple(desk.left))


def rounds_in(content: bytes, who: Visitor) -> list[str]:
    """The rounds that a file has marks of."""
    given = _read(content, who)[1]
    return list(dict.fromkeys(_entry(one).round_id for one in given))


def fingerprint(content: bytes) -> str:
    """The first signs of a file's SHA-256, as the log and the approver read it."""
    return hashlib.sha256(content).hexdigest()[:SHOWN]


def _read(content: bytes, who: Visitor) -> tuple[str, list[Any]]:
    """The judge that a file names, and its entries."""
    if len(content) > LARGEST:
        raise NoKeptMarks
    try:
        saved = json.loads(content.decode("utf-8-sig"))
        is_ours = saved["format"] == FORMAT and saved["event"] == who.competition_id
        seat, given = saved["seat"], saved["entries"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise NoKeptMarks from error
    if not is_ours or not isinstance(seat, str) or not isinstance(given, list):
        raise NoKeptMarks
    if len(given) > MOST:
        raise NoKeptMarks
    return seat, given


def _entry(given: Any) -> _Entry:
    """One entry, checked field by field."""
    if not isinstance(given, dict):
        raise NoKeptMarks
    kind, value = given.get("kind"), given.get("value")
    is_whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53
    if kind not in ("mark", "submit") or not (value is None or is_whole):
        raise NoKeptMarks
    names = (
        ("id", "round", "entrant") if kind == "submit" else ("id", "round", "entrant", "criterion")
    )
    texts = {name: given.get(name) for name in names}
    texts["after"] = given.get("after") or ""
    for name, text in texts.items():
        if not isinstance(text, str) or len(text) > LONGEST or (not text and name != "after"):
            raise NoKeptMarks
    return _Entry(
        str(kind),
        str(texts["id"]),
        str(texts["round"]),
        str(texts["entrant"]),
        str(texts.get("criterion", "")),
        value,
        str(texts["after"]),
    )


class _Desk:
    """One file inside its act."""

    def __init__(self, act: Act, seat: str, entries: list[_Entry], reason: str) -> None:
        self.act, self.tx, self.seat, self.entries = act, act.tx, seat, entries
        self.reason = reason
        self.criteria = {row["id"]: row for row in round_rows.criteria(act.tx, act.round["id"])}
        self.known = self.asked = 0
        self.waiting: set[str] = set()
        self.left: list[Left] = []

    def take(self) -> None:
        """Every criterion of every sheet, then the submits of what is whole."""
        chains: dict[tuple[str, str], list[_Entry]] = {}
        for one in self.entries:
            if one.kind == "mark":
                chains.setdefault((one.entrant_id, one.criterion_id), []).append(one)
        for chain in chains.values():
            try:
                self._take_chain(chain)
            except Refused as error:
                self._leave(chain[-1], error)
        for one in self.entries:
            if one.kind == "submit" and one.entrant_id in self.waiting:
                self._done([one], self._key(one))

    def _take_chain(self, chain: list[_Entry]) -> None:
        """What one criterion's changes come to: only the last was meant, if it follows."""
        last, key = chain[-1], self._key(chain[-1])
        if all(is_done(self.tx, one.id, self.seat) for one in chain):
            self.known += len(chain)
            return
        require_pair(self.tx, key)
        criterion = self.criteria.get(last.criterion_id)
        if criterion is None or last.value is None:
            raise BadInput(field="criterion", value="")
        fields.check_mark(last.value, criterion)
        sheet = sheet_rows.of_pair(self.tx, **key)
        held = sheet_rows.mark(self.tx, sheet["id"], last.criterion_id) if sheet else None
        before = held["client_id"] if held else ""
        if before not in {one.after for one in chain} | {one.id for one in chain}:
            raise StaleMark(criterion=criterion["name"])
        request_id = self._request(key)
        change = MarkChange(last.criterion_id, last.value, last.id)
        put_requested(self.tx, key, request_id, change, self.act.at)
        self._done(chain, key)
        self.waiting.add(last.entrant_id)
        self.asked += 1

    def _request(self, key: Mapping[str, str]) -> str:
        """The sheet's open request, or a new one by this organizer."""
        request = change_rows.open_request(self.tx, **key)
        if request is not None and request["asked_by"] != self.act.who.person_id:
            raise RequestWaits  # its approver must not be who brought the file
        if request is not None:
            return str(request["id"])
        row = {
            "id": mint(),
            **key,
            "cause": "asked",
            "reason": self.reason,
            "asked_by": self.act.who.person_id,
            "asked_at": stamp(self.act.at),
            "state": "asked",
        }
        self.tx.put("change_requests", row)
        return str(row["id"])

    def _done(self, chain: Iterable[_Entry], key: Mapping[str, str]) -> None:
        """Remember each id: the tablet itself, should it come back, has nothing left to give."""
        for one in chain:
            if not is_done(self.tx, one.id, self.seat):
                put_done(self.tx, key, one.id, one.kind, self.act.at, outcome="requested")

    def _key(self, one: _Entry) -> dict[str, str]:
        return {
            "round_id": self.act.round["id"],
            "entrant_id": one.entrant_id,
            "person_id": self.seat,
        }

    def _leave(self, one: _Entry, error: Refused) -> None:
        criterion = self.criteria.get(one.criterion_id)
        place = entrants.place(self.tx, self.act.round["id"], one.entrant_id)
        sheet = sheet_rows.of_pair(self.tx, **self._key(one))
        held = sheet_rows.mark(self.tx, sheet["id"], one.criterion_id) if sheet else None
        step = criterion["step"] if criterion else 1
        values = (one.value, held["value"] if held else None)
        shown = ["" if value is None else fields.decimal_text(value, step) for value in values]
        number = place["number"] if place else None
        name = criterion["name"] if criterion else ""
        self.left.append(Left(number, name, shown[0], shown[1], error))
