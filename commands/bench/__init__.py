"""``arena.py bench``: speed measurements, one subject a file."""

from importlib import import_module

import click

from commands import language
from words import t

SUBJECTS = (
    "board",
    "bundle",
    "ceremony",
    "failover",
    "kills",
    "live",
    "many",
    "marks",
    "overview",
    "pad",
    "page",
    "public",
    "restart",
    "scale",
    "scoring",
    "seats",
    "siege",
    "soak",
    "takeover",
    "vote",
)
"""What can be measured; each is the module of that name beside this one."""


class Subjects(click.Group):
    """The subjects; each is imported when used."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the subjects' names."""
        return list(SUBJECTS)

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        """Import a subject."""
        if cmd_name not in SUBJECTS:
            return None
        command: click.Command = import_module(f"commands.bench.{cmd_name}").command
        return command


command = Subjects(name="bench", help=t("bench.help", language()))
