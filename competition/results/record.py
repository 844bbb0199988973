"""A round's record: its events as a file that a reader checks without this program.

Events of other rounds stand in it by their entries alone: they prove the chain and show no mark.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypedDict

from competition.errors import Missing, VerifierDisagrees
from competition.results import second_verifier
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, Transaction, events, heads, sheets, snapshots
from db.canonical import canonical, sha256

FORMAT = "arena-record-1"
SHOWN = ("n", "prev", "entry", "hash")
"""What a record says of an event of another round."""


def record(store: Store, who: Visitor, round_id: str) -> bytes:
    """The record of a certified round, as JSON in UTF-8.

    Raises
    ------
    Forbidden
        Before certifying, or for a role that may not have it.
    """
    with store.reading() as tx:
        row = require_read(tx, who, "record", round_id)
        return record_of(tx, row["competition_id"], round_id)


def record_of(tx: Transaction, competition_id: str, round_id: str) -> bytes:
    """As `record`, for a reader whose right was checked."""
    content = {
        "format": FORMAT,
        "round": round_id,
        "head": str(heads.last(tx, competition_id)),
        "events": shown_events(tx, competition_id, round_id),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


class Opened(TypedDict):
    """What a page needs to compute a certificate again; texts as they were hashed.

    ``entries`` are those of all events in order, an older event's hash behind a ``=``; ``ids``
    are those of the certificate's marks, in their order.
    """

    content: str
    sha256: str
    head: str
    entries: Sequence[str]
    ids: Sequence[str]


def opened(store: Store, who: Visitor, round_id: str) -> Opened:
    """A certified round's newest certificate, with the hashes of the chain.

    Raises
    ------
    Forbidden
        As `record`.
    """
    with store.reading() as tx:
        row = require_read(tx, who, "record", round_id)
        snapshot = snapshots.latest(tx, round_id, "certify")
        if snapshot is None:
            raise Missing(what="snapshot")
        content = json.loads(snapshot["content"])
        ids = {
            (mark["entrant"], mark["judge"], mark["criterion"]): mark["id"]
            for mark in sheets.marks_with_ids(tx, round_id)
        }
        return {
            "content": snapshot["content"],
            "sha256": snapshot["sha256"],
            "head": str(heads.last(tx, row["competition_id"])),
            "entries": [
                event["entry"] or f"={event['hash']}"
                for event in events.whole(tx, row["competition_id"])
            ],
            "ids": [ids[entrant, judge, c] for entrant, judge, c, _ in content["marks"]],
        }


def verifier_source() -> bytes:
    """The text of the second verifier, to be given with a record."""
    return Path(second_verifier.__file__).read_bytes()


def shown_events(tx: Transaction, competition_id: str, round_id: str) -> list[dict[str, Any]]:
    """Every event of a competition: whole if it is of the round or of all, else its entry.

    Of the programme beside the contest the entries suffice: no mark and no entrant is in it.
    """
    return [
        {k: v for k, v in event.items() if k != "seq"}
        if event["round_id"] in (None, round_id) and event["kind"] not in events.BESIDE
        else {name: event[name] for name in SHOWN}
        for event in events.whole(tx, competition_id)
    ]


def require_agreement(tx: Transaction, content: Mapping[str, Any]) -> None:
    """Refuse a certificate that the second verifier does not find in the events.

    Parameters
    ----------
    content
        What the certificate would say, with its version and the event it stands on.

    Raises
    ------
    VerifierDisagrees
        Names the first check that fails, what it found, and how many there are.
    """
    text = canonical(dict(content))
    round_id = content["round"]["id"]
    shown = shown_events(tx, content["competition"]["id"], round_id)
    snapshot = {"content": text, "sha256": sha256(text)}
    faults = [
        (name, fault)
        for name, found in second_verifier.check_certificate(snapshot, shown)
        for fault in found
    ]
    if faults:
        check, fault = faults[0]
        raise VerifierDisagrees(check=check, fault=fault, count=len(faults))
