"""Every decision can be said in both languages, as arithmetic."""

import pandas as pd
import pytest

from scoring import Rules, compute_standings, decision_sentences
from words import LANGS, t


def said(decision, lang="zh"):
    return "".join(t(part.code, lang, **part.values) for part in decision_sentences(decision))


def last(scores, **rules):
    keywords = {k: rules.pop(k) for k in ("rubric", "rulings", "entrants") if k in rules}
    standings = compute_standings(scores, rules=Rules(**{"draws": 0, **rules}), **keywords)
    return standings.cut.decisions[-1]


TIE = {j: {"甲": 80, "乙": 80, "丙": 70} for j in "123"}


def test_a_clear_cut_says_both_scores(table):
    scores = table({j: {"甲": 90, "乙": 80} for j in "12"})
    assert said(last(scores, top=1)) == "甲 90.00 分，高于乙 80.00 分，按最终成绩确定。"


def test_a_tie_broken_by_a_criterion_reads_like_the_rule_book():
    rows = [
        {"entrant": e, "judge": j, "criterion": c, "score": s}
        for e, marks in {"甲村": (23.5, 20), "乙村": (23, 20.5), "丙村": (1, 1)}.items()
        for j in "12"
        for c, s in zip(("规划实用性", "展示"), marks, strict=True)
    ]
    rubric = pd.DataFrame({"criterion": ["规划实用性", "展示"], "max": [25, 25]})
    decision = last(
        pd.DataFrame(rows),
        rubric=rubric,
        top=1,
        at_cut="exact",
        keys=("first_criteria",),
        first_criteria=("规划实用性",),
    )
    assert said(decision) == (
        "甲村与乙村得分相同（87.00）。比较“规划实用性”得分：甲村 94.00，高于乙村 92.00，甲村入围。"
    )


def test_what_is_awaited_is_said_with_its_names(table):
    decision = last(table(TIE), top=1, keys=("ruling",))
    assert said(decision) == "乙与甲得分相同（80.00）。待评委组议定：乙, 甲。"
    assert "Awaiting the panel's ruling" in said(decision, "en")


def test_all_in_and_extended_are_said(table):
    assert "全部入围" in said(last(table(TIE), top=5))
    assert "一并入围" in said(last(table(TIE), top=1, at_cut="extend"))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", ["ruling", "lot"])
def test_rulings_and_lots_are_said(table, lang, kind):
    entered = pd.DataFrame(
        [{"kind": kind, "entrant": e, "value": v} for e, v in (("甲", 1), ("乙", 2))]
    )
    text = said(last(table(TIE), top=1, keys=("ruling", "lots"), rulings=entered), lang)
    assert "甲" in text
    assert "2" in text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("at_cut", ["statistical", "exact", "extend", "jury"])
@pytest.mark.parametrize("seed", range(3))
def test_every_decision_has_words(panel, lang, at_cut, seed):
    scores = panel(20, 6, missing=0.2, seed=seed)
    names = sorted(scores["entrant"].unique())
    groups = pd.DataFrame({"entrant": names, "group": [n[-1] for n in names]})
    rules = Rules(draws=0, at_cut=at_cut, top=9, groups={"caps": 1, "floors": {"3": 1}}, band=1)
    standings = compute_standings(scores, entrants=groups, rules=rules)
    assert len(standings.cut.decisions) > 3
    for decision in standings.cut.decisions:
        assert said(decision, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_every_warning_raised_has_words(panel, lang):
    for official in ("zscore", "trimmed"):
        scores = panel(6, 4, missing=0.3, seed=1)
        extra = pd.DataFrame([{"entrant": "E00", "judge": "guest", "score": 101.123}])
        standings = compute_standings(
            pd.concat([scores, extra]), rules=Rules(official=official, draws=0)
        )
        assert standings.warnings
        for caution in standings.warnings:
            assert t(f"warning.{caution.code}", lang, **caution.values)


def test_every_error_and_reason_and_caution_code_has_words():
    import re
    from pathlib import Path

    from scoring import errors

    codes = {
        kind.code
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.ScoringError)
    }
    source = "".join(p.read_text("utf-8") for p in Path(errors.__file__).parent.rglob("*.py"))
    for lang in LANGS:
        for code in codes:
            assert t_known(f"error.{code}", lang)
        for reason in re.findall(r'Undefined\("(\w+)"', source):
            assert t_known(f"reason.{reason}", lang)
        for code in re.findall(r'Caution\("(\w+)"', source):
            assert t_known(f"warning.{code}", lang)


def t_known(key, lang):
    from words import has

    return has(key, lang)


def test_a_second_reading_is_said_to_be_pooled(table):
    """The figure is a score over all sheets, not the mean of the new ones."""
    scores = table({str(j): {"甲": 80, "乙": 80, "丙": 60 + j} for j in range(12)})
    again = pd.DataFrame(
        [
            {"kind": "reading", "entrant": e, "judge": j, "value": v}
            for j in "XY"
            for e, v in (("甲", 70), ("乙", 75))
        ]
    )
    decision = last(scores, rulings=again, top=1, at_cut="jury")
    assert decision.key == "reading"
    assert "复评与原评合并、按一致性加权：乙 " in said(decision)
    assert "first and second readings" in said(decision, "en")
