"""After a certificate: facts in the declared order, lists, objections, versions, the public."""

import json
from datetime import timedelta
from typing import Any

import pytest

import db
from competition.errors import BadFields, NothingChanged, Refused, SecondPersonNeeded, WrongState
from competition.marks import deductions
from competition.results import certification, deciding, objecting, public, publishing, versions
from competition.results.errors import (
    ChangesWait,
    MadePublic,
    NoticeGoesOn,
    NotMadePublic,
    NotYet,
    ObjectionsWait,
    StaleStanding,
)
from competition.rounds.prizing import declare_prizes
from competition.rounds.rules import RoundRules
from competition.visitor import PUBLIC
from db.invariants import verify
from scoring import Rules
from tests.competition import event as events
from tests.competition.conftest import Begun
from tests.competition.event import AT, Event, later
from tests.competition.registry.prize_rows import TYPED as PRIZES
from tests.competition.registry.publishing_calls import TYPED


def with_prizes(store: db.Store) -> Event:
    """With a first and a second prize, certified."""
    closed = events.closed(store)
    values = {**PRIZES, "why": "办法第九条"}
    declare_prizes(closed.store, closed.organizer, closed.round_id, values, at=AT)
    closed.certify()
    return closed


BEGINNINGS = {"certified": with_prizes}


@pytest.fixture
def certified(begun: Begun) -> Event:
    """With a first and a second prize, certified."""
    return begun[1]


def publish(event: Event, *kinds: str, typed: dict[str, str] = TYPED, **more: Any) -> None:
    """Some facts, one after the other."""
    where = (event.store, event.organizer, event.round_id)
    for kind in kinds:
        code = publishing.course(*where).sha256
        given = {"sha256": code, "at": later(60), **more}
        publishing.publish(*where, kind, typed, **given)


def results(event: Event) -> list[public.PublicResult]:
    """What the public reads."""
    found = public.public_results(event.store, PUBLIC).competitions
    return [result for one in found for result in one["results"]]


def object_to(event: Event) -> str:
    """An objection, entered by the organizer."""
    return objecting.enter_objection(
        event.store,
        event.organizer,
        event.round_id,
        raised_by="某村",
        claim="面积不实",
        received_on="2022-03-11",
        at=later(70),
    )


def test_nothing_is_public_before_its_act(closed: Event):
    """Not when closed, not when signed once, not when certified; then at once."""
    empty = public.public_results(closed.store, PUBLIC)
    assert (empty.competitions, json.loads(empty.body)) == ((), {"competitions": []})
    closed.certify()
    assert results(closed) == []
    publish(closed, "announced")
    (result,) = results(closed)
    assert (result["version"], result["state"]) == (1, "current")
    assert public.public_results(closed.store, PUBLIC).etag != empty.etag


@pytest.mark.parametrize(
    ("published", "shown"), [("winners", set()), ("ranks", {"rank"}), ("scores", {"rank", "score"})]
)
def test_scores_and_ranks_are_public_only_where_the_rules_say_so(
    store: Any, published: str, shown: set[str]
):
    """Winners by default: no rank, no score, no other entrant, an order that says nothing."""
    rules = RoundRules(scoring=Rules(top=2, draws=100), published=published)
    event = events.opened(store, rules=rules)
    event.fill_all(base={1: "30", 2: "35", 3: "40", 4: "45", 5: "50"})
    event.close()
    event.certify()
    publish(event, "announced")
    (result,) = results(event)
    (group,) = result["groups"]
    keys = {key for entry in group["entries"] for key in entry}
    assert keys - {"county", "township", "village", "title"} == shown
    counties = [entry["county"] for entry in group["entries"]]
    assert ("standings" in result) == (published != "winners")
    if published == "winners":
        assert counties == [events.COUNTIES[3], events.COUNTIES[4]]  # by code, though the last won
        assert group["in_no_order"]
        certificate = certification.certified(event.store, event.organizer, event.round_id)
        assert result["sha256"] == certificate["sha256"]  # any digits may be in a hash
        text = json.dumps({**result, "sha256": ""}, ensure_ascii=False)
        lines = event.standing().lines
        scores = {f"{score:.1f}" for x in lines for score in (x.official, x.announced, x.adjusted)}
        assert len(scores) >= len(lines)
        assert [one for one in (*scores, "建水县", "汇报", "书记", "评委") if one in text] == []
    else:
        assert len(result["standings"]) == 5


