"""Reading a workbook in a process of its own, with limits on time and memory.

A small file can be built to take gigabytes and minutes; here it takes them from a child that
is stopped, while the server goes on answering judges. The plan comes back pickled and may name
only classes of a plan.
"""

import hashlib
import io
import json
import os
import pickle
import subprocess
import sys
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any

from competition.rounds.rubric import Criterion
from intake.findings import Finding
from intake.plan import Plan
from intake.reading import read

SECONDS = 60
CPU_SECONDS = 40
MEMORY_BYTES = 768 * 2**20
"""What reading may take besides the program itself; 200,000 cells take a third of it."""
MOST_KEPT = 4
HOME = Path(__file__).parent.parent
PLAIN = frozenset(
    {
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "time"),
        ("decimal", "Decimal"),
        (Criterion.__module__, Criterion.__qualname__),
    }
)
"""What a plan is made of besides the classes of this package."""

_kept: OrderedDict[str, Plan] = OrderedDict()
_one = threading.Lock()


def read_apart(content: bytes, *, name: str = "", recusal_level: str = "county") -> Plan:
    """Read a workbook as `intake.reading.read` does, once for each upload.

    Returns
    -------
    Plan
        With the stop ``too_heavy`` where reading took more than it may.
    """
    asked = {"name": name, "recusal_level": recusal_level}
    key = hashlib.sha256(json.dumps(asked).encode() + content).hexdigest()
    with _one:  # one child at a time: uploads wait for each other, judges for none
        if key not in _kept:
            _kept[key] = _from_child(asked, content)
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
        return _kept[key]


def _from_child(asked: dict[str, str], content: bytes) -> Plan:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "intake.apart", json.dumps(asked), str(MEMORY_BYTES)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            cwd=HOME,
            check=True,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )
        plan = _Plans(io.BytesIO(done.stdout)).load()
    except (subprocess.SubprocessError, pickle.UnpicklingError, EOFError):
        plan = None
    if isinstance(plan, Plan):
        return plan
    return Plan(name=asked["name"], findings=(Finding("stop", "too_heavy"),))


class _Plans(pickle.Unpickler):
    """Loads what a plan is made of, and nothing that could act."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("intake.") or (module, name) in PLAIN:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a plan")


def main() -> None:
    """The child: read standard input within the limits, write the plan to standard output."""
    asked = json.loads(sys.argv[1])
    content = sys.stdin.buffer.read()
    _limit(int(sys.argv[2]))
    plan = read(content, name=asked["name"], recusal_level=asked["recusal_level"])
    sys.stdout.buffer.write(pickle.dumps(plan))


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
