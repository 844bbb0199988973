"""Two processes of two machines on one PostgreSQL: what each knows of the other, and how soon."""

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import db
from commands.bench.cluster import programs
from competition.documents import documents
from competition.standby.neighbours import Neighbours, Topic
from db import document_files
from db.errors import InUse
from db.invariants import verify
from db.postgres import listening
from db.postgres.locks import ServedLocks
from db.postgres.store import ServedStore
from db.replay import Finding
from tests.cluster import Cluster
from tests.competition import event as events
from tests.competition.event import AT, Event
from tests.competition.registry.document_rows import PDF
from tests.db.damage import master
from tests.db.test_store import put, titles

pytestmark = pytest.mark.skipif(programs() is None, reason="no PostgreSQL 15 here")

PATIENCE = 60.0
NEWER = "9-0123456789abcdef"


@pytest.fixture
def hosts(cluster: Cluster, tmp_path: Path) -> Iterator[tuple[ServedStore, ServedStore]]:
    """The competition opened by two machines, whose folders are apart."""
    address = cluster.empty()
    one, two = (ServedStore(address, tmp_path / name / address.file_name) for name in ("a", "b"))
    with closing(one), closing(two):
        yield one, two


def test_two_machines_see_each_others_server_and_leader(hosts: tuple[ServedStore, ServedStore]):
    """One alone keeps the other out; together each keeps a move out, and one of them leads."""
    one, two = hosts
    with closing(one.locks.hold()), pytest.raises(InUse):
        two.locks.hold(shared=True)
    first, second = one.locks.hold(shared=True), two.locks.hold(shared=True)
    with pytest.raises(InUse):
        ServedLocks(one.address).require_free()
    leading = one.locks.lead()
    assert leading is not None
    assert two.locks.lead() is None
    first.close()
    second.close()
    leading.close()
    ServedLocks(one.address).require_free()
    assert two.locks.lead() is not None


def test_one_that_starts_waits_for_another_that_does(hosts: tuple[ServedStore, ServedStore]):
    """So the first link is made once, whichever machine is first."""
    one, two = hosts
    passed: list[str] = []

    def start() -> None:
        with two.locks.starting():
            passed.append("second")

    with one.locks.starting():
        other = threading.Thread(target=start)
        other.start()
        passed.append("first")
    other.join()
    assert passed == ["first", "second"]


def test_what_one_machine_tells_is_heard_on_the_other(hosts: tuple[ServedStore, ServedStore]):
    """By the server's clock, so a machine whose own clock is an hour wrong is heard as well."""
    one, two = hosts
    heard: list[Any] = []
    topic = Topic(lambda of: of.path.parent.name, lambda of, told: heard.append(told))
    first = Neighbours(one, topics={"trial": topic})
    second = Neighbours(two, topics={"trial": topic})
    assert heard[-1] == ["a"]
    first.stop()
    second.step()
    assert second.leads
    second.stop()
    assert not one.path.with_name(f"{one.path.name}.notes").exists()


def test_old_notes_are_of_a_process_that_ended(hosts: tuple[ServedStore, ServedStore]):
    """They are not heard, and removed later."""
    one, two = hosts
    here, there = one.notes("here"), two.notes("there")
    here.leave("beats", json.dumps([1]))
    assert there.others("beats", within=5) == ["[1]"]
    with closing(master(one)) as connection:
        connection.execute("UPDATE arena.notes SET at = at - interval '1 minute'")
    assert there.others("beats", within=5) == []
    assert there.others("beats", within=3600) == ["[1]"]
    there.clear(older=30)
    assert there.others("beats", within=3600) == []


def test_a_newer_generation_that_one_machine_met_stops_both(
    hosts: tuple[ServedStore, ServedStore], tmp_path: Path
):
    """Also one that opens the competition later."""
    one, two = hosts
    one.supersede(NEWER)
    two.heed()
    assert two.superseded == NEWER
    with closing(ServedStore(one.address, tmp_path / "c" / "x.db")) as third:
        assert third.superseded == NEWER
        with pytest.raises(db.DatabaseError), third.writing():
            pass


def test_every_machine_signs_cookies_with_the_same_secret(hosts: tuple[ServedStore, ServedStore]):
    """A browser that the proxy sends to another machine stays signed in."""
    one, two = hosts
    assert len(one.secret()) == 64
    assert two.secret() == one.secret()


def test_a_document_put_in_on_one_machine_is_read_on_the_other(
    hosts: tuple[ServedStore, ServedStore],
):
    """Byte for byte; removed on one, it is gone from the other's folder; verify reads the rows."""
    one, two = hosts
    event = events.draft(one)
    added, kept = _added(event)
    with two.reading() as tx:
        path = document_files.there(tx, two, kept)
    assert path is not None
    assert path.read_bytes() == PDF
    assert verify(two) == []
    documents.remove_document(one, event.organizer, added, at=AT)
    document_files.sweep(two)
    assert not path.exists()
    with two.reading() as tx:
        assert document_files.there(tx, two, kept) is None


