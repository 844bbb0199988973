"""What three judges give five entrants, and what must stand in the Excel files for it."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl

from competition.rounds.samples import sample_rubric

DRAWN = ("3", "1", "2", "5", "4")
"""Numbers drawn, in the order of the list: by code."""

JUDGES = {
    "甲某": ("石屏县", Decimal("-0.5")),
    "乙某": ("", Decimal(0)),
    "丙某": ("", Decimal(1)),
}
"""Each judge's county of work, and how much more than others they give on the first criterion."""

RECUSED = {("甲某", 2)}
"""Listed by code, the entrant of 石屏县 is the third and drew number 2."""

MARKS = {
    1: ("20", "12", "12", "8", "12", "8", "8"),
    2: ("19", "11.5", "11.5", "8", "11.5", "8", "8"),
    3: ("20.5", "12", "12.5", "8.5", "12", "8", "8.5"),
    4: ("18.5", "11.5", "11", "7.5", "11.5", "7.5", "8"),
    5: ("21", "13", "12", "8", "13.5", "9", "7.5"),
}
"""What an entrant is given on each criterion of the sample rubric."""

LEVELS = tuple(tuple(a.low for a in line.anchors) for line in sample_rubric("stage"))
"""Where the levels of each criterion begin, from the best down."""


def marks(number: int, shift: Decimal) -> list[str]:
    """What a judge gives an entrant: its marks, the first one moved by the judge's bent."""
    first, *rest = MARKS[number]
    return [f"{Decimal(first) + shift:f}".removesuffix(".0"), *rest]


def by_hand(number: int) -> Decimal:
    """The entrant's score by hand: the sums of its sheets, their mean, two decimals, half up."""
    sums = [
        sum(map(Decimal, marks(number, shift)))
        for name, (_, shift) in JUDGES.items()
        if (name, number) not in RECUSED
    ]
    return (sum(sums) / len(sums)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def lines(path: Path, *headings: str) -> list[tuple[str, ...]]:
    """The columns of a workbook under some headings, line by line, as they are read."""
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    top = next(at for at, row in enumerate(rows) if headings[0] in row)
    at = [rows[top].index(heading) for heading in headings]
    return [
        tuple(str(row[column]) for column in at)
        for row in rows[top + 1 :]
        if str(row[at[0]] or "").isdigit()
    ]


def the_files_say_what_a_hand_sum_says(standings: Path, awards: Path) -> None:
    """Every score redone from what the judges tapped; ranks by them; the first two are listed."""
    scores = {number: by_hand(number) for number in MARKS}
    order = sorted(scores, key=lambda number: -scores[number])
    told = lines(standings, "名次", "出场号", "最终成绩")
    assert [(rank, number) for rank, number, _ in told] == [
        (str(rank), str(number)) for rank, number in enumerate(order, start=1)
    ]
    assert [Decimal(score) for _, _, score in told] == [scores[number] for number in order]
    listed = lines(awards, "序号", "出场号", "汇报人")
    assert [number for _, number, _ in listed] == [str(number) for number in order[:2]]
