"""One transaction: what it reads, what it writes, and what is still to be recorded."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar, cast

from db.link import Link
from db.memory import Answer, Memory
from db.tables import TABLES

Row = dict[str, Any]
Shape = TypeVar("Shape")


@dataclass
class Change:
    """One row as an act left it: ``row`` is the after-image, or None when it was removed."""

    table: str
    key: Row
    row: Row | None


@dataclass
class Transaction:
    """A lent connection inside one transaction.

    Attributes
    ----------
    changes : list of Change
        Rows written that no event records yet.
    is_written : bool
        Whether rows were written in it: what it then reads may still be rolled back.
    afterwards : list of callable
        What is done once all of it is on the disk, and never if it is rolled back.
    recorded : int
        Events appended so far.
    remembered : Memory
        What small queries answered.
    """

    db: Link
    changes: list[Change] = field(default_factory=list)
    is_written: bool = False
    afterwards: list[Callable[[], object]] = field(default_factory=list)
    recorded: int = 0
    remembered: Memory = field(default_factory=Memory)

    def rows(self, sql: str, **values: Any) -> list[Row]:
        """Every row of a query, as dicts by column name."""
        names, answers = self._answer(sql, values)
        return [dict(zip(names, row, strict=True)) for row in answers]

    def answered(self, sql: str, row: Row, **values: Any) -> None:
        """Remember the one row that a query has from now on, known without asking."""
        self.remembered.keep(sql, tuple(values.items()), (list(row), [tuple(row.values())]))

    def _answer(self, sql: str, values: dict[str, Any]) -> Answer:
        key = tuple(values.items())
        known = self.remembered.find(sql, key)
        if known is not None:
            return known
        cursor = self.db.execute(sql, values)
        answer = [column[0] for column in cursor.description], cursor.fetchall()
        self.remembered.keep(sql, key, answer)
        return answer

    def once(self, make: Callable[..., Shape], *of: Hashable) -> Shape:
        """What a function makes of this transaction and some values, made once.

        It is made again after a table is written to that the function reads.  So it may depend on
        nothing else, no time either, must write nothing, and what it gave must not be changed.
        """
        return cast("Shape", self.remembered.made(make, of, self))

    def columns(self, sql: str, **values: Any) -> dict[str, tuple[Any, ...]]:
        """A query's values by column name: for thousands of rows a third as dear as `rows`."""
        self.remembered.note(sql)
        cursor = self.db.execute(sql, values)
        names = [column[0] for column in cursor.description]
        values_of = list(zip(*cursor, strict=True)) or [()] * len(names)
        return dict(zip(names, values_of, strict=True))

    def one(self, sql: str, **values: Any) -> Row | None:
        """The first row of a query, or None."""
        matched = self.rows(sql, **values)
        return matched[0] if matched else None

    def rows_of(self, _shape: type[Shape], sql: str, **values: Any) -> list[Shape]:
        """As `rows`, where a query gives the columns of a shape of `db.shapes`."""
        return cast("list[Shape]", self.rows(sql, **values))

    def one_of(self, _shape: type[Shape], sql: str, **values: Any) -> Shape | None:
        """As `one`, where a query gives the columns of a shape of `db.shapes`."""
        return cast("Shape | None", self.one(sql, **values))

    def stored(self, shape: type[Shape], table: str, *, order: str = "", **key: Any) -> list[Shape]:
        """The rows of a table with these values, in an order of columns."""
        where = " AND ".join(f"{name} = :{name}" for name in key)
        by = f" ORDER BY {order}" if order else ""
        return self.rows_of(shape, f"SELECT * FROM {table} WHERE {where}{by}", **key)

    def stored_one(self, shape: type[Shape], table: str, **key: Any) -> Shape | None:
        """The row of a table with this key."""
        row = self.stored(shape, table, **key)
        return row[0] if row else None

    def value(self, sql: str, **values: Any) -> Any:
        """The first column of the first row, or None."""
        _, answers = self._answer(sql, values)
        return answers[0][0] if answers else None

    def run(self, sql: str, **values: Any) -> int:
        """Execute a statement on a table outside the events; return the rows it touched."""
        self.remembered.forget_written(sql)
        return int(self.db.execute(sql, values).rowcount)

    def made(self, sql: str, **values: Any) -> Any:
        """Insert a row outside the events; return what the statement says of it."""
        self.remembered.forget_written(sql)
        return self.db.execute(sql, values).fetchall()[0][0]

    def put(self, table: str, row: Mapping[str, Any]) -> None:
        """Insert or update one whole row by its key and remember it for the event.

        Raises
        ------
        sqlite3.IntegrityError
            If a CHECK, a foreign key or another unique index refuses it.
        """
        self.remembered.forget(table)
        key = TABLES[table].key
        stored = self.db.execute(_put(table, tuple(row)), dict(row))
        names, stored_rows = [column[0] for column in stored.description], stored.fetchall()
        of_key = {name: row[name] for name in key}
        image = (
            dict(zip(names, stored_rows[0], strict=True))
            if stored_rows
            else self._found(table, of_key)
        )
        self.is_written = True
        self.changes.append(Change(table, of_key, image))

    def put_back(
        self, table: str, names: tuple[str, ...], rows: Iterable[Mapping[str, Any]]
    ) -> None:
        """As `put`, of rows with these columns that an event gives again: none is to record them.

        Raises
        ------
        KeyError
            If a column of the key is not among them.
        """
        if not set(TABLES[table].key).issubset(names):
            raise KeyError(table)
        self.remembered.forget(table)
        self.is_written = True
        self.db.insert_many(_put_back(table, names), rows)

    def change(self, table: str, key: Row, **values: Any) -> None:
        """Change some columns of a stored row and remember the whole row for the event.

        Cheaper than `put`, which writes every column again, with the indexes on them.
        """
        self.remembered.forget(table)
        stored = self.db.execute(_change(table, tuple(values)), {**key, **values})
        names, (row,) = [column[0] for column in stored.description], stored.fetchall()
        self.is_written = True
        self.changes.append(Change(table, key, dict(zip(names, row, strict=True))))

    def _found(self, table: str, key: Row) -> Row | None:
        where = " AND ".join(f"{name} = :{name}" for name in key)
        return self.one(f"SELECT * FROM {table} WHERE {where}", **key)

    def remove(self, table: str, **key: Any) -> None:
        """Delete one row by its key and remember that for the event."""
        self.remembered.forget(table)
        where = " AND ".join(f"{name} = :{name}" for name in key)
        if self.db.execute(f"DELETE FROM {table} WHERE {where}", key).rowcount:
            self.is_written = True
            self.changes.append(Change(table, key, None))

    def remove_rows(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Delete stored rows, each by the key in it; as `remove`."""
        for row in rows:
            self.remove(table, **{name: row[name] for name in TABLES[table].key})


@lru_cache(maxsize=512)
def _put(table: str, names: tuple[str, ...]) -> str:
    """Insert or update one row, and say how it is stored; nothing where it is only a key."""
    return f"{_put_back(table, names)} RETURNING *"


@lru_cache(maxsize=512)
def _put_back(table: str, names: tuple[str, ...]) -> str:
    key = TABLES[table].key
    others = [f"{name} = excluded.{name}" for name in names if name not in key]
    update = f"UPDATE SET {', '.join(others)}" if others else "NOTHING"
    return (
        f"INSERT INTO {table} ({', '.join(names)}) "
        f"VALUES ({', '.join(f':{name}' for name in names)}) "
        f"ON CONFLICT ({', '.join(key)}) DO {update}"
    )


@lru_cache(maxsize=512)
def _change(table: str, names: tuple[str, ...]) -> str:
    where = " AND ".join(f"{name} = :{name}" for name in TABLES[table].key)
    to = ", ".join(f"{name} = :{name}" for name in names)
    return f"UPDATE {table} SET {to} WHERE {where} RETURNING *"
