"""A connection to PostgreSQL, spoken to as to a file's: the same calls, the same errors."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.adapt import Dumper, Loader
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import Int8Dumper
from psycopg.types.string import StrDumper
from psycopg_pool import PoolTimeout

from db.copying import rows_into_file
from db.errors import Busy, DatabaseError, Doomed, Unreachable
from db.postgres import checking
from db.postgres.address import Address
from db.postgres.faults import in_our_words
from db.postgres.rebinding import rebound

if TYPE_CHECKING:
    from db.postgres.pools import Pool

TRIES = 3
"""How often a transaction is begun where a connection was lost: nothing has been said in it yet."""

SETTINGS = (
    "-c synchronous_commit=on -c lock_timeout=2000 -c client_min_messages=warning "
    "-c idle_in_transaction_session_timeout=120000 "
    "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
)
"""Commits reach the disk; a lock is waited for two seconds; an act that hangs is put an end to;
of a machine that vanished the server lets go after eleven seconds."""

Connection = psycopg.Connection[tuple[Any, ...]]
Cursor = psycopg.Cursor[tuple[Any, ...]]


class _Truth(Loader):
    """A boolean as the number that a file gives."""

    def load(self, data: psycopg.abc.Buffer) -> int:
        return int(bytes(data) == b"t")


class _Whole(Loader):
    """A sum of whole numbers as a whole number."""

    def load(self, data: psycopg.abc.Buffer) -> int | float:
        text = bytes(data).decode()
        return float(text) if "." in text else int(text)


class _TruthDumper(Dumper):
    """A truth as the number in which it is stored."""

    oid = Int8Dumper.oid

    def dump(self, obj: bool) -> bytes:
        return b"1" if obj else b"0"


def prepare(connection: Connection) -> None:
    """Make a connection exchange values as a file's does."""
    adapters = connection.adapters
    adapters.register_loader("bool", _Truth)
    adapters.register_loader("numeric", _Whole)
    adapters.register_dumper(bool, _TruthDumper)
    adapters.register_dumper(int, Int8Dumper)
    adapters.register_dumper(str, StrDumper)


def connect_to(address: str) -> Connection:
    """A new connection, on which each statement stands alone until a transaction begins."""
    return psycopg.connect(address, **options())


def options() -> dict[str, Any]:
    """What every connection is opened with."""
    return {
        "autocommit": True,
        "cursor_factory": psycopg.RawCursor,
        "options": SETTINGS,
        "application_name": "arena",
        "connect_timeout": 5,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
    }


class Link:
    """A connection that is borrowed for each transaction and given back after it.

    Attributes
    ----------
    total_changes : int
        Rows written through it so far.
    """

    holds_contents = True

    def __init__(self, pool: "Pool", address: Address) -> None:
        self._pool, self._address = pool, address
        self._held: Connection | None = None
        self.total_changes = 0

    @property
    def conn(self) -> "Link":
        """Itself: there is no other connection beneath."""
        return self

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is begun."""
        return self._held is not None

    @property
    def is_spoilt(self) -> bool:
        """Whether a statement failed, after which nothing of the transaction can be kept."""
        held = self._held
        return held is not None and held.info.transaction_status not in (
            TransactionStatus.INTRANS,
            TransactionStatus.ACTIVE,
        )

    def is_as_left(self) -> bool:
        """False: PostgreSQL does not say, and each transaction has another connection."""
        return False

    def begin_writing(self, *, waits: bool) -> None:
        """Begin to write: what ``BEGIN IMMEDIATE`` is to a file, one lock of the competition."""
        lock = "pg_advisory_xact_lock" if waits else "pg_try_advisory_xact_lock"
        last = self._begin("READ COMMITTED", f"SELECT {lock}({self._address.lock})::text")
        if not waits and last == "false":
            self.roll_back()
            raise Busy

    def begin_beside(self) -> None:
        """Begin to write what lies beside the competition: without the lock of an act."""
        self._begin("READ COMMITTED", "SELECT 1")

    def begin_reading(self) -> None:
        """Begin to read: all that is read is one moment, and nothing can be written."""
        self._begin("REPEATABLE READ READ ONLY", "SELECT 1")

    def _begin(self, mode: str, first: str) -> Any:
        text = (
            f"BEGIN ISOLATION LEVEL {mode}; "
            f'SET LOCAL search_path TO "{self._address.schema}"; {first}'
        )
        for left in reversed(range(TRIES)):
            try:
                self._held = self._pool.lend(self._address.schema)
                cursor = self._held.execute(text, prepare=False)
                while cursor.nextset():
                    pass
                return cursor.fetchall()[0][0]
            except PoolTimeout as error:
                raise self._none_free() from error
            except psycopg.Error as error:
                said = in_our_words(error, self._address.place)
                self._give_back()
                if not left or not isinstance(said, Unreachable):
                    raise said from error
                self._pool.check()
        return None

    def _none_free(self) -> DatabaseError:
        is_full = self._pool.get_stats().get("pool_size", 0) >= self._pool.max_size
        return Busy() if is_full else Unreachable(path=self._address.place)

    def execute(self, sql: str, values: dict[str, Any] | None = None) -> Cursor:
        """Execute one statement; as a file's connection, but a failure spoils the transaction."""
        text, names = rebound(sql)
        if self._held is None:
            raise sqlite3.ProgrammingError("no transaction is begun")
        try:
            cursor = self._held.execute(text, [(values or {})[name] for name in names])
        except psycopg.Error as error:
            raise in_our_words(error, self._address.place) from error
        if cursor.description is None:
            self.total_changes += max(cursor.rowcount, 0)
        return cursor

    def copy_into(self, target: sqlite3.Connection) -> None:
        """Copy row by row into a file of the same schema."""
        rows_into_file(self, target)

    def defer_references(self) -> None:
        """Check references at the commit."""
        self.execute("SET CONSTRAINTS ALL DEFERRED")

    def insert_many(self, sql: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Execute an insertion for each row, without waiting for each answer."""
        text, names = rebound(sql)
        if self._held is None:
            raise sqlite3.ProgrammingError("no transaction is begun")
        try:
            with self._held.cursor() as cursor:
                cursor.executemany(text, ([row[name] for name in names] for row in rows))
        except psycopg.Error as error:
            raise in_our_words(error, self._address.place) from error

    def damage(self) -> list[str]:
        """Tables that the server cannot read to their end."""
        return checking.damage(self, self._address.schema)

    def has_checksums(self) -> bool:
        """Whether the server was made with checksums of its pages."""
        return bool(self.execute("SHOW data_checksums").fetchall()[0][0] == "on")

    def loose_references(self) -> list[str]:
        """Table and key of each row that refers to nothing."""
        return checking.loose_references(self, self._address.schema)

    def altered(self) -> list[str]:
        """Each thing that is missing, added, disabled, or defined in another way."""
        return checking.altered(self, self._address.schema)

    def commit(self) -> None:
        """Commit; a transaction that a failed statement has spoilt is refused, not forgotten."""
        if self.is_spoilt:
            self.roll_back()
            raise Doomed
        try:
            self.execute("COMMIT")
        finally:
            self._give_back()

    def roll_back(self) -> None:
        """Undo all; a connection that is gone has undone it already."""
        try:
            if self._held is not None and not self._held.closed:
                self._held.execute("ROLLBACK")
        except psycopg.Error:
            pass
        finally:
            self._give_back()

    def _give_back(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            self._pool.putconn(held)

    def close(self) -> None:
        """Undo what is not committed."""
        self.roll_back()
