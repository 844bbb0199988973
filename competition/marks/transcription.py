"""Sheets typed in for a judge: one types and another reads back; from paper, two key it in.

What came this way is marked: a sheet with a confirmed transcription was not marked on a tablet.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict

from competition import fields
from competition.acting import acting, acting_on, changed
from competition.countersigning import answered_by
from competition.errors import Missing, SecondPersonNeeded, WrongState
from competition.ids import mint
from competition.marks.errors import SheetIncomplete, TranscriptionDiffers
from competition.marks.sheets import MarkChange, put_mark, put_submitted, writable
from competition.rights import require_read
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction
from db import rounds as round_rows
from db import sheets as sheet_rows
from db import transcriptions as rows
from db.shapes import OpenPair, RoundRow, Sheet, TranscriptionRow

KINDS = ("dictated", "paper")


def transcribe(
    store: Store,
    who: Visitor,
    *,
    round_id: str,
    entrant_id: str,
    person_id: str,
    kind: str,
    values: Mapping[str, str],
    at: datetime,
) -> str:
    """Type in a judge's whole sheet; return ``typed``, or ``confirmed`` by the second keying.

    Parameters
    ----------
    kind : str
        ``dictated``: another person reads it back; ``paper``: another person types it again.
    values : mapping of str to str
        Every criterion's mark, as typed.

    Raises
    ------
    TranscriptionDiffers
        Paper was keyed differently; names the criteria, and the second keying is not kept.
    SecondPersonNeeded
        The same person keyed it before.
    SheetIncomplete, MarkOutOfRange, MarkOffStep, SheetLocked, Recused, Absent, NotAssigned
    """
    with acting(store, who, "transcribe", round_id, at=at) as (act, tx):
        if kind not in KINDS:
            raise Missing(what="kind")
        sheet = writable(tx, act.round, entrant_id, person_id, act.at)
        marks = _parsed(tx, round_id, values)
        key = {"round_id": round_id, "entrant_id": entrant_id, "person_id": person_id}
        before = [one for one in rows.typed(tx, **key) if one["kind"] == "paper"]
        second = kind == "paper" and bool(before)
        if second:
            _require_equal(tx, who, before[0], marks)
            tx.put("transcriptions", _answered(before[0], who, "confirmed", act.at))
        row = {
            "id": mint(),
            **key,
            "kind": kind,
            "state": "confirmed" if second else "typed",
            "typed_by": who.person_id,
            "typed_at": stamp(act.at),
        }
        if second:
            row |= {"answered_by": before[0]["typed_by"], "answered_at": stamp(act.at)}
        tx.put("transcriptions", row)
        for criterion_id, value in marks.items():
            line = {"transcription_id": row["id"], "criterion_id": criterion_id, "value": value}
            tx.put("transcribed_marks", line)
        if second:
            _apply(tx, act.round, sheet, marks, act.at)
        act.record("sheet_transcribed" if second else "sheet_typed", str(row["id"]))
    return str(row["state"])


def _parsed(tx: Transaction, round_id: str, values: Mapping[str, str]) -> dict[str, int]:
    criteria = round_rows.criteria(tx, round_id)
    left = [row for row in criteria if not values.get(row["id"], "").strip()]
    if left:
        raise SheetIncomplete(count=len(left))
    return {row["id"]: fields.parse_mark(values[row["id"]], row) for row in criteria}


def _require_equal(
    tx: Transaction, who: Visitor, before: Mapping[str, Any], marks: Mapping[str, int]
) -> None:
    if before["typed_by"] == who.person_id:
        raise SecondPersonNeeded
    differing = [
        one["name"]
        for one in rows.marks(tx, before["id"])
        if one["value"] != marks[one["criterion_id"]]
    ]
    if differing:
        raise TranscriptionDiffers(criteria=differing)


def _answered(row: Mapping[str, Any], who: Visitor, state: str, at: datetime) -> Mapping[str, Any]:
    return changed(row, state=state, answered_by=who.person_id, answered_at=stamp(at))


def answer_transcription(
    store: Store, who: Visitor, transcription_id: str, *, approve: bool, at: datetime
) -> None:
    """Confirm what was read back to the judge, or refuse it; paper is keyed again instead.

    Raises
    ------
    SecondPersonNeeded
        If the same person typed it, or if it is from paper and is to be confirmed.
    WrongState, SheetLocked, Recused, Absent
    """
    with acting_on(
        store, who, "answer_transcription", rows.find, transcription_id, what="transcription", at=at
    ) as (act, tx, typed):
        answer = "confirmed" if approve else "refused"
        if answered_by(typed, who, answer):
            return act.unchanged()
        if typed["state"] != "typed":
            raise WrongState(before=typed["state"], after="confirmed")
        if approve and (typed["typed_by"] == who.person_id or typed["kind"] == "paper"):
            raise SecondPersonNeeded
        if approve:
            sheet = writable(tx, act.round, typed["entrant_id"], typed["person_id"], act.at)
            marks = {m["criterion_id"]: m["value"] for m in rows.marks(tx, typed["id"])}
            _apply(tx, act.round, sheet, marks, act.at)
        tx.put("transcriptions", _answered(typed, who, answer, act.at))
        act.record("sheet_transcribed" if approve else "transcription_refused", typed["id"])


def _apply(
    tx: Transaction,
    round_row: RoundRow,
    sheet: Sheet,
    marks: Mapping[str, int],
    at: datetime,
) -> None:
    """Write every mark on the judge's sheet and submit it."""
    for criterion in round_rows.criteria(tx, round_row["id"]):
        stored = sheet_rows.mark(tx, sheet["id"], criterion["id"])
        rev = stored["rev"] if stored else 0
        change = MarkChange(criterion["id"], marks[criterion["id"]], mint(), rev)
        sheet = put_mark(tx, sheet, criterion, change, at)
    put_submitted(tx, round_row, sheet, at)


class TypedCriterion(TypedDict):
    """A criterion to be typed; ``maximum`` and ``step`` as decimal strings."""

    id: str
    name: str
    maximum: str
    step: str


class OpenSheets(TypedDict):
    """The sheets without a submission, and the criteria of each."""

    pairs: list[OpenPair]
    criteria: list[TypedCriterion]


def open_sheets(store: Store, who: Visitor, round_id: str) -> OpenSheets:
    """The sheets of a round that can be typed in."""
    with store.reading() as tx:
        require_read(tx, who, "transcriptions", round_id)
        return {
            "pairs": sheet_rows.open_pairs(tx, round_id),
            "criteria": [
                {
                    "id": row["id"],
                    "name": row["name"],
                    "maximum": fields.decimal_text(row["maximum"], row["step"]),
                    "step": fields.decimal_text(row["step"], row["step"]),
                }
                for row in round_rows.criteria(tx, round_id)
            ],
        }


class Transcription(TranscriptionRow):
    """A sheet typed in for its judge, with the name and decimal figure of each mark."""

    marks: list[tuple[str, str]]


def transcriptions(store: Store, who: Visitor, round_id: str) -> list[Transcription]:
    """What was typed in for judges, newest first."""
    with store.reading() as tx:
        require_read(tx, who, "transcriptions", round_id)
        return [
            {
                **row,
                "marks": [
                    (mark["name"], fields.decimal_text(mark["value"], mark["step"]))
                    for mark in rows.marks(tx, row["id"])
                ],
            }
            for row in rows.of_round(tx, round_id)
        ]
