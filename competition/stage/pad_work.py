"""All a judge's tablet has to know to go on alone: sheets, rubric, words, who is on stage."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from competition import fields
from competition.blind import is_blind
from competition.documents.materials import Materials, of_judge
from competition.errors import NoRound
from competition.marks.own_work import work_of
from competition.marks.sheets import sheet_echo
from competition.rights import may, require_read
from competition.rounds.rounds import rubric
from competition.rounds.rules import RoundRules
from competition.stage.hall_scene import held_first
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, entrants, panel, releases
from db import calls as call_rows
from db import changes as change_rows
from db import competitions as competition_rows
from db import remarks as remark_rows
from db import rounds as round_rows

ENTRANT = ("id", "number", "county", "township", "village", "title", "presenter", "post", "code")


def pad_work(
    store: Store, who: Visitor, round_id: str | None = None, *, at: datetime
) -> dict[str, Any]:
    """A judge's whole work in one round (at first the one that is open), with nobody else's.

    Returns
    -------
    dict
        ``event, seat, name, number, reserve, sample, time, timezone, round, rounds, blind,
        criteria, sheets, stage, holder, call, version``. Each of ``sheets`` has ``entrant``,
        ``state``, ``reason``, ``held`` (whether it waits to be announced together with others),
        ``seat_of`` (the number of the seat that a judge in reserve has taken over),
        ``materials`` (``shelf_mark, documents``), ``echo`` (see
        `competition.marks.echoes.Echo`), ``remark`` and ``note``.

    Raises
    ------
    NoRound
        If the judge has no round that has been opened.
    """
    with store.reading() as tx:
        competition = competition_rows.find(tx, str(who.competition_id)) or {}
        mine = _own_rounds(tx, who)
        chosen = round_id or _at_first(mine)
        if chosen is None:
            raise NoRound
        row = require_read(tx, who, "own_sheets", chosen)
        person_id = str(who.person_id)
        seat = panel.seat(tx, chosen, person_id)
        sheets = _sheets(tx, row, person_id, at)
        return {
            **stage_of(tx, row, person_id, at),
            "name": who.name,
            "number": seat["number"] if seat else None,
            "reserve": bool(seat and seat["reserve"]),
            "sample": bool(competition.get("sample")),
            "timezone": competition.get("timezone", "UTC"),
            "title": competition.get("title", ""),
            "round": chosen,
            "round_title": row["title"],
            "blind": is_blind(row),
            "grace": RoundRules.from_json(row["rules"]).grace_seconds,
            "rounds": [{"id": one["id"], "title": one["title"]} for one in mine],
            "criteria": [_criterion(one) for one in rubric(tx, chosen)],
            "sheets": sheets,
        }


def _own_rounds(tx: Transaction, who: Visitor) -> list[dict[str, Any]]:
    return [
        row
        for row in round_rows.of_competition(tx, str(who.competition_id))
        if may(tx, who, "own_sheets", row["id"])
    ]


def _at_first(mine: list[dict[str, Any]]) -> str | None:
    is_open = [row for row in mine if row["state"] == "open"]
    found = (is_open or mine)[-1:]
    return found[0]["id"] if found else None


def _sheets(
    tx: Transaction, row: dict[str, Any], person_id: str, at: datetime
) -> list[dict[str, Any]]:
    words = {
        (one["entrant_id"], one["kind"]): one["text"]
        for one in remark_rows.of_judge(tx, row["id"], person_id)
    }
    held = _held(tx, row)
    work = work_of(tx, row, person_id, at)
    readable = of_judge(tx, row, work)
    return [
        {
            "entrant": {name: one[name] for name in ENTRANT},
            "state": one["state"],
            "reason": one["reason"],
            "held": one["id"] in held,
            "seat_of": one["stands_for_seat"],
            "materials": _told(readable.get(one["id"], Materials())),
            "echo": sheet_echo(tx, row, one["id"], person_id, at),
            "remark": words.get((one["id"], "remark"), ""),
            "note": words.get((one["id"], "note"), ""),
        }
        for one in work
    ]


def _held(tx: Transaction, row: dict[str, Any]) -> set[str]:
    """Who is announced together with others and has not been yet."""
    rules = RoundRules.from_json(row["rules"])
    if not rules.releases or not rules.held_first:
        return set()
    told = {one["entrant_id"] for one in releases.latest(tx, row["id"])}
    groups = held_first(entrants.in_round(tx, row["id"]), rules).values()
    return {one["id"] for group in groups if len(group) > 1 for one in group} - told


def _told(found: Materials) -> dict[str, Any]:
    documents = [
        {"id": one.id, "name": one.name, "kind": one.ending.upper(), "size": one.megabytes}
        for one in found.documents
    ]
    return {"shelf_mark": found.shelf_mark, "documents": documents}


def _criterion(row: dict[str, Any]) -> dict[str, Any]:
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


def stage_now(store: Store, who: Visitor, round_id: str, *, at: datetime) -> dict[str, Any]:
    """What a tablet asks for every few seconds: who is on stage, and whether to fetch anew.

    Returns
    -------
    dict
        ``event, seat, name, time, state, stage`` (``entrant, number, stage`` or None), ``holder``,
        ``call`` (when the judge's unanswered call was made) and ``version``, which changes
        whenever something of the judge's own does.
    """
    with store.reading() as tx:
        row = require_read(tx, who, "own_sheets", round_id)
        return {**stage_of(tx, row, str(who.person_id), at), "name": who.name}


def stage_of(tx: Transaction, row: dict[str, Any], person_id: str, at: datetime) -> dict[str, Any]:
    """As `stage_now`, inside a transaction."""
    current = entrants.on_stage(tx, row["id"])
    holder = call_rows.holder(tx, person_id)
    call = call_rows.waiting_of(tx, row["id"], person_id)
    return {
        "event": row["competition_id"],
        "seat": person_id,
        "time": stamp(at),
        "state": row["state"],
        "stage": current
        and {"entrant": current["id"], "number": current["number"], "stage": current["stage"]},
        "holder": holder and holder["device"],
        "call": call and call["at"],
        "version": change_rows.version_of(tx, row["id"], person_id),
    }
