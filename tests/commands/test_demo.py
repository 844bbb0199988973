"""``arena.py demo``: the sample event, entered through the acts."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

import db
from commands import demo
from competition import links, progress, sign_ins
from db.invariants import verify

NOW = datetime(2026, 3, 18, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, demo.Entered]:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    return path, demo.build(path, at=NOW, small=True)


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


def test_the_demo_is_built_anew(tmp_path: Path):
    """Old marks and links of a demo are gone after the next one."""
    path = tmp_path / "demo.db"
    first, second = demo.build(path, at=NOW, small=True), demo.build(path, at=NOW, small=True)
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
