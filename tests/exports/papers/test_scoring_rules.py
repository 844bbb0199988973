"""《评分办法》: every rule in force is read out, and its example adds up."""

from dataclasses import replace
from decimal import Decimal

import pypdfium2
import pytest

from competition.rounds.rule_words import rule_texts
from competition.rounds.rules import RoundRules
from competition.rounds.typed_rules import OFFICIALS, PRESETS
from exports.papers import pdf
from exports.papers.document import Document, Grid, Paragraph
from exports.papers.scoring_rules import RoundFacts, check_code, scoring_rules
from exports.papers.worked_example import worked_example
from scoring import Groups, Rules
from tests.opening import ANY_LANG
from words import LANGS, t

CRITERIA = [
    {"id": f"c{at}", "name": f"指标{at}", "points": "看能不能照着实施", "maximum": points * 1000}
    for at, points in enumerate((20, 20, 15, 15, 10, 10, 10), start=1)
]
HASH = "0123456789abcdef" * 4


def facts(rules: RoundRules, judges: int = 9, *, invented: str = "") -> RoundFacts:
    """A round with these rules."""
    return RoundFacts("擂台赛", "决赛", rules, CRITERIA, "100", judges, HASH, False, invented)


def texts(paper: Document) -> str:
    """Every paragraph of a paper."""
    return "\n".join(block.text for block in paper.blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", PRESETS)
def test_every_rule_of_the_round_stands_in_the_paper_on_two_pages(name: str, lang: str):
    """Also floors, blind review and places by county, each as the rules page reads it out."""
    scoring = replace(PRESETS[name].scoring, groups=Groups(caps=3, floors=1))
    rules = replace(PRESETS[name], scoring=scoring, floor="40", blind=not PRESETS[name].releases)
    paper = scoring_rules(facts(rules), lang)
    said = texts(paper)
    for text in rule_texts(rules, {c["id"]: c["name"] for c in CRITERIA}, lang).values():
        assert text in said
    assert t("exports.papers.rules.absence", lang) in said
    usual = scoring_rules(facts(PRESETS[name]), lang)
    assert len(pypdfium2.PdfDocument(pdf.render(usual))) == 2


def test_the_example_is_the_hand_calculation():
    """Without 89.5 and 84.0, 515.5 ÷ 6 = 85.9166…, less .10 is 85.82."""
    made = worked_example(Rules(official="trimmed", top=13), 9)
    assert made.has_recusal
    kept = [part.total for part in made.recipe.parts if part.value is not None]
    assert sum(kept) == Decimal("515.5")
    assert len(kept) == 6
    assert made.recipe.score == Decimal("85.82")


@pytest.mark.parametrize("judges", [0, 3, 5, 9, 30])
@pytest.mark.parametrize("official", OFFICIALS)
def test_every_official_score_has_an_example(official: str, judges: int):
    """With any number of judges; its last line ends with the published score."""
    scoring = Rules(official=official, clip="3" if official == "clip" else None)
    rules = replace(RoundRules(), scoring=scoring)
    score = worked_example(scoring, judges).recipe.score
    for lang in LANGS if judges == 9 else (ANY_LANG,):
        paper = scoring_rules(facts(rules, judges), lang)
        assert str(score) in texts(paper)
        grid = next(block for block in paper.blocks if isinstance(block, Grid))
        assert len({len(row) for row in grid.rows}) == 1


def test_the_code_is_the_beginning_of_the_rules_hash():
    """It stands at the foot of each page; an invented round is marked on each."""
    assert check_code(HASH) == "0123-4567-89AB"
    paper = scoring_rules(facts(RoundRules(), invented="sample"), "zh")
    read = pypdfium2.PdfDocument(pdf.render(paper))
    for page in read:
        printed = page.get_textpage().get_text_bounded()
        assert "0123-4567-89AB" in printed
        assert "样例数据" in printed
    assert not scoring_rules(facts(RoundRules()), "zh").watermark
