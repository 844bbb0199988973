"""``arena.py bench``: how fast; one subject a file, ``bench_<subject>.py``."""

from importlib import import_module
from pathlib import Path

import click

from commands import language
from words import t


class Subjects(click.Group):
    """Subjects found by name among the modules of this package."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the subjects that exist."""
        found = Path(__file__).parent.glob("bench_*.py")
        return sorted(path.stem.removeprefix("bench_") for path in found)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a subject."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"commands.bench_{cmd_name}").command
        return command


command = Subjects(name="bench", help=t("bench.help", language()))
