"""Official papers: offered when their time has come, and true to the result they print."""

import re
from collections import Counter
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import docx
import pypdfium2
import pytest

from competition.lineup import drawing
from competition.results.awards import award_list
from competition.results.deciding import lists
from competition.results.moments import closing, opening
from competition.results.publishing import course
from competition.results.tally_sheets import TallySheets, tally_sheets
from competition.rounds.readiness import panel_view
from competition.rounds.rounds import round_view
from db import heads
from exports import seal
from exports.papers import after, before, pdf, publishing, word
from exports.papers.county_summary import county_summaries
from exports.papers.document import Cell, Document, Grid, NewPage, Paragraph
from exports.papers.feedback import feedback_sheets
from exports.papers.frame import Frame
from exports.papers.moments import closing_paper, opening_paper
from exports.papers.remarks import Remark, in_room, merged, wide
from tests.opening import BOTH, Open, Sample, html
from tests.organizers.acting import certify, close, now
from ui.downloads import OFFERS
from words import t

PAGE = "organizers/results/lists/official.py"
FRAME = Frame("擂台赛", "决赛", "0123-4567-89AB", invented="sample")
CENT = Decimal("0.01")


def printed(paper: Document) -> str:
    """Every sign of the PDF."""
    read = pypdfium2.PdfDocument(pdf.render(paper))
    return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in read)


def grids(paper: Document) -> list[tuple[tuple[Cell, ...], ...]]:
    """The tables of a paper, row by row."""
    return [block.rows for block in paper.blocks if isinstance(block, Grid)]


@pytest.fixture
def sheets(sample: Sample) -> TallySheets:
    """The closed final's sheets."""
    close(sample)
    return tally_sheets(sample.store, sample.who("organizer"), sample.round_id, at=now())


def test_papers_before_are_offered_from_the_beginning(open_page: Open):
    """Those of sheets say that they come after closing."""
    first = html(open_page("organizer", "zh", PAGE))
    assert first.count("/download/") == 26
    assert first.count(t("organizers.official.later.sheets", "zh")) == 5


def test_papers_are_offered_as_their_time_comes(open_page: Open, sample: Sample):
    """Those of sheets after closing, lists after certifying.

    Every paper is rendered by test_every_paper; here one of each format is taken, and all files
    that are no such paper.
    """
    certify(sample)
    then = html(open_page("organizer", "zh", PAGE))
    assert then.count(t("organizers.honours.none.county", "zh")) == 1
    addresses = re.findall(r"/download/([\w-]+)", then)
    assert then.count(t("error.never_replaced", "zh")) == 1
    assert len(addresses) == 49
    offers = [OFFERS.find(address) for address in addresses]
    assert all(offers)
    assert not [one for one in offers if t("organizers.official.paper.county", "zh") in one.name]
    written = Counter(one.name.rpartition(".")[0] for one in offers)
    alone = [one for one in offers if written[one.name.rpartition(".")[0]] == 1]
    pair = [one for one in offers if one not in alone][:2]
    assert {one.name.rpartition(".")[2] for one in pair} == {"pdf", "docx"}
    assert len(alone) >= 2
    for one in (*alone, *pair):
        assert one.build().startswith(b"%PDF" if one.name.endswith("pdf") else b"PK"), one.name


def test_a_row_of_the_tally_adds_up_by_hand(sheets: TallySheets):
    """The mean of the totals not struck, less the deduction, rounded once, is the score."""
    seats = len(sheets.standings.judges)
    _, *rows = grids(after.tally_table(sheets, "", "zh"))[0]
    scored = {line.number: line for line in sheets.standings.lines if line.official is not None}
    assert [int(row[0].text) for row in rows] == sorted(scored)
    some_struck = False
    for row in rows:
        line = scored[int(row[0].text)]
        kept = [
            Decimal(cell.text)
            for cell in row[2 : 2 + seats]
            if not cell.is_struck and re.fullmatch(r"[\d.]+", cell.text)
        ]
        some_struck |= any(cell.is_struck for cell in row)
        deduction = Decimal(row[-4].text or 0)
        mean = sum(kept, Decimal(0)) / len(kept)
        assert (mean - deduction).quantize(CENT, ROUND_HALF_UP) == Decimal(row[-3].text)
        assert row[-2].text == str(line.official)
        assert row[-1].text == str(line.rank)
    assert some_struck


