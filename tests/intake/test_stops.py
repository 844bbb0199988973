"""What stops an import: said with sheet and cell, how to mend it, and nothing written."""

from collections.abc import Callable
from typing import Any

import pytest

import db
import intake
from competition.rounds.errors import NotReady
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from intake.findings import Finding
from intake.saying import sentence
from scoring import Rules
from tests.intake.books import Sheets, content, put, sheets, spoilt
from tests.intake.conftest import AT
from words import LANGS, has

Change = Callable[[Sheets], object]


def without(sheet: str) -> Change:
    """The workbook lacks a sheet."""
    return lambda book: book.pop(sheet)


def drop(sheet: str, at: int) -> Change:
    """A sheet lacks a column."""
    return lambda book: [row.pop(at) for row in book[sheet]]


def rows(sheet: str, keep: Callable[[list[Any]], bool]) -> Change:
    """A sheet keeps only some rows, and its header."""

    def change(book: Sheets) -> None:
        book[sheet] = [book[sheet][0], *filter(keep, book[sheet][1:])]

    return change


def more(sheet: str, *row: object) -> Change:
    """One row more."""
    return lambda book: book[sheet].append(list(row))


def both(*changes: Change) -> Change:
    """Several changes."""
    return lambda book: [change(book) for change in changes]


def column(sheet: str, *cells: object) -> Change:
    """One column more."""
    return lambda book: [row.append(c) for row, c in zip(book[sheet], cells, strict=True)]


