"""Pairing a tablet to a seat, and every way a stranger could try to come in by it."""

import threading
from datetime import timedelta
from typing import Any

import pytest

import db
from competition import sign_ins
from competition.errors import Forbidden, Missing, Refused, SignInNeeded
from competition.ids import digest
from competition.people import links, pairing, people
from competition.people.errors import CodeUnknown, PairingOver, TooManyAttempts, TooManyTablets
from competition.people.pairing import BEGUN_A_MINUTE, MOST_WAITING, WRONG_A_MINUTE, Waiting
from competition.visitor import PUBLIC
from db.invariants import verify
from tests.competition import event as events
from tests.competition.event import AT, Event, later
from tests.db.copies import whole


def tablet(event: Event, **values: Any) -> Waiting:
    given = {"at": AT, "address": "10.0.0.1", "device": "iPad", **values}
    return pairing.begin_pairing(event.store, **given)


def pair(event: Event, code: str, judge: int = 3, who: str = "scorekeeper", **values: Any) -> None:
    given = {"at": AT, **values}
    pairing.pair_tablet(
        event.store, event.visitor(who), event.round_id, event.judges[judge], code, **given
    )


def come_in(event: Event, waiting: Waiting, **values: Any) -> str:
    given = {"at": AT, **values}
    return pairing.enter_paired(event.store, waiting.secret, **given)


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10_000:04d}"


def test_a_tablet_is_given_its_seat(event: Event):
    """Digits shown, typed at the desk, and the tablet is that judge, and no other."""
    waiting = tablet(event)
    assert (len(waiting.code), waiting.code.isdigit(), waiting.is_paired) == (4, True, False)
    assert pairing.pairing_state(event.store, waiting.secret, at=AT) == "waiting"
    pair(event, waiting.code)
    assert pairing.pairing_state(event.store, waiting.secret, at=AT) == "paired"
    who = sign_ins.who_is(event.store, come_in(event, waiting), at=AT)
    assert who.person_id == event.judges[3]
    assert verify(event.store) == []


def test_the_desk_sees_which_tablet_it_is(event: Event):
    """Device, address and how long it has waited, before anything is given to it."""
    waiting = tablet(event, device="Mozilla/5.0 (iPad)")
    found = pairing.find_tablet(
        event.store, event.visitor("scorekeeper"), event.round_id, waiting.code, at=later(12)
    )
    assert (found.device, found.address, found.seconds) == ("Mozilla/5.0 (iPad)", "10.0.0.1", 12)


def test_it_is_on_record_who_gave_which_seat(event: Event):
    """One event, by the desk, about the judge; neither digits nor secrets in it."""
    waiting = tablet(event)
    pair(event, waiting.code)
    with event.store.reading() as tx:
        row = tx.one("SELECT * FROM events ORDER BY seq DESC LIMIT 1")
    assert row is not None
    assert (row["kind"], row["subject"]) == ("tablet_paired", event.judges[3])
    assert row["actor"] == event.people["scorekeeper"]
    assert waiting.secret not in row["payload"]


def test_waiting_is_no_event(event: Event):
    """A tablet that only shows digits does not move the counter that boards hang on."""
    with event.store.reading() as tx:
        before = tx.value("SELECT max(seq) FROM events")
    tablet(event)
    with event.store.reading() as tx:
        assert tx.value("SELECT max(seq) FROM events") == before


def test_reloading_shows_the_same_digits(event: Event):
    """A tablet that falls asleep does not confuse the desk."""
    waiting = tablet(event)
    again = tablet(event, secret=waiting.secret, at=later(60))
    assert (again.code, again.secret, again.seconds) == (waiting.code, waiting.secret, 120)
    with event.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM pairings") == 1


@pytest.mark.parametrize("typed", [" {} ", "{}\t"])
def test_digits_are_read_as_meant(event: Event, typed: str):
    waiting = tablet(event)
    pair(event, typed.format(waiting.code))
    assert come_in(event, waiting)


