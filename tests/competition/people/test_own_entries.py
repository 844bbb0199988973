"""The supervisor reads who comes in under that name, on every device of the supervisor's."""

import pytest

from competition import log, sign_ins
from competition.errors import Forbidden, LinkRevoked, SignInNeeded
from competition.people import links, own_entries, people
from competition.people.own_entries import Entries
from competition.visitor import Visitor
from db.invariants import verify
from tests.competition.event import Event, later

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"


def secret(event: Event, seconds: float, role: str = "supervisor") -> str:
    """A link made by the organizer."""
    return links.make_link(event.store, event.organizer, event.people[role], at=later(seconds))


def enter(
    event: Event, token: str, seconds: float, *, former: str | None = None, device: str = WINDOWS
) -> tuple[Visitor, str]:
    """Come in by a link: who that is, and the browser's cookie."""
    cookie = links.open_link(
        event.store, token, at=later(seconds), address="10.0.0.9", device=device, former=former
    )
    return sign_ins.who_is(event.store, cookie, at=later(seconds)), cookie


def told(event: Event, who: Visitor) -> Entries:
    """What this device has still to read."""
    return own_entries.own_entries(event.store, who)


def test_the_link_one_came_by_is_no_news(event: Event):
    """Also when it is opened twice in the same browser."""
    token = secret(event, 1)
    who, cookie = enter(event, token, 2)
    assert told(event, who).is_empty
    again, _ = enter(event, token, 3, former=cookie)
    assert told(event, again).is_empty


def test_another_link_is_told_with_who_made_it(event: Event):
    """Made while the supervisor is in: said on the next page, until read."""
    who, _ = enter(event, secret(event, 1), 2)
    secret(event, 3)
    (link,) = told(event, who).links
    assert link.by == "赛务·杨一"
    own_entries.note_shown(event.store, who, at=later(4))
    assert told(event, who).is_empty
    newest = log.log(event.store, who)[0]
    assert (newest["kind"], newest["actor"]) == ("link_made", "赛务·杨一")


def test_an_organizer_who_enters_as_the_supervisor_is_noticed(event: Event):
    """By the very link that was handed out: the page says where from, and that it is still in."""
    token = secret(event, 1)
    who, _ = enter(event, token, 2)
    enter(event, token, 3)
    (entry,) = told(event, who).entries
    assert (entry.device, entry.now, entry.is_live) == ("windows", "", True)


def test_leaving_again_hides_nothing(event: Event):
    """The organizer goes back to their own seat in that browser: its page says whose it is now."""
    token, own = secret(event, 1), secret(event, 1, "organizer")
    who, _ = enter(event, token, 2)
    _, cookie = enter(event, token, 3)
    enter(event, own, 4, former=cookie)
    (entry,) = told(event, who).entries
    assert (entry.now, entry.is_live) == ("赛务·杨一", False)


def test_reading_it_on_another_device_hides_nothing_here(event: Event):
    """Whoever came in under the name cannot read the notice away."""
    token = secret(event, 1)
    who, _ = enter(event, token, 2)
    intruder, _ = enter(event, token, 3)
    own_entries.note_shown(event.store, intruder, at=later(4))
    assert len(told(event, who).entries) == 1


def test_the_others_are_ended_and_this_device_goes_on(event: Event):
    """Every former link is dead, also the one this device came by; nobody knows the new one."""
    token = secret(event, 1)
    who, cookie = enter(event, token, 2)
    intruder, _ = enter(event, token, 3)
    own_entries.end_other_entries(event.store, who, at=later(4))
    assert told(event, who).is_empty
    assert log.log(event.store, sign_ins.who_is(event.store, cookie, at=later(5)))
    with pytest.raises(SignInNeeded):
        log.log(event.store, intruder)
    with pytest.raises(LinkRevoked):
        links.open_link(event.store, token, at=later(6), address="10.0.0.9")
    assert log.log(event.store, event.organizer)[0]["kind"] == "other_entries_ended"
    assert verify(event.store) == []


def test_who_checks_nobody_is_not_asked(event: Event):
    """The organizer, the host and the judges have no such notice."""
    for role in ("organizer", "host", 1):
        with pytest.raises(Forbidden):
            own_entries.own_entries(event.store, event.visitor(role))
        with pytest.raises(Forbidden):
            own_entries.end_other_entries(event.store, event.visitor(role), at=later(1))


def test_a_checker_of_one_round_is_told_as_well(event: Event):
    """A role held in a round is enough: the name is the same everywhere."""
    people.grant_role(
        event.store,
        event.organizer,
        event.people["leader"],
        "checker",
        round_id=event.round_id,
        at=later(0),
    )
    token = secret(event, 1, "leader")
    who, _ = enter(event, token, 2)
    enter(event, token, 3)
    assert len(told(event, who).entries) == 1
    own_entries.end_other_entries(event.store, who, at=later(4))
    assert told(event, who).is_empty
