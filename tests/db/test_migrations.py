"""The schema: made once, whole, strict, and append-only where it must be."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

import db
from db.canonical import sha256
from db.errors import NotWritable
from db.migrations import SCHEMAS, TRIGGERS, migrations, statements_of
from db.tables import TABLES, TELEMETRY
from tests.competition.event import Event
from tests.db.damage import fingerprint

NEVER_CHANGED = ("events", "snapshots", "views")


def schema(path: Path) -> list[tuple[str, str]]:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    connection.close()
    return found


@pytest.mark.on_file
def test_opening_again_changes_nothing(certified: Event):
    """Migrations are applied once; a second start finds nothing to do."""
    before = schema(certified.store.path), fingerprint(certified.store)
    db.Store(certified.store.path).close()
    assert (schema(certified.store.path), fingerprint(certified.store)) == before


def test_the_triggers_stand_after_every_migration(tmp_path: Path):
    """A migration that rebuilds a table silently drops its triggers: so count them each time."""
    database = Database(sqlite3.connect(tmp_path / "a.db", isolation_level=None))
    migrations.apply(database)
    named = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    assert {row[0] for row in named} == set(TRIGGERS)
    database.close()


APPLIED = {
    "first_schema": "1ed99271e9ec33462f59940a03aa9177fe3acdc5017fe9143a1c77aa50e62b39",
    "pad_schema": "14879a30d7b02bb8ca61c2670f3f59e6034c63524ac99878f5666528aa7792c3",
    "setup_schema": "d3c0c91c1f7a6edb20026042675728a8c2278e9ecf2556c6f3e338b5c34a21c6",
    "hall_schema": "ba33d8a7d2fd447788d1a836d5ad0fccc10fcf727dd77dd41910b4e5d87450a5",
    "facts_schema": "ad411e8d882b4c1fccb9e2fc19b009f28614334562a28e89636c1c3002573e00",
    "reserve_schema": "7a3004af9b5b92d72ae367c112f7530165033a709d2293b554b5066a9d4319cb",
    "documents_schema": "64e21f777b4a1d187fb31663342326e7cc9367cf33c60523435f6d8bf581ffbf",
    "hall_pages_schema": "36bff12793dec1bc456674c9cb1f7272a3c91050cc53fcce7ff1845a8091e74b",
}
"""SHA-256 of each migration that databases in use have applied."""


def test_every_line_of_a_migration_is_in_a_statement():
    """A statement that shares its line with another, or is not ended, would not be run."""
    for name, sql in SCHEMAS.items():
        assert "\n".join(statements_of(sql)) == sql.rstrip("\n"), name


def test_an_applied_migration_is_never_edited():
    """Databases that applied it would differ from new ones; a change is a new numbered file."""
    hashes = {name: sha256(sql) for name, sql in SCHEMAS.items()}
    assert list(hashes.items())[: len(APPLIED)] == list(APPLIED.items())


def test_a_migration_that_fails_leaves_no_half_schema(tmp_path: Path):
    """The next start begins where this one did."""
    database = Database(sqlite3.connect(tmp_path / "a.db", isolation_level=None))
    with pytest.raises(sqlite3.OperationalError), database.atomic():
        database.executescript("CREATE TABLE one (x); CREATE TABLE one (x);")
    assert database.table_names() == []
    database.close()


@pytest.mark.on_file
def test_every_table_is_declared_and_strict(store: db.Store):
    """A table is state, telemetry or the log; each checks its types."""
    with store.reading() as tx:
        listed = {
            row["name"]: row["strict"]
            for row in tx.rows("PRAGMA table_list")
            if row["type"] == "table" and not row["name"].startswith(("sqlite_", "_sqlite_"))
        }
    assert set(listed) == {*TABLES, *TELEMETRY, "events"}
    assert set(listed.values()) == {1}


@pytest.mark.on_file
def test_the_declared_key_is_the_primary_key(store: db.Store):
    """Replay finds a row by it."""
    with store.reading() as tx:
        for name, table in TABLES.items():
            columns = tx.rows(f"PRAGMA table_info({name})")
            key = sorted((c["pk"], c["name"]) for c in columns if c["pk"])
            assert tuple(column for _, column in key) == table.key, name
            assert set(table.personal) <= {c["name"] for c in columns}


@pytest.mark.parametrize("table", NEVER_CHANGED)
@pytest.mark.parametrize("sql", ["DELETE FROM {}", "UPDATE {} SET seq = seq + 1"])
def test_what_was_recorded_cannot_be_changed_or_deleted(certified: Event, table: str, sql: str):
    """Not by this program, whatever its bugs: triggers refuse."""
    certified.standing()
    before = fingerprint(certified.store)
    refused = (sqlite3.IntegrityError, NotWritable)  # by a trigger, or for want of the right
    with pytest.raises(refused, match=r"cannot be|not_writable"), certified.store.writing() as tx:
        tx.run(sql.format(table))
    assert fingerprint(certified.store) == before


@pytest.mark.on_file
def test_replacing_an_event_is_refused_too(certified: Event):
    """INSERT OR REPLACE deletes first; recursive triggers see that."""
    with pytest.raises(sqlite3.IntegrityError), certified.store.writing() as tx:
        tx.run("INSERT OR REPLACE INTO events SELECT * FROM events WHERE seq = 1")


BROKEN = {
    "text in a number": "UPDATE marks SET value = 'high'",
    "a mark below zero": "UPDATE marks SET value = -1",
    "a round in no known state": "UPDATE rounds SET state = 'finished'",
    "a sheet submitted without a time": "UPDATE sheets SET submitted_at = NULL",
    "a step that does not divide": "UPDATE criteria SET step = 7",
    "an unknown role": "UPDATE grants SET role = 'king'",
    "a nameless person": "UPDATE people SET name = ''",
    "two entrants of one number": "UPDATE round_entrants SET number = 1",
    "two judges of one number": "UPDATE seats SET number = 1",
    "a place code of 6 digits": "UPDATE entrants SET code = '532501'",
    "a deduction of nothing": "UPDATE deductions SET amount = 0",
    "a deduction confirmed by who entered it": "UPDATE deductions SET confirmed_by = entered_by",
    "a ruling confirmed by who entered it": "UPDATE rulings SET confirmed_by = entered_by",
    "a reopening answered by who asked": "UPDATE reopenings SET answered_by = asked_by",
    "a sheet of nobody": "UPDATE sheets SET person_id = 'nobody'",
    "a mark of no criterion": "UPDATE marks SET criterion_id = 'none'",
    "a person removed under their grants": "DELETE FROM people",
    "a snapshot without its hash": "INSERT INTO snapshots SELECT 'x', round_id, 9, kind, content, "
    "'', seq, at, person_id FROM snapshots",
}


@pytest.mark.on_file
def test_a_float_is_no_number(certified: Event):
    """Where PostgreSQL rounds it, SQLite refuses it; the acts write none."""
    with pytest.raises(sqlite3.IntegrityError), certified.store.writing() as tx:
        tx.run("UPDATE marks SET value = 0.5")


@pytest.mark.parametrize("sql", BROKEN.values(), ids=BROKEN.keys())
def test_the_schema_refuses(certified: Event, sql: str):
    """What no act may write, the database does not take from anybody."""
    with pytest.raises(sqlite3.IntegrityError), certified.store.writing() as tx:
        tx.run(sql)


@pytest.mark.on_file
def test_a_copy_of_the_file_opens_by_itself(certified: Event, tmp_path: Path):
    """After closing, all of it is in one file: nothing is left in a journal beside it."""
    certified.store.close()
    assert not certified.store.path.with_name(certified.store.path.name + "-wal").exists()
    shutil.copy(certified.store.path, tmp_path / "copy.db")
    copy = db.Store(tmp_path / "copy.db")
    with copy.reading() as tx:
        assert tx.value("SELECT state FROM rounds") == "certified"
    copy.close()
