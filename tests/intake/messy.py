"""A workbook as it comes from an office, with faults planted and written down beside each other.

Four sheets: 参赛名单 under a title and two rows of headers, 评委名单 without numbers, 评分标准,
and 决赛评分明细 with a column for each criterion, which knows villages and judges by their names.
`messy` gives the file and the list of what must be found in it.
"""

import io
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from intake.gazetteer import Village, built_in

ENTRANTS, JUDGES, RUBRIC, SCORES = "参赛名单", "评委名单", "评分标准", "决赛评分明细"
COUNTIES = ("532501", "532503", "532524", "532525", "532504")
EACH, FINAL = 8, 12
CRITERIA = [
    ("实用性村庄规划", 30),
    ("产业规划", 12),
    ("人才规划", 8),
    ("文化规划", 10),
    ("生态规划", 10),
    ("组织规划", 10),
    ("现场展示与答辩", 20),
]
PERSONS = ["王建国", "李秀兰", "普学文", "杨家福", "白有才", "何自强", "孙丽萍"]
FIRST = {ENTRANTS: 4, JUDGES: 2, RUBRIC: 3, SCORES: 3}
"""The row of the first entry of each sheet."""


@dataclass(frozen=True)
class Fault:
    """What must be found: at a cell, listed as a fix or note, or stopped; with what it becomes."""

    kind: str
    code: str
    sheet: str
    cell: str
    becomes: str = ""


def places() -> list[Village]:
    """Eight villages of each of five counties, each with a name of its own in its county."""
    known = built_in()
    chosen = []
    for county in COUNTIES:
        villages = [v for v in known.in_county(county) if v.code[9] != "0" and len(v.name) < 5]
        single = [v for v in villages if len(known.named(v.name)) == 1]
        chosen += single[:EACH]
    return chosen


class Messy:
    """The workbook while faults are planted in it."""

    def __init__(self) -> None:
        self.book = Workbook()
        self.faults: list[Fault] = []
        self.villages = places()
        self.sheets: dict[str, Worksheet] = {}
        for title in (ENTRANTS, JUDGES, RUBRIC, SCORES):
            self.sheets[title] = self.book.create_sheet(title)
        self.book.remove(self.book.worksheets[0])
        self._entrants()
        self._judges()
        self._rubric()
        self._scores()

    def expect(self, kind: str, code: str, sheet: str, cell: str, becomes: object = "") -> None:
        """Write down what must be found."""
        self.faults.append(Fault(kind, code, sheet, cell, str(becomes)))

    def put(
        self, sheet: str, cell: str, value: object, kind: str, code: str, becomes: object = ""
    ) -> None:
        """Plant a value, and write down what must be found of it."""
        self.sheets[sheet][cell] = value  # type: ignore[assignment]
        self.expect(kind, code, sheet, cell, becomes)

    def _entrants(self) -> None:
        sheet = self.sheets[ENTRANTS]
        sheet.append(["红河州村庄规划擂台赛参赛名单"])
        sheet.merge_cells("A1:J1")
        self.expect("fix", "title_rows", ENTRANTS, "A1")
        sheet.append(["序号", "所在地", None, None, "行政区划代码", "规划名称", "汇报人"])
        sheet.append([None, "县（市）", "乡镇", "行政村", None, None, "姓名", "职务"])
        for area in ("A2:A3", "B2:D2", "E2:E3", "F2:F3", "G2:H2"):
            sheet.merge_cells(area)
        sheet["I2"], sheet["J2"] = "出场顺序", "联系电话"
        for area in ("I2:I3", "J2:J3"):
            sheet.merge_cells(area)
        for at, village in enumerate(self.villages):
            order = at // 4 + 1 if at % 4 == 0 else None
            place = [village.county, village.township, village.name, village.code]
            title = f"{village.name}村庄规划"
            sheet.append(
                [at + 1, *place, title, f"李正{'一二三四五六七八'[at % 8]}", "村党总支书记", order]
            )

    def _judges(self) -> None:
        sheet = self.sheets[JUDGES]
        sheet.append(["序号", "姓名", "工作单位", "回避县市"])
        for at, person in enumerate(PERSONS, start=1):
            sheet.append([at, person, f"州第{at}设计院", None])

    def _rubric(self) -> None:
        sheet = self.sheets[RUBRIC]
        sheet.append(["评分标准（满分100分）"])
        sheet.append(["序号", "评分项目", "分值", "评分要点", "步长"])
        for at, (name, maximum) in enumerate(CRITERIA, start=1):
            sheet.append([at, name, maximum, f"{name}是否切合实际、能够落地实施", 0.5])
        self.expect("fix", "title_rows", RUBRIC, "A1")

    def _scores(self) -> None:
        sheet = self.sheets[SCORES]
        sheet.append(["决赛评分明细"])
        self.expect("fix", "title_rows", SCORES, "A1")
        heads = [f"{name}（{maximum}分）" for name, maximum in CRITERIA]
        sheet.append(["县市", "村名", "评委姓名", *heads, "合计", "名次"])
        for at in range(0, FINAL * 4, 4):
            village = self.villages[at] if at < len(self.villages) else None
            if village is None:
                continue
            for number, person in enumerate(PERSONS):
                marks = [maximum * 0.8 - 0.5 * (number % 3) for _, maximum in CRITERIA]
                marks = [round(mark * 2) / 2 for mark in marks]
                sheet.append([village.county, village.name, person, *marks, sum(marks)])

    def content(self) -> bytes:
        """The file."""
        file = io.BytesIO()
        self.book.save(file)
        return file.getvalue()


