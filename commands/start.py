"""Switches from the machine's Python to the project's; the first step of arena.py."""

import os
import subprocess
import sys
import time
from pathlib import Path

from commands import ROOT, say
from commands.environment import Environment, SetupFailed, is_current
from commands.first_page import BEGUN

DEVELOPING = frozenset({"bench", "check", "lock", "pictures", "test"})
"""The commands that also need what requirements-dev.txt asks for."""


def run(arguments: list[str]) -> int | str:
    """Run a command line inside ``.venv``; create it first if needed.

    Returns
    -------
    int or str
        Argument of ``sys.exit``: a code or a message. A command that ran exits by itself.
    """
    os.environ.setdefault(BEGUN, str(time.time()))
    developing = bool(DEVELOPING.intersection(arguments[:1]))
    try:
        python = Environment(ROOT).ready(developing=developing)
    except SetupFailed as failure:
        return str(failure)
    except KeyboardInterrupt:
        return say("setup.interrupted")
    if not is_current(python):
        return hand_over([str(python), str(ROOT / "arena.py"), *arguments])
    from commands.cli import cli  # click exists only now

    cli.main(arguments, prog_name="arena.py")


def hand_over(command: list[str], *, folder: Path | None = None) -> int:
    """Replace this process by another; where that is impossible, wait until it ends."""
    sys.stdout.flush()
    if sys.platform == "win32":
        try:
            return subprocess.call(command, cwd=folder)
        except KeyboardInterrupt:
            return 130
    else:
        if folder is not None:
            os.chdir(folder)
        os.execv(command[0], command)
