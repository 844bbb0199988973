"""``arena.py check``: format, lint, types, and the arrows between packages."""

import subprocess
import sys
from pathlib import Path

import click

from commands import ROOT, say

CHECKS: dict[str, tuple[str, ...]] = {
    "format": ("-m", "ruff", "format", "--check", "."),
    "lint": ("-m", "ruff", "check", "."),
    "types": ("-m", "mypy"),
    "imports": ("-c", "from importlinter.cli import lint_imports_command as run; run()"),
}
"""What is run, by name: the arguments of the environment's Python."""


@click.command(help=say("check.help"))
def command() -> None:
    """Run all checks, show what each says, and fail if any failed."""
    failed = [name for name, arguments in CHECKS.items() if not passes(name, arguments)]
    if failed:
        raise click.ClickException(say("check.failed", checks=", ".join(failed)))
    click.echo(say("check.passed"))


def passes(name: str, arguments: tuple[str, ...], *, folder: Path = ROOT) -> bool:
    """Run one check in a folder, under a heading."""
    click.secho(f"== {name}", bold=True)
    return subprocess.run([sys.executable, *arguments], cwd=folder, check=False).returncode == 0
