"""A person's own PIN: its owner alone sets it, and it can be guessed only a few times."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from competition import log
from competition.errors import Blank, Forbidden, Refused, SecondPersonNeeded
from competition.people import links, own_entries, pin_rules, pins
from competition.people.errors import (
    BadPin,
    EasyPin,
    NoPin,
    PinBlocked,
    PinLocked,
    PinsDiffer,
    PinWrong,
)
from competition.people.pin_rules import fits, hashed, read_pin
from competition.sign_ins import who_is
from competition.times import stamp
from competition.visitor import Visitor
from db import Store
from db import pins as rows
from db.invariants import verify
from tests import once
from tests.competition.event import AT, Event, later
from tests.db.copies import reopened
from tests.db.damage import damaged

PIN, NEXT = "506172", "681403"
DAY = {"starts_on": "2022-03-18", "ends_on": "2022-03-19"}


def set_pin(event: Event, role: str = "supervisor", pin: str = PIN, *, former: str = "") -> None:
    """The owner sets it."""
    pins.set_pin(event.store, event.visitor(role), pin, pin, former=former, at=AT)


def change(event: Event, former: str, seconds: float = 1, *, store: Store | None = None) -> None:
    """The supervisor changes it."""
    who = event.visitor("supervisor")
    pins.set_pin(store or event.store, who, NEXT, NEXT, former=former, at=later(seconds))


def tried(event: Event, count: int) -> None:
    """Wrong PINs of the supervisor at the event's hour."""
    with event.store.writing() as tx:
        for _ in range(count):
            rows.add_try(tx, event.people["supervisor"], event.people["organizer"], stamp(AT))


def kinds(event: Event) -> list[str]:
    """The kinds of the newest events, newest first."""
    return [one["kind"] for one in log.log(event.store, event.organizer)]


@pytest.mark.parametrize(
    "typed",
    [
        *("123456", "654321", "890123", "000000", "777777", "121212", "123123", "112233"),
        *("111222", "220318", "180322", "031822", "220319", "202203", "１２３４５６"),
    ],
)
def test_a_pin_that_is_guessed_first_is_refused(typed: str):
    """Runs, repetitions and the days of the event, also in full-width digits."""
    with pytest.raises(EasyPin) as refused:
        read_pin(typed, DAY, "pin")
    assert "pin" not in refused.value.values


@pytest.mark.parametrize("typed", ["", "50617", "5061720", "50617a", "五零六一七二"])
def test_a_pin_has_six_digits(typed: str):
    """Nothing else is one."""
    with pytest.raises(BadPin):
        read_pin(typed, DAY, "pin")
    assert read_pin("５０６ １７２", DAY, "pin") == PIN


def test_a_hash_fits_its_owner_alone():
    """The person is bound in: the same hash under another id fits nothing."""
    made = hashed(PIN, "one")
    assert fits(PIN, made, "one")
    assert not fits(PIN, made, "other")
    assert not fits(NEXT, made, "one")
    assert PIN not in made
    assert hashed(PIN, "one") != made
    assert not fits(PIN, "scrypt$x", "one")


def test_a_hash_is_slow_where_the_app_makes_it(monkeypatch: pytest.MonkeyPatch):
    """As slow as scrypt is advised to be for a password: 32 MB and 2**15 rounds."""
    monkeypatch.setattr(pin_rules, "COST", once.PIN_COST)
    made = hashed(PIN, "one")
    assert made.startswith("scrypt$32768$8$")
    assert fits(PIN, made, "one")
    assert not fits(NEXT, made, "one")


def test_neither_the_pin_nor_its_hash_is_in_the_log(event: Event):
    """The event holds a keyed hash of the hash, as of every personal field."""
    set_pin(event)
    with event.store.reading() as tx:
        stored = tx.one("SELECT * FROM pins")
        newest = tx.one("SELECT * FROM events ORDER BY seq DESC LIMIT 1")
    assert stored
    assert newest
    assert (newest["kind"], newest["actor"]) == ("pin_set", event.people["supervisor"])
    assert PIN not in str(newest)
    assert stored["hash"] not in newest["payload"]
    assert stored["hash"].rsplit("$", 1)[1] not in newest["payload"]
    assert verify(event.store) == []


def test_typing_it_twice_differently_writes_nothing(event: Event):
    """The second entry's field is named."""
    with pytest.raises(PinsDiffer):
        pins.set_pin(event.store, event.visitor("supervisor"), PIN, NEXT, at=AT)
    assert pins.own_pin(event.store, event.visitor("supervisor")).set_at == ""


def test_judges_have_none(event: Event):
    """A judge without another role is neither asked nor may set one."""
    for ask in (
        lambda who: pins.own_pin(event.store, who),
        lambda who: pins.set_pin(event.store, who, PIN, PIN, at=AT),
    ):
        with pytest.raises(Forbidden):
            ask(event.visitor(2))


def test_it_is_changed_by_the_former_one_only(event: Event):
    """A device left open changes no PIN."""
    set_pin(event)
    with pytest.raises(Blank):
        change(event, "")
    with pytest.raises(PinWrong) as wrong:
        change(event, NEXT)
    assert wrong.value.values == {"field": "former", "left": 4}
    change(event, PIN)
    assert kinds(event)[0] == "pin_changed"
    with pytest.raises(PinWrong):
        change(event, PIN)


