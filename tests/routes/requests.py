"""Every route of ours with a request that is right, as its own person sends it."""

from collections.abc import Callable
from itertools import count
from typing import Any

from judges.routes import ROUTES as JUDGES
from organizers.routes import ROUTES as ORGANIZERS
from tests.competition.event import Event

JUDGE, HOST = 2, "host"
_ids = count(1)

Body = dict[str, Any]
Key = tuple[str, str]


def new_id() -> str:
    """The id of a tap."""
    return f"tap-{next(_ids):06d}"


def mark(event: Event, value: int | None = 50000, **values: object) -> Body:
    """One change of the first criterion."""
    given = {"id": new_id(), "criterion": event.criteria[0], "value": value, "rev": 0}
    return given | values


def where(event: Event, judge: int = JUDGE) -> Body:
    """Event, seat and round of a judge's page."""
    return {
        "event": str(event.organizer.competition_id),
        "seat": event.judges[judge],
        "round": event.round_id,
    }


def sheet(event: Event, judge: int = JUDGE, entrant: int = 1) -> Body:
    """The same with an entrant."""
    return where(event, judge) | {"entrant": event.entrants[entrant]}


def kept(event: Event) -> Body:
    """A mark that a tablet kept."""
    return {
        "kind": "mark",
        "id": new_id(),
        "entrant": event.entrants[1],
        "criterion": event.criteria[0],
        "value": 50000,
        "after": "",
        "head": "",
    }


WRITES: dict[Key, Callable[[Event], Body]] = {
    ("PUT", "/api/marks"): lambda e: sheet(e) | {"changes": [mark(e)]},
    ("POST", "/api/submit"): lambda e: (
        sheet(e) | {"id": new_id(), "seen": {e.criteria[0]: 50000, e.criteria[1]: 30000}}
    ),
    ("POST", "/api/resend"): lambda e: where(e) | {"kept": [kept(e)]},
    ("PUT", "/api/remarks"): lambda e: sheet(e) | {"id": new_id(), "kind": "remark", "text": "好"},
    ("POST", "/api/seat"): lambda e: where(e) | {"device": "pad-1", "takes": False},
    ("POST", "/api/call"): lambda e: sheet(e) | {"id": new_id()},
    ("POST", "/api/recusal"): lambda e: sheet(e, entrant=5) | {"reason": "亲属"},
    ("POST", "/api/language"): lambda e: {
        "event": str(e.organizer.competition_id),
        "seat": e.judges[JUDGE],
        "lang": "zh",
    },
    ("POST", "/api/reopening"): lambda e: sheet(e) | {"reason": "打反了"},
    ("POST", "/api/stage"): lambda e: {
        "seat": e.people[HOST],
        "round": e.round_id,
        "entrant": e.entrants[1],
        "stage": "called",
    },
    ("POST", "/api/release"): lambda e: {
        "seat": e.people[HOST],
        "round": e.round_id,
        "entrant": e.entrants[1],
    },
    ("POST", "/api/page"): lambda e: {"seat": e.people[HOST], "round": e.round_id, "page": 1},
    ("POST", "/api/ceremony"): lambda e: {
        "seat": e.people[HOST],
        "round": e.round_id,
        "step": 1,
        "seen": 0,
    },
}

READS: dict[Key, Callable[[Event], str]] = {
    ("GET", "/api/work"): lambda e: f"?round={e.round_id}",
    ("GET", "/api/now"): lambda e: f"?round={e.round_id}",
    ("GET", "/api/growth"): lambda e: "?after=0",
    ("GET", "/api/hall/{round}"): lambda e: "",
    ("GET", "/api/host/{round}"): lambda e: "",
    ("GET", "/api/sheet"): lambda e: f"?round={e.round_id}&entrant={e.entrants[1]}",
}

EVERY: tuple[Key, ...] = (*WRITES, *READS)
HOSTS = (
    *("/api/stage", "/api/release", "/api/page", "/api/ceremony"),
    *("/api/hall/{round}", "/api/host/{round}"),
)
BOUND = tuple(key for key in WRITES if key[1] not in HOSTS)
"""Writes that name the event as well."""


def request(key: Key, event: Event) -> tuple[str, str, Body | None]:
    """Method, path with its query, and body."""
    method, path = key
    if key in READS:
        return method, path.format(round=event.round_id) + READS[key](event), None
    return method, path, WRITES[key](event)


def role_of(key: Key) -> int | str:
    """Whose route it is."""
    return HOST if key[1] in HOSTS else JUDGE


def routes() -> set[Key]:
    """Every route there is below /api."""
    return {
        (method, route.path)
        for route in [*JUDGES, *ORGANIZERS]
        for method in route.methods or ()
        if route.path.startswith("/api/") and method != "HEAD"
    }


def written(event: Event) -> tuple[int, ...]:
    """How many events and rows there are."""
    tables = ("events", "marks", "sheets", "recusals", "calls", "holders", "remarks")
    with event.store.reading() as tx:
        return tuple(tx.value(f"SELECT count(*) FROM {table}") for table in tables)
