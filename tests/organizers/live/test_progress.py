"""The progress page: whose sheet of whom is in, and never a mark."""

import re

import pytest

from tests.opening import BOTH, Open, Sample, html
from tests.organizers.acting import confirm, has, is_refused, press, refused
from words import t

PAGE = "organizers/live/collect/progress.py"


def absences(sample: Sample) -> int:
    with sample.store.reading() as tx:
        return int(tx.value("SELECT count(*) FROM assignments WHERE state = 'absent'"))


@pytest.mark.parametrize("lang", BOTH)
def test_the_matrix_has_every_entrant_and_seat(open_page: Open, lang: str):
    """40 rows, 15 seats; a half-filled sheet says how far it is."""
    page = html(open_page("organizer", lang, PAGE))
    matrix = re.search(r'<table class="a-table a-matrix">.*?</table>', page)
    assert matrix is not None
    assert matrix[0].count("<tr") == 41
    assert matrix[0].count('scope="col"') == 16
    assert "3/7" in matrix[0]
    assert t("ui.state.recused", lang) in matrix[0]


def test_a_phone_has_a_line_for_each_judge(open_page: Open):
    """How many sheets are in, and the numbers of those missing."""
    page = html(open_page("organizer", "zh", PAGE))
    lines = re.search(r'<section class="a-by-judge">.*?</section>', page)
    assert lines is not None
    assert lines[0].count("<div>") == 15
    told = re.findall(r"<p>未交：(.*?)</p>", lines[0])
    assert sum(len(one.split("、")) for one in told) == 5


@pytest.mark.parametrize("role", ["organizer", "supervisor", "scorekeeper"])
def test_no_mark_is_on_the_page(open_page: Open, sample: Sample, role: str):
    """Nothing on it looks like a total: no number with a decimal point."""
    page = re.sub(r"<style.*?</style>", "", html(open_page(role, "zh", PAGE)), flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", page)
    assert re.findall(r"\d+\.\d+", text) == []


def test_a_missing_sheet_is_recorded_absent_with_a_reason(open_page: Open, sample: Sample):
    """Without a reason nothing is written; with one the sheet is no longer waited for."""
    before = absences(sample)
    at = open_page("organizer", "zh", PAGE)
    confirm(at, "mark_absent", "")
    assert refused(at)
    assert absences(sample) == before
    confirm(at, "mark_absent", "中途离场")
    assert absences(sample) == before + 1
    assert t("organizers.progress.missing_count", "zh", count=4) in html(at)


def test_an_absence_is_undone_with_a_reason(open_page: Open, sample: Sample):
    """The judge is expected again."""
    before = absences(sample)
    at = open_page("scorekeeper", "zh", PAGE)
    confirm(at, "undo_absence", "评委回到会场，听了全程")
    assert absences(sample) == before - 1


def test_the_supervisor_watches_only(open_page: Open):
    """Recording an absence is for organizer and scorekeeper."""
    at = open_page("supervisor", "zh", PAGE)
    assert not has(at, "act-mark_absent")
    assert not has(at, "act-undo_absence")


def test_the_host_has_no_such_page(open_page: Open):
    """Progress is not for the host."""
    assert is_refused(open_page("host", "zh", PAGE, title=None), PAGE)


def test_a_dialog_stays_open_while_the_matrix_is_drawn_anew(open_page: Open):
    """The page is run again and the dialog is still there."""
    at = press(open_page("organizer", "zh", PAGE), "act-mark_absent")
    at.run()
    assert has(at, "confirm-mark_absent")
