"""``arena.py test``: the tests, with a browser where there can be one."""

import os
import shutil
import subprocess
import sys

import click

from commands import ROOT, say

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DEBIAN = ("chromium", "fonts-noto-cjk")
"""The Debian packages that browser journeys need: a browser, and glyphs for what it shows."""

WHOLE = (
    "--cov",
    "--cov-report=term-missing:skip-covered",
    f"--numprocesses={min(os.cpu_count() or 1, 4)}",
    "--dist=loadfile",  # what a file's tests share is made once
    "--no-loadscope-reorder",  # the journeys first: they take longest
)


@click.command(
    help=say("test.help"),
    context_settings={"ignore_unknown_options": True},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run pytest; the whole suite goes to several processes and is measured for coverage."""
    has_browser = find_browser() is not None or install_browser()
    if not has_browser:
        click.secho(say("test.no_browser", packages=" ".join(DEBIAN)), fg="yellow", bold=True)
    outcome = subprocess.run(
        [sys.executable, "-m", "pytest", *(arguments or WHOLE)], cwd=ROOT, check=False
    )
    if not has_browser:
        click.secho(say("test.journeys_skipped"), fg="yellow", bold=True)
    raise SystemExit(outcome.returncode)


def find_browser() -> str | None:
    """Return the path of a browser that journeys can use."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def install_browser() -> bool:
    """Install a browser, where that is ours to do: as root, with apt."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    click.echo(say("test.installing_browser", packages=" ".join(DEBIAN)))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", *DEBIAN]):
        done = subprocess.run(
            ["apt-get", "-qq", *step], env=quiet, stdout=subprocess.DEVNULL, check=False
        )
        if done.returncode:
            return False
    return find_browser() is not None
