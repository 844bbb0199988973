"""The standings table: what is shown in which state, and that it invents nothing."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.ui.sample import TOP, standing_rows
from ui.standings_table import StandingRow, figure, standings_table
from words import t

MINUS = "\N{MINUS SIGN}"


def cells(html: str, row: int) -> list[str]:
    """Return the texts of one row of the body."""
    body = html.split("<tbody>")[1]
    one = re.findall(r"<tr.*?</tr>", body, re.S)[row]
    return [re.sub(r"<[^>]+>", "", td) for td in re.findall(r"<td.*?</td>", one, re.S)]


def classes(html: str) -> list[str]:
    """Return the class of every row of the body."""
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    return re.findall(r'<tr(?: class="([^"]*)")? data-verdict', body)


def test_both_scores_stand_side_by_side():
    """Announced with its rank, then the official one with the difference, a true minus."""
    table = standings_table(standing_rows(), "zh", top=TOP)
    assert cells(table, 0) == [
        "1", "37号", "荣盛村 开远市羊街乡", "9/9", "91.14", "1", "90.73", f"{MINUS}0.41", "线内",
        "1", "",
    ]  # fmt: skip
    assert "修正得分 · 最终成绩" in table


def test_a_tie_is_written_after_the_rank():
    """13= and not 13."""
    assert cells(standings_table(standing_rows(), "zh"), 6)[5] == "13="


def test_the_zone_has_a_rule_above_and_below():
    """Rows 10 to 15 are tinted; a rule above the first of them and above the first after."""
    shown = classes(standings_table(standing_rows(), "zh", top=TOP))
    assert [i for i, name in enumerate(shown) if "a-zone" in name] == list(range(9, 15))
    assert [i for i, name in enumerate(shown) if "a-edge" in name] == [9, 15]
    assert not any("a-cut" in name for name in shown)


def without_zone() -> list[StandingRow]:
    """Return the sample with its zone decided and closed."""
    verdicts = {"zone_in": "above", "zone_out": "below"}
    rows = [replace(r, verdict=verdicts.get(r.verdict, r.verdict)) for r in standing_rows()]
    return sorted(rows, key=lambda row: row.seat is None)


def test_without_a_zone_one_named_line_is_drawn_under_the_last_seat():
    """The line is named after what it decides."""
    table = standings_table(without_zone(), "zh", top=TOP, line="final")
    assert [i for i, name in enumerate(classes(table)) if "a-cut" in name] == [TOP - 1]
    assert "获奖线 13" in table
    assert table.count('class="a-line"') == 1


def test_no_line_where_no_top_is_given():
    """A list without seats has neither line nor zone."""
    assert not any(classes(standings_table(without_zone(), "zh")))


def test_short_denominators_are_marked_and_explained():
    """8/9 is dotted; the legend says why."""
    table = standings_table(standing_rows(), "zh")
    assert table.count("a-short") == 7
    assert t("ui.standings.foot.short", "zh") in table


def test_unranked_rows_say_so_and_show_no_number():
    """Missing is a word, never 0: no rank, no score, the reason beside the state."""
    gone = StandingRow(
        number=41, title="羊街村", place="开远市", official=None, rank=None, verdict="unranked",
        counted=0, expected=9, note="弃权",
    )  # fmt: skip
    row = cells(standings_table([*standing_rows(), gone], "zh"), 20)
    assert row[0] == ""
    assert row[4] == "无得分"
    assert row[8] == "未排名 弃权"
    assert "0.00" not in "".join(row)


def test_a_pending_ruling_is_shown_inside_the_zone():
    """Nothing is in or out before the ruling."""
    rows = [replace(r, verdict="awaiting", seat=None) for r in standing_rows()[9:12]]
    table = standings_table(rows, "zh", top=TOP)
    assert table.count("待议定") == 3
    assert all("a-zone" in name for name in classes(table))


def test_one_score_alone_makes_one_column():
    """Where nothing was announced there is no second score, no difference."""
    rows = [replace(r, other=None, other_rank=None, other_tied=False) for r in standing_rows()]
    table = standings_table(rows, "zh")
    assert len(cells(table, 0)) == 8
    assert "现场得分" not in table
    assert "相差" not in table


def test_deductions_have_a_column_of_their_own():
    """Shown as soon as one entrant has one; the others stay blank."""
    rows = [replace(r, deduction=Decimal("0.10") if r.rank == 2 else None) for r in standing_rows()]
    table = standings_table(rows, "zh")
    assert [cells(table, i)[8] for i in range(3)] == ["", "0.10", ""]


def test_the_official_score_may_be_the_announced_one():
    """Then the adjusted one stands before it, for comparison."""
    table = standings_table(standing_rows(), "zh", official="announced", line="final")
    assert table.index("修正得分") < table.index("现场得分 · 最终成绩")


def test_nothing_is_announced_in_a_round_that_advances():
    """A paper review has no stage: the judges' mean is called that."""
    review, final = (standings_table(standing_rows(), "zh", line=x) for x in ("advancing", "final"))
    assert "评委平均分" in review
    assert "现场得分" not in review
    assert "评委平均分" not in final


def test_names_are_escaped():
    """A village called like a script stays a village."""
    rows = [replace(standing_rows()[0], title="<script>", place="<b>")]
    table = standings_table(rows, "zh")
    assert "<script" not in table
    assert "<b>&lt;script&gt;</b>" in table


def test_english_uses_the_same_figures():
    """Words differ, numbers do not."""
    zh, en = (standings_table(standing_rows(), lang, top=TOP) for lang in ("zh", "en"))
    assert [cells(zh, i)[4:8] for i in range(20)] == [cells(en, i)[4:8] for i in range(20)]
    assert cells(en, 9)[8] == "Open, in"


@pytest.mark.parametrize(
    ("value", "decimals", "signed", "shown"),
    [
        ("90.7", 2, False, "90.70"),
        ("-0.41", 2, True, f"{MINUS}0.41"),
        ("0.02", 2, True, "+0.02"),
        ("0", 2, True, "0.00"),
        ("-0.00", 2, True, "0.00"),
        ("9.125", 3, False, "9.125"),
    ],
)
def test_figures_of_a_column_share_their_decimals(value, decimals, signed, shown):
    """One number of decimals, a true minus, no sign at nothing."""
    assert figure(Decimal(value), decimals, signed=signed) == shown
