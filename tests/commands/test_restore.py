"""``arena.py restore``: the drill, with a real server killed and eight tablets that return."""

import json
import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

import db
from commands.cli import cli
from competition.returning import returns_view, waive_tablet
from db.heads import parse
from db.looking import looking
from tests.browser.server import Server, start
from tests.commands.tablets import ApiTablet
from tests.competition import event as events
from tests.competition.event import Event, later
from tests.db.copies import copied
from tests.routes.client import Client, secret_of

JUDGES = (1, 1, 2, 3, 4, 5, 6, 7)
HEARD = {1: (1, 2, 3), 2: (1, 2, 3, 4), 3: (1, 3), 4: (1, 2), 5: (1, 2), 6: (4, 5), 7: (1, 2)}
MORE = 120


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the commands say is read here in English."""
    monkeypatch.setenv("ARENA_LANG", "en")


def run(*arguments: str | Path) -> str:
    done = CliRunner().invoke(cli, [str(one) for one in arguments])
    assert done.exit_code == 0, done.output
    return done.output


def refused(*arguments: str | Path) -> str:
    done = CliRunner().invoke(cli, [str(one) for one in arguments])
    assert done.exit_code == 1, done.output
    assert isinstance(done.exception, SystemExit)
    return done.output


def stored(path: Path) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Every mark with its id, and the state of every sheet."""
    with looking(path) as looked, looked.store.reading() as tx:
        marks = tx.rows(
            """SELECT s.entrant_id, s.person_id, m.criterion_id, m.value, m.client_id
            FROM marks m JOIN sheets s ON s.id = m.sheet_id ORDER BY 1, 2, 3"""
        )
        sheets = tx.rows("SELECT entrant_id, person_id, state FROM sheets ORDER BY 1, 2")
    return [tuple(row.values()) for row in marks], [tuple(row.values()) for row in sheets]


@pytest.fixture
def hall(tmp_path: Path) -> tuple[Event, list[str], Path]:
    """An open event in a closed file, and a link for each of eight tablets."""
    path = tmp_path / "arena.db"
    store = db.Store(path)
    event = events.opened(store)
    secrets = [secret_of(event, judge) for judge in JUDGES]
    store.close()
    return event, secrets, path


