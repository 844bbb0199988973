"""An installation in one PostgreSQL database: a schema for each competition, connections shared."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

import db
from competition.people import links
from competition.province.over_all import lines
from competition.province.serving import Installation
from competition.sign_ins import visitor_of
from db import members, served
from db.errors import InUse
from db.postgres import pools
from db.postgres.address import URL
from db.postgres.store import ServedStore
from db.served import LocksOfMany
from tests.cluster import Cluster
from tests.competition.event import AT


@contextmanager
def begun(installation: Installation) -> Iterator[None]:
    """Served for a while."""
    installation.begin()
    try:
        yield
    finally:
        installation.end()


HOLDING = (
    "SELECT pid, count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = "
    "(SELECT oid FROM pg_database WHERE datname = current_database()) GROUP BY pid"
)


def test_a_server_of_the_same_competition_on_another_machine_is_refused(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """One connection holds a lock of each competition; when it is lost, they are taken again.

    The other machine has a folder of its own; one of a competition alone and a move are refused.
    """
    address = cluster.fresh()
    monkeypatch.setenv(URL, address.url)
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        members.begun(folder, "contest.test").added("gejiu").added("mengzi").keep()
    paths = [members.read(there).path_of(name) for name in (members.PROVINCE, "gejiu", "mengzi")]
    one, two = Installation(here), Installation(there)
    with begun(one):
        assert len(one.stores()) == 3
        with begun(two):
            assert not two.stores()
            assert {error.code for error in two.faults.values()} == {InUse.code}
        name = address.url.rsplit("/", 1)[1].split("?")[0]
        (holder,) = cluster.run(HOLDING, name)
        assert holder[1] == 3
        cluster.run(f"SELECT pg_terminate_backend({holder[0]})", name)
        one._locks.mend()
        for path in paths:
            with pytest.raises(InUse):
                served.locks(path).require_free()
    for path in paths:
        served.locks(path).require_free()


def test_a_competition_that_is_not_opened_after_all_is_free(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Its lock is given back, and those beside it on the same connection stay."""
    monkeypatch.setenv(URL, cluster.fresh().url)
    first, second = (tmp_path / f"{name}-postgresql.db" for name in ("gejiu", "mengzi"))
    with closing(LocksOfMany()) as locks, locks.hold(first):
        with locks.hold(second), pytest.raises(InUse):
            served.locks(second).require_free()
        served.locks(second).require_free()
        with pytest.raises(InUse):
            served.locks(first).require_free()


def test_competitions_are_schemas_of_one_database(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Each has its rows alone, all borrow from one pool, and the last to close closes it."""
    url = cluster.fresh().url
    monkeypatch.setenv(URL, url)
    members.begun(tmp_path, "contest.test").added("gejiu").added("mengzi").keep()
    list_ = members.read(tmp_path)
    for name in (members.PROVINCE, *list_.names):
        links.begin(db.open_store(list_.path_of(name)), title=name, organizer="x", at=AT)
    db.close_all()
    assert url not in pools._pools
    installation = Installation(tmp_path)
    with begun(installation):
        there = installation.competitions()
        assert all(isinstance(store, ServedStore) for store in there.values())
        assert pools._pools[url].stores == 3
        for name, store in there.items():
            with store.reading() as tx:
                assert [row["title"] for row in tx.rows("SELECT title FROM competitions")] == [name]
        province = installation.province
        assert province is not None
        with province.reading() as tx:
            chief = tx.value("SELECT id FROM people")
            visitor = visitor_of(tx, chief)
        shown = lines(installation, province, visitor, at=AT)
        assert [one.title for one in shown] == ["gejiu", "mengzi"]
    assert url not in pools._pools
