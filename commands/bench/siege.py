"""``arena.py bench siege``: tablets mark while the server is attacked; what they notice of it."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from commands import ROOT, language
from commands.bench import marking
from commands.bench.attacks import ATTACKS
from commands.bench.hall import build, running
from commands.bench.load import Tablet
from commands.columns import align
from words import t

SHEETS = 10
MOST_TIMES, MOST_MILLISECONDS = 2.0, 200.0
"""A besieged hall's p95 may be so many times the quiet one's, and never more milliseconds."""
QUIET = "quiet"


@dataclass(frozen=True)
class Phase:
    """One attack, or none: what the tablets saw meanwhile.

    Attributes
    ----------
    asked : int
        Connections, requests, messages or files of the attack.
    p50, p95 : float
        Milliseconds from a tap to its echo.
    refused : int
        Changes refused and requests that failed.
    processor : float
        Processor seconds of the server for each second; unlike times, another program on the
        machine does not change it. 0 where the system does not say.
    megabytes : float
        What the server's process holds at the end; 0 where the system does not say.
    """

    name: str
    asked: int
    marks: int
    p50: float
    p95: float
    refused: int
    processor: float
    megabytes: float

    def cells(self, quiet: "Phase", lang: str) -> list[str]:
        """The line of a table."""
        return [
            t(f"bench.attack_{self.name}", lang),
            str(self.asked),
            str(self.marks),
            f"{self.p50:.0f} / {self.p95:.0f}",
            f"{self.p95 / quiet.p95:.1f}",
            str(self.refused),
            f"{self.processor:.2f}",
            f"{self.megabytes:.0f}",
        ]

    def holds(self, quiet: "Phase") -> bool:
        """Whether the tablets noticed no more than they may."""
        is_quick = self.p95 <= min(MOST_MILLISECONDS, MOST_TIMES * quiet.p95)
        return is_quick and not self.refused


@click.command(help=t("bench.siege_help", language()))
@click.option("--tablets", type=click.IntRange(1, 500), default=200, show_default=True)
@click.option("--seconds", type=click.FloatRange(min=1), default=15.0, show_default=True)
@click.option("--attack", "names", type=click.Choice(sorted(ATTACKS)), multiple=True)
def command(tablets: int, seconds: float, names: tuple[str, ...]) -> None:
    """Besiege, print quiet and besieged below each other; fail where a tablet noticed too much."""
    show(list(besieged(tablets, seconds, names or tuple(ATTACKS))))


def show(phases: list[Phase]) -> None:
    """Print the phases as a table, and leave with 1 where tablets noticed too much."""
    columns = ("attack", "asked", "marks", "stored", "times", "refused", "processor", "megabytes")
    lines = [[t(f"bench.column_siege_{name}", language()) for name in columns]]
    lines += [phase.cells(phases[0], language()) for phase in phases]
    click.echo("\n".join(align(lines)))
    sys.exit(0 if all(phase.holds(phases[0]) for phase in phases) else 1)


def besieged(
    tablets: int,
    seconds: float,
    names: tuple[str, ...],
    also: Callable[[Path], object] = lambda _: None,
) -> Iterator[Phase]:
    """Yield the quiet phase, then one for each attack, on one server.

    Parameters
    ----------
    also
        What else is put in the database before the server starts.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "siege.db"
        hall = build(path, judges=tablets, sheets=SHEETS)
        also(path)
        with running(path, Path(folder) / "server.log") as port:
            pads = [Tablet(hall, port, n) for n in range(tablets)]
            with marking.living(pads) as failed:
                time.sleep(marking.TAP_SECONDS)  # every tablet has sent its first mark
                for name in (QUIET, *names):
                    yield _phase(name, pads, failed, port, seconds)


def _phase(name: str, pads: list[Tablet], failed: list[int], port: int, seconds: float) -> Phase:
    before = [len(pad.times) for pad in pads]
    refused = sum(failed) + sum(len(pad.refused) for pad in pads)
    begun, used = time.monotonic(), Process.of(port).seconds
    asked = 0
    if name == QUIET:
        time.sleep(seconds)
    else:
        command = [sys.executable, "-m", "commands.bench.attacks", name, str(port), str(seconds)]
        asked = int(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    times = [1000 * one for pad, n in zip(pads, before, strict=True) for one in pad.times[n:]]
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    refused = sum(failed) + sum(len(pad.refused) for pad in pads) - refused
    server = Process.of(port)
    processor = (server.seconds - used) / (time.monotonic() - begun)
    return Phase(name, asked, len(times), cuts[9], cuts[18], refused, processor, server.megabytes)


@dataclass(frozen=True)
class Process:
    """What the server's process has used: processor seconds and megabytes, 0 where unknown."""

    seconds: float = 0.0
    megabytes: float = 0.0

    @classmethod
    def of(cls, port: int) -> "Process":
        """The process that serves a port."""
        mark = f"--port\0{port}\0".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError, IndexError):
                if mark in (folder / "cmdline").read_bytes():
                    status = (folder / "status").read_text("ascii", errors="replace")
                    stat = (folder / "stat").read_text("ascii", errors="replace")
                    user, system = stat.rpartition(")")[2].split()[11:13]
                    ticks = (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
                    return cls(ticks, int(status.split("VmRSS:")[1].split()[0]) / 1000)
        return cls()