def test_facts_come_in_the_declared_order(certified: Event):
    """Announced first by default; each refusal names the act that is wanted before."""
    for kind, needs in (
        ("noticed", "announce"),
        ("decided", "post_notice"),
        ("commended", "decide"),
    ):
        with pytest.raises(NotYet) as refused:
            publish(certified, kind)
        assert refused.value.clears == needs
    publish(certified, "announced", "noticed", "decided", "commended")
    stands = publishing.course(certified.store, certified.organizer, certified.round_id)
    assert [fact.kind for fact in stands.facts if fact.at] == list(publishing.FIELDS)
    assert verify(certified.store) == []


def test_a_round_may_declare_the_notice_first(closed: Event):
    """公示 and 审定 before the announcement."""
    values = {**PRIZES, "order": "notice_first", "why": "办法第九条"}
    declare_prizes(closed.store, closed.organizer, closed.round_id, values, at=AT)
    closed.certify()
    with pytest.raises(NotYet) as refused:
        publish(closed, "announced")
    assert refused.value.clears == "decide"
    publish(closed, "noticed", "decided", "announced", "commended")


def test_a_second_press_leaves_the_first_fact(certified: Event):
    """Nothing is written, whatever is typed now."""
    publish(certified, "announced", "noticed")
    before = certified.store._writer.conn.total_changes
    publish(certified, "noticed", typed={**TYPED, "contact": "另一人"})
    assert certified.store._writer.conn.total_changes == before


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("contact", {"contact": " "}),
        ("begins", {"begins": "三月"}),
        ("ends", {"ends": ""}),
        ("ends", {"ends": "2022-03-09"}),
    ],
)
def test_a_notice_without_its_facts_is_refused_at_the_field(
    certified: Event, field: str, typed: dict[str, str]
):
    """Dates, contact and how to object are what makes it a notice."""
    publish(certified, "announced")
    with pytest.raises(BadFields) as refused:
        publish(certified, "noticed", typed={**TYPED, **typed})
    assert list(refused.value.problems) == [field]


def test_a_page_made_for_an_older_certificate_publishes_nothing(certified: Event):
    """The code of what was seen is asked for."""
    with pytest.raises(StaleStanding):
        publish(certified, "announced", sha256="0" * 64)
    assert results(certified) == []


def test_nothing_is_decided_while_the_notice_runs_or_an_objection_waits(certified: Event):
    """Through its last day, by the competition's own clock; and until each answer is written."""
    publish(certified, "announced")
    publish(certified, "noticed", typed={**TYPED, "ends": "2022-03-18"})
    with pytest.raises(NoticeGoesOn):
        publish(certified, "decided")
    objection = object_to(certified)
    tomorrow = AT + timedelta(days=1)
    with pytest.raises(ObjectionsWait):
        publish(certified, "decided", at=tomorrow)
    answer = {"finding": "dismissed", "answer": "已核实，见答复第1号", "at": later(80)}
    with pytest.raises(SecondPersonNeeded):
        objecting.answer_objection(certified.store, certified.organizer, objection, **answer)
    second = certified.visitor("supervisor")
    objecting.answer_objection(certified.store, second, objection, **answer)
    with pytest.raises(WrongState):
        objecting.answer_objection(certified.store, second, objection, **answer)
    publish(certified, "decided", at=tomorrow)
    (one,) = objecting.objections_of(certified.store, second, certified.round_id)
    assert (one.finding, one.is_late, one.answered_by) == (
        "dismissed",
        False,
        second.name or "supervisor·李",
    )


def test_an_objection_needs_a_notice(certified: Event):
    """There is nothing to object to before."""
    with pytest.raises(NotYet):
        object_to(certified)


def change(event: Event, entrant: int, prize: str | None) -> str:
    """A change of the list, entered by the organizer."""
    where = (event.store, event.organizer, event.round_id, event.entrants[entrant])
    return deciding.enter_list_change(*where, prize, reason="会议决定", at=later(61))


def named(groups: Any) -> list[list[int]]:
    """Numbers by prize."""
    return [[one.line["number"] for one in group.members if one.line] for group in groups]


