"""What small queries answered, until a table that they read from is written to.

Rights, rounds and rubrics are asked for again and again within one transaction.  A query is
forgotten where a table is written whose name is among its words: no table is read otherwise, for
there are no views, and no trigger and no reference writes further rows.  What a function makes of
such answers is remembered as well, until one of the queries that it asked is forgotten.
"""

import re
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

Answer = tuple[list[str], list[tuple[Any, ...]]]
Values = tuple[tuple[str, Any], ...]

MOST_ROWS = 64
"""Of so many rows at most a query's answer is remembered."""
MOST = 4096
"""So many answers are remembered; then all are forgotten."""


class Made:
    """What a function made of values, and the queries that it asked."""

    def __init__(self) -> None:
        self.values: dict[tuple[Hashable, ...], Any] = {}
        self.asked: set[str] = set()

    def reads(self, table: str) -> bool:
        """Whether one of the queries names a table."""
        return any(table in _words(sql) for sql in self.asked)


class Memory:
    """The answers of one connection, for as long as nothing but its own writes changes them."""

    def __init__(self) -> None:
        self._answers: dict[str, dict[Values, Answer]] = {}
        self._made: dict[Callable[..., Any], Made] = {}
        self._naming: dict[str, list[dict[Any, Any]]] = {}
        self._asked: set[str] | None = None
        self._count = 0

    def find(self, sql: str, values: Values) -> Answer | None:
        """What a query answered with these values; None where that is not known."""
        if self._asked is not None:
            self._asked.add(sql)
        of_query = self._answers.get(sql)
        return of_query.get(values) if of_query else None

    def keep(self, sql: str, values: Values, answer: Answer) -> None:
        """Remember an answer, if it is a small one."""
        if len(answer[1]) > MOST_ROWS:
            return
        if self._count >= MOST:
            self.forget_all()
        of_query = self._answers.get(sql)
        if of_query is None:
            of_query = self._answers[sql] = {}
            self._naming.clear()
        of_query[values] = answer
        self._count += 1

    def note(self, sql: str) -> None:
        """Note that a function being made for `made` asked a query."""
        if self._asked is not None:
            self._asked.add(sql)

    def made(self, make: Callable[..., Any], of: tuple[Hashable, ...], first: object) -> Any:
        """What a function made of these values, or makes of them and of its first argument now."""
        known = self._made.get(make)
        if known is None:
            known = self._made[make] = Made()
        if of not in known.values:
            if self._count >= MOST:
                self.forget_all()
            before, self._asked = self._asked, set()
            try:
                value = make(first, *of)
            finally:
                asked, self._asked = self._asked, before
            if not asked <= known.asked:
                known.asked |= asked
                self._naming.clear()
            known.values[of] = value
            self._made[make] = known
            self._count += 1
        if self._asked is not None:
            self._asked |= known.asked
        return known.values[of]

    def forget(self, table: str) -> None:
        """Forget every query that names a table, and what was made of its answers."""
        naming = self._naming.get(table)
        if naming is None:
            naming = [known for sql, known in self._answers.items() if table in _words(sql)]
            naming += [made.values for made in self._made.values() if made.reads(table)]
            self._naming[table] = naming
        for of_query in naming:
            of_query.clear()

    def forget_written(self, sql: str) -> None:
        """Forget what a statement may have changed."""
        table = _written(sql)
        if table is None:
            self.forget_all()
        else:
            self.forget(table)

    def forget_all(self) -> None:
        """Forget everything."""
        self._answers.clear()
        self._made.clear()
        self._naming.clear()
        self._count = 0


@lru_cache(maxsize=1024)
def _words(sql: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", sql))


@lru_cache(maxsize=1024)
def _written(sql: str) -> str | None:
    """The table that a statement writes to; None where that is not plain."""
    statement = re.match(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+(\w+)", sql)
    return statement[1] if statement else None
