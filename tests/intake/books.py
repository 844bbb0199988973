"""A small workbook, to be spoilt one cell at a time: 4 villages, 4 judges, 2 criteria, 2 sessions.

J4 works in 建水县 and stands aside for HH2; J2 was absent for HH3. The fourth village did not
reach the final.
"""

import io
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from openpyxl import Workbook

Sheets = dict[str, list[list[Any]]]

ENTRANTS = [
    ["参赛编号", "县（市）", "乡镇", "村级代码", "村名", "阶段", "场次", "出场顺序"],
    ["HH1", "石屏县", "宝秀镇", "532525102202", "郑营村", "决赛", 1, 1],
    ["HH2", "建水县", "西庄镇", "532524103205", "团山村", "决赛", 1, 2],
    ["HH3", "弥勒市", "西三镇", "532504109202", "花口村", "决赛", 2, 1],
    ["HH4", "泸西县", "永宁乡", "532527203202", "笼册村", "初评", None, None],
]
JUDGES = [
    ["评委编号", "姓名", "领域", "回避县市"],
    ["J1", "评委一", "高校", None],
    ["J2", "评委二", "规划设计院", None],
    ["J3", "评委三", "媒体", None],
    ["J4", "评委四", "组织部", "建水县"],
]
RUBRIC = [
    ["指标编号", "指标", "分值", "评分阶段"],
    ["C1", "规划实用性", 60, "材料"],
    ["C2", "现场展示", 40, "现场"],
]
STATES = {("HH2", "J4"): "回避", ("HH3", "J2"): "缺席"}
TOTALS = {"HH1": (52, 36), "HH2": (50, 34.5), "HH3": (47.5, 33)}


def sheets() -> Sheets:
    """The workbook as rows of cells; each test may change its own."""
    pairs = [
        (entrant, judge, row[6], row[7])
        for row in ENTRANTS[1:4]
        for entrant in [row[0]]
        for judge in ("J1", "J2", "J3", "J4")
    ]
    panels = [["参赛编号", "评委编号", "场次", "出场顺序", "状态"]]
    scores = [["参赛编号", "评委编号", "指标编号", "得分"]]
    for entrant, judge, session, order in pairs:
        state = STATES.get((entrant, judge), "已评")
        panels.append([entrant, judge, session, order, state])
        if state == "已评":
            lenient = 0.5 * int(judge[1])
            scores += [
                [entrant, judge, criterion, mark + lenient]
                for criterion, mark in zip(("C1", "C2"), TOTALS[entrant], strict=True)
            ]
    return deepcopy(
        {
            "参赛名单": ENTRANTS,
            "评委名单": JUDGES,
            "评分标准": RUBRIC,
            "评委分场": panels,
            "决赛评分": scores,
        }
    )


def content(book: Mapping[str, list[list[Any]]]) -> bytes:
    """Rows of cells as the content of an .xlsx file."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in book.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def spoilt(change: Callable[[Sheets], object]) -> bytes:
    """The small workbook after one change."""
    book = sheets()
    change(book)
    return content(book)


def put(sheet: str, ref: str, value: object) -> Callable[[Sheets], None]:
    """A change: another value in one cell ("B3")."""

    def change(book: Sheets) -> None:
        book[sheet][int(ref[1:]) - 1][ord(ref[0]) - ord("A")] = value

    return change
