"""The log: every act in words, in pages; who looked early is for the supervisor."""

import pytest

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
