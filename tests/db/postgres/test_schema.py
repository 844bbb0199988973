"""The schema in PostgreSQL is the file's: tables, columns, keys, checks, triggers."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from db import copying
from db.invariants import violations
from db.migrations import SCHEMAS, TRIGGERS
from db.postgres import beside
from db.postgres.address import Address
from db.postgres.store import ServedStore
from db.postgres.translating import TRIGGER, translated
from db.replay import Finding
from db.schema_as_made import fresh_file
from db.tables import TABLES, TELEMETRY
from tests.cluster import Cluster
from tests.db.damage import master
from tests.forks import forked

EVERY = (*TABLES, *TELEMETRY, "events")
CLASS = {"TEXT": "text", "INTEGER": "bigint"}
SPACE = re.compile(r"[\s()]+")

Columns = dict[str, tuple[str, bool]]
Keys = set[tuple[str, ...]]


@pytest.fixture
def file() -> sqlite3.Connection:
    """A fresh file, in memory."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(fresh_file())
    return connection


def columns_of(file: sqlite3.Connection, table: str) -> Columns:
    found = file.execute(f"PRAGMA table_info({table})").fetchall()
    return {name: (CLASS[kind], bool(needed or key)) for _, name, kind, needed, _, key in found}


def keys_of(file: sqlite3.Connection, table: str) -> Keys:
    """Primary key and unique constraints, and unique indexes of plain columns."""
    rows = sorted(file.execute(f"PRAGMA table_info({table})"), key=lambda row: row[5])
    key = tuple(row[1] for row in rows if row[5])
    found = {key} if key else set()
    for _, name, unique, _, partial in file.execute(f"PRAGMA index_list({table})").fetchall():
        names = [row[2] for row in file.execute(f"PRAGMA index_info({name})")]
        if unique and not partial and None not in names:
            found.add(tuple(names))
    return found


def test_tables_columns_types_and_keys_are_the_files(
    untouched: ServedStore, file: sqlite3.Connection
):
    """Whole numbers are bigint, texts are compared byte by byte, and what may be missing may."""
    with untouched.reading() as tx:
        for table in EVERY:
            rows = tx.rows(
                """SELECT a.attname AS name, format_type(a.atttypid, NULL) AS kind,
                    a.attnotnull AS needed, l.collname AS sorted FROM pg_attribute a
                LEFT JOIN pg_collation l ON l.oid = a.attcollation
                WHERE a.attrelid = CAST(:t AS regclass) AND a.attnum > 0 AND NOT a.attisdropped""",
                t=table,
            )
            there = {row["name"]: (row["kind"], bool(row["needed"])) for row in rows}
            assert there == columns_of(file, table), table
            assert {row["sorted"] for row in rows if row["kind"] == "text"} <= {"C"}, table
            keys = tx.rows(
                """SELECT (SELECT string_agg(a.attname, ' ' ORDER BY k.place)
                    FROM unnest(i.indkey) WITH ORDINALITY AS k (number, place)
                    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number) AS names
                FROM pg_index i WHERE i.indrelid = CAST(:t AS regclass) AND i.indisunique
                    AND i.indpred IS NULL AND i.indexprs IS NULL""",
                t=table,
            )
            assert {tuple(row["names"].split()) for row in keys} == keys_of(file, table), table


def test_no_table_is_more_or_fewer(untouched: ServedStore):
    """Beside those of a file there are some that only PostgreSQL needs, each with its rights."""
    with untouched.reading() as tx:
        rows = tx.rows("SELECT tablename AS t FROM pg_tables WHERE schemaname = 'arena'")
    assert {row["t"] for row in rows} == {*EVERY, *beside.RIGHTS}


def test_references_checks_and_indexes_are_as_many_as_the_files(
    untouched: ServedStore, file: sqlite3.Connection
):
    """None is lost on the way; each check is also tried in tests/db/test_migrations.py."""
    with untouched.reading() as tx:
        for table in EVERY:
            sql = file.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchone()
            count = tx.one(
                """SELECT count(*) FILTER (WHERE contype = 'f') AS references,
                    count(*) FILTER (WHERE contype = 'c') AS checks
                FROM pg_constraint WHERE conrelid = CAST(:t AS regclass)""",
                t=table,
            )
            references = file.execute(f"PRAGMA foreign_key_list({table})").fetchall()
            assert count == {
                "references": len({row[0] for row in references}),
                "checks": len(re.findall(r"\bCHECK\b", sql[0])),
            }, table
        made = file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
            "AND tbl_name NOT LIKE '%sqlite%'"
        )
        names = {row["i"] for row in tx.rows("SELECT indexname AS i FROM pg_indexes")}
        assert {row[0] for row in made} <= names


def test_every_trigger_is_there_and_those_that_keep_rows_keep_whole_tables(untouched: ServedStore):
    """TRUNCATE goes past the triggers of rows."""
    with untouched.reading() as tx:
        rows = tx.rows("SELECT tgname AS t FROM pg_trigger WHERE NOT tgisinternal")
    names = {row["t"] for row in rows}
    assert set(TRIGGERS) <= names
    assert {f"{name}_whole" for name in TRIGGERS if name.endswith("_remain")} <= names


def test_every_trigger_of_the_migrations_is_understood():
    """One that is written in another way would be sent to PostgreSQL as it is, and fail."""
    for sql in SCHEMAS.values():
        assert len(TRIGGER.findall(sql)) == sql.count("CREATE TRIGGER")
        for statement in translated(sql):
            for word in ("STRICT", "GLOB", "RAISE(", "AUTOINCREMENT", "WITHOUT ROWID"):
                assert word not in statement


def test_the_order_of_writing_is_known_wherever_it_is_asked_for():
    """Tables whose rows are sorted by SQLite's rowid, from the SQL of the rooms."""
    assert copying.ORDERED == beside.ORDERED


@pytest.mark.parametrize(
    ("statement", "thing"),
    [
        ("ALTER TABLE events DISABLE TRIGGER events_stay", "trigger events_stay"),
        ("DROP TRIGGER events_stay ON events", "trigger events_stay"),
        ("ALTER TABLE marks ADD COLUMN hint text", "column marks.hint"),
        ("DROP INDEX events_of_round", "index events_of_round"),
    ],
)
def test_a_changed_schema_is_named(served: ServedStore, statement: str, thing: str):
    """A guard that the owner of the tables took away shows."""
    with closing(master(served)) as connection:
        connection.execute(statement.encode())
    with served.reading() as tx:
        assert violations(tx) == [Finding("schema_as_made", thing)]


def test_two_that_migrate_at_once_make_it_once(server: Cluster, tmp_path: Path):
    """The second waits for the first, and finds nothing left to do."""
    address = server.fresh()
    running = [forked(_opened_and_closed, address, tmp_path / "x.db") for _ in range(2)]
    for process in running:
        process.join()
    assert [process.exitcode for process in running] == [0, 0]
    with psycopg.connect(address.url) as connection:
        rows = connection.execute("SELECT count(*) FROM arena.migrations").fetchall()
    assert rows == [(len(SCHEMAS) + len(beside.LATER),)]


def _opened_and_closed(address: Address, path: Path) -> None:
    ServedStore(address, path).close()
