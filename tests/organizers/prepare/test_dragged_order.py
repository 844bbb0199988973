"""Rows of the order page in another order: numbers follow, nothing counts before it is saved."""

from collections.abc import Callable

import pytest
import streamlit as st

from competition.rounds import readiness
from organizers.dragging import in_place_of
from organizers.prepare.entrants import order
from tests.competition.event import Event
from tests.opening import ANY_LANG, Open, Sample
from tests.organizers.acting import press
from tests.organizers.prepare.test_setup_pages import served

PAGE = "organizers/prepare/entrants/page.py"


@pytest.fixture
def sample(event: Event) -> Sample:
    """What ``open_page`` opens."""
    return served(event, event.store.path)


def numbers(event: Event) -> dict[str, int | None]:
    found = readiness.panel_view(event.store, event.organizer, event.round_id).expected
    return {place.entrant["id"]: place.entrant["number"] for place in found}


def test_a_dropped_row_takes_a_place_and_numbers_follow(
    event: Event, open_page: Open, monkeypatch: pytest.MonkeyPatch
):
    """The last row is dropped on the first: a button stands in for the pointer here."""
    before = numbers(event)
    ids = sorted(before, key=lambda one: before[one] or 0)

    def dropped(moved: Callable[[str, str], None]) -> None:
        st.button("drop", key="drop", on_click=moved, args=(ids[-1], ids[0]))

    monkeypatch.setattr(order, "dragging", dropped)
    at = open_page("organizer", ANY_LANG, PAGE)
    at.segmented_control(key="entrants-part").set_value("order").run()
    at = press(at, "drop")
    assert numbers(event) == before
    press(at, f"order-{event.round_id}-0-send")
    wanted = dict(zip([ids[-1], *ids[:-1]], sorted(before.values()), strict=True))  # type: ignore[type-var]
    assert numbers(event) == wanted


@pytest.mark.parametrize(
    ("moved", "to", "order_then"),
    [("a", "c", "bca"), ("c", "a", "cab"), ("b", "b", "abc"), ("x", "a", "abc"), ("a", "", "abc")],
)
def test_a_row_that_the_page_does_not_list_moves_nothing(moved: str, to: str, order_then: str):
    """Whatever the browser sends."""
    assert in_place_of("abc", moved, to) == list(order_then)
