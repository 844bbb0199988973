"""What a server of databases adds to what may go wrong, and what must hold all the same."""

import os
import signal
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import db
from db.errors import (
    BadAddress,
    Busy,
    DatabaseError,
    NotPrepared,
    NotWritable,
    TooPowerful,
    Unreachable,
)
from db.invariants import verify
from db.postgres.address import Address, read
from db.postgres.link import Link
from db.postgres.rebinding import rebound
from db.postgres.store import ServedStore
from tests.cluster import Cluster
from tests.competition import event as events
from tests.db.damage import master
from tests.db.postgres.conftest import Open
from tests.db.test_store import put, titles


def test_a_reader_that_follows_the_log_loses_no_event_of_eight_writers(
    served: ServedStore, opening: Open
):
    """Numbers are given under the lock of an act, so a later one is never seen first."""

    def write(store: ServedStore, name: str) -> None:
        for at in range(10):
            _insist(store, f"{name}-{at}")

    stores = [opening() for _ in range(8)]
    writers = [
        threading.Thread(target=write, args=(store, f"w{n}")) for n, store in enumerate(stores)
    ]
    for writer in writers:
        writer.start()
    seen: list[int] = []
    sql = "SELECT seq FROM events WHERE seq > :last ORDER BY seq"
    while len(seen) < 80:
        is_over = not any(writer.is_alive() for writer in writers)
        with served.reading() as tx:
            seen += [row["seq"] for row in tx.rows(sql, last=max(seen, default=0))]
        assert not is_over or len(seen) == 80
    for writer in writers:
        writer.join()
    assert seen == list(range(1, 81))


def _insist(store: ServedStore, name: str) -> None:
    """One act, again while others hold the lock for too long."""
    while True:
        try:
            with store.writing() as tx:
                put(tx, id=name)
            return
        except Busy:
            continue


def backends(store: ServedStore) -> list[int]:
    """The server's processes that hold a transaction of ours."""
    with closing(master(store)) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' "
            "AND datname = current_database()"
        )
        return [int(str(row[0])) for row in rows]


def test_a_backend_killed_in_the_middle_of_an_act_leaves_nothing_of_it(
    served: ServedStore, opening: Open
):
    """Its whole server starts again by itself; what was acknowledged is there, and writing goes on.

    The signal is SIGKILL, as of a machine that ran out of memory.
    """
    with served.writing() as tx:
        put(tx, id="kept", title="kept")

    def act() -> None:
        with served.writing() as tx:
            put(tx, id="half", title="half")
            for pid in backends(served):
                os.kill(pid, signal.SIGKILL)
            put(tx, id="rest", title="rest")

    with pytest.raises(DatabaseError):
        act()
    assert _after_restart(served) == ["kept"]
    with served.writing() as tx:
        put(tx, id="next", title="next")
    assert titles(opening()) == ["kept", "next"]


def _after_restart(store: ServedStore) -> list[str]:
    """The titles, as soon as the server has recovered; a minute at most."""
    pause = threading.Event()
    for _ in range(600):
        try:
            return titles(store)
        except (Unreachable, Busy):
            pause.wait(0.1)
    raise AssertionError


def test_a_connection_lost_between_acts_is_replaced_unseen(served: ServedStore):
    """Nothing had been said on it, so the act begins again on another."""
    with served.writing() as tx:
        put(tx, id="one", title="one")
    with closing(master(served)) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    with served.writing() as tx:
        put(tx, id="two", title="two")
    assert titles(served) == ["one", "two"]


def test_a_mark_whose_answer_was_lost_is_stored_once(
    served: ServedStore, monkeypatch: pytest.MonkeyPatch
):
    """The connection breaks after the commit: the tablet hears 503 and sends again."""
    event = events.opened(served)
    change = event.change(0, "50")
    commit = Link.commit

    def cut(link: Link) -> None:
        commit(link)
        monkeypatch.setattr(Link, "commit", commit)
        raise Unreachable(path="")

    monkeypatch.setattr(Link, "commit", cut)
    before = _count(served)
    with pytest.raises(Unreachable):
        event.take(1, 1, change)
    assert _count(served) == before + 1
    assert event.outcome(1, 1, change) == "done"
    assert _count(served) == before + 1
    assert verify(served) == []


def _count(store: db.Store) -> int:
    with store.reading() as tx:
        return int(tx.value("SELECT count(*) FROM events"))


REFUSED = {
    "change": "UPDATE events SET at = ''",
    "delete": "DELETE FROM events",
    "delete a sighting": "DELETE FROM sightings",
    "change a view": "UPDATE views SET at = ''",
    "truncate": "TRUNCATE events",
    "truncate all": "TRUNCATE competitions CASCADE",
    "disable": "ALTER TABLE events DISABLE TRIGGER ALL",
    "drop the guard": "DROP TRIGGER events_stay ON events",
    "replace the guard": "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql "
    "AS 'BEGIN RETURN NEW; END'",
    "put triggers off": "SET session_replication_role = replica",
    "drop": "DROP TABLE events",
    "forget the move": "DELETE FROM moved",
    "say it was made so": "UPDATE as_made SET definition = ''",
}


