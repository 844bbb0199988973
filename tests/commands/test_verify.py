"""The commands verify and backup."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import db
from commands import backup, verify
from commands.cli import cli
from competition.people import links


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database in which a competition has begun."""
    monkeypatch.setenv("ARENA_LANG", "en")
    store = db.Store(tmp_path / "arena.db")
    at = datetime(2026, 3, 1, tzinfo=UTC)
    links.begin(store, title="Final", organizer="Li", at=at)
    store.close()
    return store.path


def damage(path: Path) -> None:
    """Change a row behind the app's back."""
    connection = sqlite3.connect(path)
    connection.execute("UPDATE competitions SET title = 'Another'")
    connection.commit()
    connection.close()


def test_a_clean_database_is_called_clean(path: Path):
    """The log explains every row."""
    result = CliRunner().invoke(verify.command, ["--db", str(path)])
    assert (result.exit_code, "In order" in result.output) == (0, True)


def test_a_row_changed_behind_the_app_is_found(path: Path):
    """A failing code, and the row is named; no traceback."""
    damage(path)
    result = CliRunner().invoke(cli, ["verify", "--db", str(path)])
    assert result.exit_code == 1
    assert "competitions" in result.output
    assert "Traceback" not in result.output


def test_a_missing_database_is_refused_and_not_made(tmp_path: Path):
    """To verify is to look; it does not create."""
    result = CliRunner().invoke(verify.command, ["--db", str(tmp_path / "none.db")])
    assert result.exit_code == 2
    assert not (tmp_path / "none.db").exists()


def test_a_backup_is_a_verified_database_and_overwrites_nothing(path: Path, tmp_path: Path):
    """The copy can be served; a second backup to the same name is refused."""
    target = tmp_path / "usb" / "copy.db"
    done = CliRunner().invoke(backup.command, [str(target), "--db", str(path)])
    assert done.exit_code == 0, done.output
    assert CliRunner().invoke(verify.command, ["--db", str(target)]).exit_code == 0
    again = CliRunner().invoke(backup.command, [str(target), "--db", str(path)])
    assert again.exit_code == 1
    assert "already exists" in again.output


def test_a_backup_without_a_name_is_named_by_the_time(path: Path):
    """Beside the database, sorted by time."""
    assert CliRunner().invoke(backup.command, ["--db", str(path)]).exit_code == 0
    assert len(list((path.parent / "backups").glob("arena-*.db"))) == 1


def test_a_damaged_database_is_not_passed_off_as_backed_up(path: Path, tmp_path: Path):
    """Nothing gets the asked-for name unless it verified."""
    damage(path)
    target = tmp_path / "copy.db"
    result = CliRunner().invoke(backup.command, [str(target), "--db", str(path)])
    assert result.exit_code == 1
    assert not target.exists()
