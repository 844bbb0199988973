"""An installation in one PostgreSQL database: a schema for each competition, connections shared."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

import db
from commands.cli import cli
from competition.people import links
from competition.province.over_all import lines
from competition.province.serving import Installation
from competition.sign_ins import visitor_of
from db import events, members, served
from db.errors import InUse
from db.postgres import pools
from db.postgres.address import URL, Address
from db.postgres.store import ServedStore
from db.served import LocksOfMany
from tests.cluster import Cluster
from tests.competition.event import AT
from words import t


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


@pytest.fixture(scope="module")
def made(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Address:
    """A province and two competitions, each begun; copied for each test."""
    address, folder = cluster.fresh(), tmp_path_factory.mktemp("made")
    list_ = members.begun(folder, "contest.test").added("gejiu").added("mengzi")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(URL, address.url)
        for name in (members.PROVINCE, *list_.names):
            links.begin(db.open_store(list_.path_of(name)), title=name, organizer="x", at=AT)
        db.close_all()
    return address


def test_a_server_of_the_same_competition_on_another_machine_is_refused(
    made: Address, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """One connection holds a lock of each competition; when it is lost, they are taken again.

    The other machine has a folder of its own; one of a competition alone and a move are refused.
    """
    address = cluster.copy(made)
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


@pytest.fixture(scope="module")
def three(
    made: Address, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Installation]]:
    """A province and two competitions, each begun, that this process serves.

    The last to close closes the pool.
    """
    url, folder = cluster.copy(made).url, tmp_path_factory.mktemp("three")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(URL, url)
        members.begun(folder, "contest.test").added("gejiu").added("mengzi").keep()
        installation = Installation(folder)
        with begun(installation):
            installation.warming.thread.join()
            yield url, installation
        assert url not in pools._pools


def test_competitions_are_schemas_of_one_database(three: tuple[str, Installation]):
    """Each has its rows alone, and all borrow from one pool."""
    url, installation = three
    there = installation.competitions()
    assert all(isinstance(store, ServedStore) for store in there.values())
    assert pools._pools[url].stores == 3
    for name, store in there.items():
        with store.reading() as tx:
            assert [row["title"] for row in tx.rows("SELECT title FROM competitions")] == [name]
    province = installation.province
    assert province is not None
    with province.reading() as tx:
        visitor = visitor_of(tx, tx.value("SELECT id FROM people"))
    shown = lines(installation, province, visitor, at=AT)
    assert [one.title for one in shown] == ["gejiu", "mengzi"]


def test_the_last_events_of_all_are_asked_for_at_once(
    three: tuple[str, Installation], cluster: Cluster
):
    """By one transaction; where one schema is gone, it alone is left out."""
    url, installation = three
    stores = installation.stores()
    each = {}
    for store in stores:
        with store.reading() as tx:
            each[store.path] = events.last_number(tx)
    before = lent(url)
    assert events.last_numbers(stores) == each
    assert lent(url) == before + 1
    gone = installation.competitions()["mengzi"].path
    cluster.run("ALTER SCHEMA mengzi RENAME TO elsewhere", database_of(url))
    assert events.last_numbers(stores) == {path: n for path, n in each.items() if path != gone}
    cluster.run("ALTER SCHEMA elsewhere RENAME TO mengzi", database_of(url))


def test_a_server_that_takes_no_more_connections_keeps_readers_waiting_not_refused(
    three: tuple[str, Installation], cluster: Cluster
):
    """Twelve threads read all three at once through the connections that there are."""
    url, installation = three
    name = database_of(url)
    there = cluster.run("SELECT count(*) FROM pg_stat_activity WHERE usename = 'arena'", name)
    cluster.run(f"ALTER DATABASE {name} CONNECTION LIMIT {there[0][0]}")
    started = threading.Barrier(12)

    def read(number: int) -> int:
        started.wait()
        for store in (stores := installation.stores()):
            with store.reading() as tx:
                events.last_number(tx)
        return len(stores)

    with ThreadPoolExecutor(12) as readers:
        assert list(readers.map(read, range(12))) == [3] * 12
    cluster.run(f"ALTER DATABASE {name} CONNECTION LIMIT -1")


def test_a_competition_is_lent_the_connection_that_it_had(cluster: Cluster):
    """The server has planned its statements there; another one takes the one longest unused."""
    url = cluster.fresh().url
    pool = pools.lend(url)
    first, second = pool.lend("gejiu"), pool.lend("mengzi")
    for one in (second, first):
        pool.putconn(one)
    for _ in range(2):
        again, other = pool.lend("gejiu"), pool.lend("mengzi")
        assert (again, other) == (first, second)
        for one in (again, other):
            pool.putconn(one)
    pools.give_back(url)


def test_129_competitions_borrow_40_connections_at_most(cluster: Cluster):
    """Two processes fit beside each other where PostgreSQL is as it is installed."""
    url = cluster.url("postgres", "postgres")
    for _ in range(130):
        pool = pools.lend(url)
    assert pool.max_size == pools.MOST == 40
    installed = cluster.run("SELECT boot_val FROM pg_settings WHERE name = 'max_connections'")
    kept = cluster.run("SHOW superuser_reserved_connections")
    beside = 3  # the locks of all, a start, those of one that is opened
    assert 2 * (pools.MOST + beside) <= int(installed[0][0]) - int(kept[0][0])
    for _ in range(130):
        pools.give_back(url)
    assert url not in pools._pools


def database_of(url: str) -> str:
    """The name of an address's database."""
    return url.rsplit("/", 1)[1].split("?")[0]


def lent(url: str) -> int:
    """How often a connection was borrowed."""
    return pools._pools[url].pool.get_stats()["requests_num"]


def test_one_competition_is_backed_up_and_put_back_beside_the_others(
    made: Address, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Its schema is refused while it holds something; set aside, the copy takes its place."""
    url = cluster.copy(made).url
    monkeypatch.setenv(URL, url)
    monkeypatch.setenv("ARENA_LANG", "en")
    list_ = members.begun(tmp_path / "many", "contest.test").added("gejiu").added("mengzi")
    path, copy = list_.path_of("gejiu"), tmp_path / "copy.db"
    before = events.last_numbers([db.open_store(list_.path_of("mengzi"))])
    db.close_all()
    run = CliRunner().invoke
    assert run(cli, ["backup", str(copy), "--db", str(path)]).exit_code == 0
    refused = run(cli, ["restore", str(copy), "--db", str(path)])
    assert refused.exit_code == 1, refused.output
    assert t("error.database_not_empty", "en", path=path.name) in refused.output
    cluster.run("ALTER SCHEMA gejiu RENAME TO gejiu_before", database_of(url))
    done = run(cli, ["restore", str(copy), "--db", str(path)])
    assert done.exit_code == 0, done.output
    with db.open_store(path).reading() as tx:
        assert [row["title"] for row in tx.rows("SELECT title FROM competitions")] == ["gejiu"]
    assert events.last_numbers([db.open_store(list_.path_of("mengzi"))]) == before
    db.close_all()