def test_full_width_digits_are_digits(event: Event):
    """As a Chinese keyboard types them."""
    waiting = tablet(event)
    pair(event, "".join(chr(0xFF10 + int(digit)) for digit in waiting.code))
    assert come_in(event, waiting)


# Attacks


def test_whoever_knows_the_digits_does_not_come_in(event: Event):
    """They are read across the table by everybody; only the tablet's own secret opens."""
    waiting = tablet(event)
    pair(event, waiting.code)
    for guess in (waiting.code, "", "x", waiting.secret[:-1], "' OR 1=1 --"):
        with pytest.raises(PairingOver):
            pairing.enter_paired(event.store, guess, at=AT)
    assert come_in(event, waiting)


def test_another_tablet_does_not_come_in_by_this_pairing(event: Event):
    """Each holds a secret of its own; the other one goes on waiting."""
    mine, theirs = tablet(event), tablet(event, address="10.0.0.2")
    pair(event, mine.code)
    assert pairing.pairing_state(event.store, theirs.secret, at=AT) == "waiting"
    with pytest.raises(PairingOver):
        come_in(event, theirs)
    assert come_in(event, mine)


def test_a_pairing_opens_once(event: Event):
    """A copied cookie comes too late, and so does a second press at the desk."""
    waiting = tablet(event)
    pair(event, waiting.code)
    come_in(event, waiting)
    with pytest.raises(PairingOver):
        come_in(event, waiting)
    with pytest.raises(CodeUnknown):
        pair(event, waiting.code, judge=4)
    assert pairing.pairing_state(event.store, waiting.secret, at=AT) == "over"


def test_digits_are_given_once(event: Event):
    """Before the tablet has come in, nobody can give it another seat."""
    waiting = tablet(event)
    pair(event, waiting.code)
    with pytest.raises(CodeUnknown):
        pair(event, waiting.code, judge=4)
    who = sign_ins.who_is(event.store, come_in(event, waiting), at=AT)
    assert who.person_id == event.judges[3]


@pytest.mark.parametrize(("seconds", "good"), [(179, True), (180, False), (3600, False)])
def test_digits_expire(event: Event, seconds: int, good: bool):
    """After three minutes; the tablet then shows new ones."""
    waiting = tablet(event)
    at = later(seconds)
    if good:
        pair(event, waiting.code, at=at)
        return
    with pytest.raises(CodeUnknown):
        pair(event, waiting.code, at=at)
    assert pairing.pairing_state(event.store, waiting.secret, at=at) == "over"
    fresh = tablet(event, secret=waiting.secret, at=at)
    assert fresh.secret != waiting.secret


def test_a_paired_tablet_comes_in_within_a_minute(event: Event):
    """Afterwards one of the staff must look at it again."""
    waiting = tablet(event)
    pair(event, waiting.code)
    with pytest.raises(PairingOver):
        come_in(event, waiting, at=later(61))
    with event.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM sign_ins") == 0


def test_nobody_paired_it(event: Event):
    with pytest.raises(PairingOver):
        come_in(event, tablet(event))


def test_guessing_at_the_desk_is_limited(event: Event):
    """Ten wrong codes a minute by one person; then right ones wait too, others do not."""
    waiting = tablet(event)
    wrong = other_than(waiting.code)
    who = event.visitor("scorekeeper")
    for _ in range(WRONG_A_MINUTE):
        with pytest.raises(CodeUnknown):
            pairing.find_tablet(event.store, who, event.round_id, wrong, at=AT)
    with pytest.raises(TooManyAttempts):
        pair(event, waiting.code)
    with pytest.raises(TooManyAttempts):
        pairing.find_tablet(event.store, who, event.round_id, waiting.code, at=AT)
    pair(event, waiting.code, who="organizer", at=later(30))


