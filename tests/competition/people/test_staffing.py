"""Roles given and taken away: at once, with a reason, and never the last organizer's."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from competition import log, sign_ins
from competition.errors import Forbidden, Missing, ReasonNeeded
from competition.marks import deductions
from competition.people import links, people, staffing
from competition.people.errors import FollowsSeat, ForbiddenPair, LastOrganizer, NotHeld
from competition.results import standings
from competition.saying import sentence, way_out
from competition.visitor import FORBIDDEN_PAIRS, ROLES, Visitor
from db.invariants import verify
from tests.competition.event import AT, Event, later
from words import t


def revoke(event: Event, who: str, role: str, *, by: Visitor | None = None, **more: Any) -> None:
    """Take a role away."""
    values = {"reason": "换人", "at": AT} | more
    staffing.revoke_role(event.store, by or event.organizer, event.people[who], role, **values)


def roles(event: Event, who: str) -> set[str]:
    """The roles a person holds."""
    return {grant.role for grant in event.visitor(who).grants}


def test_a_role_is_taken_away_and_the_log_says_why(event: Event):
    """One event, with whose role and the reason."""
    revoke(event, "timekeeper", "timekeeper")
    assert roles(event, "timekeeper") == set()
    newest = log.log(event.store, event.organizer)[0]
    assert (newest["kind"], newest["reason"]) == ("role_revoked", "换人")
    assert [person["name"] for person in newest["people"]] == ["timekeeper·李"]
    assert verify(event.store) == []


def test_a_page_that_was_open_loses_the_right_at_once(event: Event):
    """The visitor of before, with the roles of before, still signed in: refused all the same."""
    secret = links.make_link(event.store, event.organizer, event.people["scorekeeper"], at=AT)
    cookie = links.open_link(event.store, secret, at=AT, address="10.0.0.9")
    who = sign_ins.who_is(event.store, cookie, at=AT)
    assert people.current_competition(event.store, who)
    event.fill(1, 1, ("50", "30"))
    assert standings.standings(event.store, who, event.round_id, at=AT).lines
    revoke(event, "scorekeeper", "scorekeeper")
    with pytest.raises(Forbidden):
        standings.standings(event.store, who, event.round_id, at=later(1))
    with pytest.raises(Forbidden):
        deductions.deduct(
            event.store, who, event.round_id, event.entrants[1], "0.1", reason="超时", at=later(1)
        )


def test_a_role_given_while_a_page_is_open_counts_at_once(event: Event):
    """The same, the other way round."""
    secret = links.make_link(event.store, event.organizer, event.people["leader"], at=AT)
    cookie = links.open_link(event.store, secret, at=AT, address="10.0.0.9")
    who = sign_ins.who_is(event.store, cookie, at=AT)
    with pytest.raises(Forbidden):
        log.log(event.store, who)
    people.grant_role(event.store, event.organizer, event.people["leader"], "organizer", at=AT)
    assert log.log(event.store, who)


def test_another_organizer_may_be_relieved_oneself_not(event: Event):
    """Two organizers: the first relieves the second, then nobody relieves the first."""
    with pytest.raises(LastOrganizer):
        revoke(event, "organizer", "organizer")
    revoke(event, "second", "organizer")
    with pytest.raises(LastOrganizer) as refused:
        revoke(event, "organizer", "organizer", by=replace(event.organizer, person_id="command"))
    assert way_out(refused.value, "zh") == "请先再增加一名赛务组，由其取消。"
    assert roles(event, "organizer") == {"organizer"}


@pytest.mark.parametrize(
    ("who", "role", "more", "error"),
    [
        ("timekeeper", "timekeeper", {"reason": " "}, ReasonNeeded),
        ("timekeeper", "host", {}, NotHeld),
        ("timekeeper", "timekeeper", {"county": "建水县"}, NotHeld),
        ("timekeeper", "king", {}, NotHeld),
    ],
)
def test_what_is_refused_takes_nothing_away(
    event: Event, who: str, role: str, more: dict[str, Any], error: type[Exception]
):
    """No reason; a role not held, or not held there."""
    with pytest.raises(error):
        revoke(event, who, role, **more)
    assert roles(event, who) == {"timekeeper"}


def test_a_judges_role_goes_with_the_seat(event: Event):
    """The chair's does not: the chair may be another judge."""
    for role, refused in (("judge", True), ("chair", False)):
        values: dict[str, Any] = {"round_id": event.round_id, "reason": "换人", "at": AT}
        if refused:
            with pytest.raises(FollowsSeat) as error:
                staffing.revoke_role(event.store, event.organizer, event.judges[1], role, **values)
            assert error.value.clears == "substitute"
        else:
            staffing.revoke_role(event.store, event.organizer, event.judges[1], role, **values)
    people.grant_role(
        event.store, event.organizer, event.judges[2], "chair", round_id=event.round_id, at=AT
    )
    assert {g.role for g in event.visitor(1).grants} == {"judge"}
    assert {g.role for g in event.visitor(2).grants} == {"judge", "chair"}


def test_somebody_of_another_competition_is_nobody(event: Event):
    """Ids do not cross."""
    with pytest.raises(Missing):
        staffing.revoke_role(event.store, event.organizer, "nobody", "host", reason="换人", at=AT)


def test_the_pairs_name_roles_and_no_role_excludes_itself():
    """A misspelt role would allow silently."""
    for first, second in FORBIDDEN_PAIRS:
        assert {first, second} <= set(ROLES) - {"public"}
        assert first != second
    assert len({frozenset(pair) for pair in FORBIDDEN_PAIRS}) == len(FORBIDDEN_PAIRS)


def test_each_two_roles_go_together_or_not_as_the_table_says(event: Event):
    """Refused in either order, with whose role stands in the way and what clears it."""
    store, who = event.store, event.organizer
    pairs = [set(pair) for pair in FORBIDDEN_PAIRS]
    for first, second in permutations(sorted(set(ROLES) - {"public"}), 2):
        person = people.add_person(store, who, name=f"某人{first}{second}", at=AT)
        people.grant_role(store, who, person, first, at=AT)
        if {first, second} not in pairs:
            people.grant_role(store, who, person, second, at=AT)
            continue
        with pytest.raises(ForbiddenPair) as refused:
            people.grant_role(store, who, person, second, at=AT)
        assert sentence(refused.value, "zh").startswith(f"某人{first}{second}现在是")
        assert way_out(refused.value, "zh") == t("clears.revoke_role", "zh")
        if first != "judge":
            staffing.revoke_role(store, who, person, first, reason="换岗", at=AT)
            people.grant_role(store, who, person, second, at=AT)
