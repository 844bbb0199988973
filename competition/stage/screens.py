"""What the hall's screen shows: as the stage goes, or one of the pictures without a score."""

from datetime import datetime

from competition.acting import acting, changed
from competition.errors import BadInput
from competition.stage.errors import NotReleased
from competition.visitor import Visitor
from db import Store, Transaction
from db import releases as rows

SCENES = ("auto", "waiting", "clock", "break", "black", "list", "score")
PLAIN = ("waiting", "clock", "break", "black")
"""Pictures without a score."""


def set_screen(
    store: Store, who: Visitor, round_id: str, shows: str, *, at: datetime, entrant_id: str = ""
) -> None:
    """Set what the hall's screen shows until the next is on stage or a score is announced.

    Parameters
    ----------
    shows : str
        auto (what was announced last, or who is on stage), one of `PLAIN`, list, or score with
        the entrant whose announced score it is.

    Raises
    ------
    NotReleased
        If that score has not been announced.
    """
    with acting(store, who, "set_screen", round_id, at=at) as (act, tx):
        if shows not in SCENES:
            raise BadInput(field="scene", value=shows[:20])
        if shows == "score" and rows.of_entrant(tx, round_id, entrant_id) is None:
            raise NotReleased
        chosen = entrant_id if shows == "score" else None
        screen = {"round_id": round_id, "shows": shows, "entrant_id": chosen, "page": 0}
        tx.put("screens", screen)
        act.record("screen_set", chosen or round_id)


def try_bell(store: Store, who: Visitor, round_id: str, *, at: datetime) -> None:
    """Let the hall's screens ring once, so that the sound can be heard before it counts."""
    with acting(store, who, "try_bell", round_id, at=at) as (act, _):
        act.record("bell_tested")


def follow_stage(tx: Transaction, round_id: str) -> None:
    """Inside an act: a picture without a score makes way for what happens on stage."""
    screen = rows.screen(tx, round_id)
    if screen is not None and screen["shows"] in PLAIN:
        tx.put("screens", changed(screen, shows="auto"))