def _added(event: Event) -> tuple[str, str]:
    """A document's id, and the name of its content."""
    given = {"name": "规划.pdf", "content": PDF, "at": AT}
    made = documents.add_document(event.store, event.organizer, event.entrants[1], **given)
    with event.store.reading() as tx:
        return made, tx.value("SELECT sha256 FROM documents WHERE id = :id", id=made)


def test_a_damaged_document_is_found_in_the_rows(hosts: tuple[ServedStore, ServedStore]):
    """Not in a folder, which each machine can have otherwise."""
    one, two = hosts
    _, kept = _added(events.draft(one))
    with closing(master(one)) as connection:
        connection.execute("UPDATE arena.contents SET bytes = 'x'")
    with two.reading() as tx:
        found = list(document_files.damaged(tx, two.path))
        assert [one.check for one in found] == ["document_unchanged"]
    with closing(master(one)) as connection:
        connection.execute("DELETE FROM arena.contents")
    with two.reading() as tx:
        found = list(document_files.damaged(tx, two.path))
        assert [one.check for one in found] == ["document_there"]
        assert kept in found[0].subject


def test_a_commit_on_one_machine_wakes_the_other(hosts: tuple[ServedStore, ServedStore]):
    """At once, by a hint; a process hears no hint of its own beside its commit."""
    one, two = hosts
    woken, own = threading.Event(), []
    two.on_news(woken.set)
    one.on_news(lambda: own.append(1))
    with one.listening(), two.listening():
        _listening(two)
        with one.writing() as tx:
            put(tx)
        assert woken.wait(PATIENCE)
        assert own == [1]
    woken.clear()
    with one.writing() as tx:
        put(tx, id="c2")
    assert not woken.is_set()


def _listening(store: ServedStore, count: int = 1) -> None:
    """Wait until connections of the competition listen."""
    pause = threading.Event()
    sql = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SET synchronous_commit%'"
    for _ in range(600):
        with closing(master(store)) as connection:
            if connection.execute(sql).fetchall()[0][0] >= count:
                return
        pause.wait(0.1)
    raise AssertionError


def test_a_listener_that_was_cut_off_looks_again(
    hosts: tuple[ServedStore, ServedStore], monkeypatch: pytest.MonkeyPatch
):
    """What was hinted meanwhile is lost, so a new connection counts as news; locks come back."""
    monkeypatch.setattr(listening, "AGAIN_SECONDS", 0.05)
    one, two = hosts
    woken = threading.Event()
    two.on_news(woken.set)
    with closing(two.locks.hold(shared=True)) as held, two.listening():
        _listening(two)
        with closing(master(one)) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        assert woken.wait(PATIENCE)
        assert held.lasts()
        with pytest.raises(InUse):
            one.locks.hold()
    with one.writing() as tx:
        put(tx, id="next")
    assert titles(two)


def test_a_row_that_refers_to_nothing_is_found(hosts: tuple[ServedStore, ServedStore]):
    """The owner of the tables put the guards off for a moment; they are on again."""
    one, two = hosts
    event = events.draft(one)
    gone = event.entrants[1]
    with closing(master(one)) as connection:
        connection.execute("DELETE FROM arena.entrants WHERE id = %s", [gone])
    found = [one.subject for one in verify(two) if one.check == "foreign_keys"]
    assert f"round_entrants {event.round_id} {gone}" in found


def test_a_guard_of_references_that_was_put_off_is_an_altered_schema(
    hosts: tuple[ServedStore, ServedStore],
):
    """Every trigger of a table, also those that the server made for references."""
    one, two = hosts
    with closing(master(one)) as connection:
        connection.execute("ALTER TABLE arena.marks DISABLE TRIGGER ALL")
    found = verify(two)
    assert any(
        one.check == "schema_as_made" and one.subject.startswith("guard marks") for one in found
    )
    assert Finding("integrity", "marks") not in found


def test_a_table_that_cannot_be_read_to_its_end_is_named(hosts: tuple[ServedStore, ServedStore]):
    """A piece of a document is gone from the disk; every other table is still checked."""
    one, two = hosts
    with one.writing() as tx:
        document_files.keep(tx, one, b"x" * 9000)
    piece = "(SELECT reltoastrelid FROM pg_class WHERE oid = 'arena.contents'::regclass)::regclass"
    with closing(master(one)) as connection:
        connection.execute("CREATE EXTENSION pg_surgery SCHEMA public")
        connection.execute(
            f"SELECT public.heap_force_kill({piece}, ARRAY['(0,1)']::tid[])".encode()
        )
    found = verify(two)
    assert [one for one in found if one.check == "integrity"] == [Finding("integrity", "contents")]
    assert {one.check for one in found} == {"integrity", "document_unchanged"}
