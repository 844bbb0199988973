"""亮分 on the organisers' page: one press announces one entrant, and it can be withdrawn."""

import json
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

import competition
from competition.marks import deductions
from competition.marks.desk import desk
from competition.stage import hall, moves, releasing, turns
from tests.competition import event as made
from tests.competition.event import QUICK, Event
from tests.competition.stage.hall import change_locked
from tests.opening import Open, Sample, html
from tests.organizers.acting import events, has, press
from tests.organizers.prepare.test_setup_pages import served
from words import t

PAGE = "organizers/live/desk/page.py"


@pytest.fixture
def event(tmp_path, monkeypatch):
    """A round that announces scores; all sheets are in; 1号 and 2号 were on stage, 3号 not."""
    path = tmp_path / "arena.db"
    monkeypatch.setenv("ARENA_DB", str(path))
    store = competition.open_store(path)
    event = made.opened(store, rules=replace(QUICK, hall="scores"))
    event.fill_all()
    for number in (1, 2):
        for step in ("called", "presenting", "answering", "marking"):
            moves.move_stage(
                store, event.organizer, event.round_id, event.entrants[number], step, at=made.AT
            )
    yield event
    competition.close_all()


@pytest.fixture
def sample(event: Event, tmp_path) -> Sample:
    """The event as pages are opened on it."""
    return served(event, tmp_path / "arena.db")


def announced(event: Event) -> list[int]:
    """The numbers the hall has seen."""
    content = hall.hall(event.store, event.organizer, event.round_id).content
    return [line["number"] for line in content["lines"]]


def test_a_second_press_announces_nobody_else(open_page: Open, event: Event):
    """The button rests in the run that shows what the press did, and comes back as another."""
    at = press(open_page("organizer", "zh", PAGE), "next-release-1.done")
    assert announced(event) == [1]
    assert at.button(key="next-release-2.marking").disabled
    assert not has(at, "next-release-1.done")
    at.run()
    assert not at.button(key="next-release-2.marking").disabled


def test_a_press_on_a_lesser_button_that_has_become_the_next_step_counts(
    open_page: Open, event: Event
):
    """3号 is called besides; another desk has announced what stood before it, meanwhile."""
    at = open_page("organizer", "zh", PAGE)
    key = "next-call-3.waiting"
    assert not is_primary(at, key)
    for number in (1, 2):
        releasing.release_score(
            event.store, event.visitor("host"), event.round_id, event.entrants[number], at=made.AT
        )
    press(at, key)
    order = desk(event.store, event.organizer, event.round_id, at=made.AT).order
    assert order[2]["stage"] == "called"


def is_primary(at: AppTest, key: str) -> bool:
    """Whether a button is the large one."""
    return at.button(key=key).proto.type == "primary"


def test_a_greyed_score_says_what_is_missing(open_page: Open, event: Event):
    """A deduction waits, then 3号 has not been on stage: the reason stands beside the button."""
    entered = deductions.deduct(
        event.store, event.visitor("timekeeper"), event.round_id, event.entrants[1], "0.1",
        reason="超时", at=made.AT,
    )  # fmt: skip
    at = open_page("organizer", "zh", PAGE)
    assert at.button(key="next-release-1.done").disabled
    assert t("organizers.next.deduction", "zh", number="1号") in html(at)
    deductions.confirm_deduction(event.store, event.visitor("supervisor"), entered, at=made.AT)
    at = press(press(at.run(), "next-release-1.done").run(), "next-release-2.marking").run()
    assert at.button(key="next-release-3.waiting").disabled
    assert t("organizers.next.off_stage", "zh", number="3号") in html(at)


def test_another_complete_score_can_be_announced_first(open_page: Open, event: Event):
    """2号 is complete and 1号 is due: 2号 has a button of its own in the list."""
    press(open_page("organizer", "zh", PAGE), "held-2")
    assert announced(event) == [2]


def test_a_corrected_score_shows_old_new_and_reason(open_page: Open, event: Event):
    """A mark is corrected after the announcement: the dialog says both, then the list."""
    press(open_page("organizer", "zh", PAGE), "next-release-1.done")
    change_locked(event, 3, 1, "20")
    at = press(open_page("organizer", "zh", PAGE), "again-1")
    before, after = (
        releases_of(event, 1)[0],
        turns.preview(event.store, event.organizer, event.round_id, event.entrants[1])["final"],
    )
    said = t("organizers.announcing.change", "zh", number="1号", before=before, after=after)
    assert before != after
    assert said in html(at)
    at.text_area(key="reason-release_again").input("评委01改分")
    page = html(press(at, "confirm-release_again").run())
    assert f"<s>{before}</s> → <b>{after}</b>" in page
    assert "<p>评委01改分</p>" in page


def releases_of(event: Event, number: int) -> list[str]:
    """The figures that were announced of an entrant, in order."""
    with event.store.reading() as tx:
        rows = tx.rows(
            "SELECT content FROM releases WHERE entrant_id = :e ORDER BY version",
            e=event.entrants[number],
        )
    return [json.loads(row["content"])["final"] for row in rows]


def test_an_announced_score_is_withdrawn_with_a_reason(open_page: Open, event: Event, sample):
    """The newest is offered first; the hall then holds no figure of it."""
    at = press(open_page("organizer", "zh", PAGE), "next-release-1.done").run()
    at = press(press(at, "next-release-2.marking").run(), "act-withdraw_release")
    assert at.selectbox(key="withdraw-which").value == event.entrants[2]
    at.text_area(key="reason-withdraw_release").input("误按")
    press(at, "confirm-withdraw_release")
    assert announced(event) == [1]
    assert events(sample)[-1] == "release_withdrawn"
