"""A list longer than the screen: turned by the host, and by nothing else but an announcement."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

import db
from competition.errors import BadWhole
from competition.stage import hall, hall_pages, releasing, screens
from competition.stage.errors import Frozen, NoPages
from competition.stage.hall_scene import LIST_PAGE
from competition.stage.turns import turns
from competition.visitor import Visitor
from db.invariants import verify
from tests.browser.halls import Arena, fill_village
from tests.templates import Templates, filled, name_of

BEGUN = datetime.now(UTC)
FIRST = LIST_PAGE
"""How many are announced at first: one page."""


class Hall:
    """A final whose first numbers are announced."""

    def __init__(self, store: db.Store, arena: Arena) -> None:
        self.store = store
        self.ticks = count(1)
        self.arena = arena
        self.who: Visitor = self.arena.entered.host
        self.round_id = self.arena.round_id
        found = turns(store, self.who, self.round_id)
        self.ready = [turn.entrant_id for turn in found.order if turn.state == "ready"]
        with store.writing():
            for _ in range(FIRST):
                self.announce()

    def now(self) -> datetime:
        """Each act a second after the one before."""
        return BEGUN + timedelta(seconds=next(self.ticks))

    def announce(self) -> None:
        """The next score by number."""
        releasing.release_score(
            self.store, self.who, self.round_id, self.ready.pop(0), at=self.now()
        )

    def show(self, scene: str) -> None:
        """What the host chooses for the screen."""
        screens.set_screen(self.store, self.who, self.round_id, scene, at=self.now())

    def turn(self, page: int) -> None:
        """The host turns the list."""
        hall_pages.turn_page(self.store, self.who, self.round_id, page, at=self.now())

    @property
    def page(self) -> tuple[int, int]:
        """The page the hall sees, and of how many."""
        content = hall.hall(self.store, self.who, self.round_id).content
        assert content["scene"] == "list"
        return content["page"], content["pages"]


@pytest.fixture(scope="module")
def made(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    path = tmp_path_factory.mktemp("pages") / "arena.db"
    arena = templates.copy(name_of(fill_village), filled(fill_village), path)
    store = db.Store(path)
    yield Hall(store, arena)
    store.close()


def events(hall: Hall) -> list[str]:
    with hall.store.reading() as tx:
        return [row["kind"] for row in tx.rows("SELECT kind FROM events ORDER BY seq")]


def test_the_walk_of_a_long_list(made: Hall):
    """One page, then two: opened where the newest stands, turned, kept, opened again."""
    with pytest.raises(NoPages):
        made.turn(1)
    made.show("list")
    assert made.page == (1, 1)
    with pytest.raises(BadWhole):
        made.turn(2)
    made.announce()
    assert made.page == (2, 2)
    made.turn(1)
    assert made.page == (1, 2)
    for nowhere in (0, 3, -1):
        before = events(made)
        with pytest.raises(BadWhole) as refused:
            made.turn(nowhere)
        assert (refused.value.values["low"], refused.value.values["high"]) == (1, 2)
        assert events(made) == before
    before = events(made)
    made.turn(1)
    assert events(made) == before
    made.turn(2)
    made.turn(1)
    assert events(made) == [*before, "page_turned", "page_turned"]
    made.announce()
    assert made.page == (2, 2)
    made.turn(1)
    made.show("list")
    assert made.page == (2, 2)
    assert verify(made.store) == []


def test_paused_the_page_stays(made: Hall):
    """The hall keeps what it shows; the host reads why."""
    made.show("list")
    made.turn(1)
    releasing.freeze(made.store, made.who, made.round_id, at=made.now())
    before = events(made)
    with pytest.raises(Frozen):
        made.turn(2)
    assert events(made) == before
    assert made.page == (1, 2)
    releasing.unfreeze(made.store, made.arena.entered.organizer, made.round_id, at=made.now())
    made.turn(2)
    assert made.page == (2, 2)
    assert verify(made.store) == []
