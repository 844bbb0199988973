"""The frame on the gallery's pages: titles, acts, and a language switch that loses nothing."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from words import LANGS, t

GALLERY = Path(__file__).parent / "gallery.py"
VIEWS = ["standings", "final", "states", "empty", "judge", "charts"]


def open_view(view: str, lang: str | None = None) -> AppTest:
    """Run the gallery on a view; fail on any exception."""
    at = AppTest.from_file(str(GALLERY), default_timeout=60)
    at.query_params["view"] = view
    if lang:
        at.query_params["lang"] = lang
    at.run()
    assert not at.exception
    return at


def html(at: AppTest) -> str:
    """Return all HTML of the page, sidebar too."""
    return "".join(str(each.proto.body) for each in at.get("html"))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("lang", LANGS)
def test_every_view_runs_in_both_languages(view: str, lang: str):
    """Without an exception and without a missing word."""
    assert t("ui.brand", lang) in html(open_view(view, lang)) or view == "judge"


def test_chinese_comes_first():
    """Nobody chose: Chinese."""
    assert "样例数据" in html(open_view("standings"))


def test_a_link_may_bring_the_language():
    """``?lang=en`` opens in English; a language that does not exist is ignored."""
    assert "Sample data" in html(open_view("standings", "en"))
    assert "样例数据" in html(open_view("standings", "xx"))


def test_switching_the_language_loses_nothing():
    """What was typed and chosen stands, before and after, there and back."""
    at = open_view("states")
    at.text_input(key="reason").set_value("误按，应为 90.5").run()
    at.segmented_control(key="language-choice").set_value("en").run()
    assert not at.exception
    assert "Sample data" in html(at)
    assert at.text_input(key="reason").value == "误按，应为 90.5"
    at.segmented_control(key="language-choice").set_value("zh").run()
    assert "样例数据" in html(at)
    assert at.text_input(key="reason").value == "误按，应为 90.5"


def test_a_judges_mark_survives_the_switch():
    """The chosen key stays chosen."""
    at = open_view("judge")
    at.segmented_control(key="m").set_value(19.5).run()
    at.segmented_control(key="language-choice").set_value("en").run()
    assert at.segmented_control(key="m").value == 19.5


def test_no_mark_is_chosen_beforehand():
    """No preset value anywhere."""
    assert open_view("judge").segmented_control(key="m").value is None


def test_a_disabled_act_says_why_and_who_clears_it():
    """The button cannot be pressed; the reason stands on the page in words."""
    at = open_view("states")
    assert at.button(key="act-release").disabled
    assert "一并亮分 — 还差 2 张：评委02、评委06" in html(at)


def test_a_refusal_is_shown_as_an_alert_with_icon_and_word():
    """Not a traceback: what is wrong, in the reader's language."""
    shown = html(open_view("states", "en"))
    assert 'role="alert"' in shown
    assert t("ui.refused", "en") in shown


def test_an_empty_page_says_what_will_be_here():
    """No table without rows."""
    at = open_view("empty")
    assert "a-empty" in html(at)
    assert "<table" not in html(at)
