"""What a plan becomes in the database: a round to come, a round that is over, a desk review."""

from collections.abc import Callable

import pytest

import db
import intake
from competition.errors import Forbidden
from competition.marks import progress
from competition.people import people
from competition.results import standings
from competition.rounds import rounds
from competition.sign_ins import visitor_of
from competition.visitor import Visitor
from db.invariants import verify
from tests.intake.books import Sheets, content, sheets, spoilt
from tests.intake.conftest import AT


def to_come(book: Sheets) -> None:
    """The workbook before the event: panels, no scores, states empty."""
    book["决赛评分"] = book["决赛评分"][:1]
    for row in book["评委分场"][1:]:
        row[4] = None


def test_a_round_with_scores_is_closed_and_ranked(store: db.Store, who: Visitor):
    """Recused by county, absent by the sheet, marks as written."""
    done = intake.enter(store, who, intake.read(content(sheets()), name="决赛.xlsx"), at=AT)
    assert (done.state, done.sheets, done.marks, done.recused, done.absent) == (
        "closed",
        10,
        20,
        1,
        1,
    )
    lines = standings.standings(store, who, done.round_id, at=AT).lines
    assert [line.village for line in lines] == ["郑营村", "团山村", "花口村"]
    assert [line.number for line in lines] == [1, 2, 3]
    with store.reading() as tx:
        reasons = tx.rows("SELECT payload FROM events WHERE kind = 'past_scores_entered'")
    assert "决赛.xlsx" in reasons[0]["payload"]
    assert verify(store) == []


def test_a_round_to_come_stays_in_draft_and_can_be_opened(store: db.Store, who: Visitor):
    """Recusals are derived; the organizer may still change everything."""
    plan = intake.read(spoilt(to_come))
    done = intake.enter(store, who, plan, at=AT)
    view = rounds.round_view(store, who, done.round_id)
    assert (view["state"], view["missing"]) == ("draft", [])
    assert [row["title"] for row in view["sessions"]] == ["第1场", "第2场"]
    rounds.open_round(store, who, done.round_id, signed="all", at=AT)
    assert progress.progress(store, who, done.round_id, at=AT).counts["recused"] == 1
    assert [fix.code for fix in plan.fixes] == ["recused"]
    assert verify(store) == []


def test_lists_without_panels_are_a_draft_that_says_what_is_missing(store: db.Store, who: Visitor):
    """Before the draw there is no order and no session."""

    def early(book: Sheets) -> None:
        to_come(book)
        book["评委分场"] = book["评委分场"][:1]
        for row in book["参赛名单"][1:]:
            row[6:] = [None, None]

    done = intake.enter(store, who, intake.read(spoilt(early)), at=AT)
    missing = rounds.round_view(store, who, done.round_id)["missing"]
    assert "numbers" in missing
    assert "assignments" in missing
    assert verify(store) == []


def test_without_sessions_judges_are_assigned_one_by_one(store: db.Store, who: Visitor):
    """A desk review: each entrant has its own judges, no session, numbers by the list."""

    def desk(book: Sheets) -> None:
        for row in book["参赛名单"][1:]:
            row[6:] = [None, None]
        book["评委分场"] = [[r[0], r[1], r[4]] for r in book["评委分场"] if r[:2] != ["HH1", "J1"]]
        book["决赛评分"] = [r for r in book["决赛评分"] if r[:2] != ["HH1", "J1"]]

    plan = intake.read(spoilt(desk))
    assert plan.stops == ()
    assert "numbers_by_list" in [note.code for note in plan.notes]
    done = intake.enter(store, who, plan, at=AT)
    assert done.sessions == 0
    found = progress.progress(store, who, done.round_id, at=AT)
    assert len(found.cells) == 11
    assert verify(store) == []


