"""The audience's routes, for phones without a sign-in: the page, the vote's state, a ballot."""

import asyncio
import gzip
import json
import random
import time
from collections import OrderedDict
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from competition import DatabaseError
from competition.errors import Refused
from competition.ids import digest, token
from competition.standby import lag
from competition.voting import views
from competition.voting.ballots import UNKNOWN, Answer, Sent
from competition.voting.cards import key_of
from competition.voting.codes import hash_of
from organizers.public.vote.gathering import GATHERING
from organizers.public.vote.page import vote_page
from ui.answering import body_of, browser_language
from ui.cookies import keep_cookie
from ui.door.budgets import Bucket
from ui.door.threads import busy
from ui.here import the_store
from ui.notice import notice_page
from words import LANGS, t

DEVICE = "arena_vote"
"""The cookie that says which phone this is; a card is bound to its hash."""
FRESH_SECONDS = 1.0
"""How old a page or a state from memory may be."""
KEY_SECONDS = 600.0
"""The same of the key that checks codes: it is always the same once there are cards."""
MOST_KEPT = 256
LARGEST, MOST_CHOICES, LONGEST = 4096, 64, 64
WRONG, WRONG_A_SECOND = 60, 1.0
"""Wrong codes of one address that are answered at once, and how many more a second."""
SLOW_SECONDS = 3.0
"""How long a further wrong code waits, and up to as long again.

A right one never does: a hall shares one address.
"""
rest = asyncio.sleep

Asked = tuple[str, str, str]
"""A database, a vote, a language or what else is remembered of it."""

_kept: OrderedDict[Asked, tuple[Any, float]] = OrderedDict()
_making: "dict[Asked, asyncio.Future[Any]]" = {}
_wrong: OrderedDict[tuple[Path, str], Bucket] = OrderedDict()


async def show(request: Request) -> Response:
    """``GET /vote/<round>?lang=``: the page, the same for every phone.

    The code stays in the address's fragment, which no browser sends.
    """
    round_id, lang = request.path_params["round"], _language(request)
    try:
        page = await _remembered(round_id, lang, lambda: _made(round_id, lang))
    except Refused as error:
        said = t("vote.no_vote_text", lang)
        return HTMLResponse(notice_page(t("vote.no_vote", lang), said, lang), error.status)
    except DatabaseError:
        return busy()
    answer = _compressed(request, page)
    if not request.cookies.get(DEVICE):
        keep_cookie(answer, request, DEVICE, token())
    return answer


def _made(round_id: str, lang: str) -> tuple[bytes, bytes]:
    """The page, and compressed: once for thousands of phones."""
    page = vote_page(the_store(), round_id, lang).encode()
    return page, gzip.compress(page, mtime=0)


def _compressed(request: Request, page: tuple[bytes, bytes]) -> Response:
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return HTMLResponse(page[0], headers={"Vary": "Accept-Encoding"})
    return HTMLResponse(page[1], headers={"Vary": "Accept-Encoding", "Content-Encoding": "gzip"})


async def state(request: Request) -> Response:
    """``GET /api/vote/<round>``: ``{state}``, asked now and then until the vote is opened.

    Where a second laptop follows, ``copied`` is how many ballots it has: a phone asks until its
    own is among them. In another ``generation`` it sends its ballot again.
    """
    try:
        return JSONResponse(await _standing(request.path_params["round"]))
    except DatabaseError:
        return busy()


async def _standing(round_id: str) -> dict[str, Any]:
    def made() -> dict[str, Any]:
        store = the_store()
        copied = lag.copied_ballots(store, round_id)
        now = {"state": views.phone_state(store, round_id)}
        if copied is None:
            return now
        return {**now, "copied": copied.ballots, "generation": copied.generation}

    found: dict[str, Any] = await _remembered(round_id, "", made)
    return found


async def _key(round_id: str) -> bytes:
    """The key by which a guessed code is refused before the store is asked."""
    made: bytes = await _remembered(
        round_id, "key", lambda: key_of(the_store(), round_id), seconds=KEY_SECONDS
    )
    return made


