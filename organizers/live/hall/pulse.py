"""What the hall's screens are answered, from memory, and when: as soon as it changes.

A screen that knows the present answer waits for the next one, however many screens there are:
the database is looked at after a commit that is heard of, or twice a second for all of them.
"""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import anyio.to_thread
from starlette.requests import Request

from competition import Store, clock, sign_ins
from competition.errors import Refused
from competition.ids import digest
from competition.stage import hall
from competition.stage.clock_now import Ticking, hall_clock
from competition.standby import fencing
from competition.visitor import PUBLIC, Visitor
from ui.access import COOKIE
from ui.door.draining import DRAINING
from ui.door.signed import SCREEN, SIGNED_IN
from ui.here import the_store

FRESH_SECONDS = 0.5
"""How old an answer from memory may be."""
TICK_SECONDS = 0.1
"""How soon after a commit the screens that wait are answered."""
WAIT_SECONDS = 2.0
"""How long a screen waits for a change; it says that the server is lost after five."""
MARK = 16
ADMITTED_SECONDS = 5.0
"""How long a browser's right to look is not checked again."""
MOST_KEPT = 1000


def look(store: Store, request: Request, round_id: str) -> hall.Hall:
    """What this browser may see: by who is signed in, or by the link of a screen."""
    key = request.cookies.get(SCREEN)
    try:
        return hall.hall(store, who_asks(store, request), round_id)
    except Refused:
        if not key:
            raise
        return hall.hall(store, PUBLIC, round_id, key=key)


@dataclass(frozen=True)
class Seen:
    """What a screen is answered: the hall's view, its clock and the steady time of both."""

    hall: hall.Hall
    clock: Ticking | None
    ticks: int
    second: fencing.Elsewhere | None = None

    @cached_property
    def mark(self) -> str:
        """Changes whenever anything of the answer does but the time on a running clock."""
        shown = {**self.clock, "elapsed": 0} if self.clock else None
        return digest(f"{self.hall.version} {self.hall.bell} {shown} {self.second}")[:MARK]

    def answer(self, ticks: int) -> dict[str, Any]:
        """As it is now: a running clock has gone on since."""
        shown = self.clock
        if shown is not None and shown["state"] == "running":
            shown = {**shown, "elapsed": shown["elapsed"] + ticks - self.ticks}
        about = {"version": self.hall.version, "bell": self.hall.bell, "clock": shown}
        return {**about, "second": self.second, "mark": self.mark}


def see(store: Store, request: Request, round_id: str) -> Seen:
    """What this browser is answered, by who is signed in or by the link of a screen."""
    shown = look(store, request, round_id)
    at, ticks = clock.now(store), clock.ticks()
    key = request.cookies.get(SCREEN, "")
    try:
        now = hall_clock(store, who_asks(store, request), round_id, at=at, ticks=ticks)
    except Refused:
        now = hall_clock(store, PUBLIC, round_id, key=key, at=at, ticks=ticks)
    second = fencing.of_round(store, round_id)
    return Seen(shown, now, ticks, second)


def who_asks(store: Store, request: Request) -> Visitor:
    """Return the person of the request's cookie; the public for a screen without one."""
    return sign_ins.who_is(store, request.cookies.get(COOKIE), at=datetime.now(UTC))


