"""Reading a workbook in a separate process, with limits on time and memory.

A small file can be built to take gigabytes and minutes; here it takes them from a child that
is stopped, while the server goes on answering judges. The plan comes back pickled and may name
only classes of a plan.
"""

import hashlib
import io
import os
import pickle
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from competition.programme.needs import NeedSaid
from competition.programme.plans import FigureSaid, PlanMade
from competition.programme.programmes import Village
from competition.programme.reporting import StepDone
from competition.rounds.rubric import Criterion
from competition.shapes import Place
from intake.edits import Asked, Edit
from intake.findings import Finding
from intake.marking import marked
from intake.outside import Bounds, OutsideRead, read_outside
from intake.plan import Plan
from intake.programme import LinesRead, read_lines
from intake.programme_rows import Known
from intake.reading import read_all

SECONDS = 60
CPU_SECONDS = 40
MEMORY_BYTES = 768 * 2**20
"""What reading may take besides the program itself; 200,000 cells take a third of it."""
MOST_KEPT = 4
TOO_HEAVY = Finding("stop", "too_heavy")
HOME = Path(__file__).parent.parent
PLAIN = frozenset(
    {
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "time"),
        ("decimal", "Decimal"),
        *(
            (kind.__module__, kind.__qualname__)
            for kind in (Criterion, Village, StepDone, PlanMade, FigureSaid, NeedSaid)
        ),
    }
)
"""What a plan is made of besides the classes of this package."""

_kept: OrderedDict[str, Plan] = OrderedDict()
_lines: OrderedDict[str, LinesRead] = OrderedDict()
_one = threading.Lock()


def read_apart(content: bytes, *, name: str = "", recusal_level: str = "county") -> Plan:
    """Read one workbook as `intake.reading.read` does, once for each upload."""
    return read_files_apart([(name, content)], Asked(recusal_level))


def read_files_apart(files: Sequence[tuple[str, bytes]], asked: Asked) -> Plan:
    """Read files as `intake.reading.read_all` does, once for each set of files and corrections.

    Returns
    -------
    Plan
        With the stop ``too_heavy`` where reading took more than it may.
    """
    sent = pickle.dumps((list(files), asked))
    key = hashlib.sha256(sent).hexdigest()
    with _one:  # one child at a time: uploads wait for each other, judges for none
        if key in _kept:
            return _kept[key]
        begun = time.monotonic()
        plan = _from_child(sent, files, asked)
        # On a busy machine a good file can run out of time: it may be tried again.
        if plan.stops[:1] != (TOO_HEAVY,) or time.monotonic() - begun < SECONDS:
            _kept[key] = plan
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
        return plan


def _from_child(sent: bytes, files: Sequence[tuple[str, bytes]], asked: Asked) -> Plan:
    done = _child(sent, "read")
    try:
        plan = _Plans(io.BytesIO(done or b"")).load()
    except (pickle.UnpicklingError, EOFError):
        plan = None
    if isinstance(plan, Plan):
        return plan
    if len(files) == 1:
        return Plan(name=files[0][0], findings=(TOO_HEAVY,))
    return _each_alone(files, asked)


def _child(sent: bytes, task: str) -> bytes | None:
    """What a child with limits answers; None where it was stopped."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "intake.apart", task, str(MEMORY_BYTES)],
            input=sent,
            capture_output=True,
            timeout=SECONDS,
            cwd=HOME,
            check=True,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )
    except subprocess.SubprocessError:
        return None
    return done.stdout


def _each_alone(files: Sequence[tuple[str, bytes]], asked: Asked) -> Plan:
    """Which of several files takes too much: read one by one, so that one spoils no other."""
    plans = [
        (name, _from_child(pickle.dumps(([(name, c)], asked)), [(name, c)], asked))
        for name, c in files
    ]
    heavy = [name for name, plan in plans if plan.stops[:1] == (TOO_HEAVY,)]
    findings = tuple(replace(TOO_HEAVY, file=name) for name in heavy)
    return Plan(name=files[0][0], findings=findings or (TOO_HEAVY,))


def marked_apart(
    files: Sequence[tuple[str, bytes]], findings: Sequence[Finding], lang: str
) -> bytes:
    """The workbook with its faults marked, see `intake.marking`; b"" where it took too much."""
    sent = pickle.dumps((list(files), list(findings), lang))
    with _one:
        done = _child(sent, "mark")
    return done or b""


def outside_apart(
    content: bytes, name: str, places: Sequence[Place], bounds: Bounds
) -> OutsideRead:
    """Outside scores read as `intake.outside.read_outside` does."""
    sent = pickle.dumps((content, name, list(places), bounds))
    read = _answered(sent, "outside")
    return read if isinstance(read, OutsideRead) else OutsideRead(findings=(TOO_HEAVY,))


def lines_apart(
    kind: str, content: bytes, name: str, known: Known, edits: Sequence[Edit] = ()
) -> LinesRead:
    """Lines of a programme read as `intake.programme.read_lines` does."""
    sent = pickle.dumps((kind, content, name, known, tuple(edits)))
    key = hashlib.sha256(sent).hexdigest()
    if key not in _lines:
        read = _answered(sent, "programme")
        if not isinstance(read, LinesRead):
            return LinesRead(findings=(TOO_HEAVY,))
        _lines[key] = read
        while len(_lines) > MOST_KEPT:
            _lines.popitem(last=False)
    return _lines[key]


def _answered(sent: bytes, task: str) -> object:
    """What a child made of what it was sent; None where it was stopped."""
    with _one:
        done = _child(sent, task)
    try:
        return _Plans(io.BytesIO(done or b"")).load()
    except (pickle.UnpicklingError, EOFError):
        return None


class _Plans(pickle.Unpickler):
    """Loads what a plan is made of, and nothing that could act."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("intake.") or (module, name) in PLAIN:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a plan")


def main() -> None:
    """The child: read standard input within the limits, write the answer to standard output."""
    sent = pickle.loads(sys.stdin.buffer.read())  # from the parent, which made it
    _limit(int(sys.argv[2]))
    sys.stdout.buffer.write(TASKS[sys.argv[1]](*sent))


TASKS: dict[str, Callable[..., bytes]] = {
    "read": lambda *sent: pickle.dumps(read_all(*sent)),
    "mark": marked,
    "outside": lambda *sent: pickle.dumps(read_outside(*sent)),
    "programme": lambda *sent: pickle.dumps(read_lines(*sent)),
}
"""What the child does, by the name it is called with."""


def _limit(memory: int) -> None:
    """Take the limits on: each ends this process, which then gives no plan."""
    if sys.platform == "win32":
        return
    import resource

    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    pages = Path("/proc/self/statm")
    if pages.exists():  # elsewhere the size of an address space says little
        own = int(pages.read_text("ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (own + memory, own + memory))


if __name__ == "__main__":
    main()
