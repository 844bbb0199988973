"""Cards for the judges: what stands on them, and links that lead to another address than now."""

import pytest

import db
from competition import sign_ins
from competition.errors import Forbidden, LinkRevoked
from competition.lineup import sessions
from competition.people import links, printing
from db.invariants import verify
from tests.competition import event as events
from tests.competition.event import AT, Event
from tests.db.copies import whole

OFFICE, HALL = "http://192.168.1.20:8501", "http://10.0.0.5:8501"


def printed(event: Event, *numbers: int, address: str = OFFICE, replace: bool = False):
    ids = [event.judges[number] for number in numbers]
    return printing.print_links(
        event.store, event.organizer, ids, address=address, at=AT, replace=replace
    )


def opens(event: Event, url: str) -> str:
    return links.open_link(event.store, url.rsplit("/", 1)[1], at=AT, address="10.0.0.9")


def old(event: Event, address: str) -> list[str]:
    return [one.person_id for one in printing.outdated(event.store, event.organizer, address)]


def test_a_card_says_seat_sessions_and_room(store: db.Store):
    """Rooms in order, and in each room the seats; the venue where a session has none."""
    event = events.draft(store)
    for number, venue in ((1, "一号厅"), (2, "二号厅")):
        sessions.update_session(
            store, event.organizer, event.round_id, event.sessions[number],
            title=f"第{number}场", venue=venue, starts_at="2022-03-18 14:00", at=AT,
        )  # fmt: skip
    found = printing.cards(store, event.organizer)
    assert [(card.room, card.numbers) for card in found] == [
        *(("一号厅", (number,)) for number in (1, 2, 3, 4, 5, 7)),
        ("二号厅", (6,)),
    ]
    second = next(card for card in found if card.numbers == (2,))
    assert [(s.title, s.first, s.last, s.starts_at) for s in second.sessions] == [
        ("第1场", 1, 3, "2022-03-18 14:00"),
        ("第2场", 4, 5, "2022-03-18 14:00"),
    ]
    assert [card.reserve for card in found if card.numbers == (7,)] == [True]


def test_printed_links_open_and_are_remembered_without_their_secret(event: Event):
    """The address is kept, the token is not."""
    urls = printed(event, 1, 2, address=f" {OFFICE}/ ")
    assert all(url.startswith(f"{OFFICE}/j/") for url in urls.values())
    who = sign_ins.who_is(event.store, opens(event, urls[event.judges[1]]), at=AT)
    assert who.person_id == event.judges[1]
    content = whole(event.store)
    assert all(url.rsplit("/", 1)[1].encode() not in content for url in urls.values())


def test_a_changed_address_is_noticed(event: Event):
    """Office and hall have different routers: the cards printed in the office are dead."""
    printed(event, 1, 2)
    assert old(event, OFFICE) == []
    assert old(event, f"{OFFICE}/") == []
    assert set(old(event, HALL)) == {event.judges[1], event.judges[2]}


def test_printing_again_clears_the_warning(event: Event):
    """Only the newest card of a judge counts."""
    printed(event, 1, 2)
    printed(event, 1, address=HALL)
    assert old(event, HALL) == [event.judges[2]]
    assert old(event, OFFICE) == [event.judges[1]]


def test_nothing_was_printed_and_nothing_is_warned_of(event: Event):
    """A link shown on the screen carries no remembered address."""
    links.make_link(event.store, event.organizer, event.judges[1], at=AT)
    assert old(event, HALL) == []


def test_a_revoked_card_is_not_warned_of(event: Event):
    printed(event, 1)
    with event.store.reading() as tx:
        link = tx.value("SELECT link_id FROM printed_links")
    links.revoke_link(event.store, event.organizer, str(link), at=AT)
    assert old(event, HALL) == []


def test_printing_again_ends_cards_nobody_used_and_no_tablet(event: Event):
    """A tablet that is in goes on; the unused card in a drawer opens no more."""
    first = printed(event, 1, 2)
    cookie = opens(event, first[event.judges[1]])
    printed(event, 1, 2, address=HALL)
    assert sign_ins.who_is(event.store, cookie, at=AT).person_id == event.judges[1]
    assert opens(event, first[event.judges[1]])
    with pytest.raises(LinkRevoked):
        opens(event, first[event.judges[2]])
    assert verify(event.store) == []


def test_replacing_ends_every_former_link(event: Event):
    secret = links.make_link(event.store, event.organizer, event.judges[1], at=AT)
    printed(event, 1, replace=True)
    with pytest.raises(LinkRevoked):
        links.open_link(event.store, secret, at=AT, address="10.0.0.9")


@pytest.mark.parametrize("who", [1, "scorekeeper", "host", "supervisor"])
def test_links_are_printed_by_organizers(event: Event, who: int | str):
    visitor = event.visitor(who)
    with pytest.raises(Forbidden):
        printing.print_links(
            event.store, visitor, [event.judges[1]], address=HALL, at=AT, replace=False
        )
    with pytest.raises(Forbidden):
        printing.outdated(event.store, visitor, HALL)
    with pytest.raises(Forbidden):
        printing.cards(event.store, visitor)
