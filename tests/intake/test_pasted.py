"""Lists pasted as text: each line's parts are known by what they mean."""

import pytest

import intake
from intake import Asked, Plan
from intake.gazetteer import built_in
from intake.pasted import MOST_CHARACTERS, pasted


def read(table: str, text: str, *, first: int = 1) -> Plan:
    return intake.read_all([pasted(table, text, built_in(), first=first)], Asked())


def places(plan: Plan) -> list[tuple[str, str, str]]:
    return [(one.code, one.presenter, one.title) for one in plan.entrants]


@pytest.mark.parametrize(
    "line",
    [
        "石屏县 异龙镇 大水村 李某",
        "1. 石屏县　异龙镇　大水村　李某",
        "2、石屏县异龙镇大水村\t李某",
        "石屏,异龙镇,大水村,李某",
        "532525101202 李某",
        "3 大水村 李某",
    ],
)
def test_a_place_is_found_however_it_is_written(line: str):
    """Serial numbers, blanks of every width, commas, one word, a code alone."""
    plan = read("entrants", line)
    assert places(plan) == [("532525101202", "李某", "")]
    assert not plan.stops


def test_a_township_a_post_and_a_plan_title_find_their_columns():
    """A township itself may take part; a plan's title is known by its words."""
    plan = read("entrants", "建水县 临安镇 赵某 驻村第一书记 临安镇“多规合一”规划\n")
    (one,) = plan.entrants
    assert (one.code, one.presenter, one.post) == ("532524101", "赵某", "驻村第一书记")
    assert one.title == "临安镇“多规合一”规划"


def test_what_is_misspelt_ambiguous_or_twice_stops_with_candidates():
    """Nothing is guessed: three stops, each with what could be meant."""
    plan = read("entrants", "石屏县 坝心镇 黑泥村\n开远市 龙潭村\n大水村\n石屏县 异龙镇 大水村")
    found = {stop.code: [way.shown for way in stop.choices] for stop in plan.stops}
    assert found["unknown_village"] == ["坝心镇黑尼村 532525103211"]
    assert len(found["ambiguous_village"]) == 2
    assert found["double"] == ["5"]


def test_lines_copied_with_their_header_are_read_by_it():
    """Any order of columns, as a workbook would have them."""
    text = "汇报人\t行政村\t县市\t乡镇\n李某\t大水村\t石屏县\t异龙镇\n"
    assert places(read("entrants", text)) == [("532525101202", "李某", "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张某 石屏县 县林草局\n李某 州水利局", [(1, "石屏县", "县林草局"), (2, "", "州水利局")]),
        ("张某、李某", [(1, "", ""), (2, "", "")]),
        ("评委04 张某 建水\n评委07 李某", [(4, "建水县", ""), (7, "", "")]),
        ("姓名\n张某\n李某", [(1, "", ""), (2, "", "")]),
        ("姓名\t单位\n张某\t县局\n李某\t州局", [(1, "", "县局"), (2, "", "州局")]),
    ],
)
def test_judges_are_told_by_name_county_and_unit(text: str, expected: list[tuple[int, str, str]]):
    """One a line, or between marks; a number is taken where every line has one."""
    judges = read("judges", text).judges
    assert [one.name for one in judges] == ["张某", "李某"]
    assert [(one.number, one.county, one.unit) for one in judges] == expected


def test_further_judges_take_the_next_seats():
    """Numbers in the lines would take seats that are given already."""
    judges = read("judges", "1. 张某\n2. 李某", first=8).judges
    assert [one.number for one in judges] == [8, 9]


def test_markup_formulas_and_endless_text_are_only_text():
    """A cell that begins like a formula stays text; what is too long is cut."""
    plan = read("judges", "=cmd|'/c'!A1\n<b>张某</b>\n")
    assert [one.name for one in plan.judges] == ["=cmd|'/c'!A1", "<b>张某</b>"]
    _, content = pasted("judges", "张" * 10 * MOST_CHARACTERS, built_in())
    assert len(content) < 4 * MOST_CHARACTERS
