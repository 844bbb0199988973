"""Options that several commands have, and the database they name."""

from pathlib import Path
from typing import Any

import click

from commands import DATABASE
from db import served
from db.postgres.address import configured


def database() -> Path:
    """The file of this folder, or the path that means the configured PostgreSQL."""
    address = configured()
    return DATABASE if address is None else DATABASE.with_name(address.file_name)


class ExistingDatabase(click.Path):
    """A file that is there, or the path of a competition in PostgreSQL."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, exists=True, dir_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path; refuse one where nothing is."""
        if served.at(value) is not None:
            return Path(value)
        return Path(str(super().convert(value, param, ctx)))


EXISTING = ExistingDatabase()

named_database = click.option(
    "--db",
    "path",
    type=click.Path(path_type=Path),
    default=database,
    show_default=str(DATABASE),
)
"""A database that may still be missing."""

existing_database = click.option(
    "--db", "path", type=EXISTING, default=database, show_default=str(DATABASE)
)
