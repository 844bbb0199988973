"""Transactions: one writer, readers that see one moment, and nothing kept by halves."""

import sqlite3
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from sqlite_utils import Database

import db
from db.connection import File
from db.errors import Doomed, NewerFile, NotOurs, NotWritable
from db.events import append
from db.file_lock import hold
from db.store import READERS, Transaction
from tests.db.copies import copied
from tests.forks import forked

AT = "2022-03-18T01:00:00.000Z"
COMPETITION = {
    "id": "c1",
    "title": "Final",
    "venue": "",
    "starts_on": "",
    "timezone": "Asia/Shanghai",
    "sample": 0,
    "created_at": AT,
}

COUNTED = 800_000
LONG_COUNT = f"""WITH RECURSIVE counted(n) AS (
  SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {COUNTED}) SELECT max(n) FROM counted"""
"""A query that takes far longer than closing the store."""


def put(tx: Transaction, **values: object) -> None:
    """One competition with its event."""
    row = {**COMPETITION, **values}
    tx.put("competitions", row)
    append(tx, competition_id=row["id"], kind="begun", subject="", actor="command", at=AT)


def titles(store: db.Store) -> list[str]:
    with store.reading() as tx:
        return [row["title"] for row in tx.rows("SELECT title FROM competitions ORDER BY id")]


def events(store: db.Store) -> int:
    with store.reading() as tx:
        return int(tx.value("SELECT count(*) FROM events"))


def readers(store: db.Store) -> list[File]:
    """The connections that only read, and that are not lent."""
    return [one for one in store._readers.queue if one]


def test_a_nested_act_joins_the_outer_transaction(store: db.Store):
    """What the inner one wrote is not there for others until the outer one has ended."""
    with store.writing() as outer:
        with store.writing() as inner:
            assert inner is outer
            put(inner)
        seen: list[list[str]] = []
        other = threading.Thread(target=lambda: seen.append(titles(store)))
        other.start()
        other.join()
        assert seen == [[]]
    assert titles(store) == ["Final"]


def test_an_error_of_the_outer_act_undoes_the_inner_one(store: db.Store):
    """One transaction: all of it or nothing."""

    def act() -> None:
        with store.writing():
            with store.writing() as tx:
                put(tx)
            raise KeyError

    with pytest.raises(KeyError):
        act()
    assert (titles(store), events(store)) == ([], 0)


def test_a_swallowed_error_of_an_inner_act_dooms_the_whole(store: db.Store):
    """Half an act is never committed, even when the caller goes on as if nothing was."""

    def act() -> None:
        with store.writing() as tx:
            put(tx)
            with suppress(KeyError), store.writing():
                raise KeyError

    with pytest.raises(Doomed):
        act()
    assert titles(store) == []
    with store.writing() as tx:
        put(tx)
    assert titles(store) == ["Final"]


def test_rows_without_an_event_are_not_kept(store: db.Store):
    """The refusal names the table."""
    with pytest.raises(db.UnrecordedChange) as refused, store.writing() as tx:
        tx.put("competitions", COMPETITION)
    assert refused.value.values == {"tables": "competitions"}
    assert titles(store) == []


def test_rows_after_the_last_event_are_not_kept_either(store: db.Store):
    """An event records what came before it, not what follows."""

    def act() -> None:
        with store.writing() as tx:
            put(tx)
            tx.put("competitions", {**COMPETITION, "id": "c2"})

    with pytest.raises(db.UnrecordedChange):
        act()
    assert titles(store) == []


def test_a_second_writer_of_the_same_process_is_told_that_the_store_is_busy(
    store: db.Store, monkeypatch: pytest.MonkeyPatch
):
    """It waits its two seconds, and then says so instead of hanging."""
    monkeypatch.setattr("db.entrance.LOCK_WAIT_SECONDS", 0.05)
    with store.writing():
        raised: list[type[BaseException]] = []

        def other() -> None:
            try:
                with store.writing():
                    raised.append(AssertionError)
            except db.Busy:
                raised.append(db.Busy)

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert raised == [db.Busy]


