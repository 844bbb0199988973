"""颁奖 on the host's page: laid out, led forward and back by its buttons."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import competition
from competition.rounds.prizing import declare_prizes
from competition.stage import ceremonies
from tests.competition import event as made
from tests.competition.event import Event
from tests.competition.registry.prize_rows import TYPED
from tests.opening import Open, Sample, html
from tests.organizers.acting import has, press
from tests.organizers.prepare.test_setup_pages import served
from words import t

PAGE = "organizers/live/ceremony/page.py"


@pytest.fixture
def event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """First and second prize, one each, certified."""
    path = tmp_path / "arena.db"
    monkeypatch.setenv("ARENA_DB", str(path))
    event = made.closed(competition.open_store(path))
    values = {**TYPED, "organizing": "优秀组织奖", "count": "1", "formula": "selected"}
    which = (event.store, event.organizer, event.round_id)
    declare_prizes(*which, {**values, "why": "办法第九条"}, at=made.AT)
    event.certify()
    yield event
    competition.close_all()


@pytest.fixture
def sample(event: Event, tmp_path: Path) -> Sample:
    """The event as pages are opened on it."""
    return served(event, tmp_path / "arena.db")


def step(event: Event) -> int:
    """The step that the hall shows."""
    return ceremonies.ceremony(event.store, event.visitor("host"), event.round_id).step


def test_the_host_lays_it_out_and_leads_it_forward_and_back(open_page: Open, event: Event):
    """The picture beside the hall's is of the step that comes; no way back before the first."""
    at = open_page("host", "zh", PAGE)
    assert not has(at, "ceremony-next")
    at = press(at, "lay-out-places")
    assert t("organizers.ceremony.begin", "zh") in at.button(key="ceremony-next").label
    for number in (1, 2):
        at = press(at, "ceremony-next")
        assert step(event) == number
        assert at.button(key="ceremony-back").disabled == (number == 1)
    assert t("organizers.ceremony.forward", "zh") in at.button(key="ceremony-next").label
    pictures = [one.proto.src for one in at.get("iframe")]
    assert f"/hall/{event.round_id}/step/3" in " ".join(pictures), pictures
    press(at, "ceremony-back")
    assert step(event) == 1
    assert t("organizers.ceremony.now", "zh", step=1, of=len(steps(event))) in html(at)


def steps(event: Event) -> tuple[object, ...]:
    """All of its steps."""
    return ceremonies.ceremony(event.store, event.visitor("host"), event.round_id).steps
