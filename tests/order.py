"""The order of the tests: the dearest files first, and the cheap ones last.

A worker takes a file whole, so that what the file shares is made once, and the next one when it
is nearly through: those that begin late are short, and all workers end together.  What each file
costs was measured (``costs.txt``): ``--costs`` writes it again, ``--quick`` leaves the dear out.
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from tests.workers import OUTPUT, OUTPUTS

HERE = Path(__file__).parent
MEASURED = HERE / "costs.txt"
WORTH = 1.0
"""Seconds of processor from which a file is written there."""
DEAR = 1.2
"""Seconds from which `--quick` leaves a file out; `long` is another matter (test_long)."""
SPENT: Counter[str] = Counter()
"""What the tests of each file took in this run, in milliseconds."""


def measured() -> dict[str, float]:
    """Return what each file costs, in seconds of processor; an unknown one is cheap."""
    lines = (line.split() for line in MEASURED.read_text("utf-8").splitlines())
    return {name: float(seconds) for seconds, name in lines}


COSTS = measured()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Leave the dear files out; write what each costs."""
    parser.addoption("--quick", action="store_true", help="without journeys and dear files")
    parser.addoption("--costs", action="store_true", help="write tests/costs.txt again")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out, with `--quick`, what is dear or needs a browser."""
    return True if config.getoption("quick") and is_dear(collection_path) else None


def is_dear(path: Path) -> bool:
    """Return whether a file is a journey, or costs too much for the loop while working."""
    name = name_of(path)
    return name.partition("/")[0] == "browser" or COSTS.get(name, 0) >= DEAR


def name_of(path: Path) -> str:
    """Return the name of a file in `costs.txt`."""
    is_ours = path.is_relative_to(HERE)
    return path.relative_to(HERE).with_suffix("").as_posix() if is_ours else ""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the files: the dearest, then journeys, which wait more than they compute, then all."""
    items.sort(key=place)


def place(item: pytest.Item) -> tuple[float, bool]:
    """Return where the file of a test comes."""
    name = name_of(item.path)
    return -COSTS.get(name, 0), not name.startswith("browser/")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Count what a test costs, with its fixtures and the processes that it has started."""
    spent = spent_by_all if item.config.getoption("costs") else spent_here
    before = spent()
    result = yield
    SPENT[name_of(item.path)] += round(1000 * max(spent() - before, 0))
    return result  # type: ignore[return-value]


def spent_here() -> float:
    """Return the seconds of processor of this process and of those it has waited for."""
    return sum(os.times()[:4])


def spent_by_all() -> float:
    """Return the same with processes that go on: servers and browsers. Linux alone lists them."""
    ticks: dict[int, int] = {}
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            values = path.read_text("utf-8", errors="replace").rpartition(")")[2].split()
            process = int(path.parent.name)
            parents[process], ticks[process] = int(values[1]), sum(map(int, values[11:15]))
    going_on = sum(ticks[one] for one in ticks if os.getpid() in _above(one, parents))
    return spent_here() + going_on / os.sysconf("SC_CLK_TCK")


def _above(process: int, parents: Mapping[int, int]) -> Iterator[int]:
    while (process := parents.get(process, 0)) > 1:
        yield process


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what a worker's tests cost, or add it; write it where that is asked for."""
    stash = session.config.stash
    if OUTPUT in stash:
        stash[OUTPUT]["spent"] = dict(SPENT)
    for output in stash.get(OUTPUTS, ()):
        SPENT.update(output["spent"])
    if OUTPUT not in stash and session.config.getoption("costs"):
        rows = [(spent / 1000, name) for name, spent in SPENT.most_common()]
        lines = (f"{seconds:.1f} {name}\n" for seconds, name in rows if seconds >= WORTH)
        MEASURED.write_text("".join(lines), "utf-8")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the run cost without browsers and servers that go on: machines are busy."""
    total = sum(SPENT.values()) / 1000
    terminalreporter.write_line(f"the tests took {total:.0f} s of processor, browsers apart")
