"""The list of commands; each is imported when used."""

from importlib import import_module
from importlib.util import find_spec
from keyword import iskeyword
from typing import Any

import click

import words
from commands import language, say

COMMANDS: tuple[str, ...] = (
    "demo",
    "serve",
    "deploy",
    "standby",
    "rank",
    "import",
    "verify",
    "backup",
    "restore",
    "move",
    "many",
    "recover",
    "export",
    "rehearse",
    "pack",
    "simulate",
    "bench",
    "agree",
    "test",
    "check",
    "lock",
    "pictures",
)
"""The names, in the order of the help; each is the module of that name in ``commands``."""


def module(name: str) -> str:
    """Return a command's module name; a Python keyword gets a ``_`` appended."""
    return f"commands.{name}_" if iskeyword(name) else f"commands.{name}"


class LazyGroup(click.Group):
    """A click group that imports commands by name from this package."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the commands that exist."""
        return existing()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in existing():
            return super().get_command(ctx, cmd_name)
        command: click.Command = import_module(module(cmd_name)).command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a refusal becomes one plain message and a failing exit code."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            message = plain(error)
            if message is None:
                raise
            raise click.ClickException(message) from error

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        rows = [(name, say(f"{name}.short")) for name in existing()]
        with formatter.section(say("heading")):
            formatter.write_dl(rows)


def plain(error: Exception) -> str | None:
    """Return the message of an error with ``code`` and ``values``; None for other errors."""
    code, values = getattr(error, "code", None), getattr(error, "values", None)
    key = f"error.{code}"
    if not isinstance(values, dict) or not words.has(key, language()):
        return None
    return words.t(key, language(), **values)


def existing() -> list[str]:
    """Return the names of ``COMMANDS`` that have a module."""
    return [name for name in COMMANDS if find_spec(module(name))]


cli = LazyGroup(name="arena.py", help=words.t("command.help", language()))
