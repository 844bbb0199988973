"""``arena.py move``: there and back, equal, closed where it was; a dump and a backup restored."""

import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

import db
from commands.bench.cluster import as_server, programs
from commands.cli import cli
from competition.moving import move, rankings
from db.copying import fingerprints
from db.errors import Moved, NotEmpty, StillMarked
from db.invariants import verify
from db.postgres.address import URL, Address, read
from db.postgres.store import ServedStore
from tests.cluster import Cluster
from tests.competition import event as events
from tests.competition.conftest import apart
from tests.templates import Templates, filled

Proof = tuple[list[tuple[str, int, str]], object]


pytestmark = pytest.mark.skipif(programs() is None, reason="no PostgreSQL 15 here")


@pytest.fixture
def address(cluster: Cluster) -> Address:
    """A database without a schema."""
    return cluster.fresh()


@pytest.fixture
def closed(templates: Templates, tmp_path: Path) -> Path:
    """A file whose round is closed: no judge marks."""
    path = tmp_path / "hall.db"
    templates.copy("closed", filled(lambda store: apart(events.closed(store))), path)
    return path


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What the commands say is read here in English, and files are written to the test's folder."""
    monkeypatch.setenv("ARENA_LANG", "en")
    for module in ("commands.options", "commands.move"):
        monkeypatch.setattr(f"{module}.DATABASE", tmp_path / "arena.db")


def run(*arguments: str | Path, code: int = 0) -> str:
    done = CliRunner().invoke(cli, [str(one) for one in arguments])
    assert done.exit_code == code, done.output
    return done.output


def proof(store: db.Store) -> Proof:
    with store.reading() as tx:
        return list(fingerprints(tx)), rankings(tx, store)


@pytest.fixture
def there(address: Address, tmp_path: Path) -> Iterator[ServedStore]:
    """The empty competition to move to."""
    with closing(ServedStore(address, tmp_path / address.file_name)) as store:
        yield store


def test_there_and_back_is_the_same_competition(
    closed: Path, address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Every table's count and hash, the head, the ranking; each source is closed behind it."""
    monkeypatch.setenv(URL, address.url)
    with closing(db.Store(closed)) as store:
        before = proof(store)
    said = run("move", "--from", closed, "--to", "postgresql")
    assert "tables and" in said
    assert "Head " in said
    with closing(db.Store(closed)) as store, pytest.raises(Moved), store.writing():
        pass
    said = run("verify")
    assert "In order" in said
    assert "each reference, the documents in the database" in said
    assert "no checksums" in said
    back = tmp_path / "back.db"
    run("move", "--to", back)
    with closing(db.Store(back)) as store:
        assert proof(store) == before
        assert verify(store) == []
    with closing(ServedStore(address, tmp_path / "elsewhere.db")) as other:
        _refuses_to_write(other)


def _refuses_to_write(store: ServedStore) -> None:
    """Also a process that was not there when it was moved: the log's trigger says so."""
    assert store.superseded == ""
    with store.reading() as tx:
        row = tx.rows("SELECT * FROM competitions")[0]

    def act() -> None:
        with store.writing() as tx:
            tx.put("competitions", row)
            db.events.append(
                tx, competition_id=row["id"], kind="x", subject="", actor="", at=row["created_at"]
            )

    with pytest.raises(Moved):
        act()


def test_a_competition_that_is_marked_is_not_moved(
    templates: Templates, there: ServedStore, tmp_path: Path
):
    """A mark given meanwhile would be in one of the two only."""
    path = tmp_path / "open.db"
    templates.copy("event", filled(lambda store: apart(events.opened(store))), path)
    with closing(db.Store(path)) as store:
        with pytest.raises(StillMarked):
            move(store, there)
        assert store.superseded == ""
    with there.reading() as tx:
        assert tx.value("SELECT count(*) FROM competitions") == 0


def test_nothing_is_moved_onto_something(closed: Path, there: ServedStore, tmp_path: Path):
    """The source goes on as it was."""
    other = tmp_path / "other.db"
    other.write_bytes(closed.read_bytes())
    with closing(db.Store(other)) as first:
        move(first, there)
    with closing(db.Store(closed)) as second:
        with pytest.raises(NotEmpty):
            move(second, there)
        with second.writing():
            pass


def test_a_backup_of_the_second_store_is_a_file_that_restores_into_either(
    closed: Path, address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Verified like any backup; a competition that has rows is not overwritten."""
    monkeypatch.setenv(URL, address.url)
    run("move", "--from", closed, "--to", "postgresql")
    copy = tmp_path / "usb" / "copy.db"
    run("backup", copy)
    with closing(db.Store(copy)) as store:
        assert verify(store) == []
    assert "holds something already" in run("restore", copy, code=1)
    monkeypatch.setenv(URL, f"{address.url}&competition=again")
    assert "Restored and verified" in run("restore", copy)
    run("restore", copy, "--db", tmp_path / "file.db")


@pytest.mark.long("commands/test_move.py::test_there_and_back_is_the_same_competition")
def test_a_dump_of_the_server_is_the_same_competition(
    closed: Path, address: Address, cluster: Cluster, tmp_path: Path
):
    """pg_dump and psql, as the database's administrator would: rows, guards and rights."""
    path = tmp_path / "a.db"
    with closing(db.Store(closed)) as source, closing(ServedStore(address, path)) as store:
        move(source, store)
        before = proof(store)
    name = address.url.rpartition("/")[2].partition("?")[0]
    dumped = cluster.folder / "dumped"
    programs_of = {"-h": str(cluster.folder), "-U": "postgres"}
    login = [part for pair in programs_of.items() for part in pair]
    dump = [cluster.programs / "pg_dump", *login, "-Fc", "-f", str(dumped), name]
    subprocess.run(dump, **as_server())
    target = cluster.fresh()
    restored = target.url.rpartition("/")[2].partition("?")[0]
    back = [cluster.programs / "pg_restore", *login, "-d", restored, str(dumped)]
    subprocess.run(back, **as_server())
    with closing(ServedStore(read(target.url), path)) as store:
        assert proof(store) == before
        assert verify(store) == []