STOPS: list[tuple[Change, str, str, str]] = [
    (without("评委名单"), "missing_sheet", "", "缺少“评委名单”这张表"),
    (drop("决赛评分", 3), "missing_column", "决赛评分!A1", "缺少“得分”一列"),
    (drop("评分标准", 2), "missing_column", "评分标准!A1", "缺少“分值”一列"),
    (
        both(drop("参赛名单", 3), put("参赛名单", "D2", "无名村")),
        "unknown_village",
        "参赛名单!D2",
        "区划代码表里没有“无名村”",
    ),
    (lambda b: b.update(评委名单=[["x"], ["y"]]), "no_header", "评委名单!A1", "没有找到表头"),
    (lambda b: b.update(评委名单=[]), "no_header", "评委名单!A1", "没有找到表头"),
    (lambda b: b.update(复评评分=b["决赛评分"]), "sheet_twice", "复评评分", "与“决赛评分”重复"),
    (rows("参赛名单", lambda _: False), "empty_sheet", "参赛名单", "没有内容"),
    (rows("评委分场", lambda _: False), "empty_sheet", "评委分场", "没有内容"),
    (put("决赛评分", "C1", "评委编号"), "column_twice", "决赛评分!C1", "“评委编号”一列出现了两次"),
    (put("决赛评分", "D2", "=VLOOKUP(A2,A:D,4)"), "formula", "决赛评分!D2", "“得分”是公式"),
    (put("参赛名单", "D2", '=INDIRECT("A1")'), "formula", "参赛名单!D2", "“村级代码”是公式"),
    (put("决赛评分", "D2", "#REF!"), "error", "决赛评分!D2", "公式错误 #REF!"),
    (put("决赛评分", "D2", AT.replace(tzinfo=None)), "date", "决赛评分!D2", "成了日期"),
    (put("决赛评分", "D2", True), "truth", "决赛评分!D2", "成了逻辑值"),
    (put("决赛评分", "D2", "优"), "not_a_number", "决赛评分!D2", "“优”不是数字"),
    (put("决赛评分", "D2", "1,234"), "not_a_number", "决赛评分!D2", "“1,234”不是数字"),
    (put("决赛评分", "D2", 61), "mark_out_of_range", "决赛评分!D2", "61 分超出范围，应在 0 到 60"),
    (put("决赛评分", "D2", -1), "mark_out_of_range", "决赛评分!D2", "-1 分超出范围"),
    (put("决赛评分", "D2", 52.3), "mark_off_step", "决赛评分!D2", "52.3 分不在档上，每档 0.5"),
    (put("决赛评分", "A2", "HH9"), "unknown_entrant", "决赛评分!A2", "参评名单里没有“HH9”"),
    (put("决赛评分", "A2", "HH4"), "not_in_round", "决赛评分!A2", "“HH4”不在这一轮"),
    (put("决赛评分", "B2", "J9"), "unknown_judge", "决赛评分!B2", "评委名单里没有“J9”"),
    (put("决赛评分", "C2", "C9"), "unknown_criterion", "决赛评分!C2", "评分标准里没有“C9”"),
    (put("决赛评分", "C3", "C1"), "double", "决赛评分!D3", "重复"),
    (put("决赛评分", "A2", None), "blank", "决赛评分!A2", "“参评编号”空着"),
    (put("评委分场", "A2", "HH9"), "unknown_entrant", "评委分场!A2", "参评名单里没有“HH9”"),
    (put("评委分场", "B2", "J9"), "unknown_judge", "评委分场!B2", "评委名单里没有“J9”"),
    (put("评委分场", "B3", "J1"), "double", "评委分场!A3", "重复"),
    (
        put("评委分场", "E2", "在"),
        "unknown_word",
        "评委分场!E2",
        "“在”不认识。可用：已评、回避、缺席",
    ),
    (put("评委分场", "C2", 2), "session_differs", "评委分场!C2", "场次是“2”，别处是“1”"),
    (put("评委分场", "D2", 7), "order_differs", "评委分场!D2", "出场顺序是 7，别处是 1"),
    (
        both(rows("评委分场", lambda r: r[:2] != ["HH1", "J1"]), lambda b: b["决赛评分"].pop(1)),
        "not_assigned",
        "决赛评分!B2",
        "评委分场里没有 J1 评 HH1 这一行",
    ),
    (
        both(
            rows("评委分场", lambda r: r[:2] != ["HH1", "J1"]),
            rows("决赛评分", lambda r: r[:2] != ["HH1", "J1"]),
        ),
        "pair_missing",
        "评委分场!E2",
        "J1 是这一场的评委，却没有 HH1 这一行",
    ),
    (
        rows("评委分场", lambda r: r[0] != "HH1"),
        "nobody_assigned",
        "评委分场",
        "HH1 在这一轮，但没有评委",
    ),
    (
        rows("决赛评分", lambda r: r[:2] != ["HH1", "J1"]),
        "no_marks",
        "评委分场!E2",
        "没有 J1 给 HH1 的分数",
    ),
    (put("评委分场", "E2", "缺席"), "marks_all_the_same", "决赛评分!D2", "是缺席，这里却有分数"),
    (put("决赛评分", "D3", "回避"), "marks_and_word", "决赛评分!D3", "又有分数，又有“回避”"),
    (put("评委名单", "D2", "石屏县"), "had_to_recuse", "评委分场!E2", "同在“石屏县”，应当回避"),
    (
        both(
            rows("决赛评分", lambda r: r[0] != "HH3"),
            *[put("评委分场", f"E{n}", "缺席") for n in (10, 11, 12, 13)],
        ),
        "all_recused",
        "评委分场",
        "HH3 的评委全部回避或缺席",
    ),
    (put("参赛名单", "A3", "HH1"), "double", "参赛名单!A3", "“HH1”与 A2 重复"),
    (
        lambda b: b["参赛名单"][2].__setitem__(slice(1, 5), b["参赛名单"][1][1:5]),
        "double",
        "参赛名单!D3",
        "“532525102202 郑营村”与 D2 重复",
    ),
    (put("参赛名单", "D2", "5.32525E+11"), "bad_code", "参赛名单!D2", "不是 9 位（乡镇）或 12 位"),
    (put("参赛名单", "D2", 53252510220), "bad_code", "参赛名单!D2", "不是 9 位（乡镇）或 12 位"),
    (
        both(put("参赛名单", "B2", None), put("参赛名单", "D2", "530102001001")),
        "blank",
        "参赛名单!B2",
        "“县（市）”空着",
    ),
    (put("参赛名单", "E2", "村" * 201), "too_long", "参赛名单!E2", "文字太长"),
    (put("参赛名单", "F2", "半决赛"), "unknown_word", "参赛名单!F2", "“半决赛”不认识"),
    (put("参赛名单", "H3", 1), "order_twice", "参赛名单!A3", "HH2 与 HH1 在同一场"),
    (put("参赛名单", "H3", 1.5), "not_whole", "参赛名单!H3", "“1.5”不是正整数"),
    (put("评委名单", "A3", "J1"), "double", "评委名单!A3", "“J1”与 A2 重复"),
    (put("评委名单", "B2", None), "blank", "评委名单!B2", "“姓名”空着"),
    (put("评分标准", "C3", 35), "maximum_sum", "评分标准!C2:C3", "分值合计是 95"),
    (put("评分标准", "C3", 0), "bad_maximum", "评分标准!C3", "分值 0 不能用"),
    (put("评分标准", "B3", "规划实用性"), "double", "评分标准!B3", "“规划实用性”与 B2 重复"),
    (put("评分标准", "A3", "C1"), "double", "评分标准!A3", "“C1”与 A2 重复"),
    (column("评分标准", "权重", 50, 40), "weight_sum", "评分标准!E2:E3", "权重合计是 90"),
    (column("评分标准", "权重", "60%", None), "blank", "评分标准!E3", "“权重”空着"),
    (column("评分标准", "步长", 7, 0.5), "bad_step", "评分标准!E2", "步长 7 不能用"),
    (column("评分标准", "评分档", "很好", None), "bad_anchor", "评分标准!E2", "“很好”读不懂"),
    (column("评分标准", "评分档", "优 50-61", None), "bad_anchor", "评分标准!E2", "超出分值"),
]


