"""The device that holds a judge's seat: one at a time, and another may take over."""

from datetime import datetime
from typing import Any

from competition import fields
from competition.acting import acting
from competition.times import stamp
from competition.visitor import Visitor
from db import Store
from db import calls as rows


def hold_seat(
    store: Store,
    who: Visitor,
    *,
    round_id: str,
    device: str,
    takes: bool,
    at: datetime,
) -> dict[str, Any]:
    """Hold a seat for a device: if the seat is free, or the judge takes over on that device.

    What the other device has not sent yet is not lost: its marks are still taken, each
    against the revision it was made on.

    Returns
    -------
    dict
        ``event, seat, holder`` (the device that holds the seat) and ``since``.
    """
    with acting(store, who, "hold_seat", round_id, at=at) as (act, tx):
        seat = str(who.person_id)
        name = fields.text(device, "device", required=True, longest=64)
        row = rows.holder(tx, seat)
        if row is None or (takes and row["device"] != name):
            kind = "seat_held" if row is None else "seat_taken_over"
            row = {"person_id": seat, "device": name, "at": stamp(act.at)}
            tx.put("holders", row)
            act.record(kind, seat)
        else:
            act.unchanged()
        return {
            "event": who.competition_id,
            "seat": seat,
            "holder": row["device"],
            "since": row["at"],
        }
