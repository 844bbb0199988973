"""Files that are only read: each kind in words, none made, migrated or written."""

import hashlib
import json
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import settings

import db
from commands import ROOT
from commands.cli import cli
from db.errors import DamagedFile, DatabaseError, EmptyFile, NewerFile, NotOurs, NotWritable
from db.looking import looking
from db.migrations import SCHEMAS
from tests.competition.event import Event
from tests.golden.conftest import unpacked


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def text_file(path: Path) -> None:
    path.write_text("numbers,marks\n" * 20)


def other_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE songs (name)")
    connection.close()


def newer(path: Path) -> None:
    db.Store(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('arena', 'of_the_future', '')"
        )
    connection.close()


def cut_off(path: Path) -> None:
    unpacked(path)
    path.write_bytes(path.read_bytes()[:50])


def without_tables(path: Path) -> None:
    sqlite3.connect(path).execute("PRAGMA user_version = 1")


KINDS = {
    "a text file": (text_file, NotOurs, "not an Arena database"),
    "another program's": (other_program, NotOurs, "not an Arena database"),
    "a newer version's": (newer, NewerFile, "newer version"),
    "an empty file": (Path.touch, EmptyFile, "empty"),
    "no tables": (without_tables, EmptyFile, "empty"),
    "a file cut off": (cut_off, DamagedFile, "restore"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_file_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
):
    """With the next step, in both languages, and the file stays byte for byte."""
    make, error, words = KINDS[kind]
    path = tmp_path / "given.db"
    make(path)
    before = digest(path), sorted(tmp_path.iterdir())
    with pytest.raises(error), looking(path):
        pass
    for command in (["verify", "--db"], ["backup", "--db"]):
        monkeypatch.setenv("ARENA_LANG", "en")
        said = CliRunner().invoke(cli, [*command, str(path)])
        assert (said.exit_code, words in said.output) == (1, True), said.output
        monkeypatch.setenv("ARENA_LANG", "zh")
        assert "given.db" in CliRunner().invoke(cli, [*command, str(path)]).output
    assert (digest(path), sorted(tmp_path.iterdir())) == before


def test_an_older_file_is_verified_as_a_copy_and_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Not a byte of it changes, and nothing appears beside it."""
    monkeypatch.setenv("ARENA_LANG", "en")
    path = unpacked(tmp_path / "older.db")
    take_away_the_last_migration(path)
    before = digest(path), sorted(tmp_path.iterdir())
    said = CliRunner().invoke(cli, ["verify", "--db", str(path)])
    assert said.exit_code == 0, said.output
    assert "earlier version" in said.output
    assert (digest(path), sorted(tmp_path.iterdir())) == before


def take_away_the_last_migration(path: Path) -> None:
    """As a file of the version before hall pages: its last schema change is undone."""
    later = list(SCHEMAS)[list(SCHEMAS).index("hall_pages_schema") :]
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE screens DROP COLUMN page")
        for name in later:
            connection.execute("DELETE FROM _sqlite_migrations WHERE name = ?", [name])
    connection.close()


def test_a_file_is_copied_before_it_is_migrated(tmp_path: Path):
    """The copy is the file as it was, and opening again makes no second one."""
    path = unpacked(tmp_path / "older.db")
    take_away_the_last_migration(path)
    number = list(SCHEMAS).index("hall_pages_schema") + 1
    for _ in range(2):
        db.Store(path).close()
    copies = [one.name for one in tmp_path.iterdir() if ".before-" in one.name]
    assert copies == [f"older.db.before-{number}"]
    connection = sqlite3.connect(tmp_path / copies[0])
    columns = [row[1] for row in connection.execute("PRAGMA table_info(screens)")]
    assert "page" not in columns
    assert connection.execute("SELECT count(*) FROM events").fetchone()[0] > 100
    connection.close()


@pytest.mark.on_file
def test_looking_writes_nothing(certified: Event):
    """Neither into the file nor beside it; and the store it lends refuses to write."""
    certified.store.close()
    path = certified.store.path
    before = digest(path), sorted(path.parent.iterdir())
    with looking(path) as looked:
        with pytest.raises(NotWritable), looked.store.writing():
            pass
        with looked.store.reading() as tx:
            assert tx.value("SELECT count(*) FROM events") > 50
    assert (digest(path), sorted(path.parent.iterdir())) == before


@pytest.mark.on_file
def test_a_file_in_use_is_read_with_its_journal(certified: Event):
    """What the server has committed and not yet written back counts."""
    certified.hold("leader", "host")
    assert certified.store.path.with_name("certified.db-wal").exists()
    with looking(certified.store.path) as looked, looked.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM grants WHERE id = 'held-host'") == 1


@pytest.mark.on_file
def test_a_journal_without_its_index_is_read_from_a_copy(certified: Event, tmp_path: Path):
    """As after a crash on a disk that is read-only now: no index can be made beside it."""
    certified.hold("leader", "host")
    left = tmp_path / "left"
    left.mkdir()
    for name in ("certified.db", "certified.db-wal"):
        (left / name).write_bytes((certified.store.path.parent / name).read_bytes())
    with looking(left / "certified.db") as looked, looked.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM grants WHERE id = 'held-host'") == 1
    assert sorted(one.name for one in left.iterdir()) == ["certified.db", "certified.db-wal"]


FLIPS = settings().max_examples // 2
"""Half as many as hypothesis tries: 15, and 150 at night."""


def test_no_flipped_byte_and_no_cut_makes_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Each damage is refused or named, or was in a place that nothing uses."""
    monkeypatch.setenv("ARENA_LANG", "en")
    path = unpacked(tmp_path / "flipped.db")
    whole = path.read_bytes()
    used = [place for place, byte in enumerate(whole) if byte]
    chance = random.Random(20220318)
    found = 0
    for at in range(FLIPS):
        bytes_ = bytearray(whole)
        if at % 10 == 9:
            del bytes_[chance.randrange(len(bytes_)) :]
        else:
            for place in chance.sample(used if at % 3 else used[:400], chance.choice((1, 1, 8))):
                bytes_[place] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes_)
        said = CliRunner().invoke(cli, ["verify", "--db", str(path)])
        assert said.exit_code in (0, 1), (at, said.output)
        assert isinstance(said.exception, SystemExit | None), (at, said.exception)
        assert "Traceback" not in said.output
        found += said.exit_code
    assert found > FLIPS / 3