FIRST = {code: n for n, (_, code, _, _) in reversed([*enumerate(STOPS)])}
EACH = [
    pytest.param(
        *stop,
        id=f"{n}-{stop[1]}",
        marks=[]
        if FIRST[stop[1]] == n
        else pytest.mark.long(
            "intake/test_stops.py::test_what_cannot_be_taken_stops_and_nothing_is_written"
        ),
    )
    for n, stop in enumerate(STOPS)
]
"""Each stop; what stops in a second place or for a second reason is long."""


@pytest.mark.parametrize(("change", "code", "place", "words"), EACH)
def test_what_cannot_be_taken_stops_and_nothing_is_written(
    change: Change, code: str, place: str, words: str, store: db.Store, who: Visitor
):
    """The stop names its place, what is there and how to mend it, in both languages."""
    plan = intake.read(spoilt(change))
    found = [stop for stop in plan.stops if (stop.code, stop.place) == (code, place)]
    assert found, [(stop.code, stop.place) for stop in plan.stops]
    assert words in sentence(found[0], "zh")
    for lang in LANGS:
        assert has(f"intake.mend.{code}", lang)
        assert "{" not in sentence(found[0], lang)
    before = rows_in(store)
    with pytest.raises(intake.PlanStopped):
        intake.enter(store, who, plan, at=AT)
    assert rows_in(store) == before


def rows_in(store: db.Store) -> dict[str, int]:
    """Rows of the tables an import writes."""
    with store.reading() as tx:
        return {
            table: tx.value(f"SELECT count(*) FROM {table}")
            for table in ("events", "people", "rounds", "entrants", "seats", "sheets", "marks")
        }


def test_every_stop_is_listed_not_only_the_first():
    """Three cells to mend in two sheets are three stops."""
    changes = both(
        put("决赛评分", "D2", 61), put("决赛评分", "D4", "优"), put("参赛名单", "D2", "1")
    )
    assert [stop.place for stop in intake.read(spoilt(changes)).stops] == [
        "参赛名单!D2",
        "决赛评分!D2",
        "决赛评分!D4",
    ]


def test_a_refusal_by_an_act_leaves_nothing_behind(store: db.Store, who: Visitor):
    """Too few judges for the trim of the rules: the round cannot be opened, so all is undone."""
    plan = intake.read(content(sheets()))
    before = rows_in(store)
    rules = RoundRules(scoring=Rules(official="trimmed", trim_low=2, trim_high=2))
    with pytest.raises(NotReady):
        intake.enter(store, who, plan, at=AT, rules=rules)
    assert rows_in(store) == before


def test_a_finding_without_a_place_is_said_without_one():
    """A file as a whole has no cell."""
    assert sentence(Finding("stop", "not_a_workbook"), "zh").startswith("这不是 .xlsx")
