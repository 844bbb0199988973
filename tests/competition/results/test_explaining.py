"""Why this rank: what is shown adds up to what is published, whatever the method."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest

from competition.errors import Missing, NotNow
from competition.results import explaining, presenting, standings
from competition.results.decision_words import decisions_said, said
from competition.results.recipe_words import column, equations, last_line, number
from competition.results.standing_lines import Line
from competition.results.standings import RoundStandings
from competition.results.what_if import Hypothesis, what_if
from competition.rounds.rules import RoundRules
from exports.explanation import explanation_paper
from scoring import METHODS
from scoring.recipes.recipe import Recipe
from tests.competition.event import Event
from tests.opening import ANY_LANG, Sample
from tests.organizers.acting import certify, close, now
from words import LANGS

OFFICIALS = [name for name, method in METHODS.items() if method.may_be_official]


def standing(sample: Sample) -> RoundStandings:
    return standings.standings(sample.store, sample.who("organizer"), sample.round_id, at=now())


def under(sample: Sample, official: str) -> RoundStandings:
    """The sample's closed round as it would be under another official method."""
    close(sample)
    found = standing(sample)
    asked = Hypothesis(official=official, clip="3")
    answer = what_if(sample.store, sample.who("organizer"), sample.round_id, asked, at=now())
    return replace(
        found,
        rules=RoundRules(scoring=answer.numbers.rules),
        lines=tuple(moved.then for moved in answer.moved),
        ranked=answer.numbers,
        official_is_adjusted=not METHODS[official].printed,
    )


def by_hand(shown: explaining.Explanation, recipe: Recipe) -> Decimal:
    """The score from printed figures alone: marks, terms, weights, deduction."""
    totals = {sheet.judge: sum(sheet.marks, Decimal(0)) for sheet in shown.sheets}
    with localcontext(prec=60):
        values = []
        for part in recipe.parts:
            assert part.total == totals[part.judge]
            if part.value is None:
                continue
            value = part.total
            if "severity" in part.terms:
                value = totals[part.judge] - part.terms["severity"]
                assert value == part.value
            values.append((part.value, part.weight or Decimal(1)))
        gross = sum(v * w for v, w in values) / sum(w for _, w in values)
        cost = sum((points for points, _ in shown.deductions), Decimal(0))
        return (gross - cost).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize("official", OFFICIALS)
def test_the_shown_steps_give_the_published_figure(sample: Sample, official: str):
    """Ten entrants of the demo, every official method: redone from print, digit by digit."""
    found = under(sample, official)
    redone(sample, found, found.lines[::4])


@pytest.mark.long(
    "competition/results/test_explaining.py::test_the_shown_steps_give_the_published_figure"
)
@pytest.mark.parametrize("official", OFFICIALS)
def test_the_steps_of_all_forty_give_the_published_figure(sample: Sample, official: str):
    """The same of every entrant."""
    found = under(sample, official)
    redone(sample, found, found.lines)


def redone(sample: Sample, found: RoundStandings, lines: Sequence[Line]) -> None:
    """Compute the scores of some lines from what is shown of them."""
    official = found.rules.scoring.official
    with sample.store.reading() as tx:
        for line in lines:
            shown = explaining.explanation(tx, found, line.entrant_id)
            assert shown.official is not None
            assert shown.official.score == line.official
            assert by_hand(shown, shown.official) == line.official
            assert shown.recipes[-1] == shown.official
            if shown.announced is not None and official not in ("zscore", "minmax", "rank"):
                assert by_hand(shown, shown.announced) == shown.announced.score
            for lang in LANGS:
                assert (
                    number(shown.official.score)
                    in equations(found.rules.scoring, found.criteria, shown.official, lang)[-1]
                )


def test_a_judge_who_does_not_count_is_listed_with_the_reason(sample: Sample):
    """Recused and absent judges stand in the list; no sheet of theirs is a zero."""
    close(sample)
    found = standing(sample)
    with sample.store.reading() as tx:
        for line in found.lines:
            shown = explaining.explanation(tx, found, line.entrant_id)
            assert len(shown.sheets) == line.counted
            assert len(shown.sheets) + len(shown.uncounted) == line.expected
            assert all(one.state in ("recused", "absent") for one in shown.uncounted)
            assert all(one.reason for one in shown.uncounted)


def test_one_high_and_one_low_are_struck(sample: Sample):
    """The trimmed mean leaves out one highest and one lowest of those shown."""
    close(sample)
    found = standing(sample)
    with sample.store.reading() as tx:
        shown = explaining.explanation(tx, found, found.lines[0].entrant_id)
    assert shown.announced is not None
    gone = {part.fate: part.total for part in shown.announced.parts if part.value is None}
    totals = [part.total for part in shown.announced.parts]
    assert gone == {"high": max(totals), "low": min(totals)}


def test_the_decision_names_the_entrant_and_its_neighbour_at_the_line(sample: Sample):
    """Whoever was in the open zone reads how it was decided, with both figures."""
    close(sample)
    found = standing(sample)
    zone = [line for line in found.lines if line.in_zone]
    assert zone
    with sample.store.reading() as tx:
        for line in zone:
            shown = explaining.explanation(tx, found, line.entrant_id)
            assert shown.decisions
            text = said(found, shown.decisions[-1], "zh").text
            assert f"{line.number}号{line.village}" in text
            assert str(line.official) in text
            inside = f"{line.number}号{line.village}入围" in text
            assert inside == line.selected


