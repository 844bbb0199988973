"""The log: every act in words, in pages; who looked early is for the supervisor."""

import ast
import re

import pytest

from commands import ROOT
from tests.opening import Open, Sample, html
from tests.organizers.acting import is_refused, press
from tests.words.test_events import MADE
from words import LANGS, has, t

PAGE = "organizers/log/page.py"


def recorded_kinds() -> set[str]:
    """Every kind that an act writes, as it stands in the code."""
    kinds: set[str] = set()
    for path in (ROOT / "competition").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                kinds |= set(re.findall(r"^[a-z]+(?:_[a-z]+)+$", node.value))
    return kinds


@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_the_sample_writes_has_words(sample: Sample, lang: str):
    """A log in codes is no log."""
    with sample.store.reading() as tx:
        kinds = [row["kind"] for row in tx.rows("SELECT DISTINCT kind FROM events")]
    assert [kind for kind in kinds if not has(f"event.{kind}", lang)] == []


@pytest.mark.parametrize("lang", LANGS)
def test_both_languages_know_the_same_kinds_and_the_code_writes_them(lang: str):
    """Words for what nobody writes would hide a word that is missing."""
    from words import texts

    known = {key.removeprefix("event.") for key in texts(lang) if key.startswith("event.")}
    built = {"by_command"} | {kind for kind in known if kind.startswith(("stage_", "judge_"))}
    built |= MADE
    assert known - built <= recorded_kinds()


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
