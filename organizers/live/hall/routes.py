"""The hall's routes: the page, whether it has changed, and a screen's own link."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from competition import DatabaseError, Superseded, clock
from competition.errors import NoRound, Refused, SignInNeeded
from competition.rights import refusal
from competition.rounds import rounds
from competition.saying import Sayable, sentence, way_out
from competition.stage import hall, hall_links
from competition.standby import passes
from organizers.live.hall.pulse import PULSE, browser_of, look, who_asks
from organizers.live.hall.screen import hall_page, screen, still_page
from organizers.live.hall.sizes import SIZES
from ui.answering import said
from ui.cookies import keep_cookie
from ui.door.signed import SCREEN
from ui.door.threads import THREADS
from ui.here import the_store
from ui.notice import notice_page
from words import LANGS, t

MONTH = 31 * 24 * 3600
MOST_PARTS = 16
_parts: dict[tuple[str, str], str] = {}
"""Parts of pages by the hash of what they say, and by language."""


async def show(request: Request) -> Response:
    """``GET /hall/<round>?lang=``: the page; with ``part=1`` only what is replaced.

    ``&version=…`` besides is that of a screen's last answer: all screens are given it from memory.
    """
    version = request.query_params.get("version", "")
    if version and "part" in request.query_params:
        kept = PULSE.kept(request, request.path_params["round"], version)
        if kept is not None:
            return HTMLResponse(_drawn(kept, _language(request)))
    return await THREADS.run(_show_now, request)


def _show_now(request: Request) -> Response:
    round_id, lang = request.path_params["round"], _language(request)
    try:
        seen = look(the_store(), request, round_id)
    except (Refused, DatabaseError) as error:
        return _refused(error, lang)
    if "part" in request.query_params:
        return HTMLResponse(_drawn(seen, lang))
    seat, key = _seat(request, round_id), request.cookies.get(SCREEN, "")
    way = _pass(request, round_id)
    return HTMLResponse(hall_page(seen, round_id, lang, seat=seat, key=key, way=way))


def _drawn(seen: hall.Hall, lang: str) -> str:
    """What every screen of a language shows of a version, drawn once for all of them."""
    key = (seen.version, lang)
    if key not in _parts:
        if len(_parts) >= MOST_PARTS:
            _parts.clear()
        _parts[key] = str(screen(seen, lang))
    return _parts[key]


def show_step(request: Request) -> Response:
    """``GET /hall/<round>/step/<number>``: a step of the ceremony as the hall would see it.

    For organizers and host; it asks for nothing and follows nothing.
    """
    round_id, lang = request.path_params["round"], _language(request)
    store = the_store()
    try:
        who, number = who_asks(store, request), request.path_params["number"]
        seen = hall.ceremony_step(store, who, round_id, number)
    except (Refused, DatabaseError) as error:
        return _refused(error, lang)
    return HTMLResponse(still_page(seen, lang), headers={"Cache-Control": "no-store"})


def _seat(request: Request, round_id: str) -> str:
    """The seat that may turn the pages here: empty for a screen without a sign-in."""
    store = the_store()
    who = who_asks(store, request)
    return "" if refusal(store, who, "turn_page", round_id) else str(who.person_id)


def _pass(request: Request, round_id: str) -> passes.Pass | None:
    store = the_store()
    return passes.pass_of(store, who_asks(store, request)) or passes.pass_of_screen(store, round_id)


def first(request: Request) -> Response:
    """``GET /hall``: the round that is open, or the last."""
    store, lang = the_store(), _language(request)
    try:
        who = who_asks(store, request)
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


async def pulse(request: Request) -> Response:
    """``GET /api/hall/<round>``: ``{version, clock, bell, mark}``; the version is the page's.

    ``?mark=…`` is the mark of the screen's last answer: the next one comes when it is another.
    ``?w=…&h=…`` is the screen's size, kept for the check of devices. ``second`` besides is where a
    screen goes on if another laptop takes over.
    """
    try:
        if generation := the_store().superseded:
            raise Superseded(generation=generation.partition("-")[0])
        round_id = request.path_params["round"]
        known = request.query_params.get("mark", "")
        shown = await PULSE.changed(request, round_id, known)
        SIZES.keep((str(the_store().path), round_id, browser_of(request)), request.query_params)
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
