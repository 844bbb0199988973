"""Entry by link: what opens, what does not, and what a browser holds afterwards."""

import threading
from datetime import timedelta

import pytest

import db
from competition import sign_ins
from competition.errors import (
    LinkExpired,
    LinkRefused,
    LinkRevoked,
    Missing,
    Replaced,
    SignInNeeded,
)
from competition.marks import pad_marks
from competition.people import links, people
from competition.people.errors import TooManyAttempts
from competition.people.links import WRONG_LINKS_A_MINUTE
from competition.visitor import PUBLIC
from tests.competition import event as events
from tests.competition.event import AT, Event, later
from tests.db.copies import whole


def link(event: Event, who: int | str, **values: object) -> str:
    person = event.judges[who] if isinstance(who, int) else event.people[who]
    return links.make_link(event.store, event.organizer, person, at=AT, **values)


def enter(event: Event, secret: str, **values: object) -> str:
    given = {"at": AT, "address": "10.0.0.1", **values}
    return links.open_link(event.store, secret, **given)


def link_id(event: Event, person_id: str) -> str:
    with event.store.reading() as tx:
        return str(tx.value("SELECT id FROM links WHERE person_id = :p", p=person_id))


def test_a_link_opens_as_its_person(event: Event):
    """On as many devices as it is opened on."""
    secret = link(event, 1)
    for _ in range(2):
        who = sign_ins.who_is(event.store, enter(event, secret), at=AT)
        assert (who.person_id, who.competition_id) == (
            event.judges[1],
            event.organizer.competition_id,
        )
        assert who.roles_in(event.round_id) == {"judge", "chair", "public"}


def test_no_secret_is_stored(event: Event):
    """Whoever reads the whole file finds neither a token nor a cookie."""
    secret = link(event, 1)
    cookie = enter(event, secret)
    content = whole(event.store)
    assert secret.encode() not in content
    assert cookie.encode() not in content
    assert len(secret) >= 22


@pytest.mark.parametrize(
    "secret", ["", "wrong", "x" * 10_000, "' OR 1=1 --", "\x00", "评委", "%00"]
)
def test_a_wrong_link_opens_nothing(event: Event, secret: str):
    """And says the same whatever was wrong with it."""
    with pytest.raises(LinkRefused) as refused:
        enter(event, secret)
    assert type(refused.value) is LinkRefused


def test_a_revoked_link_ends_every_device(event: Event):
    """At once: also for a page that was loaded before, in the middle of a mark."""
    secret = link(event, 1)
    cookies = [enter(event, secret) for _ in range(2)]
    who = sign_ins.who_is(event.store, cookies[0], at=AT)
    links.revoke_link(event.store, event.organizer, link_id(event, event.judges[1]), at=AT)
    with pytest.raises(LinkRevoked):
        enter(event, secret)
    for cookie in cookies:
        with pytest.raises(SignInNeeded):
            sign_ins.who_is(event.store, cookie, at=AT)
    with pytest.raises(SignInNeeded):
        pad_marks.record_marks(
            event.store,
            who,
            round_id=event.round_id,
            entrant_id=event.entrants[1],
            changes=[event.change(0, "50")],
            at=AT,
        )


def test_another_link_of_the_person_still_opens(event: Event):
    """Only the link that was lost is ended."""
    link(event, 1)
    lost = link_id(event, event.judges[1])
    second = link(event, 1)
    cookie = enter(event, second)
    links.revoke_link(event.store, event.organizer, lost, at=AT)
    assert sign_ins.who_is(event.store, cookie, at=AT).person_id == event.judges[1]


@pytest.mark.parametrize(("seconds", "opens"), [(-1, True), (0, False), (1, False)])
def test_a_link_expires(event: Event, seconds: float, opens: bool):
    """From the very second on."""
    secret = link(event, 1, expires_at=later(100))
    if opens:
        assert enter(event, secret, at=later(100 + seconds))
    else:
        with pytest.raises(LinkExpired):
            enter(event, secret, at=later(100 + seconds))


def test_a_link_of_another_event_enters_that_event(store: db.Store):
    """Its person has no role here, whatever ids they send."""
    mine, other = events.opened(store), events.opened(store, title="另一场")
    who = sign_ins.who_is(store, enter(other, link(other, 1)), at=AT)
    with pytest.raises(Missing):
        pad_marks.record_marks(
            store,
            who,
            round_id=mine.round_id,
            entrant_id=mine.entrants[1],
            changes=[mine.change(0, "50")],
            at=AT,
        )


def test_wrong_links_are_limited_by_address_and_minute(event: Event):
    """Thirty wrong ones; then that address waits, unless it brings a right link."""
    secret = link(event, 1)
    for _ in range(WRONG_LINKS_A_MINUTE):
        with pytest.raises(LinkRefused):
            enter(event, "wrong")
    with pytest.raises(TooManyAttempts):
        enter(event, "wrong")
    assert enter(event, secret), "a whole hall may share one address"
    assert enter(event, secret, address="10.0.0.2")
    with pytest.raises(LinkRefused):
        enter(event, "wrong", at=later(61))


