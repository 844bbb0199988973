"""The list on the hall's screen, turned page by page by the host."""

from datetime import datetime

from competition.acting import acting, changed
from competition.errors import BadWhole
from competition.stage.errors import Frozen, NoPages
from competition.stage.hall_scene import scene_of
from competition.visitor import Visitor
from db import Store, releases


def turn_page(store: Store, who: Visitor, round_id: str, page: int, *, at: datetime) -> None:
    """Turn the list on the hall's screen to a page, from 1; it stays until the next announcement.

    Raises
    ------
    NoPages
        If the screen shows no list now.
    BadWhole
        If the list has no such page; names how many there are.
    Frozen
        While publishing is paused the screen stays as it is.
    """
    with acting(store, who, "turn_page", round_id, at=at) as (act, tx):
        if act.round["frozen"]:
            raise Frozen
        now = scene_of(tx, act.round)
        if now["scene"] != "list":
            raise NoPages
        if not 1 <= page <= now["pages"]:
            raise BadWhole(field="page", value=str(page)[:20], low=1, high=now["pages"])
        automatic = {"round_id": round_id, "shows": "auto", "entrant_id": None, "page": 0}
        screen = releases.screen(tx, round_id) or automatic
        if screen["page"] == page:
            return act.unchanged()
        tx.put("screens", changed(screen, page=page))
        act.record("page_turned")
