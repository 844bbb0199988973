"""A row in each table of the hall: for the event that has one in every table."""

from datetime import datetime
from typing import Any

from competition.stage import adjourning, hall_links, host_texts, releasing, screens, withdrawing


def enter(event: Any, *, at: datetime) -> None:
    """Entrant 1 is announced, withdrawn and announced again; publishing is paused and resumed."""
    which = (event.store, event.organizer, event.round_id)
    hall_links.make_hall_link(*which, at=at)
    host_texts.set_host_texts(*which, {"thanks": "谢谢{number}。"}, at=at)
    releasing.release_score(*which, event.entrants[1], at=at)
    screens.set_screen(*which, "score", entrant_id=event.entrants[1], at=at)
    withdrawing.withdraw_release(*which, event.entrants[1], reason="误按", at=at)
    releasing.release_score(*which, event.entrants[1], at=at)
    adjourning.adjourn(*which, reason="停电", until="2022-03-19 09:00", at=at)
    adjourning.resume(*which, at=at)
    releasing.freeze(*which, at=at)
    releasing.unfreeze(*which, at=at)
