"""Works over all competitions: one at a time, in a process apart, with progress and a stop.

What a work finds is kept in memory only: after a restart it is begun again.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from competition.province.errors import WorkGoesOn
from competition.province.over_all import Served, require_province
from competition.province.work import WORKS
from competition.visitor import Visitor
from db import Store

ROOT = Path(__file__).resolve().parents[2]
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def process() -> "subprocess.Popen[str]":
    """Begin the process of a work; it waits for what `asking` returns."""
    return subprocess.Popen(
        [sys.executable, "-m", "competition.province.work"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        encoding="utf-8",
        env={**os.environ, **ONE_THREAD},
    )


def asking(key: str, files: Mapping[str, Path]) -> str:
    """Return what the process of a work reads: which work, over which competitions."""
    return json.dumps({"work": key, "files": [(name, str(path)) for name, path in files.items()]})


@dataclass
class Work:
    """A work that was begun.

    Attributes
    ----------
    key : str
        Of `competition.province.work.WORKS`.
    names : tuple of str
        The competitions it is about, in order.
    done : list of dict
        What the child said of each so far: ``name``, ``found`` or ``fault``.
    state : str
        running, done, stopped, or failed where the process ended early.
    """

    key: str
    names: tuple[str, ...]
    at: datetime
    done: list[dict[str, Any]] = field(default_factory=list)
    state: str = "running"


class Works:
    """The work that goes on, or went on last, and its process."""

    def __init__(self) -> None:
        self._last: Work | None = None
        self._child: subprocess.Popen[str] | None = None
        self._guard = threading.Lock()

    def last(self, served: Served | None, store: Store, who: Visitor) -> Work | None:
        """The work that goes on, or went on last; raises as `over_all.lines`."""
        require_province(served, store, who)
        return self._last

    def begin(
        self, served: Served | None, store: Store, who: Visitor, key: str, *, at: datetime
    ) -> Work:
        """Begin a work over all competitions that are open.

        Raises
        ------
        WorkGoesOn
            If one goes on: two would take the processor from the pads.
        """
        there = require_province(served, store, who).competitions()
        with self._guard:
            if self._last is not None and self._last.state == "running":
                raise WorkGoesOn
            work = self._last = Work(key if key in WORKS else "verify", tuple(there), at)
            child = self._child = process()
        asked = asking(work.key, {name: one.path for name, one in there.items()})
        threading.Thread(
            target=self._follow, args=(work, child, asked), daemon=True, name="works"
        ).start()
        return work

    def stop(self, served: Served | None, store: Store, who: Visitor) -> None:
        """Stop the work that goes on; what it has found stays."""
        require_province(served, store, who)
        self.end()

    def end(self) -> None:
        """As `stop`, at a server's end."""
        with self._guard:
            if self._last is not None and self._last.state == "running":
                self._last.state = "stopped"
            if self._child is not None:
                self._child.kill()

    def _follow(self, work: Work, child: "subprocess.Popen[str]", asked: str) -> None:
        with child:
            assert child.stdin is not None
            assert child.stdout is not None
            try:
                child.stdin.write(asked)
                child.stdin.close()
                for line in child.stdout:
                    work.done.append(json.loads(line))
            except (OSError, ValueError):
                child.kill()
        with self._guard:
            if work.state == "running":
                work.state = "done" if len(work.done) == len(work.names) else "failed"


WORKING = Works()
