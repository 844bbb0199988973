"""Every page on a competition in PostgreSQL: once, as the organizer, certified."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import competition
from commands.bench.cluster import programs
from db.postgres.address import URL
from tests.cluster import Cluster
from tests.every_page.test_matrix import PAGES, look
from tests.opening import Open, Sample
from tests.organizers.acting import certify
from ui.pages import PAGES as TABLE

FIRST = {page.entry: page.path for page in reversed(TABLE)}
"""A page of each entry of the menu."""


@pytest.fixture
def served(
    sample: Sample, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Sample]:
    """The certified sample in PostgreSQL; no file of its name is written."""
    certify(sample)
    address = cluster.clone(sample.path)
    competition.close_all()
    monkeypatch.setenv(URL, address.url)
    monkeypatch.setenv("ARENA_DB", str(tmp_path / address.file_name))
    sample.store = competition.open_store(tmp_path / address.file_name)
    yield sample
    assert (tmp_path / address.file_name).exists() is False


@pytest.mark.skipif(programs() is None, reason="no PostgreSQL 15 here")
def test_a_page_of_each_entry_opens_on_the_second_store(open_page: Open, served: Sample):
    """The same page as on a file: its title and no refusal, or the refusal of the table."""
    look(open_page, served, "organizer", "zh", FIRST.values())


@pytest.mark.long(
    "every_page/test_served.py::test_a_page_of_each_entry_opens_on_the_second_store",
    "every_page/test_matrix.py::test_every_page_shows_what_a_role_may_see",
)
@pytest.mark.skipif(programs() is None, reason="no PostgreSQL 15 here")
def test_every_page_opens_on_the_second_store(open_page: Open, served: Sample):
    """All others, too."""
    look(open_page, served, "organizer", "zh", PAGES)