def test_distance_is_to_the_other_side_of_the_line(sample: Sample):
    """Those in: to the best one out. Those out: to the last one in."""
    close(sample)
    found = standing(sample)
    inside = [line for line in found.lines if line.selected]
    outside = [line for line in found.lines if not line.selected]
    with sample.store.reading() as tx:
        first = explaining.explanation(tx, found, inside[0].entrant_id)
        last = explaining.explanation(tx, found, outside[-1].entrant_id)
    assert first.distance == inside[0].official - max(line.official for line in outside)
    assert last.distance == outside[-1].official - min(line.official for line in inside)


def test_criteria_are_compared_with_severity_removed(sample: Sample):
    """Leads over the field average to nothing: nobody looks weak for having met strict judges."""
    close(sample)
    found = standing(sample)
    leads: dict[str, float] = {}
    with sample.store.reading() as tx:
        for line in found.lines:
            for one in explaining.explanation(tx, found, line.entrant_id).criteria:
                leads[one.name] = leads.get(one.name, 0.0) + one.mean - one.field
    assert len(leads) == len(found.criteria)
    assert all(abs(total) < 1e-6 for total in leads.values())


def test_an_entrant_without_a_sheet_cannot_be_explained(closed: Event):
    """A foreign or unknown id is missing, not an empty page."""
    with pytest.raises(Missing):
        explaining.explain(
            closed.store, closed.organizer, closed.round_id, closed.judges[1], at=now()
        )


def test_the_presenter_gets_nothing_before_certifying(sample: Sample):
    """A result that may still change is handed to nobody."""
    close(sample)
    found = standing(sample)
    with pytest.raises(NotNow) as refused:
        presenting.presenter_sheet(
            sample.store,
            sample.who("organizer"),
            sample.round_id,
            found.lines[0].entrant_id,
            at=now(),
        )
    assert refused.value.clears == "certify"


def renamed(sample: Sample) -> list[str]:
    """Judges of the sample are called by their seats; here they get names, behind the store."""
    raw = sqlite3.connect(sample.path)
    names = [f"真名{at}" for at, _ in enumerate(sample.entered.judges)]
    for name, person_id in zip(names, sample.entered.judges.values(), strict=True):
        raw.execute("UPDATE people SET name = ? WHERE id = ?", (name, person_id))
    raw.commit()
    raw.close()
    return names


@pytest.mark.parametrize("lang", [ANY_LANG])
def test_the_presenters_page_tells_no_severity_and_no_judges_name(sample: Sample, lang: str):
    """Judges by seat; the correction only as a whole; the sums can be redone."""
    certify(sample)
    found = standing(sample)
    who = sample.who("organizer")
    names = renamed(sample)
    effects = {round(float(b), 3) for b in found.numbers.judges["severity"]}
    key = (sample.store, who, sample.round_id)
    sheets = {
        sheet.explanation.line.entrant_id: sheet
        for sheet in presenting.presenter_sheets(*key, at=now())
    }
    for line in found.lines[::8]:
        alone = presenting.presenter_sheet(*key, line.entrant_id, at=now())
        assert alone == sheets[line.entrant_id]
    for line in found.lines:
        sheet = sheets[line.entrant_id]
        assert sheet.agrees
        assert sheet.score == line.official
        mean = Fraction(sum((j.total for j in sheet.judges), Decimal(0))) / len(sheet.judges)
        assert abs(mean - Fraction(sheet.mean)) <= Fraction(1, 1000)
        net = sheet.mean + sheet.correction - sheet.deduction
        assert net.quantize(Decimal("0.01"), ROUND_HALF_UP) == sheet.score
        paper = explanation_paper(sheet, lang)
        words = [text for row in paper.rows for text in row]
        words += [text for _, lines in paper.sections for text in lines]
        whole = "\n".join([*words, paper.entrant, paper.standing])
        told = [name for name in names if name in whole]
        assert told == []
        if len(sheet.judges) > 1:
            assert not any(f"{abs(effect):.3f}" in whole for effect in effects if effect)
        assert all(not one.reason for one in sheet.uncounted)


def test_every_close_cut_is_one_sentence_in_both_languages(sample: Sample):
    """What was close stands in words; ids never do."""
    close(sample)
    found = standing(sample)
    ids = [line.entrant_id for line in found.lines]
    for lang in LANGS:
        told = decisions_said(found, lang)
        assert told
        assert not any(entrant in one.text for one in told for entrant in ids)
        assert all(not one.clears for one in told)


def test_one_column_has_one_number_of_decimals_and_a_true_minus():
    """Zeros are added and nothing is rounded; a blank stays blank."""
    assert column([Decimal("1.5"), Decimal("-0.525"), None]) == ["1.500", "−0.525", ""]
    assert column([Decimal(2), Decimal("-3")], signed=True) == ["+2", "−3"]


def test_a_score_that_rounding_does_not_change_is_not_set_equal_to_itself(sample: Sample):
    """“85.33, no deduction, rounded half up = 85.33” would say nothing."""
    close(sample)
    found = standing(sample)
    with sample.store.reading() as tx:
        made = explaining.explanation(tx, found, found.lines[0].entrant_id).official
    assert made is not None
    plain = replace(made, gross=Decimal("85.330"), deduction=Decimal(0), score=Decimal("85.33"))
    for lang in LANGS:
        assert last_line(found.rules.scoring, plain, lang).count("85.33") == 1
        assert "85.334" in last_line(
            found.rules.scoring, replace(plain, gross=Decimal("85.334")), lang
        )
