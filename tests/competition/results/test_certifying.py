"""Certifying by two people: on the same result, by two persons, with nothing in the way."""

import json
from dataclasses import replace

import pytest

from competition.errors import Forbidden, Refused, SecondPersonNeeded
from competition.marks import deductions
from competition.people import links, people, pins
from competition.people.confirming import confirm_here
from competition.results import certification, certifying, rulings, verifying
from competition.results.errors import DataUnclean, NothingSigned, SecondPersonThere, StaleStanding
from competition.saying import way_out
from competition.visitor import Grant, Visitor
from db.invariants import verify
from tests.competition import event as events
from tests.competition.event import AT, Event, later

PIN = "506172"


def shown(event: Event) -> str:
    """The check code on the button."""
    return certifying.to_sign(event.store, event.organizer, event.round_id).sha256


def sign(event: Event, sha256: str, who: str = "organizer") -> None:
    """The first signature."""
    certifying.sign_certificate(
        event.store, event.visitor(who), event.round_id, sha256=sha256, at=later(1)
    )


def certify(event: Event, sha256: str, who: str = "supervisor") -> None:
    """The second."""
    certifying.certify(event.store, event.visitor(who), event.round_id, sha256=sha256, at=later(2))


def deduct(event: Event, points: str = "1") -> None:
    """A deduction, confirmed."""
    one = deductions.deduct(
        event.store, event.organizer, event.round_id, event.entrants[1], points, reason="x", at=AT
    )
    deductions.confirm_deduction(event.store, event.visitor("supervisor"), one, at=AT)


def refuses(event: Event, error: type[Refused], act: object, *args: object) -> Refused:
    """What an act is refused with; nothing is written."""
    before = event.store._writer.conn.total_changes
    with pytest.raises(error) as refused:
        act(event, *args)  # type: ignore[operator]
    assert event.store._writer.conn.total_changes == before
    return refused.value


@pytest.mark.usefixtures("whole_file_verified")
def test_two_people_sign_the_same_and_both_are_named(closed: Event):
    """The certificate stands on the first signature; verify is clean."""
    code = shown(closed)
    sign(closed, code)
    waiting = certifying.to_sign(closed.store, closed.visitor("supervisor"), closed.round_id)
    assert waiting.signed is not None
    assert (waiting.signed.by, waiting.sha256, waiting.is_void) == ("赛务·杨一", code, False)
    certify(closed, code)
    given = certification.certified(closed.store, closed.organizer, closed.round_id)
    assert given["by"] == ("赛务·杨一", "supervisor·李")
    assert "alone" not in given["content"]
    assert verify(closed.store) == []


def test_the_second_signs_by_pin_on_the_first_one_s_device(closed: Event):
    """The act is the second person's own; the PIN of the first signs nothing."""
    code = shown(closed)
    for who in ("supervisor", "organizer"):
        links.make_link(closed.store, closed.organizer, closed.people[who], at=AT)
        pins.set_pin(closed.store, closed.visitor(who), PIN, PIN, at=AT)
    sign(closed, shown(closed))

    def do(second: Visitor) -> object:
        given = {"sha256": code, "at": later(2)}
        return certifying.certify(closed.store, second, closed.round_id, **given)

    about = {"act": "certify", "round_id": closed.round_id, "at": later(2)}
    with pytest.raises(SecondPersonNeeded):
        confirm_here(closed.store, closed.organizer, closed.people["organizer"], PIN, do, **about)
    confirm_here(closed.store, closed.organizer, closed.people["supervisor"], PIN, do, **about)
    given = certification.certified(closed.store, closed.organizer, closed.round_id)
    assert given["by"] == ("赛务·杨一", "supervisor·李")


def test_one_person_cannot_sign_twice(closed: Event):
    """It is the person that counts."""
    code = shown(closed)
    sign(closed, code)
    refuses(closed, SecondPersonNeeded, certify, code, "organizer")


def test_a_change_between_the_two_drops_the_first_signature(closed: Event):
    """Refused to the second person, and to the first one's old page; then all begins again."""
    code = shown(closed)
    sign(closed, code)
    deduct(closed)
    refuses(closed, StaleStanding, certify, code)
    now = certifying.to_sign(closed.store, closed.organizer, closed.round_id)
    assert (now.signed, now.is_void) == (None, True)
    refuses(closed, StaleStanding, certify, now.sha256)
    refuses(closed, StaleStanding, sign, code)
    sign(closed, now.sha256)
    certify(closed, now.sha256)


def test_the_last_of_signatures_of_one_millisecond_counts(closed: Event):
    """Their ids are random and say nothing of their order: the one before stays void."""
    codes = []
    for _ in range(4):
        codes.append(shown(closed))
        sign(closed, codes[-1])
        now = certifying.to_sign(closed.store, closed.organizer, closed.round_id)
        assert (now.sha256, now.is_void) == (codes[-1], False)
        assert now.signed is not None
        deduct(closed, "0.1")
    assert len(set(codes)) == 4
    refuses(closed, StaleStanding, certify, shown(closed))


def test_nobody_signs_second_before_the_first(closed: Event):
    """A supervisor alone certifies nothing."""
    refuses(closed, NothingSigned, certify, shown(closed))


def test_a_second_press_of_the_first_signature_changes_nothing(closed: Event):
    """One signature, one event."""
    code = shown(closed)
    sign(closed, code)
    before = closed.store._writer.conn.total_changes
    sign(closed, code)
    assert closed.store._writer.conn.total_changes == before


