"""The checks of every request: known host, no foreign write, a live sign-in, bounded bodies."""

import asyncio
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from competition import DatabaseError
from competition.errors import Refused, SignInNeeded
from competition.rights import ACTS
from competition.visitor import PUBLIC, Visitor
from ui.answering import BODY, browser_language, unknown_sign_in
from ui.door import bodies
from ui.door.budgets import Allowances, Bucket
from ui.door.failing import failed
from ui.door.hosts import is_foreign, is_idle, is_known_host
from ui.door.paired import allowed_origin, preflight, readable_by
from ui.door.places import (
    OPENING,
    OURS_OPEN,
    SOCKET,
    VOTING,
    Place,
    is_for_signed_in,
    place_of,
)
from ui.door.signed import SIGNED_IN, cookie_of
from ui.door.sockets import closed, pass_socket
from ui.door.threads import busy
from ui.here import ByStore

HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}
_KEPT = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
_NOT_KEPT = [*_KEPT, (b"cache-control", b"no-store")]
READING = ("GET", "HEAD")
UPLOADERS = frozenset(
    role for act in ("add_document", "add_person", "keep_upload") for role in ACTS[act].roles
)
"""The roles whose pages take files: plan documents, a logo, a workbook."""

LONGEST_WAIT = 3.0

Landing = Callable[[Request, Refused | DatabaseError | None], Response]
"""The page of a browser without a sign-in, and why if a sign-in has ended."""


