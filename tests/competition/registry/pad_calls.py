"""The acts and reads of tablets and of sheets on paper, called with arguments that are valid."""

import json
from dataclasses import replace
from itertools import count
from typing import Any

from competition import heads, returning, running
from competition.marks import (
    change_requests,
    pad_marks,
    recovering,
    remarks,
    resending,
    transcription,
)
from competition.marks.echoes import Answer
from competition.stage import calls, holding, pad_work
from competition.standby import lag
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
    """A person called to a seat."""
    return calls.call_staff(p.event.store, who, round_id=p.round_id, call_id=call_id, at=AT)


def _recover(p: Any, who: Visitor) -> object:
    """A file that continues from judge 4's stored mark of entrant 1."""
    event = p.event
    with event.store.reading() as tx:
        after = tx.value(
            """SELECT m.client_id FROM marks m JOIN sheets s ON s.id = m.sheet_id
            WHERE s.person_id = :p AND s.entrant_id = :e AND m.criterion_id = :c""",
            p=event.judges[4],
            e=event.entrants[1],
            c=event.criteria[0],
        )
    entry = {"kind": "mark", "id": "saved", "value": 41000, "after": after or ""}
    where = {"round": p.round_id, "entrant": event.entrants[1], "criterion": event.criteria[0]}
    whole = {"format": recovering.FORMAT, "event": event.organizer.competition_id}
    content = json.dumps({**whole, "seat": event.judges[4], "entries": [{**entry, **where}]})
    return recovering.recover_marks(
        event.store, who, p.round_id, content.encode(), reason="平板文件", at=AT
    )


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


def _waive(p: Any, who: Visitor) -> object:
    """A tablet is waited for during this act only: it would hold certifying up."""
    device = f"tablet-{next(_devices)}"
    if "organizer" in who.roles:
        judge = replace(p.event.visitor(4), seat_hash=device)
        heads.answer_head(p.event.store, judge, f"9-0123456789abcdef.1.{'0' * 64}", at=AT)
    return returning.waive_tablet(p.event.store, who, device, reason="平板摔坏", at=AT)


_devices = count()

ACTS = {
    "resend_marks": lambda p, w: resending.resend_marks(
        p.event.store,
        w,
        round_id=p.round_id,
        kept=[resending.Kept("kept-1", p.event.entrants[1], "1.9.0", p.event.criteria[0], 40000)],
        at=AT,
    ),
    "waive_tablet": _waive,
    "recover_marks": _recover,
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
    "tablets": (
        lambda p, w: returning.returns_view(p.event.store, w),
        lambda p, w: lag.lag(p.event.store, w, now=1.0),
    ),
    "running": (lambda p, w: running.running(p.event.store, w, at=AT, now=1.0),),
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
