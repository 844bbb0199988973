"""``arena.py test``: runs the tests, with a browser if one is available."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import click

from commands import ROOT, say

LIGHT = "chromium-headless-shell"
"""Chromium without windows: the same engine opens a page for a third of the processor time."""
BROWSERS = (LIGHT, "chromium", "chromium-browser", "google-chrome")
DEBIAN = (LIGHT, "fonts-noto-cjk")
"""The Debian packages that browser journeys need: a browser, and glyphs for what it shows."""

PYTEST = (sys.executable, "-m", "pytest")
WHOLE = ("--durations=10",)
COVERAGE = ("-p", "tests.measuring", "-W", "ignore:Module already imported:pytest.PytestWarning")
"""What measures coverage; it takes a tenth as much processor time again."""
MEMORY = Path("/dev/shm")
"""Linux's folder in memory: what a test writes is its database, and each act waits for the disk."""
ROOM = 4 * 2**30
"""Bytes that must be free there; a run takes a fraction, for what passed is removed at once."""
BOTH_STORES = ("--both-stores",)
"""An option of tests/both_stores.py: every test of a store runs on PostgreSQL as well."""
COSTS = ("--costs",)
"""An option of tests/order.py: what each file costs is written down."""
QUICK = ("--quick",)
"""An option of tests/order.py: neither journeys nor the files whose tests cost more."""
LONG = "long"
"""The mark of what repeats a shorter test; tests/tooling/test_long.py says how it is used."""


@click.command(
    help=say("test.help"),
    context_settings={"ignore_unknown_options": True},
)
@click.option("--quick", is_flag=True, help=say("test.option_quick"))
@click.option("--long", "long", is_flag=True, help=say("test.option_long"))
@click.option("--coverage", is_flag=True, help=say("test.option_coverage"))
@click.option("--both-stores", "both", is_flag=True, help=say("test.option_both"))
@click.option("--costs", is_flag=True, help=say("test.option_costs"))
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(
    quick: bool, long: bool, coverage: bool, both: bool, costs: bool, arguments: tuple[str, ...]
) -> None:
    """Run pytest; without arguments the suite, in several processes."""
    has_browser = quick or ready_browser()
    if not has_browser:
        click.secho(say("test.no_browser", packages=" ".join(DEBIAN)), fg="yellow", bold=True)
    chosen = pytest_arguments(arguments, quick=quick, long=long, coverage=coverage)
    chosen += BOTH_STORES * both + COSTS * costs
    with nullcontext() if arguments else compiling_beside():
        outcome = subprocess.run([*PYTEST, *chosen], cwd=ROOT, env=environment(), check=False)
    if not has_browser:
        click.secho(say("test.journeys_skipped"), fg="yellow", bold=True)
    raise SystemExit(outcome.returncode)


def pytest_arguments(
    arguments: tuple[str, ...], *, quick: bool = False, long: bool = False, coverage: bool = False
) -> tuple[str, ...]:
    """Return pytest's arguments: those given, or the suite; its long tests are run apart."""
    suite = (workers(), *WHOLE, "-m", LONG if long else f"not {LONG}")
    return (*(arguments or suite), *QUICK * quick, *COVERAGE * coverage)


@contextmanager
def compiling_beside(tests: Path = ROOT / "tests") -> Iterator[None]:
    """In a new clone, let another process compile the last files while pytest begins at the first.

    Tests are collected by one process, which takes three times as long where nothing is compiled.
    """
    if next(tests.rglob("*.pyc"), None):
        yield
        return
    last_first = sorted(tests.rglob("test_*.py"), reverse=True)
    with subprocess.Popen(
        [*PYTEST, "--collect-only", "-p", "no:cacheprovider", *last_first],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as other:
        try:
            yield
        finally:
            other.kill()


def workers() -> str:
    """Return how many processes run tests: two more than processors, as journeys mostly wait.

    An option of tests/workers.py.
    """
    return f"--workers={min((os.cpu_count() or 1) + 2, 6)}"


def environment() -> dict[str, str]:
    """Return our environment, but modules are kept compiled: tests start many processes.

    The tests' folders lie in memory where it has room; PYTEST_DEBUG_TEMPROOT names another place.
    """
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"PYTEST_DEBUG_TEMPROOT": str(MEMORY), **ours} if has_room(MEMORY, ROOM) else ours


def has_room(folder: Path, least: int) -> bool:
    """Return whether a folder is there, may be written, and has so many bytes free."""
    may_write = folder.is_dir() and os.access(folder, os.W_OK)
    return may_write and shutil.disk_usage(folder).free >= least


def ready_browser() -> bool:
    """Return whether a browser is here, once the light one was installed where that can be."""
    browser = find_browser()
    return bool(browser and browser.endswith(LIGHT)) or install_browser() or browser is not None


def find_browser() -> str | None:
    """Return the path of a browser for the browser tests."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def install_browser() -> bool:
    """Install a browser with apt, if running as root."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    click.echo(say("test.installing_browser", packages=" ".join(DEBIAN)))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", *DEBIAN]):
        done = subprocess.run(
            ["apt-get", "-qq", *step],
            env=quiet,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            return False
    return find_browser() is not None