def row_of(at: int) -> int:
    """The row of the list of entrants that holds the village of an index."""
    return FIRST[ENTRANTS] + at


def score_row(entrant: int, judge: int) -> int:
    """The row of one judge's marks for one finalist."""
    return FIRST[SCORES] + entrant * len(PERSONS) + judge


def messy() -> tuple[bytes, list[Fault]]:
    """The workbook and all that must be found in it."""
    book = Messy()
    _plant_in_entrants(book)
    _plant_in_judges(book)
    _plant_in_rubric(book)
    _plant_in_scores(book)
    return book.content(), book.faults


def _plant_in_entrants(book: Messy) -> None:
    """Places, codes and names, in rows that are no finalists' unless only their layout changes."""
    towns = book.villages
    sheet = book.sheets[ENTRANTS]

    def at(column: str, index: int) -> str:
        return f"{column}{row_of(index)}"

    put = book.put
    for index, blank in ((1, "\u3000"), (2, " "), (3, "\u00a0"), (5, "\u2003")):
        name = towns[index].name
        put(ENTRANTS, at("D", index), name[0] + blank + name[1:], "fix", "blanks", name)
    put(ENTRANTS, at("D", 6), f"\ufeff{towns[6].name}", "fix", "blanks", towns[6].name)
    put(ENTRANTS, at("E", 1), int(towns[1].code), "fix", "code_number", towns[1].code)
    put(ENTRANTS, at("E", 2), float(towns[2].code), "fix", "code_number", towns[2].code)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in towns[3].code)
    put(ENTRANTS, at("E", 3), wide, "fix", "full_width", towns[3].code)
    put(ENTRANTS, at("E", 5), f"{towns[5].code} ", "fix", "blanks", towns[5].code)
    put(ENTRANTS, at("E", 6), "5.32501E+11", "stop", "bad_code", towns[6].code)
    put(ENTRANTS, at("E", 7), towns[7].code[:-1], "stop", "bad_code", towns[7].code)
    put(ENTRANTS, at("E", 9), None, "fix", "code_by_name", towns[9].code)
    old = "532522" + towns[10].code[6:]
    put(ENTRANTS, at("E", 10), old, "fix", "old_code", towns[10].code)
    old = "532526" + towns[33].code[6:]
    put(ENTRANTS, at("E", 33), old, "fix", "old_code", towns[33].code)
    for index, alias in ((1, "个旧"), (9, "蒙自县"), (11, "蒙自"), (17, "建水"), (34, "弥勒县")):
        put(ENTRANTS, at("B", index), alias, "fix", "county", towns[index].county)
    put(ENTRANTS, at("B", 18), "红河州建水县", "fix", "county", "建水县")
    put(ENTRANTS, at("B", 19), "红河州", "stop", "unknown_county", "建水县")
    put(ENTRANTS, at("B", 21), "石屏县", "stop", "county_differs_code", "建水县")
    put(ENTRANTS, at("B", 22), None, "fix", "county_by_code", "建水县")
    put(ENTRANTS, at("D", 11), f"{towns[11].name}委会", "fix", "village_name", towns[11].name)
    put(ENTRANTS, at("D", 13), towns[13].name[:-1], "fix", "village_name", towns[13].name)
    put(ENTRANTS, at("D", 14), None, "fix", "village_by_code", towns[14].name)
    put(ENTRANTS, at("C", 15), "西庄镇", "stop", "township_differs", towns[15].township)
    put(ENTRANTS, at("C", 17), towns[17].township[:-1], "fix", "township", towns[17].township)
    put(ENTRANTS, at("E", 18), towns[19].code, "stop", "place_differs", towns[18].code)
    _plant_names(book)
    put(ENTRANTS, at("F", 25), None, "stop", "blank", f"{towns[25].name}村庄规划")
    put(ENTRANTS, at("G", 26), None, "note", "blank_for_now")
    put(ENTRANTS, at("F", 27), '=D31&"村庄规划"', "fix", "computed", f"{towns[27].name}村庄规划")
    put(ENTRANTS, at("H", 27), "=VLOOKUP(A1,A:B,2)", "stop", "formula")
    put(ENTRANTS, at("H", 29), "#REF!", "stop", "error")
    sheet[at("H", 29)].data_type = "e"
    put(ENTRANTS, at("I", 28), 8.5, "stop", "not_whole")
    sheet.row_dimensions[row_of(30)].hidden = True
    book.expect("fix", "hidden_row", ENTRANTS, f"A{row_of(30)}")
    sheet.column_dimensions["J"].hidden = True
    book.expect("fix", "hidden_column", ENTRANTS, "J3")
    book.expect("note", "unused_columns", ENTRANTS, "J3")
    sheet[at("G", 30)].comment = Comment("已换人", "a")
    book.expect("note", "comment", ENTRANTS, at("G", 30))
    sheet[at("D", 31)].fill = PatternFill("solid", fgColor="FFFF00")
    book.expect("note", "colour", ENTRANTS, at("D", 31))
    sheet[at("G", 35)].font = Font(strike=True)
    book.expect("note", "struck", ENTRANTS, at("G", 35))
    _plant_below_entrants(book)


