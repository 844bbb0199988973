"""The organisers' routes: the stage, announcing, the hall and its pages."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from competition import Store
from competition.errors import BadInput
from competition.rounds.rules import MOST_HELD
from competition.stage import ceremonies, hall_pages, moves, releasing
from competition.visitor import Visitor
from competition.voting import holding
from competition.voting.views import vote_view
from organizers.live import entering, standby_routes
from organizers.live.hall import routes as hall_routes
from organizers.live.host import routes as host_routes
from organizers.public import routes as public_routes
from organizers.public.vote import routes as vote_routes
from organizers.results import proving
from organizers.results.lists import verify_route
from ui.answering import answer, text, whole


def move_stage(request: Request) -> Response:
    """``POST /api/stage``: move an entrant to another state of the stage.

    Body: ``{seat, round, entrant, stage, reason}``; the reason only where one is wanted. The
    answer is what the server now holds.
    """

    def act(store: Store, who: Visitor, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        round_id, entrant_id = text(body, "round"), text(body, "entrant")
        reason = text(body, "reason") if "reason" in body else ""
        moves.move_stage(
            store, who, round_id, entrant_id, text(body, "stage"), reason=reason, at=at
        )
        order = moves.stage_view(store, who, round_id)["order"]
        (place,) = (row for row in order if row["id"] == entrant_id)
        return {"round": round_id, "entrant": entrant_id, "stage": place["stage"]}

    return answer(request, act)


def release(request: Request) -> Response:
    """``POST /api/release``: announce an entrant's score to the hall, with those held with it.

    Body: ``{seat, round, entrant, together}``; where ``together`` is given, exactly these entrants
    are announced. The answer names the announced entrants.
    """

    def act(store: Store, who: Visitor, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        round_id = text(body, "round")
        release = releasing.release_score(
            store, who, round_id, text(body, "entrant"), together=_together(body), at=at
        )
        return {"round": round_id, "released": release}

    return answer(request, act)


def _together(body: Mapping[str, Any]) -> list[str] | None:
    given = body.get("together")
    if given is None:
        return None
    if not isinstance(given, list) or len(given) > MOST_HELD:
        raise BadInput(field="together", value=str(given)[:20])
    return [text({"together": one}, "together") for one in given]


def turn_page(request: Request) -> Response:
    """``POST /api/page``: turn the list on the hall's screen to a page.

    Body: ``{seat, round, page}``. The answer is the page that the screen now shows.
    """

    def act(store: Store, who: Visitor, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        round_id, page = text(body, "round"), whole(body, "page")
        hall_pages.turn_page(store, who, round_id, page, at=at)
        return {"round": round_id, "page": page}

    return answer(request, act)


def move_ceremony(request: Request) -> Response:
    """``POST /api/ceremony``: show another step of the ceremony.

    Body: ``{seat, round, step, seen}``. The answer is the step that the screens now show.
    """

    def act(store: Store, who: Visitor, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        round_id = text(body, "round")
        to, seen = whole(body, "step"), whole(body, "seen")
        ceremonies.move_ceremony(store, who, round_id, to, seen=seen, at=at)
        return {"round": round_id, "step": to}

    return answer(request, act)


def turn_vote(request: Request) -> Response:
    """``POST /api/host-vote``: open an audience vote, close it, or show its result to the hall.

    Body: ``{seat, round, step}``; the round is the composite that declares the vote. The answer
    is the state after the step.
    """

    def act(store: Store, who: Visitor, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        round_id, step = text(body, "round"), text(body, "step")
        if step not in holding.STEPS:
            raise BadInput(field="step", value=step[:20])
        holding.STEPS[step](store, who, round_id, at=at)
        return {"round": round_id, "state": vote_view(store, who, round_id).state}

    return answer(request, act)


ROUTES = [
    Route("/api/stage", move_stage, methods=["POST"]),
    Route("/api/release", release, methods=["POST"]),
    Route("/api/page", turn_page, methods=["POST"]),
    Route("/api/ceremony", move_ceremony, methods=["POST"]),
    Route("/api/host-vote", turn_vote, methods=["POST"]),
    *public_routes.ROUTES,
    *vote_routes.ROUTES,
    *hall_routes.ROUTES,
    *proving.ROUTES,
    *host_routes.ROUTES,
    *verify_route.ROUTES,
    *standby_routes.ROUTES,
    *entering.ROUTES,
]
