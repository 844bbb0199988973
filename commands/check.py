"""``arena.py check``: format, lint, types, and the arrows between packages."""

import hashlib
import shutil
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

NODE_CHECKS: dict[str, tuple[str, ...]] = {
    "css and js: format": ("prettier/bin/prettier.cjs", "--check", "**/*.{css,js}"),
    "css and js: lint": ("@biomejs/biome/bin/biome", "lint", "--error-on-warnings"),
}
"""What Node.js runs, by name: a script in node_modules and its arguments."""
MODULES = "node_modules"


@click.command(help=say("check.help"))
def command() -> None:
    """Run all checks, show their output, fail if any failed."""
    failed = [
        name for name, arguments in CHECKS.items() if not passes(name, [sys.executable, *arguments])
    ]
    failed += node_failures(ROOT)
    if failed:
        raise click.ClickException(say("check.failed", checks=", ".join(failed)))
    click.echo(say("check.passed"))


def passes(name: str, arguments: list[str], *, folder: Path = ROOT) -> bool:
    """Run one check in a folder, under a heading."""
    click.secho(f"== {name}", bold=True)
    return subprocess.run(arguments, cwd=folder, check=False).returncode == 0


def node_failures(folder: Path) -> list[str]:
    """Check style sheets and scripts; return the failed checks. Print a note without Node.js."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        click.secho(say("check.no_node"), fg="yellow", bold=True)
        return []
    if not install_modules(npm, folder):
        return ["npm ci"]
    return [
        name
        for name, (script, *arguments) in NODE_CHECKS.items()
        if not passes(name, [node, str(folder / MODULES / script), *arguments], folder=folder)
    ]


def install_modules(npm: str, folder: Path) -> bool:
    """Install the packages of package-lock.json if needed; return whether they are installed."""
    digest = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / MODULES / "arena.sha256"
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return True
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    if not passes("npm ci", [npm, "ci", *quiet], folder=folder):
        return False
    stamp.write_text(digest, encoding="ascii")
    return True
