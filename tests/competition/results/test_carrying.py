"""Changes of the list after a new version: asked and signed again, and none is lost."""

import pytest

import db
from competition.errors import Missing, ReasonNeeded, SecondPersonNeeded
from competition.results import carrying, certification, copying, deciding, versions
from competition.results.carrying import Carried
from competition.results.errors import CarriedWait, NeverReplaced
from competition.rounds.prizing import declare_prizes, declared_prizes
from competition.rounds.rounds import round_view
from db.invariants import verify
from tests.competition.conftest import Begun
from tests.competition.event import AT, Event, later
from tests.competition.registry.prize_rows import TYPED as PRIZES
from tests.competition.results.test_publishing import (
    certified,
    change,
    correct,
    named,
    publish,
    with_prizes,
)

__all__ = ["certified"]


def where(event: Event) -> tuple:
    return event.store, event.organizer, event.round_id


def lists(event: Event) -> deciding.Lists:
    return deciding.lists(*where(event))


def carried(event: Event) -> list[Carried]:
    return list(carrying.carried_changes(*where(event)))


def sign(event: Event, key: str, at: int = 63) -> None:
    deciding.confirm_list_change(event.store, event.visitor("supervisor"), key, at=later(at))


def replace(event: Event, at: int = 90) -> None:
    """A new version, after the first was made public."""
    asked = versions.ask_version(*where(event), reason="漏记扣分", at=later(at))
    versions.confirm_version(event.store, event.visitor("supervisor"), asked, at=later(at + 1))
    event.certify(at=later(at + 5))


def twice(store: db.Store) -> Event:
    """Version 2; on the first one a change was signed, another waits, a third was withdrawn."""
    certified = with_prizes(store)
    publish(certified, "announced")
    winner, runner_up = (group[0] for group in named(lists(certified).suggested))
    outside = [n for n in certified.entrants if n not in (winner, runner_up)]
    sign(certified, change(certified, outside[0], "二等奖"))
    change(certified, winner, None)
    back = change(certified, outside[1], "一等奖")
    sign(certified, back)
    deciding.withdraw_list_change(
        certified.store, certified.organizer, back, reason="误录", at=later(64)
    )
    replace(certified)
    return certified


BEGINNINGS = {"second": twice, "certified": with_prizes}


@pytest.fixture
def second(begun: Begun) -> Event:
    """Version 2; on the first one a change was signed, another waits, a third was withdrawn."""
    return begun[1]


def test_a_signed_change_is_shown_with_its_reason_and_counts_for_nothing(second: Event):
    """Neither the one that waited nor the withdrawn one is carried; the list is as scores say."""
    (one,) = carried(second)
    assert (one.version, one.prize, one.reason, one.is_answered) == (1, "二等奖", "会议决定", False)
    assert one.entered_by
    assert one.confirmed_by
    now = lists(second)
    assert now.changes == ()
    assert named(now.decided) == named(now.suggested)


def test_it_is_entered_again_once_and_signed_again_by_another(second: Event):
    """The old signatures are of the old certificate; a second click enters nothing more."""
    (one,) = carried(second)
    for _ in range(2):
        carrying.carry_over(second.store, second.organizer, one.id, at=later(100))
    ((row),) = lists(second).changes
    assert (row.entrant_id, row.prize, row.reason, row.state) == (
        one.entrant_id,
        "二等奖",
        "会议决定",
        "waiting",
    )
    assert carried(second)[0].is_answered
    with pytest.raises(SecondPersonNeeded):
        deciding.confirm_list_change(second.store, second.organizer, row.id, at=later(101))
    sign(second, row.id, 102)
    assert one.entrant_id in [
        member.line["entrant_id"] for member in lists(second).decided[1].members if member.line
    ]
    assert verify(second.store) == []


def test_nothing_is_decided_before_each_is_answered(second: Event):
    """A change that two people signed is not lost because a mark was corrected."""
    publish(second, "announced", "noticed", at=later(100))
    with pytest.raises(CarriedWait) as refused:
        publish(second, "decided", at=later(101))
    assert refused.value.values["count"] == 1
    (one,) = carried(second)
    with pytest.raises(ReasonNeeded):
        carrying.drop_carried(second.store, second.organizer, one.id, reason=" ", at=later(102))
    carrying.drop_carried(second.store, second.organizer, one.id, reason="不再适用", at=later(102))
    ((row),) = lists(second).changes
    assert row.state == "withdrawn"
    publish(second, "decided", at=later(103))
    with pytest.raises(Missing):
        carrying.carry_over(second.store, second.organizer, row.id, at=later(104))


def test_a_dropped_one_does_not_return_with_the_next_version(second: Event):
    """What was last said of an entrant goes, not what was once signed."""
    (one,) = carried(second)
    carrying.drop_carried(second.store, second.organizer, one.id, reason="不再适用", at=later(102))
    publish(second, "announced", at=later(103))
    replace(second, 110)
    assert carried(second) == []


def test_what_scores_give_by_now_is_not_asked(certified: Event):
    """The winner was taken out; the correction takes the winner out by itself."""
    publish(certified, "announced")
    winner = named(lists(certified).suggested)[0][0]
    sign(certified, change(certified, winner, None))
    asked = versions.ask_version(*where(certified), reason="漏记扣分", at=later(90))
    supervisor = certified.visitor("supervisor")
    versions.confirm_version(certified.store, supervisor, asked, at=later(91))
    correct(certified)
    certified.certify(at=later(95))
    assert carried(certified) == []


def test_a_notice_of_replacement_names_the_last_public_version(certified: Event):
    """None before one was replaced; a version between that nobody saw is left out."""
    with pytest.raises(NeverReplaced):
        versions.replacement(*where(certified))
    certification.revoke_certificate(*where(certified), reason="漏看一条", at=later(80))
    certified.certify(at=later(81))
    with pytest.raises(NeverReplaced):
        versions.replacement(*where(certified))
    publish(certified, "announced", at=later(82))
    asked = versions.ask_version(*where(certified), reason="漏记扣分", at=later(90))
    supervisor = certified.visitor("supervisor")
    versions.confirm_version(certified.store, supervisor, asked, at=later(91))
    correct(certified)
    certified.certify(at=later(95))
    certification.revoke_certificate(*where(certified), reason="再核一遍", at=later(96))
    certified.certify(at=later(97))
    found = versions.replacement(*where(certified))
    assert (found.old.version, found.new.version) == (2, 4)
    assert [one.change for one in found.moves][:2] == ["in", "out"]


def test_a_round_made_from_another_has_its_prizes(closed: Event):
    """A prize for the best on a criterion is for the copy of that criterion."""
    before = round_view(*where(closed))["criteria"]
    typed = {**PRIZES, "why": "办法第九条", "single_0": "最佳展示", "criterion_0": before[0]["id"]}
    declare_prizes(*where(closed), typed, at=AT)
    plan = declared_prizes(*where(closed)).plan
    values = {"title": "加赛", "stage": "final", "category": "village"}
    new_id = copying.copy_round(*where(closed), at=later(5), **values)
    copied = declared_prizes(closed.store, closed.organizer, new_id).plan
    assert copied.groups == plan.groups
    after = round_view(closed.store, closed.organizer, new_id)["criteria"]
    assert [one.criterion for one in copied.singles] == [
        after[[c["id"] for c in before].index(one.criterion)]["id"] for one in plan.singles
    ]
    assert plan.singles
    assert not {one.criterion for one in copied.singles} & {c["id"] for c in before}
    assert verify(closed.store) == []