def test_a_reset_removes_it_and_sets_none(event: Event):
    """The organizer never holds a PIN of another person: its owner sets the next one."""
    set_pin(event)
    who = event.people["supervisor"]
    pins.reset_pin(event.store, event.organizer, who, reason="忘记了", at=later(1))
    newest = log.log(event.store, event.organizer)[0]
    assert (newest["kind"], newest["reason"]) == ("pin_reset", "忘记了")
    with pytest.raises(NoPin):
        pins.reset_pin(event.store, event.organizer, who, reason="再来", at=later(2))
    set_pin(event, pin=NEXT)
    assert verify(event.store) == []


def test_no_organizer_resets_the_own_pin(event: Event):
    """Who resets could otherwise sit down at an open device and approve with the next one."""
    set_pin(event, "organizer")
    with pytest.raises(SecondPersonNeeded):
        pins.reset_pin(
            event.store, event.organizer, event.people["organizer"], reason="忘记", at=AT
        )


def test_guessing_ends_after_five_and_outlasts_a_restart(event: Event):
    """Counted in the file by person: another process, or another session, gives no more tries."""
    set_pin(event)
    tried(event, 3)
    with pytest.raises(PinWrong) as wrong:
        change(event, "918273")
    assert wrong.value.values["left"] == 1
    with pytest.raises(PinLocked) as locked:
        change(event, "918273")
    assert locked.value.values["until"] == "09:15"
    assert kinds(event)[0] == "pin_locked"
    again = reopened(event.store)
    try:
        with pytest.raises(PinLocked):
            change(event, PIN, 60, store=again)
    finally:
        again.close()
    change(event, PIN, 15 * 60 + 2)
    assert verify(event.store) == []


def test_many_windows_at_once_have_five_tries_together(event: Event):
    """Each try is counted before it is looked at."""
    set_pin(event)

    def guess(number: int) -> str:
        with pytest.raises(Refused) as refused:
            change(event, f"91827{number}")
        return refused.value.code

    with ThreadPoolExecutor(8) as pool:
        codes = sorted(pool.map(guess, range(8)))
    assert codes == ["pin_locked"] * 4 + ["pin_wrong"] * 4
    with event.store.reading() as tx:
        assert rows.tries(tx, event.people["supervisor"])[0] == pins.TRIES


def test_after_the_wait_one_wrong_pin_locks_again(event: Event):
    """Four guesses an hour, not twenty; and in the end only a reset helps."""
    set_pin(event)
    tried(event, pins.TRIES)
    with pytest.raises(PinLocked) as locked:
        change(event, "918273", 16 * 60)
    assert locked.value.values["until"] == "09:31"
    tried(event, pins.MOST_TRIES - pins.TRIES)
    with pytest.raises(PinBlocked) as blocked:
        change(event, PIN, timedelta(days=9).total_seconds())
    assert blocked.value.clears == "reset_pin"


def test_a_hash_copied_from_another_person_is_no_way_in_and_is_found(event: Event):
    """The forger with the file gives the supervisor the PIN that he knows: his own."""
    set_pin(event)
    set_pin(event, "second", NEXT)
    mine, theirs = event.people["second"], event.people["supervisor"]
    damaged(
        event.store,
        f"UPDATE pins SET hash = (SELECT hash FROM pins WHERE person_id = '{mine}') "
        f"WHERE person_id = '{theirs}'",
    )
    with pytest.raises(PinWrong):
        change(event, NEXT)
    assert [one.check for one in verify(event.store)] == ["replay_equal"]


def entered(event: Event, seconds: float, device: str) -> Visitor:
    """The supervisor comes in on a device by a new link."""
    made = links.make_link(
        event.store, event.organizer, event.people["supervisor"], at=later(seconds)
    )
    cookie = links.open_link(
        event.store, made, at=later(seconds), address="10.0.0.9", device=device
    )
    return who_is(event.store, cookie, at=later(seconds))


def test_a_pin_set_on_another_device_is_told(event: Event):
    """An organizer who opens the supervisor's link first is found out at the supervisor's own."""
    theirs = entered(event, 1, "Windows NT")
    pins.set_pin(event.store, theirs, PIN, PIN, at=later(2))
    mine = entered(event, 3, "iPad")
    found = own_entries.own_entries(event.store, mine)
    assert found.pin is not None
    assert found.pin.device == "windows"
    assert own_entries.own_entries(event.store, theirs).pin is None
    own_entries.note_shown(event.store, mine, at=later(4))
    assert own_entries.own_entries(event.store, mine).pin is None


def test_it_may_be_postponed_on_one_device(event: Event):
    """That device asks no more; another one still does."""
    mine, other = entered(event, 1, "iPad"), entered(event, 2, "Windows NT")
    pins.postpone(event.store, mine, at=later(3))
    assert not pins.own_pin(event.store, mine).is_asked
    assert pins.own_pin(event.store, other).is_asked
    pins.set_pin(event.store, other, PIN, PIN, at=later(4))
    assert not pins.own_pin(event.store, other).is_asked


def test_who_is_alone_is_not_asked(store: Store):
    """An empty file begins with its first round, not with a PIN."""
    organizer, _ = links.begin(store, title="擂台赛", organizer="赛务·杨一", at=AT)
    assert not pins.own_pin(store, organizer).is_asked
