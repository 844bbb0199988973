"""A PostgreSQL server of a run's own, and where a test keeps its competition."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

import db
from commands.bench.cluster import as_server
from db.copying import copy_rows
from db.document_files import carry
from db.postgres.address import Address, read
from db.postgres.pools import give_back, lend
from db.postgres.store import ServedStore

FILE, SERVED = "file", "postgresql"
LOGIN = "arena"


TABLES = "SELECT relname FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = 'r'"
BESIDE = {"migrations", "as_made"}
"""Tables of the schema that hold no row of a competition."""
SWEPT_EACH = 50
"""After so many tests the rows that were deleted are swept out."""
ALONE = "-c session_replication_role=replica -c lock_timeout=5000"
"""No trigger, no reference; a transaction that a test left open is an error, not a wait."""
QUICK = "-c fsync=off -c full_page_writes=off -c autovacuum=off -c max_connections=200"
"""A server whose data end with the run has no disk to wait for."""
ENDING = 'cat > /dev/null; "$0" -D "$1/data" -m immediate stop > /dev/null 2>&1; rm -rf "$1"'
"""Waits until the worker closes its end of the pipe, as it does however it dies."""


@dataclass
class Cluster:
    """A running server, reached by a socket in its folder.

    One database and one pool of connections serve every test: the rows are deleted and those of
    the test's state put in, by a function whose plans the server keeps.
    """

    folder: Path
    programs: Path
    states: dict[str, str] = field(default_factory=dict)
    used: int = 0
    _seen: tuple[str, str] = ("", "")
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _master: psycopg.Connection[Any] | None = None

    def url(self, database: str = "arena", login: str = LOGIN) -> str:
        """The address of a database here, without the competition."""
        return f"postgresql://{login}@/{database}?host={self.folder}"

    def run(self, sql: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Execute statements as the superuser, with no trigger and no reference checked."""
        with psycopg.connect(self.url(database, "postgres"), autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def fresh(self) -> Address:
        """A new database without a schema."""
        name = f"fresh_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} OWNER {LOGIN}_owner")
        return read(self.url(name))

    def copy(self, address: Address) -> Address:
        """A new database as another one is, to which nobody is connected."""
        name, of = f"copy_{next(self.numbers)}", address.url.rsplit("/", 1)[1].split("?")[0]
        self.run(f"CREATE DATABASE {name} TEMPLATE {of} OWNER {LOGIN}_owner")
        return read(self.url(name))

    def clone(self, file: Path) -> Address:
        """A new database with the rows of a file, for tests that need several at once."""
        address = self.empty()
        self._load(file, address)
        return address

    def empty(self, name: str = "") -> Address:
        """A new database with an empty competition, copied from one that was migrated."""
        if "empty" not in self.states:
            self.run(f"CREATE DATABASE empty OWNER {LOGIN}_owner")
            ServedStore(read(self.url("empty")), self.folder / "empty").close()
            self.states["empty"] = ""
        name = name or f"clone_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE empty OWNER {LOGIN}_owner")
        return read(self.url(name))

    def filled(self, state: str, file: Path) -> Address:
        """The database with the rows of a file; a state is loaded once and kept in a schema."""
        state = f"state_{state or 'empty'}"
        if state not in self.states:
            self._keep(state, file)
        if self._seen == (state, self._written()):
            return read(self.url())
        self._execute(f"SELECT {state}.put()")
        self._seen = state, self._written()
        self.used += 1
        if self.used % SWEPT_EACH == 0:
            self._execute(f"VACUUM {self.states[state]}")
        return read(self.url())

    def _keep(self, state: str, file: Path) -> None:
        if self._master is None:
            lend(self.empty("arena").url)
        found = self.run(TABLES.replace("$1", "'arena'"), "arena")
        names = sorted(row[0] for row in found if row[0] not in BESIDE)
        clear = "".join(f"DELETE FROM arena.{name};" for name in names)
        self._execute(clear)
        self._load(file, read(self.url()))
        copies = "".join(f"CREATE TABLE {state}.{name} AS TABLE arena.{name};" for name in names)
        self._execute(f"CREATE SCHEMA {state}; {copies}")
        asked = (f"SELECT '{name}' WHERE EXISTS (SELECT FROM arena.{name})" for name in names)
        put = "".join(
            f"INSERT INTO arena.{row[0]} OVERRIDING SYSTEM VALUE TABLE {state}.{row[0]};"
            for row in self.run(" UNION ALL ".join(asked), "arena")
        )
        self._execute(
            f"CREATE FUNCTION {state}.put() RETURNS void LANGUAGE plpgsql "
            f"AS $$ BEGIN {clear} {put} END $$"
        )
        self.states[state] = ", ".join(f"arena.{name}" for name in names)

    def _written(self) -> str:
        """What is another after whatever wrote anything here."""
        asked = self._execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
        return str(asked.fetchall()[0][0])

    def _execute(self, sql: str) -> psycopg.Cursor[Any]:
        """Execute statements on the kept connection; on another where a test's kill closed it."""
        try:
            return self._connected().execute(sql.encode())
        except psycopg.OperationalError:
            self._master = None
            return self._connected().execute(sql.encode())

    def _connected(self) -> psycopg.Connection[Any]:
        if self._master is None:
            url = self.url(login="postgres")
            self._master = psycopg.connect(url, autocommit=True, options=ALONE)
        return self._master

    def _load(self, file: Path, address: Address) -> None:
        source, target = db.Store(file), ServedStore(address, file)
        with source.reading() as rows, target.writing() as tx:
            carry(rows, source, tx, target)
            copy_rows(rows, tx)
        target.close()
        source.close()

    def close(self) -> None:
        """End the connections that serve every test."""
        if self._master is not None:
            self._master.close()
            give_back(read(self.url()).url)


def started(programs: Path) -> tuple[Path, subprocess.Popen[bytes]]:
    """Start a server in a folder of its own.

    Returns
    -------
    tuple
        The folder, and what ends the server and removes the folder once its input is closed: it
        outlives this process, also one that is killed.
    """
    folder = Path(tempfile.mkdtemp(prefix="arena-pg-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        folder.chmod(0o711)
    data, log, control = folder / "data", folder / "log", programs / "pg_ctl"
    made = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    subprocess.run([programs / "initdb", "-D", data, *made], **as_server())
    user = {name: value for name, value in as_server().items() if name in ("user", "group")}
    alone: dict[str, Any] = {"stdin": subprocess.PIPE, "start_new_session": True, "cwd": "/"}
    ending = subprocess.Popen(["sh", "-c", ENDING, control, folder], **alone, **user)
    options = f"-k {folder} -c listen_addresses='' {QUICK}"
    start = [control, "-D", data, "-w", "-o", options, "-l", log, "start"]
    subprocess.run(start, **{**as_server(), "capture_output": False})
    return folder, ending


@dataclass
class Kept:
    """Where the test's competition is kept."""

    request: pytest.FixtureRequest
    kind: str

    def open(self, path: Path, state: str = "") -> db.Store:
        """The store of a file, or one in PostgreSQL with the file's rows."""
        if self.kind == FILE:
            return db.Store(path)
        cluster: Cluster = self.request.getfixturevalue("cluster")
        store = ServedStore(cluster.filled(state, path), path)
        path.unlink()
        return store
