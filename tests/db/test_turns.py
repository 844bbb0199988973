"""Acts that wait together share one commit: none returns before it, and none undoes another's."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial

import pytest

import db
from db.errors import DatabaseError, Superseded
from db.store import Transaction
from tests.db.test_store import put, titles


@dataclass
class Hall:
    """Writers of one store, each on a thread, and how each ended."""

    store: db.Store
    commits: list[set[str]] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    raised: dict[str, BaseException] = field(default_factory=dict)
    threads: list[threading.Thread] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store.after_commit(lambda: self.commits.append(set(self.kept)))

    def write(self, name: str, then: Callable[[Transaction], object], *, shares: bool) -> None:
        """Put a competition of a name, do something more, and leave."""
        try:
            with self.store.writing(shares=shares) as tx:
                put(tx, id=name, title=name)
                then(tx)
            self.kept.add(name)
        except BaseException as error:
            self.raised[name] = error

    def begin(
        self, name: str, then: Callable[[Transaction], object] = str, *, shares: bool = True
    ) -> None:
        """A further writer; it waits while another writes."""
        thread = threading.Thread(target=self.write, args=(name, then), kwargs={"shares": shares})
        self.threads.append(thread)
        thread.start()

    @contextmanager
    def held(self, waiting: int) -> Iterator[None]:
        """Hold the writer until so many others wait to share; then all of them go on."""
        inside, go = threading.Event(), threading.Event()

        def hold(_: Transaction) -> None:
            inside.set()
            assert go.wait(60)

        self.begin("first", hold)
        assert inside.wait(60)
        yield
        while len(self.store._turns._entrance.waiting) < waiting:
            assert all(thread.is_alive() for thread in self.threads)
        go.set()
        for thread in self.threads:
            thread.join()


def refuse(_: Transaction) -> None:
    """An act that ends badly after it wrote."""
    raise KeyError("refused")


@pytest.fixture
def hall(store: db.Store, monkeypatch: pytest.MonkeyPatch) -> Hall:
    """A commit is put off for as long as any writer waits: no machine is too slow for the test."""
    monkeypatch.setattr("db.groups.OLDEST_SECONDS", 3600.0)
    monkeypatch.setattr("db.entrance.LOCK_WAIT_SECONDS", 60.0)
    monkeypatch.setattr("db.turns.RESCUE_SECONDS", 60.0)
    return Hall(store)


def test_writers_that_wait_together_share_one_commit_and_none_returns_before_it(hall: Hall):
    """Four acts, one commit; when it is made, none of the four has returned."""
    with hall.held(3):
        for name in ("a", "b", "c"):
            hall.begin(name)
    assert hall.commits == [set()]
    assert hall.kept == {"first", "a", "b", "c"}
    assert titles(hall.store) == sorted(hall.kept)


def test_a_refused_act_in_a_group_undoes_itself_alone(hall: Hall):
    """Its error comes to it; the acts before and after it are kept, in one chain."""

    def unrecorded(tx: Transaction) -> None:
        tx.put("competitions", {**tx.rows("SELECT * FROM competitions")[0], "id": "x"})

    with hall.held(4):
        hall.begin("a")
        hall.begin("bad", refuse)
        hall.begin("worse", unrecorded)
        hall.begin("c")
    assert {name: type(error) for name, error in hall.raised.items()} == {
        "bad": KeyError,
        "worse": db.UnrecordedChange,
    }
    assert titles(hall.store) == ["a", "c", "first"]
    assert len(hall.commits) == 1
    with hall.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM events") == 3


def test_a_commit_that_fails_is_every_acts_failure(hall: Hall):
    """One row's reference is checked by the commit only: none is acknowledged, nothing kept."""

    def refer(tx: Transaction) -> None:
        tx.db.defer_references()
        tx.run("INSERT INTO salts VALUES ('nowhere', 'x')")

    with hall.held(2):
        hall.begin("a")
        hall.begin("bad", refer)
    assert hall.kept == set()
    assert {type(error) for error in hall.raised.values()} == {sqlite3.IntegrityError}
    assert (titles(hall.store), hall.commits) == ([], [])
    hall.write("next", str, shares=True)
    assert titles(hall.store) == ["next"]


