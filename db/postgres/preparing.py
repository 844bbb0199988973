"""The schema made and brought up to date by the owner of its tables, for a login that is not."""

import psycopg

from db.errors import NewerFile, NotPrepared, TooPowerful, Unreachable
from db.migrations import SCHEMAS
from db.postgres import beside
from db.postgres.address import Address
from db.postgres.faults import in_our_words
from db.postgres.link import Connection, connect_to
from db.postgres.rebinding import rebound
from db.postgres.translating import translated, untouchable
from db.tables import TABLES, TELEMETRY

LOCK = 0x41524E41
"""The advisory lock of those who migrate, whatever schema."""
MIGRATED_WITHIN = "120s"
"""How long one waits while another migrates: a whole schema, on a slow machine."""
EVERY = {*SCHEMAS, *beside.LATER}
"""What a schema that is up to date has had applied."""


def ensure(address: Address) -> None:
    """Bring the schema up to date where it is not, and refuse a login that may do too much.

    Raises
    ------
    NotPrepared
        If the schema is missing or older, and this login may not act for its owner.
    NewerFile
        If a newer version has migrated it.
    TooPowerful
        If the login owns the tables, or is above all rights: it could rewrite the log.
    Unreachable
    """
    try:
        with connect_to(address.url) as app:
            login = app.execute("SELECT session_user::text").fetchall()[0][0]
            if applied(app, address.schema) != EVERY:
                migrate(address, login)
            _require_modest(app, address.schema)
    except psycopg.Error as error:
        raise in_our_words(error, address.place) from error


def applied(connection: Connection, schema: str) -> set[str]:
    """The migrations that a schema has; none where it is not there, or not for this login.

    Raises
    ------
    NewerFile
        If it has one that this version does not know.
    """
    table = connection.execute("SELECT to_regclass($1)::text", [f"{schema}.migrations"])
    if table.fetchall()[0][0] is None:
        return set()
    stored = connection.execute(f'SELECT name FROM "{schema}".migrations')
    names = {row[0] for row in stored}
    if names - EVERY:
        raise NewerFile(path=schema)
    return names


def migrate(address: Address, login: str) -> None:
    """Migrate as the owner, alone, in one transaction; then say what the login may do."""
    try:
        with connect_to(address.owner_url or address.url) as owner, owner.transaction():
            owner.execute(f"SET LOCAL lock_timeout = '{MIGRATED_WITHIN}'")
            owner.execute("SELECT pg_advisory_xact_lock($1)", [LOCK])
            if not address.owner_url:
                owner.execute(f'SET LOCAL ROLE "{login}_owner"')
            owner.execute(f'CREATE SCHEMA IF NOT EXISTS "{address.schema}"')
            owner.execute(f'SET LOCAL search_path TO "{address.schema}"')
            _apply(owner, address.schema)
            _grant(owner, address.schema, login)
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidParameterValue) as error:
        raise NotPrepared(path=address.place, login=login) from error


def _apply(owner: Connection, schema: str) -> None:
    known = applied(owner, schema)
    if known == EVERY:
        return
    if not known:
        owner.execute(";\n".join(beside.FIRST))
    made = {name: translated(sql) for name, sql in SCHEMAS.items()}
    for name, statements in {**made, **beside.LATER}.items():
        if name not in known:
            owner.execute(";\n".join(statements))  # one message: a schema has 500 statements
            owner.execute("INSERT INTO migrations (name) VALUES ($1)", [name])
    for statement in beside.numbering(schema):
        owner.execute(statement)
    owner.execute("DELETE FROM as_made")
    described, _ = rebound(beside.DESCRIBED)
    owner.execute(f"INSERT INTO as_made {described}", [schema])


def _grant(owner: Connection, schema: str, login: str) -> None:
    """Let the login read and write rows, but delete none of what must stay, nor change the log.

    A state table is written by one statement that inserts or changes, so the right to change is
    its own; of those that stay the triggers refuse it, which the login cannot disable.
    """
    kept = {one for sql in SCHEMAS.values() for one in untouchable(sql)}
    owner.execute(f'GRANT USAGE ON SCHEMA "{schema}" TO "{login}"')
    for table in (*TABLES, *TELEMETRY, "events"):
        rights = [
            right
            for right in ("UPDATE", "DELETE")
            if (right, table) not in kept or (right == "UPDATE" and table in TABLES)
        ]
        owner.execute(f'REVOKE ALL ON {table} FROM "{login}"')
        owner.execute(f'GRANT {", ".join(["SELECT", "INSERT", *rights])} ON {table} TO "{login}"')
    for table, may in beside.RIGHTS.items():
        owner.execute(f'GRANT {may} ON {table} TO "{login}"')


def _require_modest(app: Connection, schema: str) -> None:
    rights = app.execute(
        """SELECT pg_has_role(session_user, relowner, 'USAGE')::text FROM pg_class
        WHERE oid = to_regclass($1)""",
        [f"{schema}.events"],
    ).fetchall()
    if not rights:
        raise Unreachable(path=schema)
    if rights[0][0] == "true":
        raise TooPowerful
