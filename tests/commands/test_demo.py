"""``arena.py demo``: the sample event, entered through the acts."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

import db
from commands import demo
from competition import sign_ins
from competition.marks import progress
from competition.people import links
from competition.results import certification, standings
from competition.rounds import rounds
from competition.rounds.rules import RoundRules
from db.invariants import verify
from examples import three_rounds_truth
from tests.templates import TODAY, Templates, one_round, three_rounds

NOW = TODAY


@pytest.fixture(scope="module")
def built(
    templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, demo.Entered]:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    return path, templates.copy("one_round", one_round, path)


def test_the_sample_is_a_clean_database(built: tuple[Path, demo.Entered]):
    """Replaying its events gives every row; nothing is left beside the file."""
    path, _ = built
    store = db.Store(path)
    assert verify(store) == []
    store.close()
    assert not path.with_name(f"{path.name}.part").exists()


def test_the_sample_is_a_final_of_forty_with_a_few_sheets_open(built: tuple[Path, demo.Entered]):
    """40 finalists of 13 counties, 9 of 15 judges in 4 sessions, recusals, one absence."""
    path, entered = built
    store = db.Store(path)
    (round_id,) = entered.rounds.values()
    found = progress.progress(store, entered.organizer, round_id, at=NOW)
    per_entrant = Counter(entrant for entrant, _ in found.cells)
    assert len(found.entrants) == 40
    assert len({e["county"] for e in found.entrants}) == 13
    assert len({e["session_id"] for e in found.entrants}) == 4
    assert len(found.seats) == 15
    assert set(per_entrant.values()) == {9}
    assert found.counts["recused"] > 0
    assert found.counts["absent"] > 0
    assert 0 < len(found.missing) < 10
    store.close()


@pytest.fixture(scope="module")
def three(
    templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[db.Store, demo.Entered]]:
    """The sample of three rounds, as ``arena.py demo`` builds it."""
    path = tmp_path_factory.mktemp("three") / "demo.db"
    entered = templates.copy("three_rounds", three_rounds, path)
    store = db.Store(path)
    yield store, entered
    store.close()


def certified_lines(store: db.Store, entered: demo.Entered) -> list[dict[str, Any]]:
    round_id = entered.rounds["desk_review"]
    lines: list[dict[str, Any]] = certification.certified(store, entered.organizer, round_id)[
        "content"
    ]["entrants"]
    return lines


def test_three_rounds_one_certified_and_two_open(three: tuple[db.Store, demo.Entered]):
    """401 read by three each, forty on stage before nine, 26 townships before seven."""
    store, entered = three
    seen = {}
    for key, round_id in entered.rounds.items():
        found = progress.progress(store, entered.organizer, round_id, at=NOW)
        seats = Counter(entrant for entrant, _ in found.cells)
        seen[key] = (found.round["state"], len(seats), set(seats.values()), len(found.seats))
    assert seen == {
        "desk_review": ("certified", 401, {3}, 15),
        "village_final": ("open", 40, {9}, 15),
        "township_final": ("open", 26, {7}, 7),
    }


@pytest.mark.long("commands/test_demo.py::test_the_sample_is_a_clean_database")
def test_the_sample_of_three_rounds_is_a_clean_database(three: tuple[db.Store, demo.Entered]):
    """Replaying its five thousand events gives every row."""
    assert verify(three[0]) == []


def test_the_final_is_of_those_whom_the_certified_desk_review_selects(
    three: tuple[db.Store, demo.Entered],
):
    """Forty, at least one of each of the thirteen counties; nobody else, nobody missing."""
    store, entered = three
    selected = [line for line in certified_lines(store, entered) if line["selected"]]
    final = progress.progress(store, entered.organizer, entered.rounds["village_final"], at=NOW)
    assert len(selected) == 40
    assert {line["entrant_id"] for line in selected} == {row["id"] for row in final.entrants}
    assert len({line["county"] for line in selected}) == 13


def test_each_round_carries_its_own_rules(three: tuple[db.Store, demo.Entered]):
    """Adjusted where judges differ between entrants, trimmed and exact before one panel."""
    store, entered = three
    rules = {}
    for key, round_id in entered.rounds.items():
        view = rounds.round_view(store, entered.organizer, round_id)
        found = RoundRules.from_json(view["rules"]).scoring
        rules[key] = (found.official, found.at_cut, found.top, found.groups.floor("any"))
        ids = {criterion["id"] for criterion in view["criteria"]}
        assert set(found.first_criteria) <= ids
    assert rules == {
        "desk_review": ("least_squares", "statistical", 40, 1),
        "village_final": ("least_squares", "statistical", 13, 0),
        "township_final": ("trimmed", "exact", 10, 0),
    }


def test_blanks_of_the_desk_review_stay_blank(three: tuple[db.Store, demo.Entered]):
    """Sheets never handed in and recusals declared late: two sheets count, none is a zero."""
    store, entered = three
    lines = certified_lines(store, entered)
    assert Counter(line["counted"] for line in lines) == {3: 394, 2: 7}
    assert min(float(line["official"]) for line in lines) > 60


@pytest.mark.long(
    "examples/test_three_rounds.py::test_a_severe_a_lenient_a_level_and_an_erratic_judge"
)
def test_planted_judges_are_found_by_what_is_computed(three: tuple[db.Store, demo.Entered]):
    """The severe judge has the lowest severity of the desk review, the lenient the highest."""
    store, entered = three
    truth = three_rounds_truth(demo.SEED)
    found = standings.standings(
        store, entered.organizer, entered.rounds["desk_review"], at=NOW
    ).numbers.judges["severity"]
    assert found.idxmin() == entered.judges[truth.severe]
    assert found.idxmax() == entered.judges[truth.lenient]


def test_the_township_arena_is_half_way_with_a_tie_at_its_cut(
    three: tuple[db.Store, demo.Entered],
):
    """Sixteen have left the stage, one stands on it, nine wait; tenth and eleventh are equal."""
    store, entered = three
    round_id = entered.rounds["township_final"]
    found = progress.progress(store, entered.organizer, round_id, at=NOW)
    stages = Counter(entrant["stage"] for entrant in found.entrants)
    assert stages == {"done": 16, "marking": 1, "waiting": 9}
    standing = standings.standings(store, entered.organizer, round_id, at=NOW)
    assert standing.lines[9].official == standing.lines[10].official
    assert all(len(line.code) == 9 and not line.village for line in standing.lines)


def test_every_printed_link_opens_its_person(built: tuple[Path, demo.Entered]):
    """Organizer, staff and all fifteen judges come in by what is printed."""
    path, entered = built
    lines = demo.link_lines(entered, ["http://localhost:8501", "http://10.0.0.7:8501"])
    assert len(lines) == 4 + 15
    store = db.Store(path)
    for person_id, secret in entered.tokens.items():
        assert sum(f"http://10.0.0.7:8501/j/{secret}" in line for line in lines) == 1
        cookie = links.open_link(store, secret, at=NOW, address="10.0.0.9")
        assert sign_ins.who_is(store, cookie, at=NOW).person_id == person_id
    store.close()


def test_the_demo_is_built_anew(templates: Templates, tmp_path: Path):
    """Old marks and links of a demo are gone after the next one."""
    path = tmp_path / "demo.db"
    first = templates.copy("one_round", one_round, path)
    second = demo.build(path, at=NOW, small=True)
    assert set(first.tokens.values()).isdisjoint(second.tokens.values())
    store = db.Store(path)
    with store.reading() as tx:
        assert tx.value("SELECT count(*) FROM competitions") == 1
    store.close()


def test_a_real_event_is_never_replaced(tmp_path: Path):
    """The demo refuses a file that holds a real competition, and leaves it as it is."""
    path = tmp_path / "arena.db"
    store = db.Store(path)
    links.begin(store, title="村庄规划擂台赛", organizer="赛务组", at=NOW)
    store.close()
    with pytest.raises(click.ClickException):
        demo.build(path, at=NOW, small=True)
    store = db.Store(path)
    with store.reading() as tx:
        assert tx.value("SELECT title FROM competitions") == "村庄规划擂台赛"
    store.close()