@pytest.mark.on_file
def test_a_disk_that_is_full_for_one_act_leaves_what_was_acknowledged(hall: Hall):
    """Each act is in the file or has its refusal, never both and never neither."""
    conn = hall.store._writer.conn
    pages = conn.execute("PRAGMA page_count").fetchone()[0]

    def flood(tx: Transaction) -> None:
        tx.run(f"PRAGMA max_page_count = {pages + 2}")
        put(tx, id="flood", title="x" * 10**6)

    with hall.held(3):
        hall.begin("a")
        hall.begin("flooding", flood)
        hall.begin("b")
    conn.execute("PRAGMA max_page_count = 1000000")
    assert isinstance(hall.raised["flooding"], DatabaseError)
    assert set(titles(hall.store)) == hall.kept
    assert hall.kept | hall.raised.keys() == {"first", "a", "b", "flooding"}
    hall.write("next", str, shares=True)
    assert "next" in titles(hall.store)


def test_an_act_that_may_not_share_begins_after_what_was_left_is_committed(hall: Hall):
    """However long it takes, nobody's tap waits for it."""
    seen: list[set[str]] = []

    def look(tx: Transaction) -> None:
        reader = threading.Thread(target=lambda: seen.append(set(titles(hall.store))))
        reader.start()
        reader.join()
        assert len(tx.rows("SELECT id FROM competitions")) == len(seen[0]) + 1

    with hall.held(1):
        hall.begin("a")
        hall.begin("desk", look, shares=False)
    assert (hall.raised, len(seen)) == ({}, 1)
    assert titles(hall.store) == ["a", "desk", "first"]


def test_a_commit_left_to_a_writer_that_gave_up_is_made_all_the_same(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
):
    """The act makes it itself; it waits for nobody."""
    monkeypatch.setattr("db.turns.RESCUE_SECONDS", 0.01)
    hall.store._turns._entrance.waiting.add(-1)
    hall.write("alone", str, shares=True)
    assert (hall.kept, titles(hall.store)) == ({"alone"}, ["alone"])


def test_a_newer_generation_keeps_what_was_left_and_refuses_what_comes(hall: Hall):
    """What has been done before the other laptop was met is committed, not forgotten."""
    hall.store._turns._entrance.waiting.add(-1)
    hall.begin("before")
    while hall.store._turns._group is None and hall.threads[0].is_alive():
        pass
    hall.store.supersede("9-0123456789abcdef")
    hall.threads[0].join()
    hall.write("after", str, shares=True)
    assert titles(hall.store) == ["before"]
    assert isinstance(hall.raised["after"], Superseded)


def test_what_a_shared_transaction_reads_is_not_kept_in_memory(hall: Hall):
    """The rows of the acts before it may still be rolled back with it."""
    written: list[bool] = []
    with hall.held(1):
        hall.begin("a", lambda tx: written.append(tx.is_written))
    with hall.store.writing(shares=True) as tx:
        written.append(tx.is_written)
    assert written == [True, False]


def in_turn(hall: Hall, *acts: Callable[[Transaction], object]) -> list[object]:
    """Do acts together, each under the name of its place; return each one's result or error."""

    def write(name: str, then: Callable[[Transaction], object]) -> str:
        with hall.store.writing(shares=True) as tx:
            put(tx, id=name, title=name)
            then(tx)
        return name

    return [*hall.store.together([partial(write, str(at), act) for at, act in enumerate(acts)])]


def test_acts_done_together_have_one_commit_and_a_refused_one_undoes_itself_alone(hall: Hall):
    """Until it no other thread sees any of them; afterwards each has its result or its error."""
    seen: list[list[str]] = []

    def look(_: Transaction) -> None:
        reader = threading.Thread(target=lambda: seen.append(titles(hall.store)))
        reader.start()
        reader.join()

    first, bad, last = in_turn(hall, str, refuse, look)
    assert (first, type(bad), last) == ("0", KeyError, "2")
    assert (len(hall.commits), seen, titles(hall.store)) == (1, [[]], ["0", "2"])
    assert [*hall.store.commits.counts][:2] == [0, 1]


