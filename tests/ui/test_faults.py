"""Faults of the machine on Streamlit's pages: in words, never Streamlit's own English."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from arena_app import app
from competition.people import people
from db.errors import DiskFull
from tests.opening import Open, Sample, html
from ui.faults import show_fault
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

    at = AppTest.from_function(page, args=(lang,)).run()
    assert not at.exception
    assert t(f"error.{DiskFull.code}", lang) in html(at)


@pytest.mark.parametrize("lang", LANGS)
def test_an_error_that_no_code_foresaw_has_a_number(lang: str, caplog: pytest.LogCaptureFixture):
    """On the page in words, in the log with its traceback; nothing of its text on the page."""

    def page(lang: str) -> None:
        import streamlit as st

        from ui.faults import show_fault

        st.session_state["chosen-language"] = lang
        assert show_fault(ZeroDivisionError("secret of 甲"))

    assert app._on_script_error is show_fault
    at = AppTest.from_function(page, args=(lang,)).run()
    [record] = [one for one in caplog.records if one.name == "arena"]
    number = record.args[0]
    assert not at.exception
    assert t("error.unexpected", lang, number=number) in unescape(html(at))
    assert "secret" not in html(at)
    assert "ZeroDivisionError" not in html(at)
    assert f"error {number}" in caplog.text
    assert "secret of 甲" in caplog.text


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
