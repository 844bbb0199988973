"""The acts and reads of tablets and of sheets on paper, called with arguments that are valid."""

from typing import Any

from competition.marks import change_requests, pad_marks, remarks, transcription
from competition.marks.echoes import Answer
from competition.stage import calls, holding, pad_work
from competition.visitor import Visitor
from tests.competition.event import later

AT = later(3600)
VALUES = ("50", "30")


def prepare(p: Any) -> None:
    """In an open round: a change asked for, a call, a sheet dictated."""
    event = p.event
    request = ask(p, event.visitor(4), 3)["request"]
    p.ids["change"] = request["id"] if request else ""
    p.ids["call"] = call(p, event.visitor(4), "call-4")["id"]
    transcription.transcribe(
        event.store,
        event.visitor("second"),
        round_id=p.round_id,
        entrant_id=event.entrants[2],
        person_id=event.judges[5],
        kind="dictated",
        values=values(p),
        at=AT,
    )
    with event.store.reading() as tx:
        p.ids["typed"] = tx.value("SELECT id FROM transcriptions")


def values(p: Any) -> dict[str, str]:
    """A whole sheet, by criterion's id."""
    return dict(zip(p.event.criteria, VALUES, strict=True))


def ask(p: Any, who: Visitor, entrant: int) -> Answer:
    """A mark sent for a locked sheet."""
    return pad_marks.record_marks(
        p.event.store,
        who,
        round_id=p.round_id,
        entrant_id=p.event.entrants[entrant],
        changes=[p.event.change(0, "41")],
        at=AT,
    )


def call(p: Any, who: Visitor, call_id: str) -> dict[str, Any]:
    """Somebody called to a seat."""
    return calls.call_staff(p.event.store, who, round_id=p.round_id, call_id=call_id, at=AT)


def _words(p: Any, who: Visitor, kind: str) -> object:
    return remarks.write(
        p.event.store,
        who,
        round_id=p.round_id,
        entrant_id=p.event.entrants[1],
        kind=kind,
        text="思路清楚",
        change_id=f"words-{kind}",
        at=AT,
    )


ACTS = {
    "request_change": lambda p, w: ask(p, w, 3),
    "answer_change": lambda p, w: change_requests.answer_change(
        p.event.store, w, p.ids["change"], approve=True, at=AT
    ),
    "write_remark": lambda p, w: _words(p, w, "remark"),
    "write_note": lambda p, w: _words(p, w, "note"),
    "call_staff": lambda p, w: call(p, w, "call-2"),
    "answer_call": lambda p, w: calls.answer_call(p.event.store, w, p.ids["call"], at=AT),
    "hold_seat": lambda p, w: holding.hold_seat(
        p.event.store, w, round_id=p.round_id, device="tablet-2", takes=False, at=AT
    ),
    "transcribe": lambda p, w: transcription.transcribe(
        p.event.store,
        w,
        round_id=p.round_id,
        entrant_id=p.event.entrants[2],
        person_id=p.event.judges[2],
        kind="paper",
        values=values(p),
        at=AT,
    ),
    "answer_transcription": lambda p, w: transcription.answer_transcription(
        p.event.store, w, p.ids["typed"], approve=True, at=AT
    ),
}

READS = {
    "change_requests": (
        lambda p, w: change_requests.change_requests(p.event.store, w, p.round_id),
    ),
    "remarks": (lambda p, w: remarks.remarks(p.event.store, w, p.round_id),),
    "calls": (lambda p, w: calls.waiting_calls(p.event.store, w, p.round_id),),
    "transcriptions": (lambda p, w: transcription.transcriptions(p.event.store, w, p.round_id),),
}

OWN = (
    lambda p, w: pad_work.pad_work(p.event.store, w, p.round_id, at=AT),
    lambda p, w: pad_work.stage_now(p.event.store, w, p.round_id, at=AT),
)
"""Besides a judge's other reads of their own sheets."""
