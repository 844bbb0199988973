"""The sign-in of a request's cookie: looked up on few threads, never on the loop."""

import time
from collections import OrderedDict
from datetime import UTC, datetime

import anyio
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

from competition import sign_ins
from competition.ids import digest
from competition.visitor import PUBLIC, Visitor
from ui.access import COOKIE, the_store

SCREEN = "arena_hall"
"""The cookie of a screen in the hall on which no person is signed in."""
KNOWN_SECONDS = 600.0
MOST_KNOWN = 4096
STRANGERS, KNOWN = 3, 4
"""Threads for cookies never seen to belong to a person, and for the others."""


class SignedIn:
    """Looks up sign-ins; invented cookies wait for each other, never in front of a real one."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, float] = OrderedDict()
        self._strangers = anyio.CapacityLimiter(STRANGERS)
        self._others = anyio.CapacityLimiter(KNOWN)

    def is_known(self, scope: Scope) -> bool:
        """Whether the request's cookie stood for a person a short time ago."""
        return self._known.get(_key(cookie_of(scope)), 0.0) > time.monotonic()

    async def who(self, scope: Scope) -> Visitor:
        """The person of the request's cookie now; the public without one.

        Raises
        ------
        Refused, DatabaseError
            As `competition.sign_ins.who_is`.
        """
        cookie = cookie_parser(Headers(scope=scope).get("cookie", "")).get(COOKIE, "")
        if not cookie:
            return PUBLIC
        limiter = self._others if self.is_known(scope) else self._strangers
        who = await anyio.to_thread.run_sync(_ask, cookie, limiter=limiter)
        self._keep(_key(cookie))
        return who

    def keep(self, scope: Scope) -> None:
        """Remember that a request's cookie is a person's, or a hall screen's."""
        self._keep(_key(cookie_of(scope)))

    def _keep(self, key: str) -> None:
        self._known[key] = time.monotonic() + KNOWN_SECONDS
        self._known.move_to_end(key)
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)


def cookie_of(scope: Scope) -> str:
    """The sign-in's cookie of a request, or a screen's; empty without either."""
    kept = cookie_parser(Headers(scope=scope).get("cookie", ""))
    return kept.get(COOKIE) or kept.get(SCREEN, "")


def _key(cookie: str) -> str:
    return digest(cookie) if cookie else ""


def _ask(cookie: str) -> Visitor:
    return sign_ins.who_is(the_store(), cookie, at=datetime.now(UTC))


SIGNED_IN = SignedIn()