def test_wrong_digits_change_nothing(event: Event):
    """No link is made, no event is written."""
    waiting = tablet(event)
    with event.store.reading() as tx:
        before = tx.value("SELECT max(seq) FROM events"), tx.value("SELECT count(*) FROM links")
    for code in (other_than(waiting.code), "", "12", "12345", "abcd", "%", "____"):
        with pytest.raises(CodeUnknown):
            pair(event, code)
    with event.store.reading() as tx:
        after = tx.value("SELECT max(seq) FROM events"), tx.value("SELECT count(*) FROM links")
    assert before == after


def test_two_tablets_never_show_the_same_digits(event: Event, monkeypatch: pytest.MonkeyPatch):
    """Were the draw to repeat itself, it is drawn again."""
    drawn = iter([4711, 4711, 4711, 815])
    monkeypatch.setattr(pairing.secrets, "randbelow", lambda _: next(drawn))
    assert tablet(event).code == "4711"
    assert tablet(event).code == "0815"


def test_digits_are_free_again_when_they_have_expired(
    event: Event, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pairing.secrets, "randbelow", lambda _: 4711)
    old = tablet(event)
    new = tablet(event, at=later(181))
    pair(event, "4711", at=later(182))
    with pytest.raises(PairingOver):
        come_in(event, old, at=later(182))
    assert come_in(event, new, at=later(182))


def test_asking_for_digits_is_limited_by_address(event: Event):
    """Twenty a minute: a script does not use up the digits; another tablet goes on."""
    for _ in range(BEGUN_A_MINUTE):
        tablet(event)
    with pytest.raises(TooManyTablets):
        tablet(event)
    assert tablet(event, address="10.0.0.2")
    assert tablet(event, at=later(61))


def test_so_many_wait_that_a_slip_seldom_meets_one(event: Event):
    """Four digits in a hundred at most are taken, from however many addresses they are asked."""
    with event.store.writing():
        for number in range(MOST_WAITING):
            tablet(event, address=f"10.1.0.{number}")
    with pytest.raises(TooManyTablets):
        tablet(event, address="10.2.0.1")


def test_only_a_judges_seat_is_given(event: Event):
    """Nobody becomes an organizer, and nobody without a seat becomes a judge, by four digits."""
    waiting = tablet(event)
    spare = people.add_person(event.store, event.organizer, name="某人", at=AT)
    for person in (event.people["organizer"], event.people["host"], spare):
        with pytest.raises(Missing):
            pairing.pair_tablet(
                event.store, event.organizer, event.round_id, person, waiting.code, at=AT
            )
    event.hold(3, "organizer")
    with pytest.raises(Forbidden):
        pair(event, waiting.code, judge=3)
    pair(event, waiting.code, judge=4)


@pytest.mark.parametrize("who", [1, "host", "supervisor", "timekeeper", "leader", "checker"])
def test_whoever_is_not_at_the_desk_pairs_nothing(event: Event, who: Any):
    """Neither sees which tablets wait."""
    waiting = tablet(event)
    visitor = event.visitor(who)
    with pytest.raises(Forbidden):
        pairing.pair_tablet(
            event.store, visitor, event.round_id, event.judges[3], waiting.code, at=AT
        )
    with pytest.raises(Forbidden):
        pairing.find_tablet(event.store, visitor, event.round_id, waiting.code, at=AT)
    with pytest.raises(SignInNeeded):
        pairing.seats_to_pair(event.store, PUBLIC, event.round_id)


def test_a_desk_of_another_event_gives_no_seat_of_this_one(store: db.Store):
    """Whatever ids it sends."""
    mine, other = events.opened(store), events.opened(store, title="另一场")
    waiting = tablet(mine)
    with pytest.raises(Missing):
        pairing.pair_tablet(
            store, other.organizer, mine.round_id, mine.judges[3], waiting.code, at=AT
        )
    with pytest.raises(Missing):
        pairing.pair_tablet(
            store, other.organizer, other.round_id, mine.judges[3], waiting.code, at=AT
        )