async def _remembered(
    round_id: str, lang: str, make: Any, *, seconds: float = FRESH_SECONDS
) -> Any:
    """What every phone is given, made on a thread at most once in a while.

    Thousands may ask in the moment in which it is too old: one thread makes it for all of them.
    """
    key = (str(the_store().path), round_id[:LONGEST], lang)
    known = _kept.get(key)
    if known is not None and known[1] > time.monotonic():
        return known[0]
    if key not in _making:
        _making[key] = asyncio.ensure_future(asyncio.to_thread(make))
        _making[key].add_done_callback(lambda made: _keep(key, made, seconds))
    return await asyncio.shield(_making[key])


def _keep(key: Asked, made: "asyncio.Future[Any]", seconds: float) -> None:
    """Remember what was made; an error reaches those that wait, and is not remembered."""
    del _making[key]
    if made.cancelled() or made.exception() is not None:
        return
    _kept[key] = (made.result(), time.monotonic() + seconds)
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)


async def send(request: Request) -> Response:
    """``POST /api/vote/<round>``: open a card, or give its ballot.

    Body: ``{code, choices}``; without ``choices`` the card is only bound to this phone. The
    answer names the state, as `competition.voting.ballots.Answer`, and comes after
    the commit. Asked again it is the same; ``place`` and ``generation`` are
    given where a second laptop follows.
    """
    device = request.cookies.get(DEVICE, "")[:LONGEST]
    read = _read(body_of(request))
    if read is None:
        return JSONResponse({"error": "bad_input"}, status_code=422)
    code, choices = read
    if not device:
        return JSONResponse({"state": "no_cookie"})
    round_id = request.path_params["round"]
    try:
        known = hash_of(code, await _key(round_id))
        sent = Sent(round_id, known, digest(device), choices)
        answer = await GATHERING.answer(the_store(), sent) if known else UNKNOWN
        standing = await _standing(round_id) if answer.state == "voted" else {}
    except DatabaseError:
        return busy()
    if answer.state == "unknown":
        await _slow_down(request.client.host if request.client else "")
    return JSONResponse(_shown(answer, standing.get("generation", "")))


def _shown(answer: Answer, followed: str) -> dict[str, Any]:
    about = {"state": answer.state, "number": answer.number}
    if answer.state != "voted":
        return about
    kept = {"at": answer.at, "choices": answer.choices, "receipt": answer.receipt}
    return about | kept | ({"place": answer.place, "generation": followed} if followed else {})


async def _slow_down(address: str) -> None:
    """Let a wrong code wait where its address has sent many; what is right is never counted."""
    here = (the_store().path, address)
    bucket = _wrong.setdefault(here, Bucket(WRONG, WRONG_A_SECOND))
    _wrong.move_to_end(here)
    while len(_wrong) > MOST_KEPT:
        _wrong.popitem(last=False)
    if not bucket.allows():
        # Guessers that wake together would hold all requests up for a moment.
        await rest(SLOW_SECONDS * random.uniform(1, 2))


def _read(body: bytes) -> tuple[str, tuple[str, ...] | None] | None:
    """Code and choices of a whole body; None of anything else."""
    try:
        sent = json.loads(body) if len(body) <= LARGEST else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(sent, dict) or not isinstance(sent.get("code"), str):
        return None
    chosen = sent.get("choices")
    if chosen is None:
        return sent["code"], None
    if not isinstance(chosen, list) or len(chosen) > MOST_CHOICES:
        return None
    if not all(isinstance(one, str) and len(one) <= LONGEST for one in chosen):
        return None
    return sent["code"], tuple(chosen)


def _language(request: Request) -> str:
    wanted = request.query_params.get("lang", "")
    return wanted if wanted in LANGS else browser_language(request)


ROUTES = [
    Route("/vote/{round}", show),
    Route("/api/vote/{round}", state),
    Route("/api/vote/{round}", send, methods=["POST"]),
]