@pytest.fixture(scope="module")
def certified_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The event led to its certificate, closed."""
    store = db.Store(tmp_path_factory.mktemp("certified") / "arena.db")
    events.certified(store)
    store.close()
    return store.path


@pytest.fixture
def certified_file(certified_once: Path, tmp_path: Path) -> Path:
    """The certified event in a closed file with its documents."""
    folder = tmp_path / "desk"
    folder.mkdir()
    return copied(certified_once, folder / "arena.db")


def enter(server: Server, event: Event, secrets: list[str]) -> list[ApiTablet]:
    tablets = []
    for judge, secret in zip(JUDGES, secrets, strict=True):
        client = Client(server.port)
        answer = client.open(secret)
        if answer.status == 200:
            answer = client.ask("POST", f"/j/{secret}")
        tablets.append(ApiTablet(event, judge, Client(server.port, answer.cookie)))
    return tablets


def work(tablets: list[ApiTablet], count: int, chance: random.Random) -> None:
    """Some acknowledged marks, from tablets in turn."""
    done = 0
    while done < count:
        one = chance.choice(tablets)
        taps = min(count - done, 1 + chance.randrange(8))
        done += one.mark(chance.choice(HEARD[one.judge]), taps, chance)


def test_the_drill(hall: tuple[Event, list[str], Path], tmp_path: Path):
    """Backup, more marks and two submits, kill, restore, return in any order: all back, once."""
    event, secrets, path = hall
    chance = random.Random(411)
    server = start(path)
    tablets = enter(server, event, secrets)
    work(tablets, 60, chance)
    copy = tmp_path / "usb" / "copy.db"
    run("backup", copy, "--db", path)
    work(tablets, MORE, chance)
    for one in (tablets[0], tablets[5]):
        entrant = HEARD[one.judge][0]
        while len(one.sheet(entrant)["marks"]) < 2:
            one.mark(entrant, 2, chance)
        one.submit(entrant)
    assert "Stop it first" in refused("restore", copy, "--db", path)
    server.kill()
    before = stored(path)
    acknowledged = {entry["id"] for one in tablets for entry in one.kept}
    with looking(path) as looked, looked.store.reading() as tx:
        applied = tx.rows("SELECT id FROM applied_changes")
    assert {row["id"] for row in applied} == acknowledged
    said = run("restore", copy, "--db", path)
    assert "kept up to event" in said
    assert "submitted a sheet: 2" in said
    assert (next(tmp_path.glob("arena.db.replaced-*")) / "arena.db").exists()
    assert stored(path) != before

    server = start(path, port=server.port)
    chance.shuffle(tablets)
    assert {one.now()["head_state"] for one in tablets} == {"new"}
    left = list(tablets)
    while left:
        one = left.pop(chance.randrange(len(left)))
        outcomes = one.give_back()
        assert set(outcomes) <= {"known", "done", "wait"}
        if "wait" in outcomes:
            left.append(one)
        else:
            assert one.take_head() == "same"
    assert {one.now()["head_state"] for one in tablets} == {"same"}  # as the pad asks anyway
    server.stop()
    assert stored(path) == before
    assert "In order" in run("verify", "--db", path)
    opened = db.Store(path)
    found = returns_view(opened, event.organizer)
    opened.close()
    assert (found.cause, found.generation, found.waiting) == ("restored", 2, ())
    assert found.returned >= MORE
    assert found.proven > found.back_to


@pytest.mark.long(
    "commands/test_restore.py::test_the_drill",
    "competition/marks/test_resending.py::test_certifying_waits_for_a_tablet_until_it_is_waived",
)
def test_a_tablet_that_never_returns_is_named_waived_and_certified(
    hall: tuple[Event, list[str], Path], tmp_path: Path
):
    """Its judge's sheets are typed in or absent; certifying says whose tablet it waits for."""
    event, secrets, path = hall
    event.store = db.Store(path)
    event.fill_all(but=[(judge, HEARD[judge][0]) for judge in JUDGES])
    event.store.close()
    server = start(path)
    tablets = enter(server, event, secrets)
    chance = random.Random(5)
    for one in tablets:
        one.mark(HEARD[one.judge][0], 1, chance)
    copy = tmp_path / "copy.db"
    run("backup", copy, "--db", path)
    tablets[4].mark(1, 3, chance)
    server.kill()
    run("restore", copy, "--db", path)
    server = start(path, port=server.port)
    for one in tablets:
        if one is not tablets[4]:
            assert one.now()["head_state"] == "new"
            one.give_back()
            assert one.take_head() == "same"
    server.stop()
    store = db.Store(path)
    event.store = store
    event.close(reason="平板摔坏，散会", at=later(9000))
    found = returns_view(store, event.organizer)
    assert [one.name for one in found.waiting] == ["评委·赵4"]
    device = found.waiting[0].device
    waive_tablet(store, event.organizer, device, reason="平板摔坏", at=later(9001))
    event.certify(at=later(9002))
    store.close()
    assert "In order" in run("verify", "--db", path)


def test_an_older_file_copied_over_by_hand_is_noticed_at_the_start(
    hall: tuple[Event, list[str], Path], tmp_path: Path
):
    """The head beside the file does not lie on its chain: a new generation, and all come back."""
    event, secrets, path = hall
    server = start(path)
    tablets = enter(server, event, secrets)[:2]
    chance = random.Random(8)
    work(tablets, 6, chance)
    copy = tmp_path / "copy.db"
    run("backup", copy, "--db", path)
    work(tablets, 10, chance)
    server.stop()
    before = stored(path)
    shutil.copy(copy, path)
    server = start(path, port=server.port)
    assert {one.now()["head_state"] for one in tablets} == {"new"}
    for one in [*tablets, *tablets]:
        one.give_back()
    assert {one.take_head() for one in tablets} == {"same"}
    server.stop()
    assert stored(path) == before
    opened = db.Store(path)
    found = returns_view(opened, event.organizer)
    opened.close()
    assert (found.cause, found.generation) == ("replaced", 2)
    assert "In order" in run("verify", "--db", path)