def _plant_names(book: Messy) -> None:
    """Names that stand several times, and names that do not stand at all."""
    known = built_in()
    heini = known.by_code["532525103211"]
    where = [
        (23, "开远市", None, "龙潭村", None, "ambiguous_village", "D", "532502102202"),
        (29, "石屏县", "坝心镇", "黑泥村", None, "unknown_village", "D", heini.code),
        (30, "石屏县", "坝心镇", "黑尼材", None, "unknown_village", "D", heini.code),
        (31, "石屏县", "坝心镇", "不存在村", None, "unknown_village", "D", ""),
    ]
    for index, county, township, village, code, fault, column, becomes in where:
        number = row_of(index)
        values = (("B", county), ("C", township), ("D", village), ("E", code))
        for letter, value in values:
            book.sheets[ENTRANTS][f"{letter}{number}"] = value
        book.expect("stop", fault, ENTRANTS, f"{column}{number}", becomes)


def _plant_below_entrants(book: Messy) -> None:
    """A blank row, a village that stands twice, a total and a line of signatures."""
    towns, sheet = book.villages, book.sheets[ENTRANTS]
    last = row_of(len(towns))
    twice = towns[37]
    book.expect("fix", "blank_rows", ENTRANTS, f"A{last}")
    values = [
        41,
        twice.county,
        twice.township,
        twice.name,
        twice.code,
        "又一份规划",
        "李某",
        "书记",
    ]
    for column, value in enumerate(values, start=1):
        sheet.cell(last + 1, column, value)
    book.expect("stop", "double", ENTRANTS, f"E{last + 1}", str(last + 1))
    sheet.cell(last + 2, 1, "合 计")
    sheet.cell(last + 2, 4, 41)
    book.expect("fix", "total_row", ENTRANTS, f"A{last + 2}")
    sheet.cell(last + 3, 1, "填表人：王某　　审核人：李某")
    book.expect("fix", "footnote", ENTRANTS, f"A{last + 3}")
    sheet.cell(last + 4, 1, "注：去掉一个最高分和一个最低分，取前13名。")
    book.expect("fix", "footnote", ENTRANTS, f"A{last + 4}")
    book.expect("note", "rule_in_words", ENTRANTS, f"A{last + 4}")


def _plant_in_judges(book: Messy) -> None:
    put = book.put
    put(JUDGES, "D2", "河口县", "fix", "county", "河口瑶族自治县")
    put(JUDGES, "D3", "泸西", "fix", "county", "泸西县")
    put(JUDGES, "D4", "元阳 县", "fix", "blanks", "元阳县")
    put(JUDGES, "D5", "无", "fix", "no_county")
    put(JUDGES, "D6", "禄春县", "stop", "unknown_county", "绿春县")
    put(JUDGES, "D7", "红河州", "stop", "unknown_county", "红河县")
    put(JUDGES, "B7", "何　自强", "fix", "blanks", "何自强")
    sheet = book.sheets[JUDGES]
    sheet["A9"], sheet["B9"], sheet["C9"], sheet["D9"] = 8, "王建国", "州第1设计院", "河口县"
    book.expect("stop", "double", JUDGES, "B9", "9")
    sheet["A10"], sheet["C10"] = 9, "州文旅局"
    book.expect("stop", "blank", JUDGES, "B10")
    sheet["A11"] = "备注：评委只评本组"
    book.expect("fix", "footnote", JUDGES, "A11")
    book.expect("note", "rule_in_words", JUDGES, "A11")
    book.expect("note", "seats_by_order", JUDGES, "B2")


