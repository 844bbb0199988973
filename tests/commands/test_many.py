"""``arena.py many``: the list, and competitions begun in it or carried into it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import db
from commands.cli import cli
from commands.many import command, environment
from competition.province.serving import Installation
from db import members
from db.errors import BadList, BadMember
from tests.competition import event as events
from words import t


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(command, list(arguments))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation that has begun."""
    path = tmp_path / "many"
    done = run("begin", "Contest.Test", "--title", "样例省", "--folder", str(path))
    assert "https://contest.test/j/" in done.output
    return path


def test_a_competition_is_begun_and_listed(folder: Path):
    """Its link is printed once, under its host."""
    done = run("add", "gejiu", "--title", "个旧", "--folder", str(folder), "--address", "http:8501")
    assert "http://gejiu.contest.test:8501/j/" in done.output
    listed = run("list", "--folder", str(folder)).output
    assert [line.split()[:2] for line in listed.splitlines()] == [
        ["province", "contest.test"],
        ["gejiu", "gejiu.contest.test"],
    ]
    assert environment(members.read(folder))["ARENA_MANY"] == str(folder)


@pytest.mark.parametrize("name", ["Gejiu", "../x", "a.b", "a-b", "", "province", "9a", "a" * 41])
def test_what_is_no_name_is_refused_and_makes_no_file(folder: Path, name: str):
    """Nothing is written."""
    before = sorted(folder.rglob("*"))
    assert isinstance(run("add", "--folder", str(folder), "--", name).exception, BadMember)
    assert sorted(folder.rglob("*")) == before


def test_a_competition_is_carried_in_once(folder: Path, tmp_path: Path):
    """Its sign-ins go on here; the former file takes no mark, and cannot be carried in again."""
    source = tmp_path / "old.db"
    store = db.Store(source)
    events.closed(store)
    store.close()
    assert run("add", "old", "--from", str(source), "--folder", str(folder)).exit_code == 0
    again = run("add", "twice", "--from", str(source), "--folder", str(folder))
    assert getattr(again.exception, "code", "") == "database_moved"
    assert members.read(folder).names == ("old",)


def test_one_competition_is_backed_up_while_served_and_restored_only_afterwards(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Its copy is whole; to restore is refused while the installation holds its file.

    Afterwards it is put back alone: the other competition's file is not touched.
    """
    monkeypatch.setenv("ARENA_LANG", "en")
    for name in ("gejiu", "mengzi"):
        assert run("add", name, "--folder", str(folder)).exit_code == 0
    there = members.read(folder)
    path, other, copy = there.path_of("gejiu"), there.path_of("mengzi"), tmp_path / "copy.db"
    installation = Installation(folder)
    installation.begin()
    try:
        made = CliRunner().invoke(cli, ["backup", str(copy), "--db", str(path)])
        assert made.exit_code == 0, made.output
        before = path.read_bytes()
        refused = CliRunner().invoke(cli, ["restore", str(copy), "--db", str(path)])
        assert refused.exit_code == 1
        assert t("error.database_in_use", "en", path=path.name) in refused.output
        assert path.read_bytes() == before
    finally:
        installation.end()
    kept = other.read_bytes()
    done = CliRunner().invoke(cli, ["restore", str(copy), "--db", str(path)])
    assert done.exit_code == 0, done.output
    assert other.read_bytes() == kept
    again = Installation(folder)
    again.begin()
    assert list(again.competitions()) == ["gejiu", "mengzi"]
    again.end()


def test_a_damaged_list_is_refused(folder: Path):
    """One that names a path, or a competition twice."""
    for names in ('["../x"]', '["a", "a"]', "[1]"):
        (folder / members.FILE).write_text(f'{{"host": "contest.test", "competitions": {names}}}')
        with pytest.raises(BadList):
            members.read(folder)
    with pytest.raises(BadList):
        members.begun(folder, "contest.test")
