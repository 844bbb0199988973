"""A second person confirms on the organizer's device by the own PIN, and by nothing else."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from competition import log
from competition.errors import Forbidden, Missing, SecondPersonNeeded, WrongState
from competition.marks import deductions, pending
from competition.people import links, pins, staffing
from competition.people.confirming import confirm_here, seconds
from competition.people.errors import ForbiddenPair, NoEntry, NoPin, PinWrong
from competition.visitor import Visitor
from db.invariants import verify
from tests.competition.event import AT, Event, later

PIN, NEXT = "506172", "681403"


@pytest.fixture
def waiting(event: Event) -> tuple[Event, str]:
    """A deduction that the organizer entered; the supervisor has a link and a PIN."""
    links.make_link(event.store, event.organizer, event.people["supervisor"], at=AT)
    pins.set_pin(event.store, event.visitor("supervisor"), PIN, PIN, at=AT)
    made = deductions.deduct(
        event.store, event.organizer, event.round_id, event.entrants[1], "0.1", reason="超时", at=AT
    )
    return event, made


def confirm(
    event: Event,
    deduction_id: str,
    pin: str = PIN,
    *,
    by: str = "supervisor",
    who: Visitor | None = None,
    do: Callable[[Visitor], object] | None = None,
    act: str = "confirm_deduction",
) -> None:
    """The supervisor confirms on the organizer's device."""
    confirm_here(
        event.store,
        who or event.organizer,
        event.people[by],
        pin,
        do
        or (
            lambda second: deductions.confirm_deduction(
                event.store, second, deduction_id, at=later(9)
            )
        ),
        act=act,
        round_id=event.round_id,
        at=later(9),
    )


def state(event: Event) -> str:
    """What the deduction is."""
    (one,) = pending.deductions(event.store, event.organizer, event.round_id)
    return one.state


def test_the_log_names_the_second_person_and_whose_device_it_was(waiting: tuple[Event, str]):
    """One event, of the supervisor; pressed twice it stays one."""
    event, made = waiting
    confirm(event, made)
    confirm(event, made)
    newest, before, *_ = log.log(event.store, event.organizer)
    assert (newest["kind"], newest["actor"]) == ("deduction_confirmed", "supervisor·李")
    assert newest["machine_of"] == "赛务·杨一"
    assert (before["kind"], before["machine_of"]) == ("deduction_entered", "")
    assert state(event) == "confirmed"
    assert verify(event.store) == []


def test_a_wrong_pin_writes_nothing(waiting: tuple[Event, str]):
    """Not even half of the act; the right one then begins to count again."""
    event, made = waiting
    with pytest.raises(PinWrong) as wrong:
        confirm(event, made, "918273")
    assert wrong.value.values == {"field": "pin", "left": 4}
    assert state(event) == "waiting"
    confirm(event, made)
    with event.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM pin_tries") == 0


def test_a_refused_act_costs_no_try(waiting: tuple[Event, str]):
    """The PIN was right; the deduction had been withdrawn meanwhile."""
    event, made = waiting
    deductions.withdraw_deduction(
        event.store, event.visitor("supervisor"), made, reason="误记", at=AT
    )
    with pytest.raises(WrongState):
        confirm(event, made)
    with event.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM pin_tries") == 0


def test_a_pin_that_was_changed_meanwhile_no_longer_confirms(waiting: tuple[Event, str]):
    """A dialog that was open the while holds the former one."""
    event, made = waiting
    who = event.visitor("supervisor")
    pins.set_pin(event.store, who, NEXT, NEXT, former=PIN, at=later(1))
    with pytest.raises(PinWrong):
        confirm(event, made)
    confirm(event, made, NEXT)
    assert state(event) == "confirmed"


def test_the_second_person_is_another_one(waiting: tuple[Event, str]):
    """Neither the device's own person, nor the one who entered it."""
    event, made = waiting
    with pytest.raises(SecondPersonNeeded):
        confirm(event, made, by="organizer")
    found = [
        one.name
        for one in seconds(
            event.store,
            event.organizer,
            "answer_change",
            event.round_id,
            without=event.people["second"],
            at=AT,
        )
    ]
    assert found == ["supervisor·李"]


