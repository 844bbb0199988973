"""The hall's routes: the page, whether it has changed, and a screen's own link."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from competition import DatabaseError, Store, Superseded, clock, sign_ins
from competition.errors import NoRound, Refused, SignInNeeded
from competition.ids import digest
from competition.rights import refusal
from competition.rounds import rounds
from competition.saying import Sayable, sentence, way_out
from competition.stage import hall, hall_links
from competition.stage.clock_now import Ticking, hall_clock
from competition.standby import fencing, passes
from competition.visitor import PUBLIC, Visitor
from organizers.live.hall.screen import hall_page, screen, still_page
from organizers.live.hall.sizes import SIZES
from ui.access import COOKIE, the_store
from ui.answering import said
from ui.cookies import keep_cookie
from ui.door.signed import SCREEN, SIGNED_IN
from ui.notice import notice_page
from words import LANGS, t

MONTH = 31 * 24 * 3600
FRESH_SECONDS = 0.5
"""How old an answer from memory may be."""
ADMITTED_SECONDS = 5.0
"""How long a browser's right to look is not checked again."""
MOST_KEPT = 1000


def show(request: Request) -> Response:
    """``GET /hall/<round>?lang=``: the page; with ``part=1`` only what is replaced."""
    round_id, lang = request.path_params["round"], _language(request)
    try:
        seen = look(the_store(), request, round_id)
    except (Refused, DatabaseError) as error:
        return _refused(error, lang)
    if "part" in request.query_params:
        return HTMLResponse(screen(seen, lang))
    seat, key = _seat(request, round_id), request.cookies.get(SCREEN, "")
    way = _pass(request, round_id)
    return HTMLResponse(hall_page(seen, round_id, lang, seat=seat, key=key, way=way))


def show_step(request: Request) -> Response:
    """``GET /hall/<round>/step/<number>``: a step of the ceremony as the hall would see it.

    For organizers and host; it asks for nothing and follows nothing.
    """
    round_id, lang = request.path_params["round"], _language(request)
    store = the_store()
    try:
        who, number = _who(store, request), request.path_params["number"]
        seen = hall.ceremony_step(store, who, round_id, number)
    except (Refused, DatabaseError) as error:
        return _refused(error, lang)
    return HTMLResponse(still_page(seen, lang), headers={"Cache-Control": "no-store"})


def _seat(request: Request, round_id: str) -> str:
    """The seat that may turn the pages here: empty for a screen without a sign-in."""
    store = the_store()
    who = _who(store, request)
    return "" if refusal(store, who, "turn_page", round_id) else str(who.person_id)


def _pass(request: Request, round_id: str) -> passes.Pass | None:
    store = the_store()
    return passes.pass_of(store, _who(store, request)) or passes.pass_of_screen(store, round_id)


def look(store: Store, request: Request, round_id: str) -> hall.Hall:
    """What this browser may see: by who is signed in, or by the link of a screen."""
    key = request.cookies.get(SCREEN)
    try:
        return hall.hall(store, _who(store, request), round_id)
    except Refused:
        if not key:
            raise
        return hall.hall(store, PUBLIC, round_id, key=key)


@dataclass(frozen=True)
class Seen:
    """What a screen is answered: its version, its clock and the steady time of both."""

    version: str
    bell: int
    clock: Ticking | None
    ticks: int
    second: fencing.Elsewhere | None = None

    def answer(self, ticks: int) -> dict[str, Any]:
        """As it is now: a running clock has gone on since."""
        shown = self.clock
        if shown is not None and shown["state"] == "running":
            shown = {**shown, "elapsed": shown["elapsed"] + ticks - self.ticks}
        about = {"version": self.version, "bell": self.bell, "clock": shown}
        return {**about, "second": self.second}


def see(store: Store, request: Request, round_id: str) -> Seen:
    """What this browser is answered, by who is signed in or by the link of a screen."""
    shown = look(store, request, round_id)
    at, ticks = clock.now(store), clock.ticks()
    key = request.cookies.get(SCREEN, "")
    try:
        now = hall_clock(store, _who(store, request), round_id, at=at, ticks=ticks)
    except Refused:
        now = hall_clock(store, PUBLIC, round_id, key=key, at=at, ticks=ticks)
    second = fencing.of_round(store, round_id)
    return Seen(shown.version, shown.bell, now, ticks, second)


