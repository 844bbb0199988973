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


@pytest.fixture
def address(request: pytest.FixtureRequest) -> Address:
    """A database without a schema."""
    if programs() is None:
        pytest.skip("no PostgreSQL 15 here: apt-get install postgresql")
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.fresh()


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