class Pulse:
    """The version and the clock of each hall's screen, answered from memory.

    However many screens ask, the database is looked at once for each round after a commit, and
    twice a second; each browser's right to look is asked for every five seconds.
    """

    def __init__(self) -> None:
        self._commits: dict[str, int] = {}
        self._due: dict[tuple[str, str], asyncio.Future[None]] = {}
        self._seen: dict[tuple[str, str], tuple[Seen, float]] = {}
        self._admitted: dict[tuple[str, str, str], float] = {}
        self._looking: set[tuple[str, str]] = set()

    async def changed(self, request: Request, round_id: str, mark: str) -> Seen:
        """What a round's screen is answered once it is no longer what the screen knows.

        After two seconds it is answered the same again. Raises as `seen`.
        """
        until = time.monotonic() + WAIT_SECONDS
        shown = await self.seen(request, round_id)
        while mark and shown.mark == mark and _goes_on(until):
            await self._next_look((str(the_store().path), round_id))
            shown = await self.seen(request, round_id)
        return shown

    async def _next_look(self, here: tuple[str, str]) -> None:
        """Wait until what is kept of a round is too old, with all its screens that wait."""
        due = self._due.get(here)
        if due is None or due.get_loop() is not asyncio.get_running_loop():
            due = self._due[here] = asyncio.get_running_loop().create_future()
            self._tick(here, due, self._count(here[0]), time.monotonic() + FRESH_SECONDS)
        await asyncio.shield(due)

    def _tick(
        self, here: tuple[str, str], due: "asyncio.Future[None]", commits: int, until: float
    ) -> None:
        if due.done():
            return
        if self._count(here[0]) == commits and _goes_on(until):
            due.get_loop().call_later(TICK_SECONDS, self._tick, here, due, commits, until)
            return
        if here in self._seen:
            self._seen[here] = (self._seen[here][0], 0.0)
        self._answer(here)

    def _answer(self, here: tuple[str, str]) -> None:
        """Let the screens of a round that wait ask again."""
        due = self._due.pop(here, None)
        if due is not None and not due.done():
            due.set_result(None)

    def _count(self, path: str) -> int:
        """How many commits have been heard of since the first screen waited."""
        if path not in self._commits:
            self._commits[path] = 0
            the_store().on_news(lambda: self._committed(path))
        return self._commits[path]

    def _committed(self, path: str) -> None:
        self._commits[path] += 1

    def kept(self, request: Request, round_id: str, version: str) -> hall.Hall | None:
        """A version that is in memory, for a browser that was let in a short time ago."""
        here = (str(the_store().path), round_id)
        shown, _ = self._seen.get(here, (None, 0.0))
        if shown is None or shown.hall.version != version:
            return None
        is_admitted = self._admitted.get((*here, browser_of(request)), 0.0) > time.monotonic()
        return shown.hall if is_admitted else None

    async def seen(self, request: Request, round_id: str) -> Seen:
        """What a round's screen is answered now, for a browser that may look.

        Raises
        ------
        Refused, DatabaseError
            As `competition.stage.hall.hall`.
        """
        store, now = the_store(), time.monotonic()
        here = (str(store.path), round_id)
        browser = (*here, browser_of(request))
        kept = self._seen.get(here)
        is_admitted = self._admitted.get(browser, 0.0) > now
        if is_admitted and kept and (kept[1] > now or here in self._looking):
            return kept[0]
        self._looking.add(here)
        try:
            shown = await anyio.to_thread.run_sync(see, store, request, round_id)
        except Refused:
            self._admitted.pop(browser, None)
            raise
        finally:
            self._looking.discard(here)
        self._keep(here, browser, shown)
        if kept is None or kept[0].mark != shown.mark:
            self._answer(here)
        SIGNED_IN.keep(request.scope)
        return shown

    def _keep(self, here: tuple[str, str], browser: tuple[str, str, str], shown: Seen) -> None:
        now = time.monotonic()
        if len(self._admitted) > MOST_KEPT:
            self._admitted = {who: until for who, until in self._admitted.items() if until > now}
        self._seen[here] = (shown, now + FRESH_SECONDS)
        self._admitted[browser] = now + ADMITTED_SECONDS


def _goes_on(until: float) -> bool:
    """Whether there is still time to wait: a server that stops answers every screen at once."""
    return time.monotonic() < until and not DRAINING.has_begun


def browser_of(request: Request) -> str:
    """Which browser this is, without keeping its secrets."""
    return digest(f"{request.cookies.get(COOKIE)} {request.cookies.get(SCREEN)}")


PULSE = Pulse()