def _plant_in_rubric(book: Messy) -> None:
    put = book.put
    put(RUBRIC, "C3", "30分", "fix", "unit", "30")
    put(RUBRIC, "C4", "１２", "fix", "full_width", "12")
    put(RUBRIC, "C5", None, "stop", "blank", "8")
    put(RUBRIC, "C6", "10", "fix", "text_number", "10")
    put(RUBRIC, "E7", 3, "stop", "bad_step")
    put(RUBRIC, "B8", " 组织规划", "fix", "blanks", "组织规划")
    sheet = book.sheets[RUBRIC]
    sheet["B10"], sheet["C10"] = "合计", "=SUM(C3:C9)"
    book.expect("fix", "total_row", RUBRIC, "B10")


def _plant_in_scores(book: Messy) -> None:
    """Marks, words in their place, names that are not listed, and doubled sheets."""
    put = book.put

    def at(column: str, entrant: int, judge: int) -> str:
        return f"{column}{score_row(entrant, judge)}"

    slips: list[tuple[Any, str, str]] = [
        ("24分", "unit", "24"),
        ("２４", "full_width", "24"),
        ("24.5", "text_number", "24.5"),
        ("24,5", "comma", "24.5"),
        ("24，5", "comma", "24.5"),
        (" 24 ", "text_number", "24"),
        ("=20+4.5", "computed", "24.5"),
    ]
    for judge, (value, code, becomes) in enumerate(slips):
        put(SCORES, at("D", 0, judge), value, "fix", code, becomes)
    for judge, (value, word) in enumerate(
        [
            ("回避", "recused"),
            ("缺席", "absent"),
            ("—", "blank"),
            ("未打分", "blank"),
            ("/", "blank"),
        ]
    ):
        for column in "DEFGHIJ":
            book.sheets[SCORES][at(column, 1, judge)] = value
        book.expect("fix", "no_mark", SCORES, at("D", 1, judge), word)
        state = "recused" if word == "recused" else "absent"
        book.expect("fix", f"no_sheet_{state}", SCORES, at("C", 1, judge))
    faults: list[tuple[str, Any, str, str]] = [
        ("D", 31, "mark_out_of_range", ""),
        ("D", 245, "mark_out_of_range", "24.5"),
        ("E", -1, "mark_out_of_range", ""),
        ("E", 9.3, "mark_off_step", ""),
        ("G", "良", "not_a_number", ""),
        ("J", True, "truth", ""),
    ]
    for judge, (column, value, code, becomes) in enumerate(faults):
        put(SCORES, at(column, 2, judge), value, "stop", code, becomes)
    put(SCORES, at("E", 3, 0), "回避", "stop", "marks_and_word")
    put(SCORES, at("I", 3, 1), None, "note", "incomplete")
    book.expect("note", "total_differs", SCORES, at("K", 4, 3))
    book.sheets[SCORES][at("K", 4, 3)] = 99
    book.sheets[SCORES][at("K", 5, 3)] = "88.5 "
    book.expect("note", "total_differs", SCORES, at("K", 5, 3))
    put(SCORES, at("C", 3, 2), "扬家福", "stop", "unknown_judge", "杨家福")
    put(SCORES, at("C", 3, 3), "谁也不是", "stop", "unknown_judge")
    name = book.villages[16].name
    put(SCORES, at("B", 4, 0), f"{name} ", "fix", "blanks", name)
    put(SCORES, at("B", 4, 1), "没有村", "stop", "unknown_entrant")
    put(SCORES, at("B", 4, 2), None, "stop", "blank")
    put(SCORES, at("C", 5, 1), PERSONS[0], "stop", "double", str(score_row(5, 1)))
    sheet = book.sheets[SCORES]
    top, bottom = score_row(6, 0), score_row(6, 6)
    for column in "AB":
        value = sheet[f"{column}{top}"].value
        for number in range(top + 1, bottom + 1):
            sheet[f"{column}{number}"] = None
            book.expect("fix", "filled", SCORES, f"{column}{number}", value)
        sheet.merge_cells(f"{column}{top}:{column}{bottom}")
        book.expect("fix", "merged", SCORES, f"{column}{top}", value)
    put(SCORES, "F2", "人材规划（8分）", "fix", "header", "人才规划")