class Door:
    """ASGI middleware before our routes and before Streamlit.

    A request under a host name that the server does not go by is refused (400), and a write
    that another site's page has sent (403).  Streamlit's socket, its files and its uploads
    are for live sign-ins; other browsers get the landing page, which starts nothing.

    Parameters
    ----------
    app : ASGIApp
        Streamlit's.
    ours : ASGIApp, optional
        What answers our own paths, without Streamlit's way around them; by default ``app``.
    """

    def __init__(self, app: ASGIApp, landing: Landing, ours: ASGIApp | None = None) -> None:
        self.app = app
        self.ours = ours or app
        self.landing = landing
        self.allowances = ByStore(Allowances)
        self.strangers = ByStore(lambda: Bucket(150, 60))
        self.voters = ByStore(lambda: Bucket(3000, 600))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on and add the headers to the answer."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            place = place_of(scope["path"])
            await self._request(place, scope, receive, _with_headers(send, place))
        else:
            await self.app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_ours = scope["path"] == SOCKET and is_known_host(scope) and not is_foreign(scope)
        is_admitted = await self._admits(scope)  # one that tries again at once waits longer
        who = await _person(scope) if is_ours and is_admitted else None
        if not isinstance(who, Visitor) or who.seat_hash is None:
            await closed(receive, send)
            return
        await pass_socket(self.app, self.allowances.here().of(who.seat_hash), scope, receive, send)

    async def _request(self, place: Place, scope: Scope, receive: Receive, send: Send) -> None:
        passed = self.ours if place == "ours" or scope["path"] in OURS_OPEN else self.app
        answer = passed
        origin = await allowed_origin(scope)
        if origin:
            send = readable_by(send, origin)
        if place != "open" and not await self._admits(scope):
            answer = busy()
        elif not is_known_host(scope):
            answer = PlainTextResponse("unknown host", status_code=400)
        elif origin and scope["method"] == "OPTIONS":
            answer = preflight()
        elif scope["method"] not in READING and is_foreign(scope) and not origin:
            answer = PlainTextResponse("foreign origin", status_code=403)
        elif scope["path"].startswith(OPENING) and is_idle(scope):
            answer = PlainTextResponse("not opened", status_code=503)
        elif place == "closed":
            answer = PlainTextResponse("not found", status_code=404)
        elif place == "ours" and await self._is_invented(scope):
            answer = unknown_sign_in(browser_language(Request(scope)))
        elif place == "upload":
            await self._upload(scope, receive, send)
            return
        elif place in ("inner", "page"):
            answer = await self._for_signed_in(place, scope)
        if answer is passed and scope["method"] not in READING:
            try:
                scope[BODY] = await bodies.read_body(scope, receive)
                receive = bodies.again(scope[BODY], receive)
            except bodies.Gone:
                return
            except bodies.TooLarge:
                answer = PlainTextResponse("body too large", status_code=413, headers=CLOSES)
            except bodies.TooSlow:
                answer = PlainTextResponse("body too slow", status_code=408, headers=CLOSES)
        await _answered(answer, scope, receive, send)

    async def _admits(self, scope: Scope) -> bool:
        """Let strangers' requests wait for each other; False where the wait would be too long.

        One budget for all of them, another for the phones of an audience, whose answers are
        cheap: a hall that scans at once is within it, a flood is not, and neither delays a
        browser that is signed in.
        """
        if SIGNED_IN.is_known(scope):
            return True
        budgets = self.voters if scope["path"].startswith(VOTING) else self.strangers
        budget = budgets.here()
        wait = budget.take()
        if wait > LONGEST_WAIT:
            budget.give_back()
            await asyncio.sleep(LONGEST_WAIT)  # a flood of refusals is bounded by its connections
            return False
        await asyncio.sleep(wait)
        return True

    async def _is_invented(self, scope: Scope) -> bool:
        """Whether a tablet's request brings a cookie of no person.

        It is looked up once: a live sign-in is known from here on, another one starts no route.
        """
        if SIGNED_IN.is_known(scope) or not cookie_of(scope):
            return False
        who = await _person(scope)
        return isinstance(who, SignInNeeded) and is_for_signed_in(scope["path"])

    async def _for_signed_in(self, place: Place, scope: Scope) -> ASGIApp:
        """The app for a live sign-in; for others the landing page, or nothing to fetch."""
        who = await _person(scope)
        if isinstance(who, Visitor) and who.seat_hash is not None:
            return self.app
        ended = None if isinstance(who, Visitor) else who
        if place == "page" and scope["method"] in READING:
            return self.landing(Request(scope), ended)
        return PlainTextResponse("sign in first", status_code=getattr(ended, "status", 401))

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a file of a role that has a page for files, within its allowance."""
        who = await _person(scope)
        if not isinstance(who, Visitor) or who.seat_hash is None or not who.roles & UPLOADERS:
            status = 401 if who == PUBLIC else 403
            refusal = PlainTextResponse("not yours", status_code=status, headers=CLOSES)
            await refusal(scope, receive, send)
            return
        mine = self.allowances.here().of(who.seat_hash)
        if not (
            mine.files.allows()
            and mine.bytes.allows(bodies.announced(scope) or bodies.LARGEST_FILE)
        ):
            full = PlainTextResponse("too many files", status_code=429, headers=CLOSES)
            await full(scope, receive, send)
            return
        async with mine.uploading:
            await _answered(self.app, scope, bodies.within(receive), send)


CLOSES = {"Connection": "close"}
"""The rest of a body that was refused is not read."""


async def _answered(answer: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer; an error that no code foresaw is said with a number, and logged under it."""
    has_begun = False

    async def sending(message: Message) -> None:
        nonlocal has_begun
        has_begun = True
        await send(message)

    try:
        await answer(scope, receive, sending)
    except Exception as error:
        if has_begun:
            raise
        await failed(error, Request(scope))(scope, receive, send)


async def _person(scope: Scope) -> Visitor | Refused | DatabaseError:
    """The person of a request, or why its cookie is not valid."""
    try:
        return await SIGNED_IN.who(scope)
    except (Refused, DatabaseError) as error:
        return error


def _with_headers(send: Send, place: Place) -> Send:
    added = _KEPT if place == "open" else _NOT_KEPT

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = message.get("headers", ())
            names = {name.lower() for name, _ in given}
            message["headers"] = [*given, *(one for one in added if one[0] not in names)]
        await send(message)

    return sending