def test_a_judge_signs_every_counted_sheet_once(sheets: TallySheets):
    """A page a judge; the marks of each row sum to its total."""
    paper = after.judge_summaries(sheets, "", "zh")
    tables = grids(paper)
    assert len(tables) == len(sheets.standings.judges)
    assert sum(len(rows) - 1 for rows in tables) == sum(len(one.sheets) for one in sheets.explained)
    for _, *rows in tables:
        for row in rows:
            assert sum(Decimal(cell.text) for cell in row[2:-2]) == Decimal(row[-2].text)


@pytest.mark.parametrize("lang", BOTH)
def test_notice_and_commendation_name_the_selected_and_no_score(sample: Sample, lang: str):
    """The notice in the order of codes, the commendation by place; version, head on each page."""
    certify(sample)
    where = (sample.store, sample.who("organizer"), sample.round_id)
    awards, stands, both = award_list(*where), course(*where), lists(*where)
    by_code = [one.title for one in sorted(awards.winners, key=lambda one: one.code)]
    by_place = [one.title for one in awards.winners]
    for paper, wanted in (
        (publishing.public_notice(awards, stands, lang), by_code),
        (publishing.commendation(awards, stands, both, 0, lang), by_place),
    ):
        (rows,) = grids(paper)
        assert [row[4].text for row in rows[1:]] == wanted
        said = printed(paper)
        assert seal.shown(awards.head) in said
        assert awards.sha256[:12] in said
        assert t("exports.paper.sample", lang).replace(" ", "") in said
        assert not any(str(one.official) in said for one in awards.winners)


def test_feedback_compares_by_criterion_and_names_no_judge(sheets: TallySheets):
    """The selected's mean is theirs by hand; remarks stand without seat; one county alone."""
    one = sheets.explained[0]
    judges = [sheet.judge for sheet in one.sheets]
    said = {(one.line.entrant_id, judges[0]): "账目清楚", (one.line.entrant_id, judges[1]): "=1+1"}
    paper = feedback_sheets(sheets, said, "", "zh")
    tables = [rows for rows in grids(paper) if len(rows[0]) == 7]
    assert len(tables) == sum(each.line.official is not None for each in sheets.explained)
    winners = [each for each in sheets.explained if each.line.selected]
    mean = sum(each.criteria[0].mean for each in winners) / len(winners)
    assert {rows[1][5].text for rows in tables} == {f"{mean:.2f}"}
    dots = [row[3].dots for rows in tables for row in rows[1:-1]]
    assert all(each and 0 <= each.low <= each.own <= each.high <= 1 for each in dots)
    assert {rows[-1][2].text for rows in tables} == {
        str(each.line.official) for each in sheets.explained if each.line.official is not None
    }
    text = printed(feedback_sheets(sheets, said, "", "zh", county=one.line.county))
    assert "账目清楚" in text
    assert "=1+1" in text
    assert "评委0" not in text
    others = {each.line.county for each in sheets.explained} - {one.line.county}
    assert not any(f"{county}" in text for county in others)


@pytest.mark.parametrize("lang", BOTH)
def test_a_sheet_of_feedback_is_one_page_and_long_remarks_stand_whole_behind_it(
    sheets: TallySheets, lang: str
):
    """Fifteen judges of 500 characters each: the page ends with what to do, the annex has all."""
    one = sheets.explained[0]
    long = {
        (one.line.entrant_id, f"j{at}"): f"第{at}条" + "冷库和步道的资金没有写清。" * 40
        for at in range(15)
    }
    paper = feedback_sheets(sheets, long, "", lang)
    sheet = [block for block in paper.blocks if isinstance(block, NewPage) and block.has_titles]
    cut = paper.blocks.index(sheet[0])
    first = replace(paper, blocks=paper.blocks[:cut])
    pages = pypdfium2.PdfDocument(pdf.render(first))
    said = ["".join(page.get_textpage().get_text_bounded().split()) for page in pages]
    assert "".join(t("exports.papers.feedback.column.who", lang).split()) in said[0]
    assert "第14条" not in said[0]
    assert "".join(said[1:]).count("冷库和步道的资金没有写清。") >= 15 * 38
    plain = feedback_sheets(sheets, {}, "", lang)
    ranked = [each for each in sheets.explained if each.line.official is not None]
    assert len(pypdfium2.PdfDocument(pdf.render(plain))) == len(ranked)


