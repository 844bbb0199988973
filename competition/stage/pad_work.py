"""A judge's work for the tablet: sheets, rubric, remarks, the stage."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from competition import fields
from competition.blind import is_blind
from competition.clock import ticks
from competition.documents.materials import Materials, of_judge
from competition.errors import NoRound
from competition.invented import invented
from competition.marks.echoing import echoes
from competition.marks.own_work import work_of
from competition.rights import may, require_read
from competition.rounds import practising
from competition.rounds.rounds import round_at_first
from competition.rounds.rubric import criteria_of
from competition.rounds.rules import RoundRules
from competition.stage.announcing_order import held_groups
from competition.stage.beats import keep_beat
from competition.stage.clock_now import Ticking, clock_in, for_screens, keep_running
from competition.stage.pad_shapes import (
    OnStage,
    PadCriterion,
    PadDocument,
    PadEntrant,
    PadMaterials,
    PadNow,
    PadSheet,
    PadWork,
)
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, entrants, panel, releases
from db import calls as call_rows
from db import changes as change_rows
from db import competitions as competition_rows
from db import remarks as remark_rows
from db import rounds as round_rows
from db.shapes import RoundRow


def pad_work(store: Store, who: Visitor, round_id: str | None = None, *, at: datetime) -> PadWork:
    """A judge's sheets in one round (at first the open one), and no other judge's.

    Raises
    ------
    NoRound
        If the judge has no round that has been opened.
    """
    with store.reading() as tx:
        mine = _own_rounds(tx, who)
        first = round_at_first(mine, reads=True)
        chosen = round_id or (first["id"] if first else None)
        if chosen is None:
            raise NoRound
        row = _shown(tx, who, require_read(tx, who, "own_sheets", chosen))
        chosen = row["id"]
        competition = competition_rows.get(tx, str(who.competition_id))
        seat = panel.seat(tx, chosen, str(who.person_id))
        return {
            **_now(tx, who, row, at, for_screens(clock_in(tx, store, row, at=at, ticks=ticks()))),
            "number": seat["number"] if seat else None,
            "chair": "chair" in who.roles_in(chosen),
            "reserve": bool(seat and seat["reserve"]),
            "sample": invented(competition),
            "timezone": competition.get("timezone", "UTC"),
            "round": chosen,
            "blind": is_blind(row),
            "rounds": [
                {"id": one["id"], "title": one["title"], "state": one["state"]} for one in mine
            ],
            "criteria": [_criterion(one) for one in criteria_of(tx, chosen)],
            "sheets": _sheets(tx, row, str(who.person_id), at),
        }


def _shown(tx: Transaction, who: Visitor, row: RoundRow) -> RoundRow:
    """The practice while it runs, and then the round it was for, if the judge sits in it."""
    other = practising.shown_instead(tx, row)
    return other if may(tx, who, "own_sheets", other["id"]) else row


def _own_rounds(tx: Transaction, who: Visitor) -> list[RoundRow]:
    return [
        row
        for row in round_rows.of_competition(tx, str(who.competition_id))
        if may(tx, who, "own_sheets", row["id"])
    ]


def _sheets(tx: Transaction, row: RoundRow, person_id: str, at: datetime) -> list[PadSheet]:
    words = {
        (one["entrant_id"], one["kind"]): one["text"]
        for one in remark_rows.of_judge(tx, row["id"], person_id)
    }
    held = _held(tx, row)
    work = work_of(tx, row, person_id, at)
    held_sheets = echoes(tx, row, [one["id"] for one in work], person_id, at)
    readable = of_judge(tx, row, work)
    return [
        {
            "entrant": _entrant(one),
            "state": one["state"],
            "reason": one["reason"],
            "held": one["id"] in held,
            "seat_of": one["stands_for_seat"],
            "materials": _materials(readable.get(one["id"], Materials())),
            "echo": echo,
            "remark": words.get((one["id"], "remark"), ""),
            "note": words.get((one["id"], "note"), ""),
        }
        for one, echo in zip(work, held_sheets, strict=True)
    ]


def _entrant(row: Mapping[str, Any]) -> PadEntrant:
    return {
        "id": row["id"],
        "number": row["number"],
        "county": row["county"],
        "township": row["township"],
        "village": row["village"],
        "title": row["title"],
        "presenter": row["presenter"],
        "post": row["post"],
        "code": row["code"],
    }


def _held(tx: Transaction, row: RoundRow) -> set[str]:
    """Entrants that wait to be announced together with others."""
    rules = RoundRules.from_json(row["rules"])
    if not rules.holds:
        return set()
    announced = {one["entrant_id"] for one in releases.latest(tx, row["id"])}
    groups = held_groups(entrants.running(tx, row["id"]), rules).values()
    return {one["id"] for group in groups if len(group) > 1 for one in group} - announced


def _materials(materials: Materials) -> PadMaterials:
    documents: list[PadDocument] = [
        {"id": one.id, "name": one.name, "kind": one.ending.upper(), "size": one.megabytes}
        for one in materials.documents
    ]
    return {"shelf_mark": materials.shelf_mark, "documents": documents}


def _criterion(row: Mapping[str, Any]) -> PadCriterion:
    """A criterion with its marks in thousandths, so that a tablet never adds floats."""
    return {
        "id": row["id"],
        "name": row["name"],
        "points": row["points"],
        "maximum": row["maximum"],
        "step": row["step"],
        "anchors": [
            {
                "level": anchor["level"],
                "text": anchor["text"],
                "low": _thousandths(anchor["low"]),
                "high": _thousandths(anchor["high"]),
            }
            for anchor in row["anchors"]
        ],
    }


def _thousandths(text: str) -> int:
    return int(Decimal(text) * fields.THOUSAND)


@dataclass(frozen=True)
class Beat:
    """What a pad says of itself: its page, the entrant that is open, what is unsent.

    ``stores`` is whether the device's storage keeps, ``ahead`` how many seconds its clock is
    ahead; None where an older page does not say.
    """

    tab: str
    entrant_id: str
    unsent: int
    stores: bool | None = None
    ahead: int | None = None


def stage_now(
    store: Store, who: Visitor, round_id: str, *, at: datetime, beat: Beat | None = None
) -> PadNow:
    """The stage, the seat's device and a version: what a tablet asks for every few seconds."""
    steady = ticks()
    with store.reading() as tx:
        row = _shown(tx, who, require_read(tx, who, "own_sheets", round_id))
        clock = clock_in(tx, store, row, at=at, ticks=steady)
        now = _now(tx, who, row, at, for_screens(clock))
    keep_running(store, row, clock, at=at, ticks=steady)
    if beat is not None:
        keep_beat(store, row["id"], now["seat"], **asdict(beat), at=at)
    return now


def _now(
    tx: Transaction, who: Visitor, row: RoundRow, at: datetime, clock: Ticking | None
) -> PadNow:
    person_id = str(who.person_id)
    holder = call_rows.holder(tx, person_id)
    call = call_rows.waiting_of(tx, row["id"], person_id)
    return {
        "event": row["competition_id"],
        "seat": person_id,
        "time": stamp(at),
        "state": row["state"],
        "stage": _on_stage(tx, row["id"]),
        "holder": holder["device"] if holder else None,
        "call": call["at"] if call else None,
        "version": f"{row['id'][:8]}.{change_rows.version_of(tx, row['id'], person_id)}",
        "name": who.name,
        "clock": clock,
    }


def _on_stage(tx: Transaction, round_id: str) -> OnStage | None:
    place = entrants.on_stage(tx, round_id)
    if place is None:
        return None
    return {"entrant": place["id"], "number": place["number"], "stage": place["stage"]}
