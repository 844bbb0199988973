"""An audit of a closed round: drawn from dice thrown in public, its outcome recorded."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import itemgetter
from typing import cast

from competition import fields
from competition.acting import acting, acting_on
from competition.errors import BadInput, BadWhole
from competition.ids import mint
from competition.results import auditing, receipts
from competition.results.auditing import DICE_NEEDED, FEWEST, MOST, Key
from competition.results.errors import AuditAnswered, BadDice
from competition.results.explained_sheets import read_sheets
from competition.results.standings import RoundStandings, current
from competition.rights import require_read
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, heads
from db import audits as rows
from db.audits import AuditRow

FIGURES = frozenset("123456")


@dataclass(frozen=True)
class Compared:
    """A sheet to compare: as it is here, for the paper of that judge."""

    key: Key
    seat: int
    number: int | None
    place: str
    total: Decimal
    code: str
    is_near: bool


@dataclass(frozen=True)
class Audit:
    """An audit with its lines.

    Attributes
    ----------
    near, random : tuple of Compared
        All sheets of the entrants around the line; those drawn from the others.
    others : int
        Sheets that the random ones were drawn from.
    outcome : str
        ``agrees``, ``differs``, or empty before it was recorded.
    wrong : frozenset of str
        Codes of the sheets that differ from paper.
    most : float or None
        The largest share of wrong sheets among the others that this leaves possible, at 95 %.
    """

    id: str
    at: str
    dice: str
    head: str
    near: tuple[Compared, ...]
    random: tuple[Compared, ...]
    others: int
    outcome: str
    wrong: frozenset[str]
    remark: str
    most: float | None


def begin_audit(
    store: Store, who: Visitor, round_id: str, dice: str, *, count: int, at: datetime
) -> str:
    """Draw the sheets of an audit from the dice that were thrown; return its id.

    The closing paper is printed before: its head, with the dice, gives the draw.

    Raises
    ------
    BadDice
        If fewer than ten throws of a die are given.
    BadWhole
        If the count of random sheets is not within its limits.
    """
    thrown = "".join(sign for sign in fields.text(dice, "dice") if sign not in " ,;")
    if len(thrown) < DICE_NEEDED or not set(thrown) <= FIGURES:
        raise BadDice(field="dice", value=dice[:40], fewest=DICE_NEEDED)
    if not FEWEST <= count <= MOST:
        raise BadWhole(field="count", value=str(count)[:20], low=FEWEST, high=MOST)
    with acting(store, who, "begin_audit", round_id, at=at) as (act, tx):
        result = current(tx, store, act.round)
        head = heads.after_last(tx, act.round["competition_id"], round_id, "round_closed")
        near = _near(result)
        keys = [key for key in _keys(tx, result) if key[0] not in near]
        chosen = auditing.drawn(keys, thrown, str(head or ""), count)
        audit = mint()
        tx.put(
            "audits",
            {
                "id": audit,
                "round_id": round_id,
                "dice": thrown,
                "head": str(head or ""),
                "near": json.dumps(sorted(near)),
                "lines": json.dumps(chosen),
                "at": stamp(act.at),
                "person_id": who.person_id,
                "outcome": None,
                "wrong": "[]",
                "remark": "",
                "answered_by": None,
                "answered_at": None,
            },
        )
        act.record("audit_begun")
    return audit


def _keys(tx: Transaction, result: RoundStandings) -> list[Key]:
    return list(receipts.leaves_of(tx, result.round["id"]))


def _near(result: RoundStandings) -> set[str]:
    """Entrants whose sheets could change who is in: the open zone, else either side of the line."""
    zone = {line.entrant_id for line in result.lines if line.in_zone}
    scored = [(one.official, one) for one in result.lines if one.official is not None]
    inside = [(score, line.entrant_id) for score, line in scored if line.selected]
    outside = [(score, line.entrant_id) for score, line in scored if not line.selected]
    if inside and outside:
        zone |= {min(inside, key=itemgetter(0))[1], max(outside, key=itemgetter(0))[1]}
    return zone


def record_audit(
    store: Store,
    who: Visitor,
    audit_id: str,
    wrong: Collection[str],
    *,
    remark: str = "",
    at: datetime,
) -> None:
    """Record which of the drawn sheets differ from paper, by their codes; with some, a remark.

    Raises
    ------
    AuditAnswered
        If its outcome is recorded already.
    BadInput
        If a code is none of the drawn sheets'.
    ReasonNeeded
        If sheets differ and the remark is empty.
    """
    with acting_on(store, who, "record_audit", rows.find, audit_id, what="audit", at=at) as (
        act,
        tx,
        audit,
    ):
        if audit["outcome"] is not None:
            raise AuditAnswered
        row = cast("AuditRow", audit)
        near, random = _drawn(tx, current(tx, store, act.round), row)
        known = {line.code for line in (*near, *random)}
        for code in wrong:
            if code not in known:
                raise BadInput(field="wrong", value=code[:20])
        said = fields.reason(remark) if wrong else fields.text(remark, "remark", longest=500)
        tx.put(
            "audits",
            {
                **row,
                "outcome": "differs" if wrong else "agrees",
                "wrong": json.dumps(sorted(wrong)),
                "remark": said,
                "answered_by": who.person_id,
                "answered_at": stamp(act.at),
            },
        )
        act.record("audit_recorded")


def audits(store: Store, who: Visitor, round_id: str) -> tuple[Audit, ...]:
    """A round's audits, the newest first, each sheet as it stands here: for the staff."""
    with store.reading() as tx:
        row = require_read(tx, who, "audits", round_id)
        result = current(tx, store, row)
        return tuple(_audit(tx, result, one) for one in rows.of_round(tx, round_id))


def _audit(tx: Transaction, result: RoundStandings, row: AuditRow) -> Audit:
    near, random = _drawn(tx, result, row)
    wrong = frozenset(json.loads(row["wrong"]))
    others = len(_keys(tx, result)) - len(near)
    differing = sum(line.code in wrong for line in random)
    most = auditing.most_wrong(len(random), differing, others) if row["outcome"] else None
    return Audit(
        id=row["id"],
        at=row["at"],
        dice=row["dice"],
        head=row["head"],
        near=near,
        random=random,
        others=others,
        outcome=row["outcome"] or "",
        wrong=wrong,
        remark=row["remark"],
        most=most,
    )


def _drawn(
    tx: Transaction, result: RoundStandings, row: AuditRow
) -> tuple[tuple[Compared, ...], tuple[Compared, ...]]:
    """The sheets around the line and the random ones, each in the order of seats and numbers."""
    leaves = receipts.leaves_of(tx, result.round["id"])
    near, lines = set(json.loads(row["near"])), {(e, j) for e, j in json.loads(row["lines"])}
    keys = [key for key in leaves if key[0] in near or key in lines]
    totals = _totals(tx, result, {entrant for entrant, _ in keys})
    compared = []
    for key in keys:
        line = result.line(key[0])
        if line is None:
            continue
        code = receipts.code_of(leaves[key])
        seat, place = result.judges[key[1]], line.village or line.township
        is_near = key[0] in near
        compared.append(Compared(key, seat, line.number, place, totals[key], code, is_near))
    compared.sort(key=lambda one: (one.seat, one.number is None, one.number or 0))
    return (
        tuple(one for one in compared if one.is_near),
        tuple(one for one in compared if not one.is_near),
    )


def _totals(tx: Transaction, result: RoundStandings, wanted: set[str]) -> dict[Key, Decimal]:
    read = read_sheets(tx, result)
    return {
        (entrant, sheet.judge): sheet.total for entrant in wanted for sheet in read.sheets(entrant)
    }
