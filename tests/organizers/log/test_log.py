"""The log: every act in words, in pages; who looked early is for the supervisor."""

import re
from io import BytesIO
from types import SimpleNamespace
from typing import cast

import pytest
from openpyxl import load_workbook

from competition.log import Chosen, log
from exports.formats import EXPORTS
from organizers.log.lines import table
from tests.opening import BOTH, Open, Sample, html
from tests.organizers.acting import is_refused, press
from ui.access import Visit
from words import t

PAGE = "organizers/log/page.py"


@pytest.mark.parametrize("lang", BOTH)
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


def test_the_log_is_taken_along_as_files_that_run_nothing(open_page: Open, sample: Sample):
    """A reason that begins as a formula is text in both files."""
    lines = [(1, "2022-03-18", "决赛", "李梅", "扣分", "1号", "=HYPERLINK()")]
    made = table(cast("Visit", SimpleNamespace(lang="zh")), lines)
    text = EXPORTS["csv"].render(made).decode("utf-8-sig")
    assert text.splitlines()[1].endswith("'=HYPERLINK()")
    book = load_workbook(BytesIO(EXPORTS["xlsx"].render(made)))
    found = [
        cell for row in book.active.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)
    ]
    assert found
    assert all(cell.data_type == "s" for cell in found)
    page = html(open_page("organizer", "zh", PAGE))
    for form in EXPORTS:
        assert t("organizers.download", "zh", format=t(f"exports.format.{form}", "zh")) in page


def test_the_log_is_filtered_by_entrant_person_kind_and_time(sample: Sample):
    """Each alone and together; what is about another entrant or time is left out."""
    who = sample.who("organizer")
    with sample.store.reading() as tx:
        entrant = tx.value(
            "SELECT entrant_id FROM round_entrants WHERE round_id = :r AND number = 40",
            r=sample.round_id,
        )
    whole = log(sample.store, who, limit=20_000)
    about = log(sample.store, who, limit=20_000, chosen=Chosen(entrant=entrant))
    assert about
    assert len(about) < len(whole)
    assert all(any(one["id"] == entrant for one in line["entrants"]) for line in about)
    kind = Chosen(entrant=entrant, kind="stage_marking")
    assert {line["kind"] for line in log(sample.store, who, limit=20_000, chosen=kind)} == {
        "stage_marking"
    }
    person = sample.person("supervisor")
    done = log(sample.store, who, limit=20_000, chosen=Chosen(person=person))
    name = sample.who("supervisor").name
    assert all(
        name in (line["actor"], line["machine_of"], *(one["name"] for one in line["people"]))
        for line in done
    )
    assert log(sample.store, who, limit=20_000, chosen=Chosen(until="1999-01-01 00:00")) == []
    assert len(
        log(sample.store, who, limit=20_000, chosen=Chosen(since="1999-01-01 00:00"))
    ) == len(whole)


def test_the_filters_stand_on_the_page_and_a_wrong_time_is_said_there(open_page: Open):
    """And chooses nothing."""
    at = open_page("organizer", "zh", PAGE)
    at.selectbox(key="log-kind").set_value("stage_marking").run()
    assert t("event.stage_marking", "zh") in html(at)
    assert t("event.rules_signed", "zh") not in re.sub(r"<option.*?</option>", "", html(at))
    at.text_input(key="log-since").input("早上").run()
    assert "a-wrong" in html(at)
