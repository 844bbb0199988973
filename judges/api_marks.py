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
from competition.marks import pad_marks, remarks, reopening, resending
from competition.marks.sheets import MarkChange
from competition.times import stamp
from competition.visitor import Visitor
from ui.answering import LONGEST_HEAD, answer, said, text, whole
from ui.door.threads import shares_commit

MOST_CHANGES = 50
MOST_KEPT = 100

Body = Mapping[str, Any]


@shares_commit
def save_marks(request: Request) -> Response:
    """``PUT /api/marks``: take changes of one sheet and answer each.

    Body: ``{event, seat, round, entrant, changes: [{id, criterion, value, rev, after}]}``;
    ``value`` is in thousandths, or null to clear; ``after`` the id of the change before.
    """

    def act(store: Store, who: Visitor, body: Body, at: datetime) -> dict[str, Any]:
        given = body.get("changes")
        if not isinstance(given, list) or not 0 < len(given) <= MOST_CHANGES:
            raise BadInput(field="changes", value="")
        changes = [_change(one) for one in given]
        echo = pad_marks.record_marks(store, who, **_which(body), changes=changes, at=at)
        return _echoed(echo, at)

    return answer(request, act)


@shares_commit
def submit(request: Request) -> Response:
    """``POST /api/submit``: submit a sheet as it was seen.

    Body: ``{event, seat, round, entrant, id, seen: {criterion: value}}``.
    """

    def act(store: Store, who: Visitor, body: Body, at: datetime) -> dict[str, Any]:
        seen = body.get("seen")
        if not isinstance(seen, dict):
            raise BadInput(field="seen", value="")
        marks = {criterion: whole(seen, criterion) for criterion in seen}
        change_id = text(body, "id")
        echo = pad_marks.submit_sheet(
            store, who, **_which(body), change_id=change_id, seen=marks, at=at
        )
        return _echoed(echo, at)

    return answer(request, act)


@shares_commit
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
            **_which(body),
            kind=text(body, "kind"),
            text=words,
            change_id=text(body, "id"),
            at=at,
        )
        return _echoed(echo, at)

    return answer(request, act)


def resend(request: Request) -> Response:
    """``POST /api/resend``: take back what the tablet kept and this file has not.

    Body: ``{event, seat, round, kept: [entry, …]}``, oldest first; an entry is
    ``{kind: "mark", id, entrant, criterion, value, after, head}`` or
    ``{kind: "submit", id, entrant, seen, head}``.
    """

    def act(store: Store, who: Visitor, body: Body, at: datetime) -> dict[str, Any]:
        given = body.get("kept")
        if not isinstance(given, list) or not 0 < len(given) <= MOST_KEPT:
            raise BadInput(field="kept", value="")
        kept = [_kept(one) for one in given]
        answered = resending.resend_marks(
            store, who, round_id=text(body, "round"), kept=kept, at=at
        )
        return _echoed(answered, at)

    return answer(request, act)


def ask_reopening(request: Request) -> Response:
    """``POST /api/reopening``: ask for the judge's own locked sheet to be reopened.

    Body: ``{event, seat, round, entrant, reason}``; answers with the sheet's echo.
    """

    def act(store: Store, who: Visitor, body: Body, at: datetime) -> dict[str, Any]:
        reason = body.get("reason")
        if not isinstance(reason, str):
            raise BadInput(field="reason", value="")
        echo = reopening.ask_for_own(store, who, **_which(body), reason=reason, at=at)
        return {**echo, "time": stamp(at)}

    return answer(request, act)


def _kept(given: object) -> resending.Kept:
    if not isinstance(given, dict):
        raise BadInput(field="kept", value="")
    head = str(given.get("head") or "")[:LONGEST_HEAD]
    change_id, entrant_id = text(given, "id"), text(given, "entrant")
    if given.get("kind") == "submit":
        seen = given.get("seen")
        if not isinstance(seen, dict):
            raise BadInput(field="seen", value="")
        marks = {criterion: whole(seen, criterion) for criterion in seen}
        return resending.Kept(change_id, entrant_id, head, seen=marks)
    return resending.Kept(
        change_id,
        entrant_id,
        head,
        criterion_id=text(given, "criterion"),
        value=None if given.get("value") is None else whole(given, "value"),
        after=text(given, "after") if given.get("after") else "",
    )


def _which(body: Body) -> dict[str, str]:
    return {
        "round_id": text(body, "round"),
        "entrant_id": text(body, "entrant"),
    }


def _change(given: object) -> MarkChange:
    if not isinstance(given, dict):
        raise BadInput(field="changes", value="")
    return MarkChange(
        criterion_id=text(given, "criterion"),
        value=None if given.get("value") is None else whole(given, "value"),
        client_id=text(given, "id"),
        base_rev=whole(given, "rev"),
        after=text(given, "after") if given.get("after") else "",
    )


def _echoed(echo: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """An echo with the server's time, and refusals in words."""
    results = [
        {**one, "error": None, **said(one["error"])} if one.get("error") else one
        for one in echo["results"]
    ]
    return {**echo, "results": results, "time": stamp(at)}


ROUTES = [
    Route("/api/marks", save_marks, methods=["PUT"]),
    Route("/api/submit", submit, methods=["POST"]),
    Route("/api/resend", resend, methods=["POST"]),
    Route("/api/remarks", write_words, methods=["PUT"]),
    Route("/api/reopening", ask_reopening, methods=["POST"]),
]
