"""The next step on the page of the day: one button from the first call to closing."""

from functools import partial

import pytest

from competition.stage import adjourning, moves
from tests.opening import Open, Sample, html, village
from tests.organizers.acting import events, has, keyed, now, press, refused
from words import t

PAGE = "organizers/live/desk/page.py"


@pytest.fixture
def sample(sample_by) -> Sample:
    """The sample opened, with no sheet in."""
    return sample_by(partial(village, marks=False))


def stage_of(sample: Sample, number: int) -> str:
    with sample.store.reading() as tx:
        return str(tx.value("SELECT stage FROM round_entrants WHERE number = :n", n=number))


def _entrant(sample: Sample, number: int) -> str:
    with sample.store.reading() as tx:
        return str(tx.value("SELECT entrant_id FROM round_entrants WHERE number = :n", n=number))


@pytest.mark.parametrize(
    "role",
    [
        "organizer",
        pytest.param(
            "host",
            marks=pytest.mark.long(
                "organizers/live/test_calling.py::test_two_desks_press_the_same_button",
                "organizers/live/test_stage.py::test_each_role_has_its_own_buttons",
            ),
        ),
    ],
)
def test_one_button_leads_over_the_stage(open_page: Open, sample: Sample, role: str):
    """Called, presenting, answering, marking, the next one called: each named on the button."""
    at = open_page(role, "zh", PAGE)
    said = []
    for _ in range(6):
        said.append(at.button(key=keyed(at, "next")).label)
        at = press(at, "next").run()
    assert said == [
        "通知1号候场", "1号上场，开始汇报", "结束汇报，1号转入答辩", "结束答辩，1号转入评分",
        "通知2号候场", "2号上场，开始汇报",
    ]  # fmt: skip
    assert [stage_of(sample, number) for number in (1, 2)] == ["done", "presenting"]


def test_an_impatient_second_press_is_no_step(open_page: Open, sample: Sample):
    """The button rests in the run that shows what the press did, and then names another step."""
    at = press(open_page("organizer", "zh", PAGE), "next")
    assert stage_of(sample, 1) == "called"
    assert at.button(key=keyed(at, "next")).disabled
    assert not has(at, "next-call-1.waiting")


def test_two_desks_press_the_same_button(open_page: Open, sample: Sample):
    """The second is refused in words, in the place under its button; the stage moved once."""
    first, second = (open_page(role, "zh", PAGE) for role in ("organizer", "host"))
    moves.move_stage(
        sample.store, sample.who("host"), sample.round_id, _entrant(sample, 1), "called", at=now()
    )
    moves.move_stage(
        sample.store, sample.who("host"), sample.round_id, _entrant(sample, 1), "presenting",
        at=now(),
    )  # fmt: skip
    for at in (first, second):
        key = keyed(at, "next")
        assert key == "next-call-1.waiting"
        at.button(key=key).click().run()
    assert stage_of(sample, 1) == "presenting"


def test_a_withdrawal_wants_a_reason(open_page: Open, sample: Sample):
    """Without one the entrant stays; with one it is on the log and passed over."""
    at = press(open_page("organizer", "zh", PAGE), "act-exception")
    at.selectbox(key="exception-entrant").set_value(_entrant(sample, 1)).run()
    press(at, "confirm-exception")
    assert refused(at)
    assert stage_of(sample, 1) == "waiting"
    at.text_area(key="reason-exception").input("迟到超过一分钟")
    press(at, "confirm-exception")
    assert stage_of(sample, 1) == "withdrawn"
    assert events(sample)[-1] == "stage_withdrawn"
    assert at.run().button(key=keyed(at, "next")).label == "通知2号候场"


def test_a_fault_is_shown_again(open_page: Open, sample: Sample):
    """It waits in the list of things to do, with the button that calls it again."""
    at = press(press(open_page("host", "zh", PAGE), "next").run(), "next").run()
    at = press(at, "act-exception")
    at.text_area(key="reason-exception").input("投影仪坏了")
    press(at, "confirm-exception")
    assert stage_of(sample, 1) == "fault"
    at = press(at.run(), "again-1")
    assert stage_of(sample, 1) == "called"


def test_the_round_is_adjourned_and_goes_on_where_it_stopped(open_page: Open, sample: Sample):
    """While it is, the one button resumes it."""
    at = press(press(open_page("organizer", "zh", PAGE), "next").run(), "next").run()
    at = press(at, "act-adjourn")
    at.text_input(key="adjourn-until").input("明天")
    at.text_area(key="reason-adjourn").input("停电")
    press(at, "confirm-adjourn")
    assert refused(at)
    at.text_input(key="adjourn-until").input("2022-03-19 09:00")
    at = press(at, "confirm-adjourn").run()
    found = adjourning.adjournment(sample.store, sample.who("host"), sample.round_id)
    assert found is not None
    assert (found.until, found.reason) == ("2022-03-19 09:00", "停电")
    assert at.button(key=keyed(at, "next")).label == t("organizers.next.step.resume", "zh")
    at = press(at, "next").run()
    assert stage_of(sample, 1) == "presenting"
    assert at.button(key=keyed(at, "next")).label == "结束汇报，1号转入答辩"


def test_the_order_is_changed_with_buttons(open_page: Open, sample: Sample):
    """2号 before 1号; the numbers stay, and the next step names 2号."""
    at = press(open_page("organizer", "zh", PAGE), "act-reorder")
    at = press(at, "reorder-down-1")
    press(at, "confirm-reorder")
    assert refused(at)
    at.text_area(key="reason-reorder").input("1号在路上")
    at = press(at, "confirm-reorder").run()
    assert events(sample)[-1] == "order_changed"
    assert at.button(key=keyed(at, "next")).label == "通知2号候场"
    assert t("organizers.stage.moved", "zh") in html(at)