def test_equal_remarks_are_one_with_its_count():
    """Width, spaces and the last sign make no difference; most said first, then by the text."""
    said = ["路不清。", "路 不清", "账清楚", " 路不清！", "", "。"]
    assert merged(said) == (Remark("路 不清", 3), Remark("账清楚", 1))
    assert merged(reversed(said)) == merged(said)
    room = in_room(merged(["长" * 300, "短"]), 3)
    assert [wide(one.text) <= 138 for one in room.shown] == [True, True]
    assert (room.left, len(room.annex)) == (0, 2)
    assert in_room(merged(["短"]), 3).annex == ()


def test_opening_and_closing_are_sealed_by_their_heads(sample: Sample):
    """The log's head right after each; sheets by seat add up; a mark later changes neither."""
    who, round_id = sample.who("organizer"), sample.round_id
    before_closing = opening(sample.store, who, round_id)
    close(sample)
    at_closing = closing(sample.store, who, round_id)
    with sample.store.reading() as tx:
        row = tx.one("SELECT * FROM rounds WHERE id = :r", r=round_id) or {}
        last = heads.last(tx, row["competition_id"])
        sheets_in = tx.value(
            "SELECT count(*) FROM sheets WHERE round_id = :r AND state = 'submitted'", r=round_id
        )
    assert last is not None
    assert at_closing.head == str(last)
    assert opening(sample.store, who, round_id).head == before_closing.head != at_closing.head
    paper = closing_paper(FRAME, at_closing, "Asia/Shanghai", "zh")
    (rows,) = grids(paper)
    assert rows[-1][1].text == str(sum(int(row[1].text) for row in rows[1:-1]))
    assert int(rows[-1][1].text) == sheets_in
    assert seal.shown(at_closing.head) in printed(paper)
    first = opening_paper(FRAME, before_closing, "Asia/Shanghai", "en")
    assert len(grids(first)[0]) == 1 + len(before_closing.entrants)
    assert before_closing.rules_hash in printed(first)


def test_papers_before_come_from_the_lineup(sample: Sample):
    """Numbers drawn, recusals with their causes, and a page a judge with the entrants marked."""
    who, round_id = sample.who("organizer"), sample.round_id
    panel = panel_view(sample.store, who, round_id)
    entrants = [line.entrant for line in panel.expected]
    draw = before.draw_record(FRAME, entrants, drawing.draw_view(sample.store, who, round_id), "zh")
    (rows,) = grids(draw)
    assert [row[4].text for row in rows[1:]] == [str(n) for n in range(1, len(entrants) + 1)]
    register = before.recusal_register(FRAME, panel.level, panel.recusals, "zh")
    assert len(grids(register)[0]) == 1 + len(panel.recusals) + 3
    criteria = round_view(sample.store, who, round_id)["criteria"]
    marked = {1: entrants[:3], 2: entrants}
    sheet = before.score_sheets(FRAME, criteria, [1, 2], marked, "zh")
    assert [len(table) for table in grids(sheet)] == [4, 1 + len(entrants)]
    assert len(grids(before.score_sheets(FRAME, criteria, [], {}, "en"))[0]) == 9


def test_a_village_called_like_a_formula_stays_text(tmp_path):
    """Also in Word."""
    one = {"number": 1, "county": "=1+1", "township": "@x", "village": "#let", "code": "1"}
    paper = before.draw_record(FRAME, [one], None, "zh")
    assert "=1+1" in printed(paper)
    path = tmp_path / "x.docx"
    path.write_bytes(word.render(paper))
    assert docx.Document(str(path)).tables[0].cell(1, 1).text == "=1+1"


def test_a_county_sees_its_own_entrants_and_of_others_only_selected_models(sheets: TallySheets):
    """A page a county; the mean of a criterion by hand; weak ones name a selected plan."""
    paper = county_summaries(sheets, "", "zh")
    explained = {one.line.number: one for one in sheets.explained}
    counties = sorted({one.line.county for one in sheets.explained if one.line.official})
    tables = grids(paper)
    assert len(tables) == 2 * len(counties)
    for county, (_, *listed), (_, *criteria) in zip(
        counties, tables[::2], tables[1::2], strict=True
    ):
        own = [explained[int(row[0].text)] for row in listed]
        assert {one.line.county for one in own} == {county}
        first = [one.criteria[0].mean for one in own]
        assert criteria[0][2].text == f"{sum(first) / len(first):.2f}"
    selected = {one.line.title for one in sheets.explained if one.line.selected}
    models = [
        block.text
        for block in paper.blocks
        if isinstance(block, Paragraph) and "可对照" in block.text
    ]
    assert models
    assert all(any(f"《{title}》" in text for title in selected) for text in models)
