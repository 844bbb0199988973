"""A chart is built once for each state of what it shows."""

import json
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from ui import drawn


class Chart:
    """A chart that counts how often it was asked for."""

    made = 0

    def to_json(self, validate: bool = True, *, indent: object = None) -> str:
        Chart.made += 1
        return json.dumps({"data": {"values": [{"a": 1}]}, "mark": "bar", "n": Chart.made})


@pytest.fixture(autouse=True)
def empty() -> Iterator[None]:
    """Nothing is kept from one test to the next."""
    drawn._cache.clear()
    Chart.made = 0
    yield
    drawn._cache.clear()


def page(key: object) -> AppTest:
    def script(key: object) -> None:
        from tests.ui.test_drawn import Chart
        from ui.drawn import show_chart

        show_chart(key, Chart)

    at = AppTest.from_function(script, args=(key,)).run()
    assert not at.exception, [error.value for error in at.exception]
    return at


def test_the_same_state_is_built_once():
    """A second run of the page, or another person's, takes what is kept."""
    page(("slope", "round", 7, "zh", "light")).run()
    page(("slope", "round", 7, "zh", "light"))
    assert Chart.made == 1


@pytest.mark.parametrize(
    "other",
    [
        ("slope", "round", 8, "zh", "light"),
        ("slope", "round", 7, "en", "light"),
        ("slope", "round", 7, "zh", "dark"),
        ("slope", "another", 7, "zh", "light"),
    ],
)
def test_another_event_language_theme_or_round_is_built_anew(other: object):
    """Nothing old is shown for something new."""
    page(("slope", "round", 7, "zh", "light"))
    page(other)
    assert Chart.made == 2


def test_no_more_is_kept_than_there_is_room_for():
    """The oldest goes first."""
    for at in range(drawn.KEPT + 3):
        with drawn._guard:
            drawn._cache[at] = "{}"
    page("newest")
    assert len(drawn._cache) == drawn.KEPT
    assert "newest" in drawn._cache
    assert 0 not in drawn._cache
