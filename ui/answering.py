"""Answering a request to one of our own routes: one act for the cookie's person, in JSON.

Plain functions, never coroutines: a database that waits must not stall every socket.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse

from competition import DatabaseError, Store, Superseded, clock, heads, sign_ins
from competition.aliases import aliases
from competition.errors import BadInput, Refused, SignInNeeded, WrongEvent, WrongSeat
from competition.saying import Sayable, sentence, way_out
from competition.standby import bearers, fencing
from competition.visitor import PUBLIC, Visitor
from ui.access import COOKIE
from ui.here import the_store
from words import LANGS

LARGEST = 64 * 1024
HEAD = "arena-head"
"""The request header in which a tablet shows the last head it was answered."""
LONGEST_HEAD = 120
GROWTH = "arena-growth"
"""The request header in which a tablet says ``broken``: the chain does not grow from its head."""

GENERATION = "arena-generation"
"""The request header in which a tablet shows the highest generation it knows, with its proof."""

BODY = "arena.body"
"""Where a request's scope has its whole body."""

Act = Callable[[Store, Visitor, Mapping[str, Any], datetime], Mapping[str, Any]]


class Answer(JSONResponse):
    """Our JSON, written in a tenth of the time that Python's own encoder takes."""

    def render(self, content: Any) -> bytes:
        """The bytes of an answer."""
        return orjson.dumps(content)


def answer(request: Request, act: Act) -> Answer:
    """Do an act for the cookie's person; every refusal is a status, a code and a sentence.

    A write names in its body the ``seat`` its page was made for, and may name the ``event``.
    Every answer carries the ``head`` after it, and how the one in the request compares with it.
    """
    store = the_store()
    lang, who = browser_language(request), PUBLIC
    try:
        with store.moment():
            at = clock.now(store)
            who = _visitor(request, store, at)
            if fencing.meet(store, who.competition_id, request.headers.get(GENERATION, "")):
                raise Superseded(generation=store.superseded.partition("-")[0])
            lang = sign_ins.language(store, who)
            body = {} if request.method == "GET" else _body(request)
            if request.method != "GET":
                _require_page(who, body)
            named = body.get("round") or request.query_params.get("round")
            known_as = aliases(store, who, named)
            if request.method == "GET":
                content = act(store, who, known_as.shown(body), at)
        if request.method != "GET":
            content = act(store, who, known_as.shown(body), at)
        shown = content.get("round") or named
        content = (known_as if shown == named else aliases(store, who, shown)).hidden(content)
        return Answer({**content, **_head(request, store, who, at)})
    except Refused as error:
        return _refusal(error, error.status, lang, _head(request, store, who, at))
    except DatabaseError as error:
        return _refusal(error, error.status, lang, {})


def _visitor(request: Request, store: Store, at: datetime) -> Visitor:
    """The person of the request's token, which a pad of the other laptop's shows, or cookie."""
    kind, _, bearer = request.headers.get("authorization", "").partition(" ")
    if kind == "Bearer":
        return bearers.who_bears(store, bearer, at=at)
    who = sign_ins.who_is(store, request.cookies.get(COOKIE), at=at)
    if who.person_id is None:
        raise SignInNeeded
    return who


def _head(request: Request, store: Store, who: Visitor, at: datetime) -> dict[str, str]:
    """The head after an answer; none where the disk fails, for reading goes on without it."""
    try:
        answer_value = heads.answer_head(
            store,
            who,
            request.headers.get(HEAD, "")[:LONGEST_HEAD],
            is_broken=request.headers.get(GROWTH) == "broken",
            at=at,
        )
    except DatabaseError:
        return {}
    return (
        {}
        if answer_value is None
        else {"head": answer_value.head, "head_state": answer_value.state}
    )


def _require_page(who: Visitor, body: Mapping[str, Any]) -> None:
    """Refuse a write from a page that was made for another event or another seat (409)."""
    if body.get("event", who.competition_id) != who.competition_id:
        raise WrongEvent
    if text(body, "seat") != who.person_id:
        raise WrongSeat(name=who.name)


def refused_by_the_store(request: Request, error: DatabaseError) -> Answer:
    """The refusal of a request whose act could not be begun or kept."""
    return _refusal(error, error.status, browser_language(request), {})


def _refusal(error: Sayable, status: int, lang: str, head: Mapping[str, str]) -> Answer:
    return Answer({**refused_body(error, lang), **head}, status_code=status)


def refused_body(error: Sayable, lang: str) -> dict[str, Any]:
    """A refusal in JSON: its code, its sentence, and both in every language."""
    return {"error": error.code, "message": sentence(error, lang), **said(error)}


def unknown_sign_in(lang: str) -> Answer:
    """The answer to an invented cookie; what remains of its body is not read."""
    headers = {"Connection": "close"}
    return Answer(_unknown(lang), status_code=SignInNeeded.status, headers=headers)


@cache
def _unknown(lang: str) -> dict[str, Any]:
    return refused_body(SignInNeeded(), lang)


def said(error: Sayable) -> dict[str, Any]:
    """A refusal in every language: ``says`` and ``way`` (what clears it), each by language."""
    return {
        "code": error.code,
        "says": {lang: sentence(error, lang) for lang in LANGS},
        "way": {lang: way_out(error, lang) for lang in LANGS},
    }


def _body(request: Request) -> Mapping[str, Any]:
    if request.headers.get("content-type", "").split(";")[0] != "application/json":
        raise BadInput(field="content-type", value="")
    if int(request.headers.get("content-length") or LARGEST + 1) > LARGEST:
        raise BadInput(field="body", value="")
    try:
        body = orjson.loads(body_of(request))
    except ValueError as error:  # half a character, too, which cannot be stored
        raise BadInput(field="body", value="") from error
    if not isinstance(body, dict):
        raise BadInput(field="body", value="")
    return body


def body_of(request: Request) -> bytes:
    """The body of a request, which the door has read before any thread is taken."""
    read: bytes = request.scope.get(BODY, b"")
    return read


def text(given: Mapping[str, Any], name: str) -> str:
    """A field of a body that must be a short text."""
    value = given.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= 64:
        raise BadInput(field=name, value=str(value)[:20])
    return value


def whole(given: Mapping[str, Any], name: str) -> int:
    """A field of a body that must be a whole number, not negative."""
    value = given.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**53:
        raise BadInput(field=name, value=str(value)[:20])
    return value


def browser_language(request: Request) -> str:
    """The language a browser asks for, if it is one of ours."""
    wanted = request.headers.get("accept-language", "")[:2].lower()
    return wanted if wanted in LANGS else LANGS[0]
