"""The sign-in of a request's cookie: looked up on few threads, never on the loop."""

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime

import anyio
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

from competition import sign_ins
from competition.ids import digest
from competition.standby import bearers
from competition.visitor import PUBLIC, Visitor
from ui.access import COOKIE
from ui.here import ByStore, the_store

SCREEN = "arena_hall"
"""The cookie of a screen in the hall on which no person is signed in."""
KEY = "arena.key"
"""Where a request's scope keeps what its cookie is known by here."""
KNOWN_SECONDS = 600.0
MOST_KNOWN = 4096
STRANGERS, KNOWN = 3, 4
"""Threads for cookies never seen to belong to a person, and for the others."""


@dataclass
class _Seen:
    """What a competition's cookies are known by, until when; and the threads that look."""

    known: OrderedDict[str, float] = field(default_factory=OrderedDict)
    strangers: anyio.CapacityLimiter = field(
        default_factory=lambda: anyio.CapacityLimiter(STRANGERS)
    )
    others: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(KNOWN))


class SignedIn:
    """Looks up sign-ins; invented cookies wait for each other, never in front of a real one.

    A cookie known at one competition is an invented one at every other.
    """

    def __init__(self) -> None:
        self._seen = ByStore(_Seen)

    def is_known(self, scope: Scope) -> bool:
        """Whether the request's cookie stood for a person a short time ago."""
        return self._seen.here().known.get(_key_of(scope), 0.0) > time.monotonic()

    async def who(self, scope: Scope) -> Visitor:
        """The person of the request's cookie now; the public without one.

        Raises
        ------
        Refused, DatabaseError
            As `competition.sign_ins.who_is`.
        """
        bearer = bearer_of(scope)
        cookie = cookie_parser(Headers(scope=scope).get("cookie", "")).get(COOKIE, "")
        if not (bearer or cookie):
            return PUBLIC
        seen = self._seen.here()
        limiter = seen.others if self.is_known(scope) else seen.strangers
        who = await anyio.to_thread.run_sync(_ask, cookie, bearer, limiter=limiter)
        self._keep(_key(bearer or cookie))
        return who

    def keep(self, scope: Scope) -> None:
        """Remember that a request's cookie is a person's, or a hall screen's."""
        self._keep(_key_of(scope))

    def _keep(self, key: str) -> None:
        known = self._seen.here().known
        known[key] = time.monotonic() + KNOWN_SECONDS
        known.move_to_end(key)
        while len(known) > MOST_KNOWN:
            known.popitem(last=False)


def cookie_of(scope: Scope) -> str:
    """The token of a request, its sign-in's cookie, or a screen's; empty without any."""
    if bearer := bearer_of(scope):
        return bearer
    kept = cookie_parser(Headers(scope=scope).get("cookie", ""))
    return kept.get(COOKIE) or kept.get(SCREEN, "")


def _key(cookie: str) -> str:
    return digest(cookie) if cookie else ""


def _key_of(scope: Scope) -> str:
    """The key of a request's cookie; a request is asked for it three times on its way."""
    key: str | None = scope.get(KEY)
    if key is None:
        key = scope[KEY] = _key(cookie_of(scope))
    return key


def bearer_of(scope: Scope) -> str:
    """The token of a pad whose page is the other laptop's; empty without one."""
    kind, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
    return token if kind == "Bearer" else ""


def _ask(cookie: str, bearer: str) -> Visitor:
    store, at = the_store(), datetime.now(UTC)
    if bearer:
        return bearers.who_bears(store, bearer, at=at)
    return sign_ins.who_is(store, cookie, at=at)


SIGNED_IN = SignedIn()
