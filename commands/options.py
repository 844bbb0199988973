"""Options that several commands have."""

from pathlib import Path

import click

from commands import DATABASE

existing_database = click.option(
    "--db",
    "path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=DATABASE,
    show_default=True,
)
