"""Routes of what a tablet sends: marks, a submit, words on a sheet. Each is done once.

Every write names the event and the seat its page was made for; every answer is an echo of
what the server now holds, and only that is ground for saying saved.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from competition import Store
from competition.errors import BadInput
from competition.marks import pad_marks, remarks
from competition.marks.sheets import MarkChange
from competition.times import stamp
from competition.visitor import Visitor
from ui.answering import answer, said, text, whole

MOST_CHANGES = 50

Body = Mapping[str, Any]


def save_marks(request: Request) -> Response:
    """``PUT /api/marks``: take changes of one sheet and answer each.

    Body: ``{event, seat, round, entrant, changes: [{id, criterion, value, rev, after}]}``;
    ``value`` is a decimal string, or null to clear; ``after`` the id of the change before.
    """

    def act(store: Store, who: Visitor, body: Body, at: datetime) -> dict[str, Any]:
        given = body.get("changes")
        if not isinstance(given, list) or not 0 < len(given) <= MOST_CHANGES:
            raise BadInput(field="changes", value="")
        echo = pad_marks.take_marks(
            store, who, **which(body), changes=[_change(c) for c in given], at=at
        )
        return _echoed(echo, at)

    return answer(request, act)


def submit(request: Request) -> Response:
    """``POST /api/submit``: submit a sheet as it was seen.

    Body: ``{event, seat, round, entrant, id, seen: {criterion: value}}``.
    """

    def act(store: Store, who: Visitor, body: Body, at: datetime) -> dict[str, Any]:
        seen = body.get("seen")
        if not isinstance(seen, dict) or not all(isinstance(v, str) for v in seen.values()):
            raise BadInput(field="seen", value="")
        echo = pad_marks.take_submit(
            store, who, **which(body), change_id=text(body, "id"), seen=seen, at=at
        )
        return _echoed(echo, at)

    return answer(request, act)


def write_words(request: Request) -> Response:
    """``PUT /api/remarks``: keep a remark or a private note.

    Body: ``{event, seat, round, entrant, id, kind, text}``; kind is ``remark`` or ``note``.
    """

    def act(store: Store, who: Visitor, body: Body, at: datetime) -> dict[str, Any]:
        words = body.get("text")
        if not isinstance(words, str):
            raise BadInput(field="text", value="")
        echo = remarks.write(
            store,
            who,
            **which(body),
            kind=text(body, "kind"),
            text=words,
            change_id=text(body, "id"),
            at=at,
        )
        return _echoed(echo, at)

    return answer(request, act)


def which(body: Body) -> dict[str, str]:
    """Event, seat, round and entrant of a body."""
    return {
        "event": text(body, "event"),
        "seat": text(body, "seat"),
        "round_id": text(body, "round"),
        "entrant_id": text(body, "entrant"),
    }


def _change(given: object) -> MarkChange:
    if not isinstance(given, dict):
        raise BadInput(field="changes", value="")
    value = given.get("value")
    if value is not None and not isinstance(value, str):
        raise BadInput(field="value", value=str(value)[:20])
    return MarkChange(
        criterion_id=text(given, "criterion"),
        value=value,
        client_id=text(given, "id"),
        base_rev=whole(given, "rev"),
        after=text(given, "after") if given.get("after") else "",
    )


def _echoed(echo: dict[str, Any], at: datetime) -> dict[str, Any]:
    """An echo with the server's time, and refusals in words."""
    results = [
        {**one, "error": None, **said(one["error"])} if one.get("error") else one
        for one in echo["results"]
    ]
    return {**echo, "results": results, "time": stamp(at)}


ROUTES = [
    Route("/api/marks", save_marks, methods=["PUT"]),
    Route("/api/submit", submit, methods=["POST"]),
    Route("/api/remarks", write_words, methods=["PUT"]),
]