def test_opening_a_damaged_file_is_refused_in_words(tmp_path: Path):
    """serve, too, says what it is and what to do."""
    path = unpacked(tmp_path / "torn.db")
    torn = bytearray(path.read_bytes())
    torn[4096:12288] = b"\x55" * 8192
    torn[100:300] = b"\xff" * 200
    path.write_bytes(torn)
    with pytest.raises(DatabaseError):
        db.Store(path)


READER = """
import json, os, sys
from pathlib import Path
from click.testing import CliRunner
from commands import restore, serve, verify
from commands.cli import cli
from db.looking import looking
with looking(Path(sys.argv.pop(1))) as looked:
    verify.everything(looked.store)  # all that is imported late, while the user may
os.setgid(65534)
os.setuid(65534)
for command in json.loads(sys.argv.pop(1)):
    done = CliRunner().invoke(cli, command)
    print(json.dumps([done.exit_code, done.output, repr(done.exception)]))
"""


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that everybody may read and only its owner may write."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="changes its user")
def test_a_read_only_disk_is_verified_and_named_where_it_must_be_written(shelf: Path):
    """As a user who may not write: verify reads, serve and import say what is wrong."""
    path = unpacked(shelf / "arena.db")
    path.chmod(0o644)
    for one in path.with_name("arena.db.documents").iterdir():
        one.chmod(0o644)
    path.with_name("arena.db.documents").chmod(0o755)
    expected = (
        (0, "In order", ["verify", "--db", path]),
        (1, "cannot be written", ["serve", "--db", path, "--port", "18999"]),
        (1, "cannot be written", ["restore", path, "--db", shelf / "other.db"]),
    )
    commands = json.dumps([[*map(str, command)] for _, _, command in expected])
    printed = subprocess.run(
        [sys.executable, "-c", READER, str(path), commands],
        cwd=ROOT,
        env={**os.environ, "ARENA_LANG": "en"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout
    for line, (number, words, _) in zip(printed.splitlines(), expected, strict=True):
        code, said, error = json.loads(line)
        assert (code, words in said) == (number, True), line
        assert error.startswith("SystemExit") or error == "None", line
