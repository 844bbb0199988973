"""The award list: nothing before certifying, afterwards the snapshot's winners."""

import csv
import io

import openpyxl
import pytest

from competition.results import awards, standings
from exports import EXPORTS, Table
from organizers.results.lists.papers import certified_sheet, shown_sheet, winners_sheet
from tests.db.forging import forge_certificate, swap_first_and_last
from tests.opening import BOTH, Open, Sample, html
from tests.organizers.acting import certify, now
from words import t

PAGE = "organizers/results/lists/page.py"


@pytest.mark.parametrize("lang", BOTH)
def test_before_certifying_the_page_says_which_act_makes_the_list(open_page: Open, lang: str):
    """No empty table."""
    page = html(open_page("organizer", lang, PAGE))
    assert t("later.certified", lang) in page
    assert t("clears.close_round", lang) in page
    assert "<table" not in page


@pytest.mark.parametrize("role", ["organizer", "supervisor", "scorekeeper", "host"])
def test_afterwards_the_winners_are_the_snapshots(open_page: Open, sample: Sample, role: str):
    """Thirteen, by place, with edition and hash."""
    found = certify(sample)
    page = html(open_page(role, "zh", PAGE))
    winners = [line for line in found["content"]["entrants"] if line["selected"]]
    assert len(winners) == 13
    for line in winners:
        assert line["code"] in page
    assert found["sha256"] in page


def test_scores_are_not_on_the_award_list_unless_the_rules_publish_them(
    open_page: Open, sample: Sample
):
    """The default makes only the winners public."""
    content = certify(sample)["content"]
    page = html(open_page("host", "zh", PAGE))
    assert content["entrants"][0]["official"] not in page


def column(table: Table, key: str) -> int:
    return [one.key for one in table.columns].index(key)


def csv_rows(table: Table) -> list[list[str]]:
    text = EXPORTS["csv"].render(table).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def xlsx_values(table: Table) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(EXPORTS["xlsx"].render(table)))
    return list(book.worksheets[0].iter_rows(values_only=True))


@pytest.mark.parametrize("lang", BOTH)
def test_every_file_carries_the_certified_figures(sample: Sample, lang: str):
    """Both papers, both formats, cell by cell against the snapshot."""
    certificate = certify(sample)
    who = sample.who("organizer")
    found = standings.standings(sample.store, who, sample.round_id, at=now())
    lines = certificate["content"]["entrants"]
    sheet = certified_sheet(found, certificate, lang)
    at, code = column(sheet, "official"), column(sheet, "code")
    expected = [(line["code"], line["official"]) for line in lines]
    assert [(row[code], str(row[at])) for row in sheet.rows] == expected
    written = [row for row in csv_rows(sheet) if len(row) > at and row[code].isdigit()]
    assert [(row[code], row[at]) for row in written] == expected
    cells = [
        row for row in xlsx_values(sheet) if isinstance(row[code], str) and row[code].isdigit()
    ]
    assert [(row[code], f"{row[at]:.2f}") for row in cells] == expected
    winners = winners_sheet(awards.award_list(sample.store, who, sample.round_id), lang)
    names = [
        line["code"] for line in sorted(lines, key=lambda row: row["place"]) if line["selected"]
    ]
    code = column(winners, "code")
    assert [row[code] for row in winners.rows] == names
    assert certificate["sha256"] in winners.foot_line
    named = {"zh": "第1轮决赛村级组", "en": "round 1 final villages"}[lang]
    assert winners.round == sheet.round == named


def test_a_sheet_before_certifying_says_that_it_must_not_go_out(sample: Sample):
    """And has no edition."""
    who = sample.who("organizer")
    found = standings.standings(sample.store, who, sample.round_id, at=now())
    sheet = shown_sheet(found, "zh")
    assert t("exports.paper.provisional", "zh") in sheet.marks
    assert sheet.edition == ""


def test_a_forged_certificate_hands_nothing_out(open_page: Open, sample: Sample):
    """Winner and last changed places, every hash and the chain fit: no list, and why."""
    certify(sample)
    forge_certificate(sample.path, swap_first_and_last)
    at = open_page("organizer", "zh", PAGE)
    assert "与存储的分数算出的结果不一致" in html(at)
    assert "<table" not in html(at)
    assert "SHA-256" not in html(at)