def test_a_commit_that_fails_is_the_error_of_each_act_done_together(hall: Hall):
    """Whatever an act returned, nothing is acknowledged; the next ones are kept."""

    def refer(tx: Transaction) -> None:
        tx.db.defer_references()
        tx.run("INSERT INTO salts VALUES ('nowhere', 'x')")

    assert [type(one) for one in in_turn(hall, str, refer)] == [sqlite3.IntegrityError] * 2
    assert titles(hall.store) == []
    assert in_turn(hall, str) == ["0"]


def test_between_acts_done_together_a_thread_reads_what_they_have_written(hall: Hall):
    """What one answered before its act is of the transaction in which it wrote."""
    read: list[list[str]] = []

    def act(name: str) -> None:
        with hall.store.moment():
            read.append(titles(hall.store))
            with hall.store.writing(shares=True) as tx:
                put(tx, id=name, title=name)
                read.append([row["id"] for row in tx.rows("SELECT id FROM competitions")])
        read.append(titles(hall.store))

    assert hall.store.together([partial(act, "a"), partial(act, "b")]) == [None, None]
    assert read == [[], ["a"], ["a"], ["a"], ["a", "b"], ["a", "b"]]


def test_acts_that_only_read_commit_nothing(hall: Hall):
    """A refusal that is answered before any act writes takes no turn of the disk."""
    assert hall.store.together([partial(titles, hall.store)]) == [[]]
    assert hall.commits == []


def test_an_act_that_may_not_share_is_committed_at_once_among_those_done_together(hall: Hall):
    """With what was left before it; those after it have a commit for themselves."""

    def write(name: str, *, shares: bool) -> None:
        with hall.store.writing(shares=shares) as tx:
            put(tx, id=name, title=name)

    acts = [partial(write, name, shares=name != "desk") for name in ("a", "desk", "b")]
    assert hall.store.together(acts) == [None] * 3
    assert len(hall.commits) == 3
    assert titles(hall.store) == ["a", "b", "desk"]


def test_a_writer_that_waits_goes_before_the_next_acts_done_together(hall: Hall):
    """A thread that always has more to do keeps no one out."""
    order: list[str] = []
    with hall.store.writing() as tx:
        put(tx, id="now", title="now")
        hall.begin("desk", lambda _: order.append("desk"), shares=False)
        while not hall.store._turns._entrance._next.locked():
            pass
        marks = threading.Thread(target=in_turn, args=(hall, lambda _: order.append("marks")))
        marks.start()
    for thread in (*hall.threads, marks):
        thread.join()
    assert order == ["desk", "marks"]


def _titles(tx: Transaction) -> tuple[str, ...]:
    rows = tx.rows("SELECT title FROM competitions ORDER BY id")
    return tuple(row["title"] for row in rows)


def _capitals(tx: Transaction) -> list[str]:
    return [title.upper() for title in tx.once(_titles)]


def _looked(store: db.Store) -> list[str]:
    """The titles, and the same by what is made of them once."""
    with store.reading() as tx:
        assert tx.once(_capitals) == [title.upper() for title in titles(store)]
    return titles(store)


def test_what_acts_done_together_remember_is_forgotten_where_it_was_written(
    hall: Hall,
):
    """By an act of theirs, by a writer in between, and by one that was undone."""
    read: list[list[str]] = []

    def look() -> None:
        read.append(_looked(hall.store))

    def fail() -> None:
        with hall.store.writing(shares=True) as tx:
            put(tx, id="undone", title="undone")
            read.append(_looked(hall.store))
            raise KeyError

    hall.store.together([look, look])
    hall.write("desk", str, shares=False)
    hall.store.together([look, fail, look, partial(hall.write, "mark", str, shares=True), look])
    hall.store.together([look])
    assert read[:3] == [[], [], ["desk"]]
    assert read[3] == ["desk", "undone"]
    assert read[4:] == [["desk"], ["desk", "mark"], ["desk", "mark"]]


@pytest.mark.on_file
def test_what_acts_done_together_remember_is_forgotten_where_another_program_wrote(hall: Hall):
    """Another connection's commit is seen by the next acts, whatever this process remembers."""
    read: list[list[str]] = []
    looks = [lambda: read.append(_looked(hall.store))]
    hall.store.together(looks)
    with closing(db.Store(hall.store.path)) as other, other.writing() as tx:
        put(tx, id="other", title="other")
    hall.store.together(looks)
    assert read == [[], ["other"]]
