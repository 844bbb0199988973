"""The stage desk at the beginning of a round: calling, leading, withdrawing."""

from functools import partial

import pytest

from tests.opening import Open, Sample, village
from tests.organizers.acting import events, keyed, press, refused

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


@pytest.mark.parametrize("role", ["organizer", "host"])
def test_the_next_is_called_and_led_over_the_stage(open_page: Open, sample: Sample, role: str):
    """Called, presenting, answering, marking; the one before is done by then."""
    at = press(open_page(role, "zh", PAGE), "act-call")
    assert stage_of(sample, 1) == "called"
    assert at.button(key=keyed(at, "act-call")).disabled
    at.selectbox(key=f"desk-entrant-{sample.round_id}").set_value(_entrant(sample, 1)).run()
    for step in ("presenting", "answering", "marking"):
        press(at, f"step-{step}").run()
        assert stage_of(sample, 1) == step
    press(at, "act-call").run()
    press(at, "act-call")
    assert [stage_of(sample, number) for number in (1, 2)] == ["done", "presenting"]


def test_a_withdrawal_wants_a_reason(open_page: Open, sample: Sample):
    """Without one the entrant stays; with one it is on the log."""
    at = open_page("organizer", "zh", PAGE)
    at.selectbox(key=f"desk-entrant-{sample.round_id}").set_value(_entrant(sample, 5)).run()
    press(at, "step-exception")
    press(at, "confirm-exception")
    assert refused(at)
    assert stage_of(sample, 5) == "waiting"
    at.text_area(key="reason-exception").input("迟到超过一分钟")
    press(at, "confirm-exception")
    assert stage_of(sample, 5) == "withdrawn"
    assert events(sample)[-1] == "stage_withdrawn"


def test_nobody_is_called_while_another_speaks(open_page: Open, sample: Sample):
    """The button says who is still on."""
    at = press(press(open_page("host", "zh", PAGE), "act-call").run(), "step-presenting").run()
    assert at.button(key=keyed(at, "act-call")).disabled
    assert stage_of(sample, 2) == "waiting"