@pytest.mark.parametrize("sql", REFUSED.values(), ids=REFUSED.keys())
def test_the_apps_login_cannot_rewrite_the_log(logged: ServedStore, sql: str):
    """Not by any statement, whatever fault of the app sends it."""
    refused = (NotWritable, sqlite3.IntegrityError, sqlite3.OperationalError)
    with pytest.raises(refused), logged.writing() as tx:
        tx.run(sql)
    assert _count(logged) == 1


@pytest.fixture(scope="module")
def logged(untouched: ServedStore) -> ServedStore:
    """A competition whose log has one event, which no test succeeds in changing."""
    with untouched.writing() as tx:
        put(tx)
    return untouched


def test_a_login_that_owns_the_tables_is_refused(served: ServedStore, tmp_path: Path):
    """It could put the guards off; so could a superuser."""
    url = served.address.url.replace("//arena@", "//postgres@")
    with pytest.raises(TooPowerful):
        ServedStore(replace(served.address, url=url), tmp_path / "x.db")


def test_a_login_that_may_not_make_the_schema_is_told_the_role(
    served: ServedStore, cluster: Cluster, tmp_path: Path
):
    """The refusal names what is missing, and nothing is made."""
    cluster.run("DROP ROLE IF EXISTS guest")
    cluster.run("CREATE ROLE guest LOGIN")
    url = served.address.url.replace("//arena@", "//guest@")
    with pytest.raises(NotPrepared) as refused:
        ServedStore(Address(url, "other"), tmp_path / "x.db")
    assert refused.value.values["login"] == "guest"


def test_another_competition_of_the_same_database_is_apart(served: ServedStore, tmp_path: Path):
    """Each has a schema, a lock and a log of its own."""
    with closing(ServedStore(replace(served.address, schema="second"), tmp_path / "s.db")) as other:
        with served.writing() as tx:
            put(tx)
            with other.writing() as there:
                put(there, title="Other")
        assert (titles(served), titles(other)) == (["Final"], ["Other"])


def test_a_file_is_neither_measured_nor_checkpointed(served: ServedStore):
    """Its tables have a size, and the server looks after its own journal."""
    served.checkpoints(does=False)
    served.checkpoint()
    size, journal = served.sizes()
    assert (size > 0, journal) == (True, 0)


def test_a_second_process_that_writes_makes_it_busy(served: ServedStore, opening: Open):
    """The lock is the competition's, whichever process holds it; without waiting at once."""
    other = opening()
    with served.writing() as tx:
        put(tx)
        with pytest.raises(Busy), other.writing(waits=False):
            pass
    with other.writing() as tx:
        put(tx, id="c2")
    assert len(titles(served)) == 2


def test_a_swallowed_failure_of_a_statement_keeps_nothing(served: ServedStore):
    """PostgreSQL would answer COMMIT with a silent ROLLBACK."""

    def act() -> None:
        with served.writing() as tx:
            put(tx)
            with pytest.raises(sqlite3.OperationalError):
                tx.run("SELECT nothing FROM nowhere_at_all", x=1)

    with pytest.raises(DatabaseError):
        act()
    assert titles(served) == []


@pytest.mark.parametrize(
    "url",
    ["mysql://a@b/c", "postgresql://host", "postgresql://h/d?competition=Ü", "postgresql://[/d"],
)
def test_an_address_that_names_nothing_is_refused_and_not_repeated(url: str):
    """It may hold a password."""
    with pytest.raises(BadAddress) as refused:
        read(url)
    assert refused.value.values == {}


def test_a_password_is_in_no_text_of_an_address_or_its_errors(tmp_path: Path):
    """Neither where it is printed nor where the server is not there."""
    address = read("postgresql://arena:s3cret@localhost:1/arena?competition=hani")
    assert (address.schema, address.place) == ("hani", "localhost/arena.hani")
    with pytest.raises(Unreachable) as refused:
        ServedStore(address, tmp_path / "x.db")
    said: Any = refused.value
    assert "s3cret" not in f"{address!r} {address} {said} {said.values}"


def test_a_text_is_rebound_outside_of_its_literals():
    """A name has one number; what is in quotes, a cast or a comment stays."""
    sql = "SELECT ':a', \"b:c\", x::text, :b, ':it''s :b', :c_1, :b -- :d\n, '%'"
    expected = "SELECT ':a', \"b:c\", x::text, $1, ':it''s :b', $2, $1 -- :d\n, '%'"
    assert rebound(sql) == (expected, ("b", "c_1"))
