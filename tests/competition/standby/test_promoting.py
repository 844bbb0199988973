"""Taking over: from which copy, as which generation, with what beside it, and by whom."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import db
from competition.heads import answer_head
from competition.people import links, pins
from competition.returning import returns_view
from competition.sign_ins import who_is
from competition.standby import authority, copies, pairing
from competition.standby.authority import TakeoverRefused, require_authority
from competition.standby.promoting import NothingToPromote, Promoted, promote, read_number
from db import heads
from db.invariants import verify
from tests.competition.event import AT, Event, later
from tests.competition.standby.second import SECRET, follow, paired

PIN, OTHERS = "681403", "506172"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The second laptop's."""
    return tmp_path / "second"


def generation(done: Promoted, event: Event) -> dict[str, object]:
    store = db.Store(done.path)
    try:
        with store.reading() as tx:
            found = heads.generation(tx, str(event.organizer.competition_id))
            assert found is not None
            kinds = [row["kind"] for row in tx.rows("SELECT kind FROM events ORDER BY seq")]
        assert "generation_begun" in kinds[-3:]
        assert verify(store) == []
        return found
    finally:
        store.close()


def test_the_newest_copy_becomes_the_next_generation(event: Event, folder: Path):
    """Its secret and certificate lie beside it; the log says why it began; a link is made."""
    made = paired(event, folder, cookie_secret="s" * 64, tls={"server.key": "key"})
    event.record(1, 1, event.change(0, "31"))
    newest = follow(event, folder)
    done = promote(folder, made, at=later(60))
    begun = generation(done, event)
    assert (done.generation, begun["number"], begun["cause"]) == (2, 2, "promoted")
    assert (begun["last_n"], begun["lost"]) == (newest.head.n, "")
    assert (done.head, done.missing) == (newest.head.short, None)
    assert done.path.with_name("arena.db.secret").read_text() == "s" * 64
    assert (folder / "arena.db.tls" / "server.key").read_text() == "key"
    store = db.Store(done.path)
    try:
        cookie = links.open_link(store, done.token, at=later(61), address="x")
        assert "organizer" in who_is(store, cookie, at=later(61)).roles
    finally:
        store.close()


@pytest.mark.parametrize(
    ("typed", "heard", "missing"),
    [("", None, None), ("", 3, 3), ("5", 3, 5), (" 5 ", None, 5), ("no number", 2, 2)],
)
def test_what_is_missing_is_counted_by_the_typed_number_or_the_heard_one(
    event: Event, folder: Path, typed: str, heard: int | None, missing: int | None
):
    """The typed one counts first: it was read from a screen or a paper."""
    made = paired(event, folder)
    n = follow(event, folder).head.n
    number = str(n + int(typed)) if typed.strip().isdigit() else typed
    known = None if heard is None else n + heard
    assert promote(folder, made, typed=number, heard=known, at=AT).missing == missing


def test_a_lost_head_is_written_down_and_a_known_one_is_not(event: Event, folder: Path):
    """The typed head of the first laptop stands in the generation where the copy lacks it."""
    made = paired(event, folder)
    head = follow(event, folder).head
    lost = f"{head.number}.{head.n + 4}.{'a' * 12}"
    done = promote(folder, made, typed=lost, at=AT)
    assert (generation(done, event)["lost"], done.missing) == (lost, 4)
    done = promote(folder, made, typed=head.short, at=AT)
    assert (generation(done, event)["lost"], done.missing) == ("", 0)


def test_a_generation_heard_of_is_exceeded(event: Event, folder: Path):
    """The first laptop had been restored to g5 before its next copy came."""
    made = paired(event, folder, heard=f"5-0123456789abcdef.9.{'b' * 64}")
    follow(event, folder)
    assert promote(folder, made, at=AT).generation == 6


def test_a_mistyped_generation_is_not_believed(event: Event, folder: Path):
    """Nine digits more would leave no number above."""
    assert read_number(f"999999999.4.{'a' * 12}") == (None, "")
    assert read_number("4" * 40) == (None, "")


def test_a_damaged_newest_copy_is_passed_over(event: Event, folder: Path):
    """The one before it verifies: it is the one put in place."""
    made = paired(event, folder)
    sound = follow(event, folder)
    event.record(1, 1, event.change(0, "31"))
    newest = follow(event, folder)
    content = bytearray(newest.path.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    newest.path.write_bytes(content)
    assert promote(folder, made, at=AT).head == sound.head.short


def test_without_a_copy_nothing_is_put_in_place(event: Event, folder: Path):
    """Not an empty database that would look like the competition."""
    made = paired(event, folder)
    with pytest.raises(NothingToPromote):
        promote(folder, made, at=AT)
    assert not copies.served(folder).exists()


def test_tablets_seen_by_the_first_must_report(event: Event, folder: Path):
    """Before certifying: each tablet that had witnessed the first laptop's record."""
    made = paired(event, folder)
    token = links.make_link(event.store, event.organizer, event.judges[1], at=AT)
    who = who_is(event.store, links.open_link(event.store, token, at=AT, address="x"), at=AT)
    told = answer_head(event.store, who, "", at=AT)
    assert told is not None
    answer_head(event.store, who, told.head, at=AT)
    follow(event, folder)
    store = db.Store(promote(folder, made, at=later(60)).path)
    try:
        waiting = returns_view(store, event.organizer).waiting
        assert [one.person_id for one in waiting] == [event.judges[1]]
    finally:
        store.close()


def with_pins(event: Event, folder: Path) -> None:
    for who, pin in ((event.organizer, PIN), (event.visitor("supervisor"), OTHERS)):
        pins.set_pin(event.store, who, pin, pin, at=AT)
    paired(event, folder)
    follow(event, folder)


@pytest.mark.parametrize("typed", [SECRET, f" {SECRET.lower()} ", PIN, "６８１４０３"])
def test_the_secret_or_an_organizers_pin_opens(event: Event, folder: Path, typed: str):
    """As typed by a person."""
    with_pins(event, folder)
    assert require_authority(folder, typed, at=AT).wrong == 0


@pytest.mark.parametrize("typed", ["", " ", OTHERS, "000000", "K7P3Q", "token"])
def test_nothing_else_opens(event: Event, folder: Path, typed: str):
    """A supervisor's PIN, an empty field, a part of the secret, the token."""
    with_pins(event, folder)
    with pytest.raises(TakeoverRefused, match="wrong"):
        require_authority(folder, typed, at=AT)


def test_five_wrong_ones_lock_for_a_quarter_of_an_hour(event: Event, folder: Path):
    """Counted on the disk: a restart gives no more tries, and the right one waits as well."""
    paired(event, folder)
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(TakeoverRefused) as caught:
            require_authority(folder, "AAAAAA", at=AT)
        assert (caught.value.code, caught.value.left) == ("wrong", left)
    with pytest.raises(TakeoverRefused, match="locked"):
        require_authority(folder, SECRET, at=later(60))
    after = AT + authority.LOCKED_FOR + timedelta(seconds=1)
    assert require_authority(folder, SECRET, at=after).wrong == 0
    kept = pairing.kept(folder)
    assert kept == replace(paired(event, folder), wrong=0)
