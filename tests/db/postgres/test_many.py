"""An installation in one PostgreSQL database: a schema for each competition, connections shared."""

from pathlib import Path

import pytest

import db
from competition.people import links
from competition.province.over_all import lines
from competition.province.serving import Installation
from competition.sign_ins import visitor_of
from db import members
from db.postgres import pools
from db.postgres.address import URL
from db.postgres.store import ServedStore
from tests.cluster import Cluster
from tests.competition.event import AT


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
    installation.begin()
    try:
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
    finally:
        installation.end()
    assert url not in pools._pools