def test_the_decided_list_differs_by_signed_changes_alone(certified: Event):
    """The suggested list, ranks and scores stay; an unsigned change counts for nothing."""
    first = deciding.lists(certified.store, certified.organizer, certified.round_id)
    winner, runner_up = (group[0] for group in named(first.suggested))
    outside = next(n for n in certified.entrants if n not in (winner, runner_up))
    one = change(certified, winner, None)
    other = change(certified, outside, "一等奖")
    now = deciding.lists(certified.store, certified.organizer, certified.round_id)
    assert named(now.decided) == named(first.suggested)
    publish(certified, "announced", "noticed")
    with pytest.raises(ChangesWait):
        publish(certified, "decided")
    supervisor = certified.visitor("supervisor")
    for key in (one, other):
        with pytest.raises(SecondPersonNeeded):
            deciding.confirm_list_change(certified.store, certified.organizer, key, at=later(62))
        deciding.confirm_list_change(certified.store, supervisor, key, at=later(63))
    assert [len(group["entries"]) for group in results(certified)[0]["groups"]] == [1, 1]
    assert results(certified)[0]["groups"][0]["entries"][0]["county"] == events.COUNTIES[winner - 1]
    publish(certified, "decided")
    now = deciding.lists(certified.store, certified.organizer, certified.round_id)
    assert named(now.decided) == [[outside], [runner_up]]
    assert named(now.suggested) == named(first.suggested)
    shown = results(certified)[0]["groups"][0]["entries"]
    assert [entry["county"] for entry in shown] == [events.COUNTIES[outside - 1]]
    with pytest.raises(WrongState):
        change(certified, winner, "一等奖")


def test_a_change_that_changes_nothing_or_names_no_prize_is_refused(certified: Event):
    """Nothing is written."""
    winner = named(
        deciding.lists(certified.store, certified.organizer, certified.round_id).suggested
    )
    with pytest.raises(NothingChanged):
        change(certified, winner[0][0], "一等奖")
    with pytest.raises(Refused):
        change(certified, winner[0][0], "特等奖")


def correct(event: Event) -> None:
    """A deduction that throws the winner out."""
    winner = event.standing().lines[0]
    one = deductions.deduct(
        event.store,
        event.organizer,
        event.round_id,
        winner.entrant_id,
        "20",
        reason="漏记",
        at=later(91),
    )
    deductions.confirm_deduction(event.store, event.visitor("supervisor"), one, at=later(92))


def test_what_was_made_public_is_replaced_by_two_people_and_stays_readable(certified: Event):
    """v1 keeps its stamp; v2 is not public before its own act; who moves is listed."""
    where = (certified.store, certified.organizer, certified.round_id)
    with pytest.raises(NotMadePublic):
        versions.ask_version(*where, reason="漏记扣分", at=later(90))
    publish(certified, "announced")
    before = public.public_results(certified.store, PUBLIC)
    with pytest.raises(MadePublic):
        certification.revoke_certificate(*where, reason="漏记扣分", at=later(90))
    asked = versions.ask_version(*where, reason="漏记扣分", at=later(90))
    with pytest.raises(WrongState):
        versions.ask_version(*where, reason="再按一次", at=later(90))
    certified.hold("organizer", "supervisor")
    with pytest.raises(SecondPersonNeeded):
        versions.confirm_version(
            certified.store, certified.visitor("organizer"), asked, at=later(91)
        )
    certified.release("organizer", "supervisor")
    versions.confirm_version(certified.store, certified.visitor("supervisor"), asked, at=later(91))
    (result,) = results(certified)
    assert (result["state"], result["reason"]) == ("correcting", "漏记扣分")
    correct(certified)
    certified.certify(at=later(93))
    (result,) = results(certified)
    assert (result["version"], result["state"], result["replaced_by"]) == (1, "replaced", 2)
    publish(certified, "announced", at=later(94))
    assert [(one["version"], one["state"]) for one in results(certified)] == [
        (2, "current"),
        (1, "replaced"),
    ]
    assert public.public_results(certified.store, PUBLIC).etag != before.etag
    newest, oldest = versions.versions(*where)
    assert (oldest.replaced_by, oldest.reason, oldest.is_public) == (2, "漏记扣分", True)
    assert [one.change for one in newest.moves][:2] == ["in", "out"]
    assert verify(certified.store) == []


def test_a_request_that_was_withdrawn_changes_nothing(certified: Event):
    """The certificate stays as it is, and another request may follow."""
    publish(certified, "announced")
    where = (certified.store, certified.organizer, certified.round_id)
    asked = versions.ask_version(*where, reason="误以为漏记", at=later(90))
    versions.withdraw_version_request(
        certified.store, certified.organizer, asked, reason="核对无误", at=later(91)
    )
    with pytest.raises(WrongState):
        versions.confirm_version(
            certified.store, certified.visitor("supervisor"), asked, at=later(92)
        )
    assert results(certified)[0]["state"] == "current"
