"""A round written as a workbook is read as that round."""

import pytest

import db
import intake
from competition.lineup.known import known
from competition.rounds import readiness, rounds
from competition.visitor import Visitor
from intake.comparing import compare
from intake.exporting import plan_of
from tests.intake.books import spoilt
from tests.intake.conftest import AT
from tests.intake.test_entering import to_come
from words import LANGS


def shape(store: db.Store, who: Visitor, round_id: str) -> tuple[object, ...]:
    """What a round consists of, without ids."""
    panel = readiness.panel_view(store, who, round_id)
    facts = ("code", "county", "township", "village", "title", "presenter", "post", "unit")
    lines = [
        (*(line.entrant[f] for f in facts), line.entrant["number"], line.judges, line.recused)
        for line in panel.expected
    ]
    seats = [(s["number"], s["name"], s["unit"], s["county"]) for s in panel.seats]
    sessions = [(s["title"], s["judges"], s["numbers"]) for s in panel.sessions]
    rubric = [
        {k: v for k, v in one.items() if k not in ("id", "round_id")}
        for one in rounds.round_view(store, who, round_id)["criteria"]
    ]
    return lines, seats, sessions, rubric


@pytest.mark.parametrize("lang", LANGS)
def test_a_round_goes_out_and_comes_in_again_as_it_was(store: db.Store, who: Visitor, lang: str):
    """Nothing new, nothing changed, nothing put right; a second round from it is the same."""
    done = intake.enter(store, who, intake.read(spoilt(to_come)), at=AT)
    content = intake.workbook_of(plan_of(store, who, done.round_id), lang)
    plan = intake.read(content, name="名单.xlsx")
    assert (plan.stops, plan.fixes) == ((), ())
    found = compare(plan, known(store, who))
    assert (found.new, found.changed) == (0, 0)
    again = intake.enter(store, who, plan, at=AT, round_title="再一轮")
    assert shape(store, who, again.round_id) == shape(store, who, done.round_id)
