"""The schema, one numbered file after another.  An applied file is never edited.

Ids are text minted by the acts.  Marks and deductions are integers in thousandths; times
are UTC as ``2022-03-18T06:42:16.123Z``.
"""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

APPLICATION_ID = 0x41524E41

TRIGGERS = (
    "audits_remain",
    "audits_stay",
    "certifications_remain",
    "certifications_stay",
    "corrections_remain",
    "corrections_stay",
    "events_remain",
    "events_stay",
    "publications_remain",
    "publications_stay",
    "releases_remain",
    "releases_stay",
    "sightings_remain",
    "sightings_stay",
    "snapshots_remain",
    "snapshots_stay",
    "views_remain",
    "views_stay",
    "vote_ballots_remain",
    "vote_ballots_stay",
    "vote_claims_remain",
    "vote_claims_stay",
    "vote_codes_remain",
    "vote_codes_stay",
    "withdrawn_releases_remain",
    "withdrawn_releases_stay",
)

SCHEMAS: dict[str, str] = {
    path.stem.partition("_")[2]: path.read_text("utf-8")
    for path in sorted(Path(__file__).parent.glob("*.sql"))
}
"""The SQL of each migration by its name, in the order of the files' numbers.

A database that has another name applied was written by a newer version.
"""

migrations = Migrations("arena")


def _script(sql: str) -> Callable[[Database], None]:
    def apply(db: Database) -> None:
        for statement in statements_of(sql):
            db.execute(statement)

    return apply


def statements_of(sql: str) -> Iterator[str]:
    """Split a migration into its statements, of which each ends with its line.

    SQLite's own `executescript` would commit first; that of sqlite-utils asks at each character
    whether the statement is complete, which took nine tenths of making a new file.
    """
    lines: list[str] = []
    for line in sql.splitlines():
        lines.append(line)
        statement = "\n".join(lines)
        if sqlite3.complete_statement(statement):
            yield statement
            lines.clear()


for _name, _sql in SCHEMAS.items():
    migrations(name=_name)(_script(_sql))
