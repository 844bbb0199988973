"""Routes of a judge's tablet besides the marks: its work, the stage, its seat, its calls."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from competition import Store, sign_ins
from competition.aliases import aliases
from competition.errors import BadInput, Duplicate, WrongSeat
from competition.growth import growth
from competition.lineup import panel
from competition.marks import own_work
from competition.stage import calls, holding, pad_work
from competition.stage.pad_shapes import PadSheet, PadWork
from competition.standby import bearers
from competition.times import stamp
from competition.visitor import Visitor
from intake.places import short_county, short_village
from ui.answering import answer, text
from ui.door.threads import is_short

Body = Mapping[str, Any]

LONGEST_NUMBER, LONGEST_ID, LONGEST_COUNT = 12, 64, 5
LONGEST_CLOCK = 14


def short_places(work: PadWork) -> PadWork:
    """Return a judge's work with counties and villages by the short names that screens show."""
    return {**work, "sheets": [_short(sheet) for sheet in work["sheets"]]}


def _short(sheet: PadSheet) -> PadSheet:
    place = sheet["entrant"]
    county, village = short_county(place["county"]), short_village(place["village"])
    reason = short_county(sheet["reason"])  # a county, where the judge works there
    return {
        **sheet,
        "entrant": {**place, "county": county, "village": village},
        "reason": reason,
    }


@is_short
def read_work(request: Request) -> Response:
    """``GET /api/work?round=…``: all of the judge's sheets, the rubric, and who is on stage."""

    def act(store: Store, who: Visitor, _: Body, at: datetime) -> Mapping[str, Any]:
        round_id = request.query_params.get("round")
        work = short_places(pad_work.pad_work(store, who, round_id, at=at))
        return _with_second(store, who, work)

    return answer(request, act)


@is_short
def read_now(request: Request) -> Response:
    """``GET /api/now?round=…``: who is on stage, and whether to fetch the work again.

    ``&seat=…&tab=…&entrant=…&unsent=…`` besides is the pad's heartbeat: the seat its page was
    made for, the page, the entrant that is open, and how many changes lie on the pad only;
    ``&stores=…&clock=…`` whether its storage keeps, and its clock in milliseconds. The answer names
    the ``second`` laptop, if one is paired: where to go on when this one is silent.
    """

    def act(store: Store, who: Visitor, _: Body, at: datetime) -> Mapping[str, Any]:
        query = request.query_params
        round_id = query.get("round", "")
        if not query.get("seat"):
            return _with_second(store, who, pad_work.stage_now(store, who, round_id, at=at))
        if query["seat"] != who.person_id:
            raise WrongSeat(name=who.name)
        shown = aliases(store, who, round_id).shown(query.get("entrant", ""))
        beat = pad_work.Beat(
            _short_text(query, "tab"),
            shown[:LONGEST_ID],
            _count(query, "unsent"),
            stores={"0": False, "1": True}.get(query.get("stores", "")),
            ahead=_ahead(query, at),
        )
        now = pad_work.stage_now(store, who, round_id, at=at, beat=beat)
        return _with_second(store, who, now)

    return answer(request, act)


