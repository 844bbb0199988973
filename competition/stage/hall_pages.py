"""The list on the hall's screen, turned page by page by the host."""

from datetime import datetime

from competition.errors import BadWhole, Frozen, NoPages
from competition.recording import changed, record
from competition.rights import require_act
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
    with store.writing() as tx:
        row = require_act(tx, who, "turn_page", round_id)
        if row["frozen"]:
            raise Frozen
        now = scene_of(tx, row)
        if now["scene"] != "list":
            raise NoPages
        if not 1 <= page <= now["pages"]:
            raise BadWhole(field="page", value=str(page)[:20], low=1, high=now["pages"])
        automatic = {"round_id": round_id, "shows": "auto", "entrant_id": None, "page": 0}
        screen = releases.screen(tx, round_id) or automatic
        if screen["page"] == page:
            return
        tx.put("screens", changed(screen, page=page))
        record(tx, who, "page_turned", round_id, at=at, round_id=round_id)
