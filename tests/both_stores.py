"""The second store: a PostgreSQL server of the run's own, and the tests that run on both.

A test that asks for the fixture ``store``, ``begun`` or ``certified`` runs on a file; those of
`TWICE` run again on PostgreSQL, all of them where ``--both-stores`` is given.  What is about files
says so with the mark ``on_file``.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.bench.cluster import programs
from tests.cluster import FILE, LOGIN, SERVED, Cluster, Kept, started

HERE = Path(__file__).parent
TWICE = (
    "competition/marks/test_pad_marks",
    "competition/marks/test_resending",
    "competition/registry/test_rights",
    "competition/results/test_certification",
    "competition/test_races",
    "competition/test_states",
    "db/test_events",
    "db/test_migrations",
    "db/test_store",
    "db/test_turns",
    "db/test_verify",
)
"""What runs on both stores: the store, acts, rights, replay and verify."""
RIGHTS = "competition/registry/test_rights.py::test_each_kind_of_right_holds_on_the_second_store"
LATER = {
    "competition/marks/test_resending": "competition/marks/test_pad_marks.py",
    "competition/registry/test_rights": RIGHTS,
    "competition/results/test_certification": RIGHTS,
    "competition/test_states": RIGHTS,
    "db/test_verify": "db/test_events.py",
}
"""What runs on the second store among the long tests only, and what holds there that its acts do.

What they decide is computed from the rows that an act or verify reads, and a file has the same.
"""


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A server that is made for the run, and removed after it."""
    bin_ = programs()
    assert bin_ is not None
    folder, ending = started(bin_)
    cluster = Cluster(folder, bin_)
    cluster.run(f"CREATE ROLE {LOGIN} LOGIN NOINHERIT")
    cluster.run(f"CREATE ROLE {LOGIN}_owner NOLOGIN")
    cluster.run(f"GRANT {LOGIN}_owner TO {LOGIN}")
    yield cluster
    cluster.close()
    ending.communicate()


@pytest.fixture
def kept(request: pytest.FixtureRequest) -> Kept:
    """A file, unless the test runs on the second store."""
    return Kept(request, getattr(request, "param", FILE))


@pytest.fixture(scope="module")
def stage_in(request: pytest.FixtureRequest) -> str:
    """Where the stores of a whole file of tests are kept."""
    return str(getattr(request, "param", FILE))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Every test of a store on both."""
    parser.addoption("--both-stores", action="store_true", help="also on PostgreSQL")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on both stores where it is one of those that do."""
    lent = next((name for name in ("kept", "stage_in") if name in metafunc.fixturenames), None)
    if lent is None:
        return
    module = Path(str(metafunc.module.__file__)).relative_to(HERE).with_suffix("").as_posix()
    is_chosen = metafunc.config.getoption("both_stores") or module in TWICE
    if not is_chosen or metafunc.definition.get_closest_marker("on_file"):
        return
    marks = [] if programs() or REQUIRED else [MISSING]
    if module in LATER and not metafunc.config.getoption("both_stores"):
        marks.append(pytest.mark.long(LATER[module]))
    second = pytest.param(SERVED, marks=marks)
    first = pytest.param(FILE, id=pytest.HIDDEN_PARAM)
    scope = "module" if lent == "stage_in" else None
    metafunc.parametrize(lent, [first, second], indirect=True, scope=scope)


REQUIRED = os.environ.get("ARENA_POSTGRES") == "required"
MISSING = pytest.mark.skip(reason="no PostgreSQL 15 here: apt-get install postgresql")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly that the second store was not tried."""
    if programs() is None:
        terminalreporter.write_line(
            "The second store was not tried: install a PostgreSQL server of version 15 or newer.",
            yellow=True,
            bold=True,
        )