def test_the_second_person_needs_the_right_to_the_act(waiting: tuple[Event, str]):
    """A PIN gives no right that the own page does not."""
    event, made = waiting
    links.make_link(event.store, event.organizer, event.people["second"], at=AT)
    pins.set_pin(event.store, event.visitor("second"), NEXT, NEXT, at=AT)
    with pytest.raises(Forbidden):
        confirm(event, made, NEXT, by="second")
    assert state(event) == "waiting"


def test_a_role_that_ended_confirms_no_more(waiting: tuple[Event, str]):
    """The dialog may have been open before."""
    event, made = waiting
    staffing.revoke_role(
        event.store,
        event.organizer,
        event.people["supervisor"],
        "supervisor",
        reason="换人",
        at=later(1),
    )
    with pytest.raises(Forbidden):
        confirm(event, made)
    assert state(event) == "waiting"


def test_a_person_whose_link_ended_confirms_no_more(waiting: tuple[Event, str]):
    """A PIN is worth no more than the link it was set by."""
    event, made = waiting
    with event.store.reading() as tx:
        link = tx.value("SELECT id FROM links WHERE person_id = :p", p=event.people["supervisor"])
    links.revoke_link(event.store, event.organizer, link, at=later(1))
    with pytest.raises(NoEntry):
        confirm(event, made)
    (one,) = seconds(
        event.store, event.organizer, "confirm_deduction", event.round_id, without="", at=later(2)
    )
    assert one.state == "no_entry"


def test_without_a_pin_nobody_confirms(waiting: tuple[Event, str]):
    """After a reset too, until its owner has set the next one."""
    event, made = waiting
    pins.reset_pin(
        event.store, event.organizer, event.people["supervisor"], reason="忘记", at=later(1)
    )
    for typed in (PIN, "", "000000"):
        with pytest.raises(NoPin):
            confirm(event, made, typed)
    with pytest.raises(Missing):
        confirm_here(
            event.store,
            event.organizer,
            "",
            PIN,
            lambda _: None,
            act="confirm_deduction",
            round_id=event.round_id,
            at=AT,
        )


def test_a_pin_opens_no_other_act(waiting: tuple[Event, str]):
    """Neither named as one of those, nor done in the name of one."""
    event, made = waiting
    with pytest.raises(Forbidden):
        confirm(event, made, act="withdraw_deduction")
    with pytest.raises(Forbidden):
        confirm(
            event,
            made,
            do=lambda second: deductions.withdraw_deduction(
                event.store, second, made, reason="借机", at=AT
            ),
        )
    assert state(event) == "waiting"


def test_roles_that_exclude_each_other_confirm_nothing(waiting: tuple[Event, str]):
    """As an older database may hold them: who keeps the scores does not check them by PIN."""
    event, made = waiting
    event.hold("supervisor", "scorekeeper")
    with pytest.raises(ForbiddenPair):
        confirm(event, made)
    assert state(event) == "waiting"


def test_two_presses_at_once_leave_one_event(waiting: tuple[Event, str]):
    """Each with the right PIN, in two sessions."""
    event, made = waiting
    with ThreadPoolExecutor(2) as pool:
        for pressed in [pool.submit(confirm, event, made) for _ in range(2)]:
            pressed.result()
    kinds = [one["kind"] for one in log.log(event.store, event.organizer)]
    assert kinds.count("deduction_confirmed") == 1


@pytest.mark.parametrize("role", ["host", "judge", "supervisor", "leader"])
def test_only_the_staffs_devices_offer_it(waiting: tuple[Event, str], role: str):
    """A judge's tablet and the host's phone are no place for another person's PIN."""
    event, made = waiting
    who = event.visitor(2 if role == "judge" else role)
    with pytest.raises(Forbidden):
        confirm(event, made, who=who)
