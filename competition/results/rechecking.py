"""Certificates computed again, each from the events before it, by its rules and marks.

A certificate whose hash and chain fit may still say another result than its marks give: only
computing it again shows that.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from competition.errors import Refused
from competition.results.certification import certificate_content
from competition.results.standings import current
from db import DatabaseError, Store, Transaction, snapshots
from db import rounds as round_rows
from db.events import changes_of
from db.replay import Finding, Visit, replayed

WRONG = "certificate_recomputed"
ROOT = "sheets_root"
PARTS = (
    "competition",
    "round",
    "rules",
    "rules_hash",
    "rubric",
    "judges",
    "marks",
    "readings",
    "parts",
    "prizes",
    ROOT,
)

UNREADABLE = (
    Refused,
    DatabaseError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What a certificate that was not made here may raise."""


def recomputing(store: Store) -> Visit:
    """Asked of a replay: the certificates that their marks and rules do not give.

    At the event a certificate stands on, the standing of the rebuilt database is computed and
    compared figure by figure; a finding names the entrant that differs.
    """

    @cache  # asked for inside the replay, where a damaged file is a finding
    def waiting() -> dict[int, list[dict[str, Any]]]:
        with store.reading() as tx:
            rows = snapshots.certificates(tx)
        return {row["seq"]: [one for one in rows if one["seq"] == row["seq"]] for row in rows}

    def visit(tx: Transaction, rebuilt: Store, seq: int) -> Iterator[Finding]:
        for row in waiting().get(seq, ()):
            yield from _differences(tx, rebuilt, row)

    return visit


def _differences(tx: Transaction, store: Store, row: Mapping[str, Any]) -> Iterator[Finding]:
    content: dict[str, Any] = {}
    try:
        content = json.loads(row["content"])
        result = current(tx, store, round_rows.get(tx, row["round_id"]))
        subjects = list(_compared(content, certificate_content(tx, result)))
    except UNREADABLE as error:
        subjects = [f"cannot be computed: {type(error).__name__}"]
    for subject in subjects:
        yield Finding(WRONG, f"{_name(row, content)}: {subject}")


def recheck_record(record: Mapping[str, Any]) -> list[Finding]:
    """The newest certificate of a record that came from elsewhere, computed again by scoring.

    The events that it shows are replayed into a fresh database; methods that the second verifier
    leaves out are computed as well. A record that cannot be replayed is a finding.
    """
    content: dict[str, Any] = {}
    try:
        row = _newest(record)
        content = json.loads(row["content"])
        with replayed(record["events"], content["event"]["n"]) as (tx, store):
            result = current(tx, store, round_rows.get(tx, row["round_id"]))
            subjects = list(_compared(content, certificate_content(tx, result)))
    except UNREADABLE as error:
        subjects = [f"cannot be computed: {type(error).__name__}"]
        row = {"round_id": str(record.get("round")), "kind": "certify", "version": ""}
    return [Finding(WRONG, f"{_name(row, content)}: {subject}") for subject in subjects]


def _newest(record: Mapping[str, Any]) -> dict[str, Any]:
    """The last certificate of the record's round."""
    rows = [
        change["row"]
        for event in record["events"]
        if "payload" in event
        for change in changes_of(event)
        if change["table"] == "snapshots" and change["row"] is not None
    ]
    own = [row for row in rows if row["kind"] == "certify" and row["round_id"] == record["round"]]
    return max(own, key=lambda row: int(row["version"]))


def _compared(content: dict[str, Any], again: dict[str, Any]) -> Iterator[str]:
    """The parts, and the entrants, in which a certificate differs from what was computed."""
    for part in PARTS:
        is_earlier = part == ROOT and part not in content  # written before there was one
        if not is_earlier and content.get(part) != again.get(part):
            yield part
    stored = {line["entrant_id"]: line for line in content["entrants"]}
    computed = {line["entrant_id"]: line for line in again["entrants"]}
    for entrant_id in [*stored, *(computed.keys() - stored.keys())]:
        line, right = stored.get(entrant_id, {}), computed.get(entrant_id, {})
        names = [name for name in line if line[name] != right.get(name)]
        if names or not line:
            said = ", ".join(f"{name} {line[name]} (computed: {right.get(name)})" for name in names)
            yield f"{_entrant(line or right)}: {said or 'missing'}"
    if list(stored) != [one for one in computed if one in stored]:
        yield "order of the entrants"


def _entrant(line: dict[str, Any]) -> str:
    place = line.get("village") or line.get("township") or ""
    return f"{line.get('number') or ''} {place} {line.get('code', '')}".strip()


def _name(row: Mapping[str, Any], content: dict[str, Any]) -> str:
    title = (content.get("round") or {}).get("title", row["round_id"])
    return f"{title} {row['kind']} v{row['version']}"