def _with_second(store: Store, who: Visitor, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """An answer with the addresses of both laptops and the token for the other one."""
    return {**told, "second": bearers.second_of(store, who)}


def _short_text(query: QueryParams, name: str) -> str:
    value = query.get(name, "")
    if len(value) > LONGEST_ID:
        raise BadInput(field=name, value=value[:20])
    return value


def _ahead(query: QueryParams, at: datetime) -> int | None:
    """How many seconds the device's clock is ahead of the server's; None where it says nothing."""
    value = query.get("clock", "")
    if not value.isascii() or not value.isdigit() or len(value) > LONGEST_CLOCK:
        return None
    return round(int(value) / 1000 - at.timestamp())


def _count(query: QueryParams, name: str) -> int:
    """A count of a request's query; 0 where it is not named."""
    value = query.get(name, "0")
    if not value.isascii() or not value.isdigit() or len(value) > LONGEST_COUNT:
        raise BadInput(field=name, value=value[:20])
    return int(value)


@is_short
def read_growth(request: Request) -> Response:
    """``GET /api/growth?after=…``: the entries of the events after one, to prove the chain."""

    def act(store: Store, who: Visitor, _: Body, __: datetime) -> Mapping[str, Any]:
        after = request.query_params.get("after", "")
        if not after.isascii() or not after.isdigit() or len(after) > LONGEST_NUMBER:
            raise BadInput(field="after", value=after[:20])
        return growth(store, who, after=int(after))

    return answer(request, act)


@is_short
def read_sheet(request: Request) -> Response:
    """``GET /api/sheet?round=…&entrant=…``: the judge's own sheet as the server holds it."""

    def act(store: Store, who: Visitor, _: Body, at: datetime) -> Mapping[str, Any]:
        query = request.query_params
        round_id = query.get("round", "")
        entrant_id = aliases(store, who, round_id).shown(query.get("entrant", ""))
        return own_work.own_sheet(store, who, round_id, entrant_id, at=at)

    return answer(request, act)


def hold_seat(request: Request) -> Response:
    """``POST /api/seat``: take the seat for a device, if it is free or ``takes`` is true.

    Body: ``{event, seat, round, device, takes}``.
    """

    def act(store: Store, who: Visitor, body: Body, at: datetime) -> Mapping[str, Any]:
        holding_row = holding.hold_seat(
            store,
            who,
            round_id=text(body, "round"),
            device=text(body, "device"),
            takes=body.get("takes") is True,
            at=at,
        )
        return {**holding_row, "time": stamp(at)}

    return answer(request, act)


def call_staff(request: Request) -> Response:
    """``POST /api/call``: call staff to the seat. Body: ``{event, seat, round, entrant, id}``."""

    def act(store: Store, who: Visitor, body: Body, at: datetime) -> Mapping[str, Any]:
        return calls.call_staff(
            store,
            who,
            round_id=text(body, "round"),
            call_id=text(body, "id"),
            entrant_id=text(body, "entrant"),
            at=at,
        )

    return answer(request, act)


def declare_recusal(request: Request) -> Response:
    """``POST /api/recusal``: the judge is recused for an entrant, with a reason.

    Body: ``{event, seat, round, entrant, reason}``. Answers with the judge's whole work.
    """

    def act(store: Store, who: Visitor, body: Body, at: datetime) -> Mapping[str, Any]:
        round_id, reason = text(body, "round"), body.get("reason")
        if not isinstance(reason, str):
            raise BadInput(field="reason", value="")
        with suppress(Duplicate):  # declared by the same tap, whose answer was lost
            panel.declare_recusal(
                store,
                who,
                round_id,
                text(body, "entrant"),
                str(who.person_id),
                reason=reason,
                at=at,
            )
        return short_places(pad_work.pad_work(store, who, round_id, at=at))

    return answer(request, act)


def choose_language(request: Request) -> Response:
    """``POST /api/language``: remember this device's language. Body: ``{event, seat, lang}``."""

    def act(store: Store, who: Visitor, body: Body, _: datetime) -> Mapping[str, Any]:
        sign_ins.choose_language(store, who, text(body, "lang"))
        return {"lang": sign_ins.language(store, who)}

    return answer(request, act)


ROUTES = [
    Route("/api/work", read_work),
    Route("/api/now", read_now),
    Route("/api/growth", read_growth),
    Route("/api/sheet", read_sheet),
    Route("/api/seat", hold_seat, methods=["POST"]),
    Route("/api/call", call_staff, methods=["POST"]),
    Route("/api/recusal", declare_recusal, methods=["POST"]),
    Route("/api/language", choose_language, methods=["POST"]),
]
