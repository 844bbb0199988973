"""``arena.py import``: all or nothing, in words or as JSON."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import db
from commands.cli import cli
from competition.people import links
from db import competitions, installation
from db.invariants import verify
from tests.intake.books import content, put, sheets, spoilt
from tests.intake.conftest import AT

CLEAN = Path(__file__).parent.parent / "data" / "event_clean.xlsx"


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARENA_LANG", "zh")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small workbook on disk."""
    path = tmp_path / "决赛.xlsx"
    path.write_bytes(content(sheets()))
    return path


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "data" / "arena.db"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["import", *map(str, arguments)])


def count(path: Path, table: str) -> int:
    store = db.Store(path)
    try:
        with store.reading() as tx:
            return int(tx.value(f"SELECT count(*) FROM {table}"))
    finally:
        store.close()


@pytest.mark.parametrize(
    ("name", "marks", "said"),
    [
        pytest.param("small", "20", "参评成果 4，评委 4", id="small"),
        pytest.param(
            "prefecture",
            "2285",
            "参评成果 401，评委 15",
            id="prefecture",
            marks=pytest.mark.long(
                "commands/test_import.py::test_the_clean_workbook_begins_a_competition_and_prints_its_link_once",
                "intake/test_clean_workbook.py::test_what_is_entered_replays_and_keeps_every_rule",
            ),
        ),
    ],
)
def test_the_clean_workbook_begins_a_competition_and_prints_its_link_once(
    database: Path, small: Path, name: str, marks: str, said: str
):
    """The printed link opens; the database is clean; a second run prints no link."""
    book = {"small": small, "prefecture": CLEAN}[name]
    done = run(book, "--db", database, "--title", "红河州村庄规划擂台赛")
    assert done.exit_code == 0, done.output
    assert "已记入“决赛”（" in done.output
    assert marks in done.output
    token = done.output.partition("/j/")[2].split()[0]
    store = db.Store(database)
    assert links.open_link(store, token, at=AT, address="10.0.0.9")
    assert verify(store) == []
    with store.reading() as tx:
        assert [row["title"] for row in competitions.all_of(tx)] == ["红河州村庄规划擂台赛"]
    store.close()
    again = run(book, "--db", database, "--round-title", "复核")
    assert again.exit_code == 0, again.output
    assert "/j/" not in again.output
    assert said in again.output
    assert count(database, "rounds") == 2


def test_a_refused_workbook_fails_with_every_stop_and_no_database(database: Path, tmp_path: Path):
    """Sheet, cell, what and how to mend; no traceback."""
    path = tmp_path / "bad.xlsx"

    def change(book: dict[str, list[list[object]]]) -> None:
        put("决赛评分", "D2", 61)(book)
        put("决赛评分", "D4", "优")(book)

    path.write_bytes(spoilt(change))
    refused = run(path, "--db", database)
    assert refused.exit_code == 1
    assert "要先改正的（2 处），没有写入任何内容" in refused.output
    assert "决赛评分!D2　“规划实用性”61 分超出范围，应在 0 到 60.0 之间。请核对" in refused.output
    assert "决赛评分!D4" in refused.output
    assert "Traceback" not in refused.output
    assert not database.exists()


def test_a_trial_writes_nothing_and_finds_what_the_acts_would_refuse(database: Path, small: Path):
    """Without a database none is made; with one, it is tried on a copy."""
    tried = run(small, "--db", database, "--dry-run")
    assert (tried.exit_code, database.exists()) == (0, False)
    assert "试读，没有写入" in tried.output
    assert "/j/" not in tried.output
    assert run(small, "--db", database).exit_code == 0
    before = count(database, "events")
    again = run(small, "--db", database, "--dry-run")
    assert again.exit_code == 1
    assert "已经有叫“决赛”的轮次" in again.output
    assert count(database, "events") == before


def test_json_is_one_object(database: Path, small: Path, tmp_path: Path):
    """Counts, findings with place, before and after, the link; also when refused."""
    messy = tmp_path / "messy.xlsx"
    messy.write_bytes(spoilt(put("决赛评分", "D2", "52,5")))
    done = json.loads(run(messy, "--db", database, "--json").stdout)
    assert done["entered"] is True
    assert done["round"]["marks"] == 20
    assert done["organizer_link"].startswith("/j/")
    (fix,) = done["fixes"]
    assert (fix["sheet"], fix["cell"], fix["before"], fix["after"]) == (
        "决赛评分",
        "D2",
        "52,5",
        "52.5",
    )
    messy.write_bytes(b"none")
    refused = run(messy, "--db", database, "--json")
    assert refused.exit_code == 1
    assert [stop["code"] for stop in json.loads(refused.stdout)["stops"]] == ["not_a_workbook"]


def test_a_title_is_only_for_a_new_competition(database: Path, small: Path):
    """Else an organizer would believe that another competition was begun."""
    assert run(small, "--db", database).exit_code == 0
    refused = run(small, "--db", database, "--title", "另一个", "--round-title", "二")
    assert refused.exit_code == 1
    assert "不能再用 --title" in refused.output
    assert count(database, "rounds") == 1


def test_a_template_is_written_where_nothing_is(tmp_path: Path):
    """An existing file is never overwritten."""
    path = tmp_path / "模板.xlsx"
    assert run("--template", path).exit_code == 0
    again = run("--template", path)
    assert again.exit_code == 1
    assert "没有覆盖" in again.output
    assert path.read_bytes()[:2] == b"PK"


def test_a_stop_is_followed_by_what_could_be_meant(database: Path, tmp_path: Path):
    """A misspelt village's proposal, and a memory of the folder that a new database begins with."""
    path = tmp_path / "名单.csv"
    lines = ("县市,乡镇,地方何在,汇报人", "石屏县,坝心镇,黑泥村,李某", "石屏县,异龙镇,大水村,王某")
    path.write_text("\n".join(lines), encoding="utf-8")
    database.parent.mkdir()
    installation.keep_column_names(database, {"地方何在": "village"})
    refused = run(path, "--db", database)
    assert refused.exit_code == 1
    told = refused.output.splitlines()
    at = next(n for n, line in enumerate(told) if "黑泥村" in line)
    assert told[at + 1].strip() == "可改为：坝心镇黑尼村 532525103211"
    path.write_text("\n".join(lines).replace("黑泥村", "黑尼村"), encoding="utf-8")
    done = run(path, "--db", database)
    assert done.exit_code == 0, done.output
    assert "算法和名额命令行不问" in done.output
