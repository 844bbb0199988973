"""The host's routes: the page, and whether it has changed."""

from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from competition import DatabaseError, Store, Superseded, clock, sign_ins
from competition.errors import NoRound, Refused, SignInNeeded
from competition.people.people import current_competition
from competition.rounds import rounds
from competition.saying import Sayable, sentence, way_out
from competition.stage.clock_now import clock_now, for_screens
from competition.stage.hall import hall
from competition.stage.host import host_view
from competition.standby import fencing, passes
from competition.times import stamp
from competition.visitor import Visitor
from organizers import naming
from organizers.live.host.page import host_page, version, whole
from ui.access import COOKIE
from ui.answering import browser_language, said
from ui.here import the_store
from ui.html import Markup
from ui.notice import notice_page
from words import LANGS, t


def first(request: Request) -> Response:
    """``GET /host``: the round that is open, or the last."""
    store, lang = the_store(), _language(request)
    try:
        who = _who(store, request)
        row = rounds.round_at_first(rounds.rounds_of(store, who))
        if row is None:
            raise NoRound
    except (Refused, DatabaseError) as error:
        return _refused(error, lang)
    return RedirectResponse(f"/host/{row['id']}?lang={lang}", status_code=303)


def show(request: Request) -> Response:
    """``GET /host/<round>?lang=``: the page; with ``part=1`` only what is replaced."""
    store, lang, round_id = the_store(), _language(request), request.path_params["round"]
    headers = {"Cache-Control": "no-store"}
    try:
        who = _who(store, request)
        if "part" in request.query_params:
            return HTMLResponse(_drawn(store, who, round_id, lang), headers=headers)
        view = host_view(store, who, round_id, lang, called=naming.called)
        seen = hall(store, who, round_id).content
        zone = current_competition(store, who)["timezone"]
    except (Refused, DatabaseError) as error:
        return _refused(error, lang)
    given = {"round": round_id, "seat": str(who.person_id), "timezone": zone}
    return HTMLResponse(host_page(view, seen, given, lang), headers=headers)


def pulse(request: Request) -> Response:
    """``GET /api/host/<round>?lang=``: ``{version, clock, time}``.

    ``second`` and ``pass`` besides are where the page goes on if another laptop takes over, and
    by what it enters there.
    """
    store, lang, round_id = the_store(), _language(request), request.path_params["round"]
    try:
        if generation := store.superseded:
            raise Superseded(generation=generation.partition("-")[0])
        who = _who(store, request)
        at: datetime = clock.now(store)
        shown = _drawn(store, who, round_id, lang)
        now = for_screens(clock_now(store, who, round_id, at=at))
    except Refused as error:
        return _problem(error, error.status)
    except DatabaseError as error:
        return _problem(error, 503)
    answer: dict[str, Any] = {"version": version(shown), "clock": now, "time": stamp(at)}
    if second := fencing.elsewhere(store, who.competition_id):
        answer |= {"second": second, "pass": passes.pass_of(store, who)}
    return JSONResponse(answer, headers={"Cache-Control": "no-store"})


def _drawn(store: Store, who: Visitor, round_id: str, lang: str) -> Markup:
    view = host_view(store, who, round_id, lang, called=naming.called)
    return whole(view, hall(store, who, round_id).content, lang)


def _who(store: Store, request: Request) -> Visitor:
    who = sign_ins.who_is(store, request.cookies.get(COOKIE), at=clock.now(store))
    if who.person_id is None:
        raise SignInNeeded
    return who


def _problem(error: Sayable, status: int) -> JSONResponse:
    return JSONResponse({"error": error.code, **said(error)}, status_code=status)


def _refused(error: Refused | DatabaseError, lang: str) -> HTMLResponse:
    text = (
        f"{sentence(error, lang)}{way_out(error, lang)} {t('organizers.host.refused_text', lang)}"
    )
    page = notice_page(t("organizers.host.refused", lang), text, lang)
    return HTMLResponse(page, status_code=getattr(error, "status", 503))


def _language(request: Request) -> str:
    wanted = request.query_params.get("lang", "")
    return wanted if wanted in LANGS else browser_language(request)


ROUTES = [
    Route("/host", first),
    Route("/host/{round}", show),
    Route("/api/host/{round}", pulse),
]