def test_waiting_does_not_prolong_the_wait(event: Event):
    """A tablet that keeps trying gets in after a minute all the same; nothing piles up."""
    for _ in range(WRONG_LINKS_A_MINUTE):
        with pytest.raises(LinkRefused):
            enter(event, "wrong")
    for second in range(1, 60):
        with pytest.raises(TooManyAttempts):
            enter(event, "wrong", at=later(second))
    with event.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM attempts") == WRONG_LINKS_A_MINUTE
    with pytest.raises(LinkRefused):
        enter(event, "wrong", at=later(61))
    with event.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM attempts") == 1


def test_two_links_in_one_browser_are_one_seat(event: Event):
    """The page of the former judge says whose seat it is now."""
    first = enter(event, link(event, 1))
    second = enter(event, link(event, 5), former=first)
    assert sign_ins.who_is(event.store, second, at=AT).person_id == event.judges[5]
    with pytest.raises(Replaced) as refused:
        sign_ins.who_is(event.store, first, at=AT)
    assert refused.value.values == {"name": "评委·赵5"}
    assert refused.value.status == 409


def test_a_chain_of_links_names_who_sits_there_now(event: Event):
    """Not who came in between."""
    first = enter(event, link(event, 1))
    second = enter(event, link(event, 2), former=first)
    enter(event, link(event, 5), former=second)
    with pytest.raises(Replaced) as refused:
        sign_ins.who_is(event.store, first, at=AT)
    assert refused.value.values == {"name": "评委·赵5"}


def test_the_same_link_opened_twice_goes_on(event: Event):
    """A judge who taps the code again is not locked out of the page already open."""
    secret = link(event, 1)
    first = enter(event, secret)
    enter(event, secret, former=first)
    assert sign_ins.who_is(event.store, first, at=AT).person_id == event.judges[1]
    links.revoke_link(event.store, event.organizer, link_id(event, event.judges[1]), at=AT)
    with pytest.raises(SignInNeeded):
        sign_ins.who_is(event.store, first, at=AT)


def test_a_strangers_cookie_ends_nobodys_sign_in(event: Event):
    """An unknown former cookie is ignored."""
    kept = enter(event, link(event, 1))
    enter(event, link(event, 5), former="made up")
    assert sign_ins.who_is(event.store, kept, at=AT).person_id == event.judges[1]


@pytest.mark.parametrize("cookie", ["made up", "x" * 5000, "' OR '1'='1"])
def test_a_made_up_cookie_is_nobody(event: Event, cookie: str):
    """Refused; and no cookie at all is the public."""
    with pytest.raises(SignInNeeded):
        sign_ins.who_is(event.store, cookie, at=AT)
    assert sign_ins.who_is(event.store, None, at=AT) is PUBLIC


def test_the_hash_of_a_cookie_is_no_cookie(event: Event):
    """Who has read the database cannot enter with what stands there."""
    enter(event, link(event, 1))
    with event.store.reading() as tx:
        stored = [row["id_hash"] for row in tx.rows("SELECT id_hash FROM sign_ins")]
        tokens = [row["token_hash"] for row in tx.rows("SELECT token_hash FROM links")]
    for value in stored:
        with pytest.raises(SignInNeeded):
            sign_ins.who_is(event.store, value, at=AT)
    for value in tokens:
        with pytest.raises(LinkRefused):
            enter(event, value)


def test_many_devices_enter_at_once(event: Event):
    """Twenty tablets at eight o'clock: each gets its own sign-in."""
    secrets = [link(event, number) for number in event.judges] * 3
    cookies: list[str] = []
    failures: list[BaseException] = []

    def come(secret: str) -> None:
        try:
            cookies.append(enter(event, secret))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=come, args=(secret,)) for secret in secrets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(set(cookies)) == len(secrets)


def test_last_seen_is_noted_and_records_no_event(event: Event):
    """Presence is telemetry: it does not move the counter that standings hang on."""
    cookie = enter(event, link(event, 1))
    with event.store.reading() as tx:
        before = tx.value("SELECT max(seq) FROM events")
    sign_ins.who_is(event.store, cookie, at=AT + timedelta(minutes=5))
    with event.store.reading() as tx:
        assert tx.value("SELECT max(seq) FROM events") == before
        assert tx.value("SELECT last_seen FROM sign_ins") == "2022-03-18T01:05:00.000Z"


def test_a_device_remembers_its_language(event: Event):
    """Also when the seat changes; an unknown language is not taken."""
    first = enter(event, link(event, 1))
    who = sign_ins.who_is(event.store, first, at=AT)
    sign_ins.choose_language(event.store, who, "en")
    sign_ins.choose_language(event.store, who, "xx")
    second = enter(event, link(event, 5), former=first)
    now = sign_ins.who_is(event.store, second, at=AT)
    assert sign_ins.language(event.store, now) == "en"


@pytest.mark.parametrize("role", ["king", "public", ""])
def test_an_unknown_role_is_not_granted(event: Event, role: str):
    """The public is not a role that is given."""
    with pytest.raises(Missing):
        people.grant_role(event.store, event.organizer, event.judges[1], role, at=AT)


def test_a_judge_of_a_round_has_a_seat_in_it(event: Event):
    """The role alone, without a number, is not given for a round."""
    person = people.add_person(event.store, event.organizer, name="某人", at=AT)
    with pytest.raises(Missing):
        people.grant_role(
            event.store, event.organizer, person, "judge", round_id=event.round_id, at=AT
        )
