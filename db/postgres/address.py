"""Where a competition is kept: a PostgreSQL address, and a schema there."""

import hashlib
import os
import re
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from db.errors import BadAddress

URL = "ARENA_DATABASE_URL"
"""The variable that names the database in which the app works."""
OWNER_URL = "ARENA_DATABASE_OWNER_URL"
"""The same database with the login that owns the tables, where the app's may not act for it."""
SCHEMES = ("postgresql", "postgres")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
USUAL = "arena"
SUFFIX = "-postgresql.db"
"""How the name of a path ends that means a schema."""


@dataclass(frozen=True)
class Address:
    """One competition's place.

    Attributes
    ----------
    url : str
        What libpq connects to. It may hold a password, so it is in no text made of an address.
    schema : str
        The competition's: its tables and no others.
    owner_url : str
        The same database, as the owner of the tables; empty where the login may act for it.
    """

    url: str = field(repr=False)
    schema: str = USUAL
    owner_url: str = field(default="", repr=False)

    @property
    def place(self) -> str:
        """Host, database and schema, as they may be shown."""
        parts = urlsplit(self.url)
        host = parts.hostname or dict(parse_qsl(parts.query)).get("host", "")
        return f"{host}{parts.path}.{self.schema}"

    @property
    def lock(self) -> int:
        """The number of the advisory lock that an act holds."""
        return self.number("")

    def number(self, what: str) -> int:
        """The number of one of the competition's advisory locks."""
        name = f"{self.schema} {what}".strip()
        return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)

    @property
    def channel(self) -> str:
        """The channel on which processes hint at commits."""
        return f"arena_{self.schema}"

    @property
    def file_name(self) -> str:
        """The name beside which documents, keys and the last head of it are kept."""
        return f"{self.schema}{SUFFIX}"


@lru_cache(16)
def read(url: str, *, owner_url: str = "") -> Address:
    """The address that a text names: ``postgresql://login@host/database?competition=name``.

    Raises
    ------
    BadAddress
        If it names no database or no competition; the error does not repeat it.
    """
    try:
        parts = urlsplit(url)
        given = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError as error:
        raise BadAddress from error
    named = dict(given).get("competition", USUAL)
    if parts.scheme not in SCHEMES or not parts.path.strip("/") or not NAME.fullmatch(named):
        raise BadAddress
    rest = urlencode([(key, value) for key, value in given if key != "competition"])
    owner = read(owner_url).url if owner_url else ""
    return Address(urlunsplit(parts._replace(query=rest)), named, owner)


def configured() -> Address | None:
    """The address that the environment names; None where the competition is a file."""
    url = os.environ.get(URL, "")
    return read(url, owner_url=os.environ.get(OWNER_URL, "")) if url else None
