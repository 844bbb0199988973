"""On the pages: pairs locked, judges shared out, and an absent judge's sheets handed over."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

import competition
from competition.lineup import assigning, entrants, sessions
from competition.rounds import rounds
from db import panel
from tests.competition import event as events
from tests.competition.event import AT, Event
from tests.opening import BOTH, Open, Sample, html
from tests.organizers.acting import has, press, refused
from tests.organizers.prepare.test_setup_pages import served
from words import t

PAGE = "organizers/live/collect/progress.py"
PANEL = "organizers/prepare/panel/page.py"


@pytest.fixture
def event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """The small event in draft, without sessions, as the app's own database."""
    path = tmp_path / "arena.db"
    monkeypatch.setenv("ARENA_DB", str(path))
    made = events.draft(competition.open_store(path))
    for number, entrant_id in made.entrants.items():
        entrants.enter_entrant(
            made.store, made.organizer, made.round_id, entrant_id, number=number, at=AT
        )
    for session_id in made.sessions.values():
        sessions.remove_session(made.store, made.organizer, made.round_id, session_id, at=AT)
    yield made
    competition.close_all()


@pytest.fixture
def sample(event: Event) -> Sample:
    """What ``open_page`` opens."""
    return served(event, event.store.path)


def share_out(event: Event) -> None:
    """Judges shared out, three for each entrant, and the round opened."""
    assigning.share_and_assign(
        event.store, event.organizer, event.round_id, per_entrant="3", seed="1", at=AT
    )
    rounds.open_round(event.store, event.organizer, event.round_id, signed="all", at=AT)


def absent(event: Event) -> int:
    with event.store.reading() as tx:
        found = panel.assignments(tx, event.round_id)
    return sum(pair["state"] == "absent" for pair in found)


@pytest.mark.parametrize("lang", BOTH)
def test_the_proposal_is_shown_and_accepted(event: Event, open_page: Open, lang: str):
    """Who takes which sheets and what that changes; a reason is asked for; one press does it."""
    share_out(event)
    at = open_page("organizer", lang, PAGE)
    press(at, "act-hand_over_sheets")
    assert t("organizers.handing_over.none", lang) in unescape(html(at))
    at.selectbox(key="handing-leaving").select_index(1).run()
    said = unescape(html(at))
    assert t("organizers.handing_over.reserve", lang) in said
    assert t("organizers.handing_over.judges", lang, before=2, after=3) in said
    press(at, "confirm-hand_over_sheets")
    assert refused(at)
    assert absent(event) == 0
    at.text_area(key="reason-hand_over_sheets").input("突发不适")
    press(at, "confirm-hand_over_sheets")
    assert absent(event) >= 2


def test_a_sheet_submitted_meanwhile_refuses_and_shows_the_new_proposal(
    event: Event, open_page: Open
):
    """The act names what its button showed; the second press takes what is then shown."""
    share_out(event)
    at = open_page("organizer", "zh", PAGE)
    press(at, "act-hand_over_sheets")
    at.selectbox(key="handing-leaving").select_index(1).run()
    with event.store.reading() as tx:
        own = [
            pair["entrant_id"]
            for pair in panel.assignments(tx, event.round_id)
            if pair["person_id"] == event.judges[1]
        ]
    number = next(n for n, key in event.entrants.items() if key == own[0])
    event.fill(1, number, ("40", "30"))
    at.text_area(key="reason-hand_over_sheets").input("突发不适")
    press(at, "confirm-hand_over_sheets")
    assert t("error.proposal_changed", "zh") in unescape(html(at))
    assert absent(event) == 0
    press(at, "confirm-hand_over_sheets")
    assert absent(event) == len(own) - 1


def test_only_the_organizer_hands_over(event: Event, open_page: Open):
    """A supervisor watches."""
    share_out(event)
    assert not has(open_page("supervisor", "zh", PAGE), "act-hand_over_sheets")


@pytest.mark.parametrize("lang", BOTH)
def test_pairs_are_locked_and_unlocked_on_the_page(event: Event, open_page: Open, lang: str):
    """A locked pair is listed; a recused one is refused with its reason; unlocked it is gone."""
    at = open_page("organizer", lang, PANEL)
    at.button_group(key="panel-part").set_value("sessions").run()
    pick = {box.key: box for box in at.selectbox}
    entrant = next(box for key, box in pick.items() if "entrant_id" in key)
    judge = next(box for key, box in pick.items() if "person_id" in key)
    entrant.set_value(event.entrants[2])
    judge.set_value(event.judges[3])
    press(at, f"lock-{event.round_id}-send")
    assert "建水县" in unescape(html(at))
    judge = next(box for box in at.selectbox if "person_id" in box.key)
    judge.set_value(event.judges[1])
    press(at, f"lock-{event.round_id}-send")
    assert t("organizers.locks.title", lang, count=1) in [one.label for one in at.expander]
    press(at, f"unlock-{event.entrants[2]}-{event.judges[1]}-send")
    assert t("organizers.locks.title", lang, count=0) in [one.label for one in at.expander]


def test_the_plan_says_what_a_simulation_predicts(event: Event, open_page: Open):
    """On a button, before opening: how many of the best are selected on average."""
    assigning.share_and_assign(
        event.store, event.organizer, event.round_id, per_entrant="3", seed="1", at=AT
    )
    at = open_page("organizer", "zh", PANEL)
    at.button_group(key="panel-part").set_value("counts").run()
    press(at, "act-predict")
    before, after = t("organizers.promises.predicted", "zh", trials=20, top=2, correct="|").split(
        "|"
    )
    assert before in html(at)
    assert after in html(at)


def test_the_dialog_without_a_lost_sheet_says_so(event: Event, open_page: Open):
    """Nothing recorded absent: the dialog has no button to press."""
    share_out(event)
    at = open_page("organizer", "zh", PAGE)
    press(at, "act-hand_over_sheets")
    assert not has(at, "confirm-hand_over_sheets")