def _who(store: Store, request: Request) -> Visitor:
    return sign_ins.who_is(store, request.cookies.get(COOKIE), at=datetime.now(UTC))


def first(request: Request) -> Response:
    """``GET /hall``: the round that is open, or the last."""
    store, lang = the_store(), _language(request)
    try:
        who = _who(store, request)
        if who.person_id is None:
            raise SignInNeeded
        row = rounds.round_at_first(rounds.rounds_of(store, who))
        if row is None:
            raise NoRound
    except (Refused, DatabaseError) as error:
        return _refused(error, lang)
    return RedirectResponse(f"/hall/{row['id']}?lang={lang}", status_code=303)


def open_screen(request: Request) -> Response:
    """``GET /h/<token>``: a screen's link; it opens one round's hall view and nothing else."""
    lang, key = _language(request), request.path_params["token"]
    try:
        round_id = hall_links.open_hall_link(the_store(), key)
    except (Refused, DatabaseError) as error:
        return _refused(error, lang)
    answer = RedirectResponse(f"/hall/{round_id}?lang={lang}", status_code=303)
    keep_cookie(answer, request, SCREEN, key, seconds=MONTH)
    return answer


def _refused(error: Refused | DatabaseError, lang: str) -> HTMLResponse:
    saying: Sayable = error
    text = f"{sentence(saying, lang)}{way_out(saying, lang)} {t('hall.refused_text', lang)}"
    page = notice_page(t("hall.refused", lang), text, lang)
    return HTMLResponse(page, status_code=getattr(error, "status", 503))


def _language(request: Request) -> str:
    """The requested language; Chinese by default."""
    wanted = request.query_params.get("lang", "")
    return wanted if wanted in LANGS else LANGS[0]


class Pulse:
    """The version and the clock of each hall's screen, answered from memory.

    However many screens ask, the database is looked at twice a second for each round, and
    each browser's right to look every five seconds.
    """

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], tuple[Seen, float]] = {}
        self._admitted: dict[tuple[str, str, str], float] = {}
        self._looking: set[tuple[str, str]] = set()

    async def seen(self, request: Request, round_id: str) -> Seen:
        """What a round's screen is answered, for a browser that may look.

        Raises
        ------
        Refused, DatabaseError
            As `competition.stage.hall.hall`.
        """
        store, now = the_store(), time.monotonic()
        here = (str(store.path), round_id)
        browser = (*here, _browser(request))
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
        SIGNED_IN.keep(request.scope)
        return shown

    def _keep(self, here: tuple[str, str], browser: tuple[str, str, str], shown: Seen) -> None:
        now = time.monotonic()
        if len(self._admitted) > MOST_KEPT:
            self._admitted = {who: until for who, until in self._admitted.items() if until > now}
        self._seen[here] = (shown, now + FRESH_SECONDS)
        self._admitted[browser] = now + ADMITTED_SECONDS


def _browser(request: Request) -> str:
    """Which browser this is, without keeping its secrets."""
    return digest(f"{request.cookies.get(COOKIE)} {request.cookies.get(SCREEN)}")


PULSE = Pulse()


async def pulse(request: Request) -> Response:
    """``GET /api/hall/<round>``: ``{version, clock, bell}``; the version changes when it does.

    ``?w=…&h=…`` is the screen's size, kept for the check of devices. ``second`` besides is where a
    screen goes on if another laptop takes over.
    """
    try:
        if generation := the_store().superseded:
            raise Superseded(generation=generation.partition("-")[0])
        round_id = request.path_params["round"]
        shown = await PULSE.seen(request, round_id)
        SIZES.keep((str(the_store().path), round_id, _browser(request)), request.query_params)
        return JSONResponse(shown.answer(clock.ticks()))
    except Refused as error:
        return JSONResponse({"error": error.code, **said(error)}, status_code=error.status)
    except DatabaseError as error:
        return JSONResponse({"error": error.code, **said(error)}, status_code=503)


ROUTES = [
    Route("/hall", first),
    Route("/hall/{round}", show),
    Route("/hall/{round}/step/{number:int}", show_step),
    Route("/h/{token}", open_screen),
    Route("/api/hall/{round}", pulse),
]
