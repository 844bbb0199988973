"""Competitions in databases of the run's server; skipped, plainly, where none is installed."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from commands.bench.cluster import programs
from db.postgres.address import Address
from db.postgres.store import ServedStore
from tests.cluster import Cluster

Open = Callable[[], ServedStore]


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Cluster:
    """The run's server, where one is installed."""
    if programs() is None:
        pytest.skip("no PostgreSQL 15 here: apt-get install postgresql")
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster


@pytest.fixture
def address(server: Cluster) -> Address:
    """A database with an empty competition."""
    return server.empty()


@pytest.fixture
def opening(address: Address, tmp_path: Path) -> Iterator[Open]:
    """Opens the database again, as another process would; all are closed at the end."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(
            closing(ServedStore(address, tmp_path / address.file_name))
        )


@pytest.fixture
def served(opening: Open) -> ServedStore:
    """The competition, opened once."""
    return opening()


@pytest.fixture(scope="module")
def untouched(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedStore]:
    """A competition in which no test of the file changes anything, opened once for all of them."""
    address = server.empty()
    with closing(ServedStore(address, tmp_path_factory.mktemp("there") / "x.db")) as store:
        yield store