@pytest.mark.on_file
def test_a_writer_of_another_process_makes_it_busy(store: db.Store):
    """BEGIN IMMEDIATE of another connection is waited for, then reported; no half state."""
    store._writer.conn.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(db.Busy), store.writing():
        pass
    other.execute("ROLLBACK")
    other.close()
    with store.writing() as tx:
        put(tx)
    assert titles(store) == ["Final"]


def test_all_readers_out_makes_it_busy(store: db.Store, monkeypatch: pytest.MonkeyPatch):
    """A reader that never returns cannot hang the others for ever."""
    monkeypatch.setattr("db.store.LOCK_WAIT_SECONDS", 0.05)
    monkeypatch.setattr("db.postgres.store.LOCK_WAIT_SECONDS", 0.05)
    lent = [store.reading() for _ in range(READERS)]
    for one in lent:
        one.__enter__()
    with pytest.raises(db.Busy), store.reading():
        pass
    for one in lent:
        one.__exit__(None, None, None)
    assert titles(store) == []


@pytest.mark.on_file
def test_a_reader_is_opened_when_it_is_needed_and_none_once_the_store_is_closed(store: db.Store):
    """One that came back is lent again; a closed store makes no connection that nothing closes."""
    for _ in range(3):
        titles(store)
    assert len(readers(store)) == 1
    with store.reading(), store.reading():
        pass
    assert len(readers(store)) == 2
    store.close()
    for _ in range(3):
        with pytest.raises(sqlite3.ProgrammingError):
            titles(store)
    assert readers(store) == []


@pytest.mark.on_file
def test_a_query_is_answered_while_the_store_is_closed(store: db.Store):
    """Closing under it brings the process down; a server that stops has pages that still read."""
    begun = threading.Event()
    answers: list[int] = []

    def read() -> None:
        with store.reading() as tx:
            begun.set()
            answers.append(int(tx.value(LONG_COUNT)))

    reader = threading.Thread(target=read)
    reader.start()
    begun.wait()
    store.close()
    assert not store.path.with_name(f"{store.path.name}-wal").exists()
    reader.join()
    assert answers == [COUNTED]


@pytest.mark.on_file
def test_a_reader_that_stays_out_closes_itself(store: db.Store, monkeypatch: pytest.MonkeyPatch):
    """A thread that hangs keeps no server from stopping; what it reads then is still one moment."""
    monkeypatch.setattr("db.store.LOCK_WAIT_SECONDS", 0.05)
    with store.reading() as tx:
        store.close()
        assert tx.value("SELECT count(*) FROM events") == 0
        database = tx.db
    with pytest.raises(sqlite3.ProgrammingError):
        database.execute("SELECT 1")
    with pytest.raises(sqlite3.ProgrammingError):
        titles(store)


@pytest.mark.on_file
def test_a_reader_that_cannot_be_opened_is_refused_and_tried_again(store: db.Store):
    """The next that reads gets it, once the file is there again."""
    aside = store.path.with_name("aside.db")
    with store.reading():
        store.path.rename(aside)
        for _ in range(READERS):
            with pytest.raises(NotWritable), store.reading():
                pass
        aside.rename(store.path)
        assert titles(store) == []


@pytest.mark.on_file
def test_no_reader_is_opened_on_another_file(store: db.Store):
    """One that was put there by hand while the store was open: reads would mix the two."""
    other = store.path.with_name("other.db")
    copied(store.path, other)
    with store.reading():
        other.replace(store.path)
        with pytest.raises(NotWritable), store.reading():
            pass
    assert len(readers(store)) == 1


def test_a_reader_sees_one_moment(store: db.Store):
    """Counter and rows read in one block belong together, whatever is written meanwhile."""
    with store.writing() as tx:
        put(tx)
    with store.reading() as tx:
        before = tx.value("SELECT max(seq) FROM events")
        writer = threading.Thread(target=_retitle, args=(store,))
        writer.start()
        writer.join()
        assert tx.value("SELECT title FROM competitions") == "Final"
        assert tx.value("SELECT max(seq) FROM events") == before
    assert titles(store) == ["Changed"]


def test_all_that_a_thread_reads_in_a_moment_is_one_until_it_writes(store: db.Store):
    """Each reading inside sees the same, whatever others write; what it writes itself it sees."""
    with store.writing() as tx:
        put(tx)
    with store.moment():
        assert titles(store) == ["Final"]
        writer = threading.Thread(target=_retitle, args=(store,))
        writer.start()
        writer.join()
        assert titles(store) == ["Final"]
        with store.writing() as tx:
            put(tx, id="c2")
        assert titles(store) == ["Changed", "Final"]
    assert titles(store) == ["Changed", "Final"]


