"""Faults of the machine on Streamlit's pages: in words, never Streamlit's own English."""

from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from competition.people import people
from db.errors import DiskFull
from tests.opening import Open, Sample, html
from words import LANGS, t


@pytest.mark.parametrize("lang", LANGS)
def test_a_full_disk_is_said_in_place_of_a_page(lang: str):
    """An act that a page did not expect to fail ends in words, too."""

    def page(lang: str) -> None:
        import streamlit as st

        from db.errors import DiskFull
        from ui.faults import show_fault

        st.session_state["chosen-language"] = lang
        assert show_fault(DiskFull(path="a.db"))
        assert not show_fault(ValueError("a mistake of ours"))

    at = AppTest.from_function(page, args=(lang,)).run()
    assert not at.exception
    assert t(f"error.{DiskFull.code}", lang) in html(at)


def test_an_organizer_is_warned_of_a_clock_that_was_set_back(open_page: Open, sample: Sample):
    """On every page, with the seconds; a judge is not."""
    ahead = datetime.now(UTC) + timedelta(hours=1)
    people.add_person(sample.store, sample.entered.organizer, name="甲", at=ahead)
    shown = html(open_page("organizer", "zh", "organizers/log/page.py"))
    assert t("ui.machine.title", "zh") in shown
    assert t("ui.machine.title", "zh") not in html(open_page("judge1", "zh", "judges/home.py"))


def test_the_overview_says_how_much_room_the_disk_has(open_page: Open, sample: Sample):
    """Before it is full."""
    assert "磁盘剩余" in html(open_page("organizer", "zh", "organizers/overview.py"))
