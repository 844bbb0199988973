"""The whole workbook of the prefecture's final, read, entered, replayed and ranked."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import db
import intake
from competition.marks import progress
from competition.people import links
from competition.results import standings
from competition.visitor import Visitor
from db.invariants import verify
from intake.saying import sentence
from scoring import Rules, compute_standings
from tests.cluster import Kept
from tests.intake.conftest import AT as BEGUN
from tests.templates import Templates, filled
from words import LANGS

CLEAN = Path(__file__).parent.parent / "data" / "event_clean.xlsx"
AT = datetime(2022, 3, 18, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def plan() -> intake.Plan:
    return intake.read(CLEAN)


Beginning = tuple[db.Store, Visitor, intake.Entered]
"""The database of a test, its organizer, and what was entered."""


@pytest.fixture
def begun(
    templates: Templates, tmp_path: Path, kept: Kept, plan: intake.Plan
) -> Iterator[Beginning]:
    """A database with the workbook entered, which is done once."""

    def fill(store: db.Store) -> tuple[Visitor, intake.Entered]:
        who, _ = links.begin(store, title="擂台赛", organizer="赛务组", at=BEGUN)
        return who, intake.enter(store, who, plan, at=AT)

    path = tmp_path / "arena.db"
    who, entered = templates.copy("clean_workbook", filled(fill), path)
    store = kept.open(path)
    yield store, who, entered
    store.close()


@pytest.fixture
def store(begun: Beginning) -> db.Store:
    """The test's database."""
    return begun[0]


@pytest.fixture
def who(begun: Beginning) -> Visitor:
    """Its organizer."""
    return begun[1]


@pytest.fixture
def entered(begun: Beginning) -> intake.Entered:
    """What was entered."""
    return begun[2]


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    """The workbook without any of our reading."""
    return openpyxl.load_workbook(CLEAN, read_only=True)


def frame(book: openpyxl.Workbook, sheet: str) -> pd.DataFrame:
    """A sheet as the file has it."""
    header, *rows = book[sheet].iter_rows(values_only=True)
    return pd.DataFrame(rows, columns=header)


def test_a_clean_workbook_has_nothing_to_mend_and_nothing_to_fix(plan: intake.Plan):
    """What is noted: unused columns, running numbers, and the 11 sheets that lack a mark."""
    assert plan.stops == ()
    assert plan.fixes == ()
    codes = [finding.code for finding in plan.notes]
    assert codes.count("incomplete") == 11
    assert set(codes) == {"unused_columns", "numbers_run_on", "incomplete"}
    assert all(sentence(finding, lang) for finding in plan.notes for lang in LANGS)


def test_everything_in_it_is_planned(plan: intake.Plan):
    """Counted by hand in the file: 401 villages, 40 finalists, 15 judges, 4 sessions of 9."""
    assert plan.counts == {
        "entrants": 401,
        "in_round": 40,
        "judges": 15,
        "criteria": 7,
        "sessions": 4,
        "assignments": 360,
        "recused": 17,
        "absent": 15,
        "sheets": 328,
        "incomplete": 11,
        "marks": 2285,
    }
    assert (plan.stage, plan.category) == ("final", "village")
    assert {len(session.judges) for session in plan.sessions} == {9}
    assert all(len(entrant.code) == 12 for entrant in plan.entrants)


def test_reading_writes_nothing_and_twice_reads_the_same(plan: intake.Plan):
    """From a path or from bytes."""
    assert intake.read(CLEAN.read_bytes(), name=CLEAN.name) == plan


def test_what_is_entered_replays_and_keeps_every_rule(
    store: db.Store, who: Visitor, entered: intake.Entered
):
    """The database verifies; recusals follow from the judges' counties by the acts."""
    assert verify(store) == []
    found = progress.progress(store, who, entered.round_id, at=AT)
    assert found.counts["recused"] == 17
    assert found.counts["absent"] == 15 + 11
    with store.reading() as tx:
        causes = tx.rows("SELECT DISTINCT cause FROM recusals")
        past = tx.value("SELECT count(*) FROM events WHERE kind = 'past_scores_entered'")
        marks = tx.value("SELECT count(*) FROM marks WHERE client_id LIKE 'import-%'")
    assert (causes, past, marks) == ([{"cause": "county"}], 1, 2285)


def test_the_ranking_is_that_of_the_sheet(
    store: db.Store,
    who: Visitor,
    entered: intake.Entered,
    plan: intake.Plan,
    book: openpyxl.Workbook,
):
    """Ranked here and ranked straight from the cells: the same places, scores and order."""
    scores = frame(book, "决赛评分")
    rubric = frame(book, "评分标准")
    panels = frame(book, "评委分场")
    states = {"已评": "expected", "回避": "recused", "缺席": "absent"}
    direct = compute_standings(
        pd.DataFrame(
            {
                "entrant": scores["参赛编号"],
                "judge": scores["评委编号"],
                "criterion": scores["指标编号"],
                "score": [Decimal(str(score)) for score in scores["得分"]],
            }
        ),
        pd.DataFrame(
            {
                "criterion": rubric["指标编号"],
                "max": rubric["分值"],
                "weight": [f"{points}%" for points in rubric["分值"]],
            }
        ),
        assignments=pd.DataFrame(
            {
                "entrant": panels["参赛编号"],
                "judge": panels["评委编号"],
                "state": panels["状态"].map(states),
            }
        ),
        rules=Rules(),
    ).entrants
    keys = {entrant.code: entrant.key for entrant in plan.entrants}
    here = standings.standings(store, who, entered.round_id, at=AT).lines
    assert len(here) == 40
    for line in here:
        row = direct.loc[keys[line.code]]
        assert (line.rank, line.official) == (row["rank"], row["official"])
        assert line.counted == row["n_judges"]


def test_numbers_on_stage_run_on_from_session_to_session(plan: intake.Plan):
    """Order 6 of session 1 is number 6; order 4 of session 4 is number 34."""
    by_key = {entrant.key: entrant for entrant in plan.entrants}
    assert (by_key["HH002"].session, by_key["HH002"].number) == ("1", 6)
    assert (by_key["HH005"].session, by_key["HH005"].number) == ("4", 34)
    assert by_key["HH001"].number is None


@pytest.mark.long(
    "commands/test_import.py::test_the_clean_workbook_begins_a_competition_and_prints_its_link_once",
    "commands/test_import.py::test_a_trial_writes_nothing_and_finds_what_the_acts_would_refuse",
)
def test_the_same_workbook_is_not_entered_twice(
    store: db.Store, who: Visitor, plan: intake.Plan, entered: intake.Entered
):
    """A second time it is refused; under another title villages and judges are used again."""
    with pytest.raises(intake.RoundThere):
        intake.enter(store, who, plan, at=AT)
    again = intake.enter(store, who, plan, at=AT, round_title="复核")
    assert (entered.entrants, entered.known_entrants) == (401, 0)
    assert (again.entrants, again.known_entrants) == (0, 401)
    assert (again.judges, again.known_judges) == (0, 15)
    assert verify(store) == []