def test_revoking_the_link_ends_the_tablet(event: Event):
    """A paired tablet hangs on a link of its own: that one ends, the judge's other one stays."""
    secret = links.make_link(event.store, event.organizer, event.judges[3], at=AT)
    kept = links.open_link(event.store, secret, at=AT, address="10.0.0.3")
    waiting = tablet(event)
    pair(event, waiting.code)
    cookie = come_in(event, waiting)
    with event.store.reading() as tx:
        link = tx.value("SELECT link_id FROM sign_ins WHERE id_hash = :h", h=digest(cookie))
    links.revoke_link(event.store, event.organizer, str(link), at=AT)
    with pytest.raises(SignInNeeded):
        sign_ins.who_is(event.store, cookie, at=AT)
    assert sign_ins.who_is(event.store, kept, at=AT).person_id == event.judges[3]


def test_revoked_before_it_came_in(event: Event):
    """The desk gave the wrong seat and took it back."""
    waiting = tablet(event)
    pair(event, waiting.code)
    with event.store.reading() as tx:
        link = tx.value("SELECT id FROM links WHERE person_id = :p", p=event.judges[3])
    links.revoke_link(event.store, event.organizer, str(link), at=AT)
    with pytest.raises(PairingOver):
        come_in(event, waiting)


def test_the_seat_the_tablet_had_before_ends(event: Event):
    """One browser, one seat."""
    first = tablet(event)
    pair(event, first.code, judge=1)
    old = come_in(event, first)
    second = tablet(event)
    pair(event, second.code, judge=2)
    new = come_in(event, second, former=old)
    assert sign_ins.who_is(event.store, new, at=AT).person_id == event.judges[2]
    with pytest.raises(Refused):
        sign_ins.who_is(event.store, old, at=AT)


def test_no_secret_of_a_pairing_is_stored(event: Event):
    """Whoever reads the file can come in by nothing that stands there."""
    waiting = tablet(event)
    pair(event, waiting.code)
    cookie = come_in(event, tablet(event, secret=waiting.secret))
    content = whole(event.store)
    assert waiting.secret.encode() not in content
    assert cookie.encode() not in content


def test_many_tablets_at_once(event: Event):
    """Fifteen unpacked together: each has digits of its own and its own seat."""
    found: list[Waiting] = []

    def begin(number: int) -> None:
        found.append(tablet(event, address=f"10.0.1.{number}"))

    threads = [threading.Thread(target=begin, args=(n,)) for n in range(15)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({waiting.code for waiting in found}) == len(found) == 15


def test_two_desks_type_the_same_digits_at_once(event: Event):
    """One of them gives the seat; the other reads that no tablet waits."""
    waiting = tablet(event)
    done: list[Any] = []

    def press(judge: int, who: str) -> None:
        try:
            pair(event, waiting.code, judge=judge, who=who)
            done.append(judge)
        except Refused as error:
            done.append(type(error))

    threads = [
        threading.Thread(target=press, args=(judge, who))
        for judge, who in ((3, "scorekeeper"), (4, "organizer"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert CodeUnknown in done
    given = next(judge for judge in done if isinstance(judge, int))
    who = sign_ins.who_is(event.store, come_in(event, waiting), at=AT)
    assert who.person_id == event.judges[given]


def test_seats_say_how_many_devices_they_have(event: Event):
    waiting = tablet(event)
    pair(event, waiting.code)
    come_in(event, waiting)
    seats = pairing.seats_to_pair(event.store, event.visitor("scorekeeper"), event.round_id)
    assert [seat["devices"] for seat in seats] == [0, 0, 1, 0, 0, 0, 0]
    assert [seat["number"] for seat in seats] == [1, 2, 3, 4, 5, 6, 7]


def test_expired_rows_are_forgotten(event: Event):
    """Nothing piles up over a long day."""
    for minute in range(5):
        tablet(event, at=AT + timedelta(minutes=4 * minute))
    with event.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM pairings") == 1
