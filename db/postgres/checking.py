"""What `verify` asks of PostgreSQL itself: tables that can be read, references, the schema.

A page is checked by the server as it is read, where its checksums are on; `verify` says so where
they are not.
"""

import sqlite3

from db.errors import DatabaseError
from db.link import Link
from db.postgres.beside import DESCRIBED

TABLES = """
    SELECT oid::regclass::text FROM pg_class
    WHERE relnamespace = CAST(:schema AS regnamespace) AND relkind = 'r' ORDER BY 1"""

REFERENCES = """
    SELECT f.conrelid::regclass::text AS child, f.confrelid::regclass::text AS parent,
        (SELECT string_agg(format('p.%I = c.%I', q.attname, a.attname), ' AND ')
            FROM unnest(f.conkey, f.confkey) AS k (own, other)
            JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.own
            JOIN pg_attribute q ON q.attrelid = f.confrelid AND q.attnum = k.other) AS equal,
        (SELECT string_agg(format('c.%I IS NOT NULL', a.attname), ' AND ')
            FROM unnest(f.conkey) AS k (own)
            JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.own) AS named,
        (SELECT string_agg(format('c.%I', a.attname), ', ')
            FROM unnest(i.indkey) AS k (own)
            JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.own) AS key
    FROM pg_constraint f JOIN pg_index i ON i.indrelid = f.conrelid AND i.indisprimary
    WHERE f.contype = 'f' AND f.connamespace = CAST(:schema AS regnamespace)
    ORDER BY f.conrelid::regclass::text, f.conname"""
"""Every reference: which table to which, what is equal, what is not missing, the row's key."""


def damage(link: Link, schema: str) -> list[str]:
    """Tables that the server cannot read to their end; asked one by one where all at once fail."""
    tables = [row[0] for row in link.execute(TABLES, {"schema": schema}).fetchall()]
    return [] if _reads(link, tables) else [one for one in tables if not _reads(link, [one])]


def _reads(link: Link, tables: list[str]) -> bool:
    link.execute("SAVEPOINT reading")
    try:
        link.execute(
            " UNION ALL ".join(f"SELECT count({one}.*::text) FROM {one}" for one in tables)
        )
        link.execute("RELEASE reading")
    except (DatabaseError, sqlite3.Error):
        link.execute("ROLLBACK TO reading")
        return False
    return True


def loose_references(link: Link, schema: str) -> list[str]:
    """Table and key of each row that refers to nothing.

    No statement of the app can make one, but the owner of the tables can, with triggers off.
    """
    references = link.execute(REFERENCES, {"schema": schema}).fetchall()
    asked = " UNION ALL ".join(
        f"SELECT concat_ws(' ', '{child}', {key}) FROM {child} c WHERE {named} "
        f"AND NOT EXISTS (SELECT FROM {parent} p WHERE {equal})"
        for child, parent, equal, named, key in references
    )
    return [row[0] for row in link.execute(f"{asked} ORDER BY 1").fetchall()]


def altered(link: Link, schema: str) -> list[str]:
    """Each thing that is missing, added, disabled, or defined in another way."""
    made: dict[str, str] = dict(link.execute("SELECT thing, definition FROM as_made").fetchall())
    now: dict[str, str] = dict(link.execute(DESCRIBED, {"schema": schema}).fetchall())
    return [
        thing for thing in sorted(made.keys() | now.keys()) if made.get(thing) != now.get(thing)
    ]