def test_what_a_query_answered_is_remembered_until_the_first_write(store: db.Store):
    """A caller that changes its rows changes nobody else's, and an act reads what it wrote."""
    sql = "SELECT title FROM competitions WHERE id = :id"
    with store.writing() as tx:
        assert tx.one(sql, id="c1") is None
        put(tx)
        assert tx.one(sql, id="c1") == {"title": "Final"}
        put(tx, title="Changed")
        assert tx.value(sql, id="c1") == "Changed"
    with store.reading() as tx:
        row = tx.one(sql, id="c1")
        assert row is not None
        row["title"] = "scribbled"
        assert tx.rows(sql, id="c1") == [{"title": "Changed"}]
        assert tx.one(sql, id="c2") is None


def test_what_a_function_makes_is_made_again_once_a_table_that_it_read_is_written_to(
    store: db.Store,
):
    """Also where another function asked for it, and where the answer was too long to remember."""
    asked: list[str] = []

    def count(tx: Transaction, prefix: str) -> int:
        asked.append(prefix)
        sql = "SELECT id FROM competitions WHERE id LIKE :like"
        return len(tx.rows(sql, like=f"{prefix}%"))

    def both(tx: Transaction) -> tuple[int, int]:
        return tx.once(count, "a"), tx.once(count, "b")

    with store.writing() as tx:
        assert tx.once(both) == tx.once(both) == (0, 0)
        assert asked == ["a", "b"]
        for number in range(70):
            put(tx, id=f"a{number}")
        assert tx.once(both) == tx.once(both) == (70, 0)
        tx.run("UPDATE salts SET salt = 'x' WHERE competition_id = 'a0'")
        assert tx.once(both) == (70, 0)
        assert asked == ["a", "b"] * 2
        put(tx, id="b1")
        assert tx.once(both) == (70, 1)


def test_changing_some_columns_leaves_the_event_that_writing_all_of_them_leaves(store: db.Store):
    """The whole row as it then is."""
    with store.writing() as tx:
        put(tx)
        tx.put("competitions", {**COMPETITION, "title": "Changed"})
        (written,) = tx.changes
        tx.changes.clear()
        tx.change("competitions", {"id": COMPETITION["id"]}, title="Changed")
        assert tx.changes == [written]
        tx.changes.clear()


def _retitle(store: db.Store) -> None:
    with store.writing() as tx:
        put(tx, title="Changed")


def test_reading_inside_an_act_sees_what_the_act_has_written(store: db.Store):
    """The thread that writes reads its own moment; it does not wait for itself."""
    with store.writing() as tx:
        put(tx)
        assert titles(store) == ["Final"]


def test_a_reader_cannot_write(store: db.Store):
    """Reads are lent a connection that refuses."""
    refusals = (sqlite3.OperationalError, NotWritable)
    with store.reading() as tx, pytest.raises(refusals, match=r"readonly|not_writable"):
        tx.run("DELETE FROM competitions")


def test_a_reader_is_given_back_after_an_error(store: db.Store):
    """Nine failures in a row leave eight readers."""
    for _ in range(9):
        with pytest.raises(KeyError), store.reading():
            raise KeyError
    assert titles(store) == []


def test_a_commit_that_fails_leaves_the_writer_free(store: db.Store):
    """A broken reference found only at the end keeps nothing, and the next act goes on."""
    link = {"id": "l", "person_id": "nobody", "token_hash": "x", "created_at": AT}

    def act() -> None:
        with store.writing() as tx:
            tx.db.defer_references()
            put(tx)
            tx.put("links", link)
            append(tx, competition_id="c1", kind="made", subject="", actor="command", at=AT)

    with pytest.raises(sqlite3.IntegrityError):
        act()
    assert titles(store) == []
    with store.writing() as tx:
        put(tx)
    assert titles(store) == ["Final"]


