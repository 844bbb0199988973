"""A round's record: its events as a file that a reader checks without this program.

Events of other rounds stand in it by their entries alone: they prove the chain and show no mark.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from competition.countersigning import in_force
from competition.errors import Missing, OnlyJudged, Refused
from competition.results import second_verifier
from competition.results.certificates import CertificateContent
from competition.results.errors import VerifierDisagrees
from competition.results.prizes import prize_groups
from competition.rights import require_read
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from db import (
    Store,
    Transaction,
    competitions,
    composites,
    decisions,
    events,
    heads,
    publications,
    rounds,
    sheets,
    snapshots,
    votes,
)
from db.canonical import canonical, sha256
from db.shapes import RoundRow

FORMAT, RESULT, WINNERS = "arena-record-1", "arena-result-1", "arena-winners-1"
COMPOSITE = "arena-composite-1"
PLACE = ("number", "code", "county", "township", "village", "title")
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
        "format": COMPOSITE if composites.parts(tx, round_id) else FORMAT,
        "round": round_id,
        "head": str(heads.last(tx, competition_id)),
        "events": shown_events(tx, competition_id, round_id),
    }
    listed = votes.counted_list(tx, round_id)
    return _json(content if listed is None else {**content, "ballots": listed})


def public_record(store: Store, who: Visitor, round_id: str) -> bytes:
    """A certified round's newest certificate as the public may have it, as JSON in UTF-8.

    Where the rules publish scores it is the whole certificate, judges by number, with the ids of
    its marks and the orders that were ruled; else the list of the selected, with ranks where the
    rules publish these. ``entries`` are those of all events in order, an older event's hash behind
    a ``=``.

    Raises
    ------
    Forbidden
        As `record`.
    OnlyJudged
        Of a composite: what it is computed from are the records of its rounds.
    """
    with store.reading() as tx:
        row = require_read(tx, who, "record", round_id)
        if composites.parts(tx, round_id):
            raise OnlyJudged
        return _json(public_of(tx, row))


def open_record(store: Store, who: Visitor, round_id: str = "") -> bytes:
    """The record of a certified round for a reader who may have it; else what was made public.

    Without a round it is the newest of those that the reader may see.

    Raises
    ------
    Refused
        As `record`, where nothing of the round was announced or noticed.
    """
    refused: Refused = Missing(what="round")
    with store.reading() as tx:
        for row in _certified(tx, who, round_id):
            try:
                require_read(tx, who, "record", row["id"])
                return record_of(tx, row["competition_id"], row["id"])
            except Refused as problem:
                refused = problem
            if row["kind"] == "composite":  # its proof are the records of its rounds
                continue
            newest = snapshots.latest(tx, row["id"], "certify")
            shown = publications.published(tx, row["id"])
            if newest is not None and shown and shown[0]["id"] == newest["id"]:
                return _json(public_of(tx, row))
        raise refused


def _certified(tx: Transaction, who: Visitor, round_id: str) -> list[RoundRow]:
    """The certified rounds of the reader's competition, or of all, the newest first."""
    known = [
        row
        for one in competitions.all_of(tx)
        if who.competition_id in (None, one["id"])
        for row in rounds.of_competition(tx, one["id"])
        if row["state"] == "certified" and round_id in ("", row["id"])
    ]
    return sorted(known, key=lambda row: str(row["certified_at"]), reverse=True)


def public_of(tx: Transaction, row: RoundRow) -> dict[str, Any]:
    """As `public_record`, for a reader whose right was checked."""
    snapshot = snapshots.latest(tx, row["id"], "certify")
    if snapshot is None:
        raise Missing(what="snapshot")
    content = json.loads(snapshot["content"])
    published = RoundRules.from_json(row["rules"]).published
    shared = {
        "round": row["id"],
        "head": str(heads.last(tx, row["competition_id"])),
        "sha256": snapshot["sha256"],
        "entries": [
            event["entry"] or f"={event['hash']}"
            for event in events.whole(tx, row["competition_id"])
        ],
    }
    if published != "scores":
        said = _winners(content, with_ranks=published == "ranks")
        return {**shared, "format": WINNERS, "certificate": said}
    ids = {
        (mark["entrant"], mark["judge"], mark["criterion"]): mark["id"]
        for mark in sheets.marks_with_ids(tx, row["id"])
    }
    return {
        **shared,
        "format": RESULT,
        "content": snapshot["content"],
        "ids": [ids[entrant, judge, c] for entrant, judge, c, _ in content["marks"]],
        "rulings": [
            json.loads(ruling["entrants"])
            for ruling in in_force(decisions.rulings(tx, row["id"]))
            if ruling["kind"] == "order"
        ],
    }


def _winners(content: CertificateContent, *, with_ranks: bool) -> dict[str, Any]:
    """The certificate without marks, scores and those not selected; prizes as they were given."""
    names = (*PLACE, "rank", "tied") if with_ranks else PLACE
    prized = [
        (at, group.name, one.line)
        for at, group in enumerate(prize_groups(content))
        if group.kind in ("prize", "list", "shortlist")
        for one in group.members
        if one.line is not None
    ]
    if with_ranks:
        prized.sort(key=lambda one: (one[2]["place"] or 0, one[2]["code"]))
    else:
        prized.sort(key=lambda one: (one[0], one[2]["code"]))
    whole: Mapping[str, Any] = content
    return {
        **{name: whole[name] for name in ("version", "competition", "round", "event")},
        **{name: whole.get(name, "") for name in ("rules_hash", "sheets_root")},
        "entrants": [
            {**{name: line[name] for name in names}, "prize": prize}  # type: ignore[literal-required]
            for _, prize, line in prized
        ],
    }


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def verifier_source() -> bytes:
    """The text of the second verifier, to be given with a record."""
    return Path(second_verifier.__file__).read_bytes()


def shown_events(tx: Transaction, competition_id: str, round_id: str) -> list[dict[str, Any]]:
    """Every event of a competition: whole if it is of the round or of all, else its entry.

    Of a composite the events of the rounds it is made of are whole, too. Of the programme beside
    the contest the entries suffice: no mark and no entrant is in it.
    """
    shown = {None, round_id, *(part["source_id"] for part in composites.parts(tx, round_id))}
    return [
        {k: v for k, v in event.items() if k != "seq"}
        if event["round_id"] in shown and event["kind"] not in events.BESIDE
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
        for name, differences in second_verifier.check_certificate(
            snapshot, shown, votes.counted_list(tx, round_id)
        )
        for fault in differences
    ]
    if faults:
        check, fault = faults[0]
        raise VerifierDisagrees(check=check, fault=fault, count=len(faults))
