"""A score taken apart: from the printed figures alone everybody arrives at the published one."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

import numpy as np
import pandas as pd
import pytest

from scoring import METHODS, Rules, Standings, compute_standings
from scoring.recipes.recipe import Part, Recipe, recipe
from scoring.recipes.terms import GATHER
from words import LANGS, t

OFFICIALS = [name for name, method in METHODS.items() if method.may_be_official]
CRITERIA = {"plan": ("40", ".4"), "people": ("35", ".35"), "stage": ("25", ".25")}
VARIANTS = {
    "usual": {},
    "by_criterion": {"trim_level": "criterion"},
    "no_low": {"trim_low": 0, "trim_high": 2},
    "one_decimal": {"decimals": 1, "sheet_decimals": None},
    "four_decimals": {"decimals": 4},
}


def standing(official: str, *, seed: int = 1, **rules: object) -> Standings:
    """Eighteen entrants, seven judges of differing severity and scale, recusals, deductions."""
    random = np.random.default_rng(seed)
    rows = []
    quality, severity = random.normal(0, 1, 18), random.normal(0, 0.7, 7)
    scale = np.exp(random.normal(0, 0.3, 7))
    for entrant in range(18):
        for judge in range(7):
            if random.random() < 0.12:
                continue
            level = severity[judge] + scale[judge] * quality[entrant]
            for name, (top, _) in CRITERIA.items():
                share = 0.8 + 0.05 * (level + random.normal(0, 0.8))
                mark = min(max(round(float(top) * share * 2) / 2, 0), float(top))
                rows.append((f"e{entrant:02}", f"j{judge}", name, f"{mark:.1f}"))
    entrants = pd.DataFrame(
        {
            "entrant": [f"e{e:02}" for e in range(18)],
            "deduction": ["0.25" if e % 5 == 0 else "0" for e in range(18)],
        }
    )
    rubric = pd.DataFrame(
        [(name, top, weight) for name, (top, weight) in CRITERIA.items()],
        columns=["criterion", "max", "weight"],
    )
    scores = pd.DataFrame(rows, columns=["entrant", "judge", "criterion", "score"])
    chosen = Rules(official=official, top=6, draws=0, clip="3", **rules)
    return compute_standings(scores, rubric, entrants=entrants, rules=chosen)


def redone(found: Recipe) -> Decimal:
    """The score as a person with paper and pencil would make it, from printed figures only."""
    with localcontext(prec=60):
        if found.criteria:
            points = sum(c.weight * c.total / c.n / c.maximum for c in found.criteria)
            assert abs(points - found.top) < Decimal("1e-2")
            gross = sum(c.points for c in found.criteria)
        elif found.weighted:
            top = sum((p.weight or 0) * (p.value or 0) for p in found.parts)
            gross = top / sum((p.weight or Decimal(0)) for p in found.parts)
        else:
            values = [value(found, part) for part in found.parts if part.value is not None]
            gross = sum(values, Decimal(0)) / len(values)
        last = Decimal(1).scaleb(found.score.as_tuple().exponent)
        return (gross - found.deduction).quantize(last, ROUND_HALF_UP)


def value(found: Recipe, part: Part) -> Decimal:
    """A sheet's value from its total and terms; the printed value is that, rounded."""
    terms, facts = part.terms, found.facts
    made = {
        "least_squares": lambda: part.total - terms["severity"],
        "clip": lambda: terms["clipped"],
        "zscore": lambda: (part.total - terms["judge_mean"]) / terms["judge_sd"],
        "minmax": lambda: (
            facts["scale_max"]
            * (part.total - terms["judge_low"])
            / (terms["judge_high"] - terms["judge_low"])
        ),
        "rank": lambda: facts["scale_max"] * terms["beaten"] / terms["judge_others"],
    }.get(found.method, lambda: part.total)()
    assert part.value is not None
    assert abs(made - part.value) <= Decimal(1).scaleb(-found.places)
    return part.value


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("official", OFFICIALS)
def test_printed_figures_give_the_published_score(official: str, variant: str):
    """Every official method, every entrant: redone from print it is the same to the digit."""
    found = standing(official, **VARIANTS[variant])
    for entrant, score in found.scores["official"].items():
        made = recipe(found.tally, entrant, official)
        assert made is not None
        assert made.score == score
        assert redone(made) == score, (entrant, made)
        last = Decimal(1).scaleb(score.as_tuple().exponent)
        assert (made.gross - made.deduction).quantize(last, ROUND_HALF_UP) == score


def test_few_decimals_are_enough():
    """A person reads it: three decimals nearly always, never twelve for want of care."""
    found = standing("least_squares")
    places = [recipe(found.tally, e, "least_squares").places for e in found.scores.index]
    assert sorted(places)[len(places) // 2] == 3
    assert max(places) <= 6


def test_one_copy_of_equal_totals_is_dropped_the_lowest_seat_first():
    """Of equal totals the lowest seat is the low one and the highest seat the high one."""
    scores = pd.DataFrame(
        [("a", f"j{j}", value) for j, value in enumerate(["90", "80", "90", "80", "85", "86"])],
        columns=["entrant", "judge", "score"],
    )
    found = compute_standings(scores, rules=Rules(official="trimmed", at_cut="exact"))
    made = recipe(found.tally, "a", "trimmed", order={f"j{j}": 10 - j for j in range(6)})
    assert made is not None
    assert {p.judge: p.fate for p in made.parts if p.fate} == {"j3": "low", "j0": "high"}
    assert (made.top, made.bottom) == (Decimal(341), Decimal(4))


def test_a_sheet_that_cannot_be_fitted_is_listed_and_left_out():
    """A judge with one sheet has no severity: shown, not counted."""
    rows = [(e, j, str(80 + 3 * e + j)) for e in range(4) for j in range(3)]
    rows.append((0, 9, "60"))
    scores = pd.DataFrame(rows, columns=["entrant", "judge", "score"])
    found = compute_standings(scores)
    made = recipe(found.tally, 0, "least_squares")
    assert made is not None
    assert [(p.judge, p.fate, p.value) for p in made.parts if p.fate] == [(9, "unfitted", None)]
    assert redone(made) == found.scores.loc[0, "official"]


def test_every_official_method_can_be_taken_apart_in_both_languages():
    """A method without a recipe could not be explained to who came fourteenth."""
    assert set(GATHER) == set(OFFICIALS)
    for lang in LANGS:
        for name in ("severity", "clipped", "level", "scale", "judge_mean", "judge_sd"):
            assert t(f"term.{name}", lang)
