"""改分申请单, 现场复核单 and the 统分表 by hand: what they say, and what stays blank."""

from competition.corrections.listing import corrections_of
from competition.corrections.reviews import enter_review, reviews_of
from exports.papers import corrections, pdf, word
from exports.papers.document import Cell, Document, Grid
from exports.papers.frame import Frame
from tests.competition.corrections.cases import AT, ask, confirm, what
from tests.competition.event import Event

FRAME = Frame("擂台赛", "村级决赛", "ABCD", invented="sample")


def cells(paper: Document) -> list[Cell]:
    """Every cell of a paper."""
    grids = [block for block in paper.blocks if isinstance(block, Grid)]
    return [cell for grid in grids for row in grid.rows for cell in row]


def test_a_correction_has_its_page_with_old_struck_and_new(closed: Event):
    """Who, why, old, new; the last page is blank, to be signed where there is no machine."""
    confirm(closed, ask(closed, "mark", what(closed, 1, 2, marks=(20, 10)), reason="看错两行"))
    listed = corrections_of(closed.store, closed.organizer, closed.round_id)
    for lang in ("zh", "en"):
        paper = corrections.correction_forms(FRAME, listed, "Asia/Shanghai", lang)
        found = cells(paper)
        assert {"20.0", "10.0", "看错两行"} <= {cell.text for cell in found}
        assert sum(cell.is_struck for cell in found) == 2
        assert pdf.render(paper).startswith(b"%PDF")
        assert word.render(paper).startswith(b"PK")


def test_a_review_names_its_ground_and_its_time_limit(closed: Event):
    """And the blank one offers the four grounds and no other."""
    enter_review(
        closed.store,
        closed.organizer,
        closed.round_id,
        closed.entrants[1],
        ground="timing",
        claim="=HYPERLINK(1) 计时多了 43 秒",
        asked_by="某村",
        at=AT,
    )
    listed = reviews_of(closed.store, closed.organizer, closed.round_id)
    paper = corrections.review_forms(FRAME, listed, "Asia/Shanghai", "zh")
    texts = [cell.text for cell in cells(paper)]
    assert "计时" in texts
    assert any(text.count("□") == 4 for text in texts)
    assert pdf.render(paper).startswith(b"%PDF")


def test_the_tally_by_hand_is_blank_and_says_it_is_not_verified():
    """A row an entrant and spare ones, a column a judge, four signatures."""
    entrants = [{"number": 2, "village": "乙村"}, {"number": 1, "village": "甲村"}]
    paper = corrections.hand_tally(FRAME, entrants, [1, 2, 3], "zh")
    (grid,) = (block for block in paper.blocks if isinstance(block, Grid))
    assert [row[1].text for row in grid.rows] == ["参评村", "甲村", "乙村", "", ""]
    assert len(grid.rows[0]) == 2 + 3 + 5
    assert all(cell.text == "" for row in grid.rows[1:] for cell in row[2:])
    assert "未经系统核验" in repr(paper)
    assert pdf.render(paper).startswith(b"%PDF")