def test_a_damaged_backup_is_not_put_in_place(certified_file: Path, tmp_path: Path):
    """The present file stays, byte for byte."""
    copy = tmp_path / "copy.db"
    run("backup", copy, "--db", certified_file)
    connection = sqlite3.connect(copy)
    connection.execute("UPDATE marks SET value = value - 500 WHERE value > 50000")
    connection.commit()
    connection.close()
    before = certified_file.read_bytes()
    assert "Not in order" in refused("restore", copy, "--db", certified_file)
    assert certified_file.read_bytes() == before
    assert not list(certified_file.parent.glob("*.replaced-*"))


def test_journal_and_documents_move_aside_with_the_file(certified_file: Path, tmp_path: Path):
    """An old journal beside a new file would be written into it."""
    copy = tmp_path / "copy.db"
    run("backup", copy, "--db", certified_file)
    journal = certified_file.with_name(f"{certified_file.name}-wal")
    store = db.Store(certified_file)
    with store.writing() as tx:
        tx.run("UPDATE sign_ins SET lang = 'en'")
        tx.run("DELETE FROM attempts")
    left = tmp_path / "left-wal"
    shutil.copy(journal, left)
    store.close()
    shutil.copy(left, journal)
    run("restore", copy, "--db", certified_file)
    kept = next(certified_file.parent.glob("*.replaced-*"))
    assert {one.name.removeprefix(certified_file.name) for one in kept.iterdir()} >= {
        "",
        "-wal",
        ".documents",
    }
    assert not journal.exists()
    assert "In order" in run("verify", "--db", certified_file)


def test_a_destroyed_file_is_replaced_all_the_same(certified_file: Path, tmp_path: Path):
    """What is missing cannot be said then; restoring goes on."""
    copy = tmp_path / "copy.db"
    run("backup", copy, "--db", certified_file)
    certified_file.write_bytes(b"\x00" * 5000)
    said = run("restore", copy, "--db", certified_file)
    assert "cannot be read" in said
    assert "In order" in run("verify", "--db", certified_file)


def test_restoring_begins_a_generation_that_papers_show(certified_file: Path, tmp_path: Path):
    """A head on paper from before still lies on the chain; one of the lost part does not."""
    copy = tmp_path / "copy.db"
    run("backup", copy, "--db", certified_file)
    with looking(certified_file) as looked, looked.store.reading() as tx:
        row = tx.one("SELECT n, hash FROM events ORDER BY seq DESC LIMIT 1") or {}
    head = f"1.{row['n']}.{row['hash'][:12]}"
    run("restore", copy, "--db", certified_file)
    assert "In order" in run("verify", "--db", certified_file, "--head", head)
    wrong = parse(head)
    assert wrong is not None
    lost = f"1.{wrong.n}.{'a' * 12}"
    said = refused("verify", "--db", certified_file, "--head", lost, "--head", f"1.3.{'b' * 12}")
    assert "head_on_the_chain" in said


def test_a_tablets_file_is_read_and_waits_for_another_person(
    hall: tuple[Event, list[str], Path], tmp_path: Path
):
    """While nothing serves the file; one that was cut short is refused in words."""
    event, _, path = hall
    entry = {
        "kind": "mark",
        "id": "a",
        "round": event.round_id,
        "entrant": event.entrants[1],
        "criterion": event.criteria[0],
        "value": 50000,
    }
    whole = {
        "format": "arena-kept-marks",
        "event": event.organizer.competition_id,
        "seat": event.judges[1],
        "entries": [entry],
    }
    file = tmp_path / "arena-tablet.json"
    file.write_text(json.dumps(whole), encoding="utf-8")
    assert "1 wait for another person" in run("recover", file, "--db", path)
    assert stored(path)[0] == []
    assert "1 marks were here" in run("recover", file, "--db", path)
    file.write_text(json.dumps(whole)[:-9], encoding="utf-8")
    assert "it is cut short" in refused("recover", file, "--db", path)
    assert "In order" in run("verify", "--db", path)