def test_the_code_of_another_round_signs_nothing(store: object):
    """Two rounds with the same marks have different codes."""
    one, other = events.closed(store), events.closed(store)  # type: ignore[arg-type]
    code = shown(one)
    sign(one, code)
    refuses(other, StaleStanding, sign, code)
    refuses(other, NothingSigned, certify, code)
    who = other.visitor("supervisor")
    with pytest.raises(Refused):
        certifying.certify(one.store, who, one.round_id, sha256=code, at=later(3))


def test_a_role_that_is_only_claimed_signs_nothing(closed: Event):
    """A visitor's own list of roles is looked up again where it came by a sign-in."""
    sign(closed, shown(closed))
    who = replace(closed.visitor("host"), grants=(Grant("host"),))
    with pytest.raises(Forbidden):
        certifying.certify(closed.store, who, closed.round_id, sha256=shown(closed), at=later(3))


@pytest.mark.parametrize("what", ["deduction", "ruling"])
def test_what_waits_for_a_second_person_keeps_the_result_from_being_signed(
    closed: Event, what: str
):
    """Listed with the act that clears it; signing is refused with the same."""
    where = (closed.store, closed.organizer, closed.round_id)
    if what == "deduction":
        deductions.deduct(*where, closed.entrants[1], "1", reason="超时", at=AT)
    else:
        tied = [closed.entrants[1], closed.entrants[2]]
        rulings.enter_ruling(*where, tied, reason="议定", at=AT)
    listed = certifying.to_sign(*where).blockers
    assert [(one.code, one.clears) for one in listed] == [("signatures_wait", f"confirm_{what}")]
    refused = refuses(closed, Refused, sign, shown(closed))
    assert refused.code == "signatures_wait"


@pytest.mark.usefixtures("whole_file_verified")
def test_an_altered_file_is_on_the_list(closed: Event):
    """The second verifier's difference and what verifying finds are blockers like the others."""
    with closed.store.writing() as tx:
        tx.run("UPDATE marks SET value = value - 500")
    closed.hold("host", "leader")  # an event, so that no standing computed before is lent
    listed = certifying.to_sign(closed.store, closed.organizer, closed.round_id).blockers
    assert [one.code for one in listed] == ["verifier_disagrees", "data_unclean"]
    assert listed[1].values["finding"] == "replay_equal"
    assert all(way_out(one, "zh") for one in listed[1:])


@pytest.mark.usefixtures("whole_file_verified")
def test_what_only_verifying_finds_keeps_the_result_from_being_certified(closed: Event):
    """A row of another round, altered between the two signatures without an event."""
    code = shown(closed)
    sign(closed, code)
    with closed.store.writing() as tx:
        tx.run("UPDATE people SET unit = '别处' WHERE id = :p", p=closed.judges[7])
    refused = refuses(closed, DataUnclean, certify, code)
    assert (refused.values["finding"], refused.clears) == ("replay_equal", "restore_backup")
    with closed.store.writing() as tx:
        tx.run("UPDATE people SET unit = '州局7' WHERE id = :p", p=closed.judges[7])
    certify(closed, code)


@pytest.mark.on_file
@pytest.mark.usefixtures("whole_file_verified")
def test_a_large_file_is_verified_by_a_process_apart(
    closed: Event, monkeypatch: pytest.MonkeyPatch
):
    """Clean, then altered: the same findings; a process that fails is a finding, too."""
    monkeypatch.setattr(verifying, "IN_PLACE", 0)

    def found() -> list[str]:
        verifying.forget(closed.store)
        with closed.store.reading() as tx:
            return [one.values["finding"] for one in verifying.unclean(tx, closed.store, 0)]

    assert found() == []
    with closed.store.writing() as tx:
        tx.run("UPDATE marks SET value = value - 500")
    assert found() == ["replay_equal"]
    monkeypatch.setattr(verifying, "PATIENCE_SECONDS", 0)
    assert found() == ["verified_apart"]


def test_an_open_round_says_that_it_is_open(event: Event):
    """With the act that closes it."""
    event.fill_all()
    listed = certifying.to_sign(event.store, event.organizer, event.round_id).blockers
    assert [(one.code, one.clears) for one in listed] == [("not_now", "close_round")]


def alone(event: Event, sha256: str, reason: str = "监督员未到，主办方同意") -> None:
    """One person certifies."""
    certifying.certify_alone(
        event.store, event.organizer, event.round_id, sha256=sha256, reason=reason, at=later(2)
    )


def test_one_person_certifies_only_where_there_is_nobody_else(closed: Event):
    """Those who could sign are named; without any, the reason is kept and stated."""
    refused = refuses(closed, SecondPersonThere, alone, shown(closed))
    assert refused.values["names"] == ["supervisor·李", "评委·赵1", "赛务·杨二"]
    closed.leave_alone(closed.people["organizer"])
    refuses(closed, Refused, alone, shown(closed), " ")
    alone(closed, shown(closed))
    given = certification.certified(closed.store, closed.organizer, closed.round_id)
    assert given["content"]["alone"] is True
    assert (given["by"], given["alone"]) == (("赛务·杨一",), "监督员未到，主办方同意")
    with closed.store.reading() as tx:
        event = tx.one("SELECT payload FROM events WHERE kind = 'round_certified'")
    assert json.loads(event["payload"])["reason"] == given["alone"]


def test_somebody_entered_late_is_asked(closed: Event):
    """A supervisor added after the first look is found at the press."""
    code = shown(closed)
    closed.leave_alone(closed.people["organizer"])
    added = people.add_person(closed.store, closed.organizer, name="监督·新", at=AT)
    people.grant_role(closed.store, closed.organizer, added, "supervisor", at=AT)
    refuses(closed, SecondPersonThere, alone, code)
