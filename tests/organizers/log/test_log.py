"""The log: every act in words, in pages; who looked early is for the supervisor."""

import re
from types import SimpleNamespace

import pytest

from organizers.log.lines import file
from tests.opening import Open, Sample, html
from tests.organizers.acting import is_refused, press
from words import LANGS, t

PAGE = "organizers/log/page.py"


@pytest.mark.parametrize("lang", LANGS)
def test_the_log_tells_who_did_what_about_whom_and_why(open_page: Open, lang: str):
    """The newest first; reasons as they were given; marking left out until asked for."""
    page = html(open_page("organizer", lang, PAGE))
    assert t("event.stage_marking", lang) in page
    assert "样例：因公务中途离席" in page
    assert t("event.marks_recorded", lang) not in page
    assert t("list.number", lang, number=40) in page


def test_marking_is_listed_when_asked_for_and_paged(open_page: Open):
    """Older and newer lead there and back."""
    at = open_page("organizer", "zh", PAGE)
    at.segmented_control(key="log-show").set_value("all").run()
    first = html(at)
    assert t("event.sheet_submitted", "zh") in first
    press(at, "log-older")
    assert html(at) != first
    press(at, "log-newer")
    assert html(at) == first


def test_who_looked_early_is_for_the_supervisor(open_page: Open, sample: Sample):
    """The organizer does not see it."""
    open_page("scorekeeper", "zh", "organizers/results/standings/page.py")
    assert t("organizers.log.views", "zh") not in html(open_page("organizer", "zh", PAGE))
    page = html(open_page("supervisor", "zh", PAGE))
    assert t("organizers.log.views", "zh") in page
    assert "吴敏" in page.partition(t("organizers.log.views", "zh"))[2]


@pytest.mark.parametrize("role", ["scorekeeper", "host", "judge1"])
def test_nobody_else_has_the_log(open_page: Open, role: str):
    """Organizer and supervisor only."""
    assert is_refused(open_page(role, "zh", PAGE, title=None), PAGE)


def test_a_line_names_its_round_and_the_log_is_searched(open_page: Open, sample: Sample):
    """Every word must stand somewhere in the line; all of the log is searched, not a page."""
    at = open_page("organizer", "zh", PAGE)
    with sample.store.reading() as tx:
        title = str(tx.value("SELECT title FROM rounds WHERE id = :r", r=sample.round_id))
    assert f">{title}</td>" in html(at)
    at.text_input(key="log-search").input("中途离席 评委").run()
    found = re.findall(r"<tr><td.*?</tr>", html(at))
    assert found
    assert all("中途离席" in line for line in found)
    at.text_input(key="log-search").input("没有这样的词").run()
    assert t("organizers.log.found", "zh", count=0) in html(at)


def test_the_log_is_taken_along_as_a_file_that_runs_nothing(open_page: Open, sample: Sample):
    """A reason that begins as a formula is text in the file."""
    lines = [(1, "2022-03-18", "决赛", "李梅", "扣分", "1号", "=HYPERLINK()")]
    now = SimpleNamespace(lang="zh")
    text = file(now, lines).decode("utf-8-sig")
    assert text.splitlines()[1].endswith("'=HYPERLINK()")
    assert t("organizers.log.download", "zh") in html(open_page("organizer", "zh", PAGE))