@pytest.mark.parametrize(
    "content", [b"not a database, only some text, long enough to be read", b"PK"]
)
def test_a_file_that_is_no_database_is_refused_and_left(tmp_path: Path, content: bytes):
    """Not one byte of it changes."""
    path = tmp_path / "letter.db"
    path.write_bytes(content)
    with pytest.raises(NotOurs) as refused:
        db.Store(path)
    assert refused.value.values == {"path": "letter.db"}
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_left(tmp_path: Path):
    """Neither its journal mode nor its tables are touched."""
    path = tmp_path / "photos.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE photos (id INTEGER)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotOurs):
        db.Store(path)
    assert path.read_bytes() == before


def test_a_file_of_a_newer_version_is_refused(tmp_path: Path):
    """An unknown migration has been applied: this version must not write there."""
    path = tmp_path / "arena.db"
    db.Store(path).close()
    other = sqlite3.connect(path)
    other.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('arena', 'x', '')"
    )
    other.commit()
    other.close()
    with pytest.raises(NewerFile):
        db.Store(path)


@pytest.mark.on_file
def test_the_file_is_its_owners_alone(store: db.Store):
    """Names and marks are nobody else's on the machine."""
    assert store.path.stat().st_mode & 0o077 == 0


@pytest.mark.on_file
def test_commits_reach_the_disk(store: db.Store):
    """synchronous=FULL and WAL on the writer; foreign keys on every connection."""
    pragma = store._writer.conn.execute
    assert pragma("PRAGMA synchronous").fetchone()[0] == 2
    assert pragma("PRAGMA journal_mode").fetchone()[0] == "wal"
    with store.reading(), store.reading():
        pass
    for database in [store._writer, *readers(store)]:
        assert database.conn.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_one_path_is_one_store(tmp_path: Path):
    """Whatever way the path is written."""
    (tmp_path / "sub").mkdir()
    try:
        first = db.open_store(tmp_path / "a.db")
        assert db.open_store(tmp_path / "sub" / ".." / "a.db") is first
    finally:
        db.close_all()


@pytest.mark.usefixtures("each_file_migrated")
def test_two_processes_may_open_a_new_file_at_once(tmp_path: Path):
    """The schema is made once, whole."""
    running = [forked(_opened_and_closed, tmp_path / "a.db") for _ in range(2)]
    for process in running:
        process.join()
    assert [process.exitcode for process in running] == [0, 0]


def _opened_and_closed(path: Path) -> None:
    db.Store(path).close()


def setting(database: Database, name: str) -> int:
    return int(database.execute(f"PRAGMA {name}").fetchone()[0])


def test_one_connection_checkpoints_and_none_maps_the_file(tmp_path: Path):
    """The writer's; and while a server holds the file, no other program's writer either."""
    path = tmp_path / "served.db"
    served = db.Store(path)
    with served.reading(), served.reading():
        pass
    assert setting(served._writer, "wal_autocheckpoint") > 0
    assert {setting(one, "wal_autocheckpoint") for one in readers(served)} == {0}
    assert {setting(one, "mmap_size") for one in [served._writer, *readers(served)]} == {0}
    with hold(path):
        other = db.Store(path)
        assert setting(other._writer, "wal_autocheckpoint") == 0
        other.close()
    served.close()


def test_columns_are_the_same_values_as_rows(store):
    """By column, and with a column each where no row matches."""
    with store.writing() as tx:
        put(tx)
        put(tx, id="c2", title="Heat")
    sql = "SELECT id, title FROM competitions WHERE timezone = :zone ORDER BY id"
    with store.reading() as tx:
        assert tx.columns(sql, zone="Asia/Shanghai") == {
            "id": ("c1", "c2"),
            "title": ("Final", "Heat"),
        }
        assert tx.columns(sql, zone="none") == {"id": (), "title": ()}


def test_a_store_says_its_size_and_its_commits(store: db.Store):
    """Acts are counted by the commit that kept them; who checkpoints is said without harm."""
    before = sum(store.commits.counts), store.commits.acts
    with store.writing() as tx:
        put(tx)
    assert (sum(store.commits.counts), store.commits.acts) == (before[0] + 1, before[1] + 1)
    store.checkpoints(does=False)
    store.checkpoints(does=True)
    store.checkpoint()
    assert store.sizes()[0] > 0
    assert store.waiting == 0
