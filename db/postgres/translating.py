"""A migration as PostgreSQL reads it: the same tables, checks, keys and triggers.

There is one set of migrations, so the two schemas cannot part; a test compares what is made of
them, table by table.  What a migration may say in SQLite's way is listed here, and no more.
"""

import re

from db.migrations import statements_of

TRIGGER = re.compile(
    r"CREATE TRIGGER (?P<name>\w+) BEFORE (?P<what>UPDATE|DELETE) ON (?P<table>\w+)\s*"
    r"(?:WHEN (?P<when>.*?))?\s*BEGIN SELECT RAISE\(ABORT, '(?P<said>[^']*)'\); END;",
    re.DOTALL,
)

SAYINGS = (
    (re.compile(r"\)\s*STRICT(?:, WITHOUT ROWID)?;"), ");"),
    (re.compile(r"\bINTEGER PRIMARY KEY AUTOINCREMENT\b"), "bigint PRIMARY KEY"),
    (re.compile(r"\bINTEGER\b"), "bigint"),
    (re.compile(r"\bTEXT\b"), 'text COLLATE "C"'),
    (re.compile(r"(\w+) NOT GLOB '\*(\[\^[^\]]+\])\*'"), r"\1 !~ '\2'"),
    (re.compile(r"\bIS NOT (?!NULL\b)"), "IS DISTINCT FROM "),
    (re.compile(r"\bIS (?!NOT\b|NULL\b|DISTINCT\b)"), "IS NOT DISTINCT FROM "),
    (re.compile(r"REFERENCES \w+\s*\([^)]*\)"), r"\g<0> DEFERRABLE"),
)


def translated(sql: str) -> list[str]:
    """The statements of a migration."""
    return [one for statement in statements_of(sql) for one in _statement(statement)]


def _statement(statement: str) -> list[str]:
    trigger = TRIGGER.search(statement)
    if trigger is not None:
        return _triggers(trigger)
    for said, meant in SAYINGS:
        statement = said.sub(meant, statement)
    return [statement]


def _triggers(trigger: re.Match[str]) -> list[str]:
    """A trigger for each row; and where no row may go, one for all of them at once."""
    name, what, table, said = trigger["name"], trigger["what"], trigger["table"], trigger["said"]
    when = _condition(trigger["when"])
    made = [
        f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW{when} "
        f"EXECUTE FUNCTION refuse('{said}')"
    ]
    if what == "DELETE":
        made.append(
            f"CREATE TRIGGER {name}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
            f"EXECUTE FUNCTION refuse('{said}')"
        )
    return made


def _condition(when: str | None) -> str:
    if when is None:
        return ""
    for said, meant in SAYINGS:
        when = said.sub(meant, when)
    return f" WHEN ({when})"


def untouchable(sql: str) -> list[tuple[str, str]]:
    """What of which table no row may ever suffer: UPDATE or DELETE, and the table."""
    return [(one["what"], one["table"]) for one in TRIGGER.finditer(sql) if one["when"] is None]