def test_a_recusal_that_no_county_explains_is_declared(store: db.Store, who: Visitor):
    """The sheet says so: that is its reason."""

    def change(book: Sheets) -> None:
        book["评委分场"][1][4] = "回避"
        book["决赛评分"] = [r for r in book["决赛评分"] if r[:2] != ["HH1", "J1"]]

    intake.enter(store, who, intake.read(spoilt(change)), at=AT)
    with store.reading() as tx:
        causes = [row["cause"] for row in tx.rows("SELECT cause FROM recusals ORDER BY cause")]
    assert causes == ["county", "declared"]
    assert verify(store) == []


def test_with_recusals_by_unit_a_county_recuses_nobody(store: db.Store, who: Visitor):
    """The level is the caller's choice and becomes the round's rule; the sheet's word stands."""
    plan = intake.read(content(sheets()), recusal_level="unit")
    done = intake.enter(store, who, plan, at=AT)
    assert '"recusal_level":"unit"' in rounds.round_view(store, who, done.round_id)["rules"]
    with store.reading() as tx:
        assert tx.value("SELECT cause FROM recusals") == "declared"


def test_townships_have_nine_digits(store: db.Store, who: Visitor):
    """A round of township secretaries: codes of townships, category township."""

    def towns(book: Sheets) -> None:
        book["参赛名单"][0][3:5] = ["乡镇代码", "汇报人"]
        for row in book["参赛名单"][1:]:
            row[3:5] = [row[3][:9], "书记"]

    plan = intake.read(spoilt(towns))
    assert (plan.stops, plan.category) == ((), "township")
    intake.enter(store, who, plan, at=AT)
    assert verify(store) == []


def test_titles_presenters_and_posts_are_taken(store: db.Store, who: Visitor):
    """The optional columns of the list."""

    def wide(book: Sheets) -> None:
        book["参赛名单"][0] += ["成果名称", "汇报人", "职务", "单位"]
        for row in book["参赛名单"][1:]:
            row += [f"{row[4]}规划（2022）", "李某", "村党总支书记", f"{row[4]}委会"]

    intake.enter(store, who, intake.read(spoilt(wide)), at=AT)
    with store.reading() as tx:
        (row,) = tx.rows("SELECT * FROM entrants WHERE village = '郑营村'")
    assert (row["title"], row["presenter"]) == ("郑营村规划（2022）", "李某")
    assert (row["post"], row["unit"]) == ("村党总支书记", "郑营村委会")


def test_only_an_organizer_may_enter_a_workbook(store: db.Store, who: Visitor):
    """Acts ask for rights; a refusal in the middle leaves nothing."""
    host = people.add_person(store, who, name="主持", at=AT)
    people.grant_role(store, who, host, "host", at=AT)
    with store.reading() as tx:
        visitor = visitor_of(tx, host)
    with pytest.raises(Forbidden):
        intake.enter(store, visitor, intake.read(content(sheets())), at=AT)
    with store.reading() as tx:
        assert tx.value("SELECT count(*) FROM entrants") == 0


def test_a_shelf_mark_is_taken_and_a_later_workbook_changes_it(store: db.Store, who: Visitor):
    """Also for an entrant that the competition knew already; a blank cell leaves it as it is."""

    def marked(first: object, second: object) -> Callable[[Sheets], None]:
        def change(book: Sheets) -> None:
            to_come(book)
            for row, mark in zip(
                book["参赛名单"], ("卷宗号", first, second, None, None), strict=True
            ):
                row.append(mark)

        return change

    for title, marks in (("初评", ("A-07 号柜", "A-08")), ("复评", ("B-01", None))):
        plan = intake.read(spoilt(marked(*marks)))
        assert plan.stops == ()
        intake.enter(store, who, plan, at=AT, round_title=title)
    with store.reading() as tx:
        found = tx.rows("SELECT mark FROM shelf_marks ORDER BY mark")
    assert [row["mark"] for row in found] == ["A-08", "B-01"]
    assert verify(store) == []
