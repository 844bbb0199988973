"""A full or read-only disk, a held lock: refused in words, and reading goes on."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from tests.competition.event import Event
from tests.routes.client import Client
from tests.routes.requests import JUDGE, WRITES
from words import LANGS


@contextmanager
def full(event: Event) -> Iterator[None]:
    """SQLite may add no page to the file, as when the disk is full."""
    conn = event.store._writer.conn
    pages = conn.execute("PRAGMA page_count").fetchone()[0]
    most = conn.execute("PRAGMA max_page_count").fetchone()[0]
    conn.execute(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        conn.execute(f"PRAGMA max_page_count = {most}")


@contextmanager
def read_only(event: Event) -> Iterator[None]:
    """The writer's connection may not write."""
    conn = event.store._writer.conn
    conn.execute("PRAGMA query_only = ON")
    try:
        yield
    finally:
        conn.execute("PRAGMA query_only = OFF")


@contextmanager
def held(event: Event) -> Iterator[None]:
    """Another program is writing."""
    with closing(sqlite3.connect(event.store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


FAULTS = {
    "full": (full, 507, "database_disk_full"),
    "read_only": (read_only, 503, "database_not_writable"),
    "held": (held, 503, "database_busy"),
}


def unseen(event: Event) -> None:
    """Every device was last seen long ago, so that its presence is due to be noted."""
    with event.store.writing() as tx:
        tx.run("UPDATE sign_ins SET last_seen = '2022-03-18T00:00:00.000Z'")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_disk_is_said_and_reading_goes_on(event: Event, client: Client, fault: str):
    """Status, code, both languages; the judge's work is still read; afterwards a mark is saved."""
    begin, status, code = FAULTS[fault]
    judge = client.entered(event, JUDGE)
    body = WRITES["PUT", "/api/remarks"](event) | {"text": "评" * 1900}
    work = f"/api/work?round={event.round_id}"
    unseen(event)
    with begin(event):
        sent = (judge.ask("PUT", "/api/remarks", body | {"id": f"{fault}-{n}"}) for n in range(30))
        refused = next(answer for answer in sent if answer.status != 200)  # free pages fill first
        reads = [judge.ask("GET", path).status for path in (work, "/pad", "/healthz")]
        opened = client.ask("GET", "/j/wrong")
    assert (refused.status, refused.json["error"]) == (status, code)
    assert set(refused.json["says"]) == set(LANGS)
    assert all(refused.json["says"].values())
    assert reads == [200, 303, 200]
    assert opened.status in (404, status)
    assert judge.ask("PUT", "/api/remarks", body | {"id": f"{fault}-after"}).status == 200


def test_noting_presence_makes_nobody_wait(event: Event, client: Client):
    """While another program writes, a tablet's question is answered as ever."""
    judge = client.entered(event, JUDGE)
    unseen(event)
    with held(event):
        assert judge.ask("GET", f"/api/now?round={event.round_id}").status == 200
    with event.store.reading() as tx:
        kept = tx.value("SELECT max(last_seen) FROM sign_ins")
    assert kept == "2022-03-18T00:00:00.000Z"
