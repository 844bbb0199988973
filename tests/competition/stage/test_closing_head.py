"""The head at the closing, on the hall's screen: every photograph of it is a witness."""

from dataclasses import replace

import pytest

import db
from competition.stage import hall
from db import heads
from exports import seal
from organizers.live.hall.screen import screen
from tests.competition.stage.hall import SCORES, opened, seen
from words import LANGS


@pytest.mark.parametrize("shown", ["nothing", "progress", "scores"])
def test_the_hall_shows_the_closing_head_whatever_else_it_may_show(store: db.Store, shown: str):
    """Nothing before the closing; then the closing event's own head, which later acts keep."""
    event = opened(store, replace(SCORES, hall=shown))
    assert seen(event)["head"] == ""
    event.close()
    with store.reading() as tx:
        closing = heads.last(tx, str(event.organizer.competition_id))
        kind = tx.value("SELECT kind FROM events ORDER BY seq DESC LIMIT 1")
    assert kind == "round_closed"
    event.certify()
    assert seen(event)["head"] == str(closing)


@pytest.mark.parametrize("lang", LANGS)
def test_the_screen_has_its_twelve_signs_and_its_code(store: db.Store, lang: str):
    """Read by people from the last row, and by a phone."""
    event = opened(store)
    event.close()
    view = hall.hall(event.store, event.visitor("host"), event.round_id)
    drawn = str(screen(view, lang))
    assert seal.shown(view.content["head"]) in drawn
    assert 'class="h-closing"><img src="data:image/svg+xml' in drawn
