"""Sentences beside the figures of the annex and of a score's explanation, or silence."""

import math
import re
from dataclasses import replace
from html import unescape

import pytest

import db
from competition.results.explaining import explain
from competition.results.standings import RoundStandings
from competition.rounds.rules import RoundRules
from organizers.results.analysis import annex_figures, annex_rows
from organizers.results.why import evidence
from scoring import Rules
from tests.competition import event as events
from tests.competition.event import AT, Event
from tests.opening import BOTH
from words import LANGS, t

RULES = RoundRules(
    scoring=Rules(top=2, draws=200, at_cut="exact", keys=("ruling",)), recusal_level="none"
)
TOTALS = {1: "55", 2: "50", 3: "50", 4: "40", 5: "30"}


def whole(store: db.Store) -> Event:
    """Every sheet is in; the last two tie."""
    event = events.opened(store, rules=RULES)
    event.fill_all(base=TOTALS)
    event.close(reason="3号评委未评2号")
    return event


def untied(store: db.Store) -> Event:
    """Nobody waits."""
    event = events.opened(store, rules=RULES)
    event.fill_all(base={**TOTALS, 3: "45"})
    event.close(reason="3号评委未评2号")
    return event


def one_judge(store: db.Store) -> Event:
    """Each entrant has one sheet: no error, no reliability, no chance."""
    rules = replace(RULES, scoring=replace(RULES.scoring, official="mean"))
    event = events.opened(store, rules=rules)
    event.fill_all(base=TOTALS, but=[(j, e) for j in (1, 3, 4, 5, 6) for e in TOTALS])
    event.close(reason="评委中途离场")
    return event


def quantities(result: RoundStandings) -> dict[str, bool]:
    """Whether the result has the quantity of each figure of the annex."""
    numbers, cut = result.numbers, result.numbers.cut
    gap, one = cut.decisions[-1].gap, numbers.reliability
    return {
        "sed": not math.isnan(cut.sed),
        "gap": gap is not None and gap.width is not None,
        "belonging": not math.isnan(cut.belonging),
        "tau": bool(numbers.tau_best),
        "sealed": cut.seal.inside is not None,
        "g": not math.isnan(one.g),
        "phi": not math.isnan(one.phi),
        "needed": not math.isnan(one.phi),
        "order": numbers.running_order is not None,
        "kendall": not math.isnan(one.kendall_w),
        "variance_entrant": float(numbers.variance.sum()) > 0,
    }


@pytest.mark.parametrize("fill", [whole, untied, one_judge], ids=lambda f: f.__name__)
@pytest.mark.parametrize("lang", BOTH)
def test_every_sentence_of_the_annex_has_its_quantity(store: db.Store, fill, lang: str):
    """Each row is there exactly where its figure was computed; the others are named once."""
    result = fill(store).standing()
    rows = [*annex_figures.seats(result, lang), *annex_figures.reliability(result, lang)]
    page = unescape(str(annex_figures.table(rows, lang)))
    assert not re.search(r"nan|None|<NA>|[-\N{MINUS SIGN}]0\.00", page)
    said = {name for name, value, _ in rows if value}
    for key, known in quantities(result).items():
        name = t(f"organizers.annex.{key}", lang)
        assert (name in said) == known, key
        sentence = next((means for called, _, means in rows if called == name), "")
        assert not sentence or (sentence in page) == known, key


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_said_of_a_set_that_still_waits(store: db.Store, lang: str):
    """One is selected, two wait: no seal of the one, and no count who belong."""
    result = whole(store).standing()
    assert len(result.awaiting) == 2
    rows = annex_figures.seats(result, lang)
    names = {t(f"organizers.annex.{key}", lang) for key in ("belonging", "sealed")}
    assert not names & {name for name, _, _ in rows}


@pytest.mark.parametrize("lang", BOTH)
def test_an_explanation_says_no_chance_and_no_picture_without_draws(store: db.Store, lang: str):
    event = one_judge(store)
    result = event.standing()
    why = explain(store, event.organizer, event.round_id, event.entrants[2], at=AT)
    assert not [line for line in evidence.lines(why, lang) if "95" in line or "%" in line]
    for rows in (annex_rows.chances, annex_rows.together, annex_rows.variance):
        assert rows(result, lang).empty
