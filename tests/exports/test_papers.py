"""What the award list and the table of scores say, in both languages."""

from dataclasses import replace
from decimal import Decimal

import pytest

from exports import (
    EXPORTS,
    Column,
    Suffixed,
    Table,
    award_list,
    file_name,
    round_name,
    standings_sheet,
)
from exports.table import Value, fixed
from tests.exports.rows import META, award_row, standings_row
from words import LANGS, has


def cells(table: Table, at: int = 0) -> dict[str, Value]:
    return dict(zip((column.key for column in table.columns), table.rows[at], strict=True))


@pytest.mark.parametrize("lang", LANGS)
def test_winners_are_listed_by_place_whatever_the_order_given(lang: str):
    """The list is the same for any order of the rows."""
    rows = [award_row(3), award_row(1), award_row(2)]
    table = award_list(rows, META, lang)
    assert [row[0] for row in table.rows] == [1, 2, 3]
    assert table == award_list(rows[::-1], META, lang)


def test_scores_appear_only_where_the_rules_publish_them():
    """Public by default is the list of winners, without scores."""
    hidden = award_list([award_row()], replace(META, are_scores_public=False), "zh")
    assert "official" not in cells(hidden)
    assert "86.63" not in repr(hidden.rows)
    assert cells(award_list([award_row()], META, "zh"))["official"] == Decimal("86.63")


def test_the_prize_is_left_open():
    """Its column is there, empty for the organizer to fill in."""
    assert cells(award_list([award_row()], META, "zh"))["prize"] == ""


def test_a_tie_is_shown_and_explained_only_where_there_is_one():
    """13= with a footnote; without ties neither."""
    tied = award_list([award_row(1, tied=True)], META, "zh")
    assert cells(tied)["rank"] == Suffixed(1, "=")
    assert any("并列" in note for note in tied.footnotes)
    assert not any("并列" in note for note in award_list([award_row()], META, "zh").footnotes)


def test_the_table_of_scores_has_both_scores_the_deduction_and_the_ties():
    """Everything that a rank is made of, the judges as counted of expected."""
    lines = [standings_row(number, tied=True) for number in (7, 9, 12)]
    row = cells(standings_sheet([*lines, standings_row(3, rank=4)], META, "zh"))
    assert (row["judges_counted"], row["judges_expected"]) == (8, 9)
    assert (row["announced"], row["adjusted"]) == (Decimal("86.14"), Decimal("86.63"))
    assert (row["deduction"], row["official"]) == (Decimal("0.10"), Decimal("86.63"))
    assert (row["rank"], row["tied_with"], row["selected"]) == (
        Suffixed(1, "="),
        "9号、12号",
        "入围",
    )


def test_the_paper_says_which_score_is_official():
    """In words, under the table."""
    adjusted = standings_sheet([], META, "zh").footnotes[0]
    announced = standings_sheet([], replace(META, official="announced"), "zh").footnotes[0]
    assert adjusted.startswith("最终成绩为修正得分")
    assert announced.startswith("最终成绩为现场得分")


@pytest.mark.parametrize("lang", LANGS)
def test_before_certifying_the_paper_says_that_it_must_not_go_out(lang: str):
    """A mark on every page, no edition, and a line instead of a hash."""
    table = standings_sheet([standings_row()], replace(META, snapshot=None), lang)
    assert len(table.marks) == 2
    assert table.edition == table.stem == ""
    assert "SHA-256" not in table.foot_line


@pytest.mark.parametrize("lang", LANGS)
def test_names_of_files_hold_nothing_that_somebody_typed(lang: str):
    """A competition called ../../x names no path; the round is named by its stage and group."""
    named = round_name({"position": 3, "stage": "final", "category": "village"}, lang)
    meta = replace(META, competition="../../etc/passwd", round="a/b\\c:*?", round_name=named)
    for build in (award_list, standings_sheet):
        for key, export in EXPORTS.items():
            name = file_name(build([], meta, lang), key)
            assert not set('/\\:*?"<>| ') & set(name)
            assert "passwd" not in name
            assert name.endswith(export.suffix)
            assert "v1-3fa9c2d1" in name
            assert {"zh": "第3轮决赛村级组", "en": "round-3-final-villages"}[lang] in name
    assert file_name(award_list([], META, "zh"), "xlsx") == "获奖名单_v1-3fa9c2d1_样例数据.xlsx"


@pytest.mark.parametrize("lang", LANGS)
def test_every_format_has_words(lang: str):
    """A format without a label cannot be offered."""
    assert all(has(f"exports.format.{key}", lang) for key in EXPORTS)


@pytest.mark.parametrize(
    ("kind", "value", "error"),
    [
        ("code", 532524103205, TypeError),
        ("number", "86.63", TypeError),
        ("number", 0.5, TypeError),
        ("number", Decimal("NaN"), ValueError),
        ("text", 3, TypeError),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_before_a_file_is_begun(
    kind: str, value: Value, error: type[Exception]
):
    """A code as a number would lose its zeros, a float its digits."""
    with pytest.raises(error):
        Table("probe", "zh", "试", "试", (Column("a", "甲", kind),), ((value,),))


def test_a_row_must_fit_its_columns():
    """A missing cell would shift the rest."""
    with pytest.raises(ValueError, match="1 values for 2 columns"):
        Table("probe", "zh", "试", "试", (Column("a", "甲"), Column("b", "乙")), (("x",),))


def test_paper_never_rounds():
    """A score with a third decimal was not rounded by scoring, so it is not printed."""
    assert fixed(Decimal("86.6"), 2) == "86.60"
    with pytest.raises(ValueError, match="more than 2 decimals"):
        fixed(Decimal("86.635"), 2)
