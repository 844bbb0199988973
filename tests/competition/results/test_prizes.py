"""Prizes: declared before certifying, stated in the certificate, and made from it alone."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from competition.errors import BadFields, NotNow
from competition.results import awards, certification, rulings
from competition.results.errors import PrizeTied
from competition.results.prize_words import group_name, reason_said
from competition.results.prizes import prize_groups, tied_at_prize_lines
from competition.rounds import rounds
from competition.rounds.prize_plans import Group, Organizing, PrizePlan, Single, as_typed, read_plan
from competition.rounds.prizing import declare_prizes, declared_prizes
from competition.rounds.rules import RoundRules
from competition.typed import Typed
from db.invariants import verify
from scoring import Groups, Rules
from tests.competition import event as events
from tests.competition.event import AT, Event, later
from tests.competition.registry.prize_rows import TYPED

PLAN = PrizePlan(groups=(Group("一等奖", 1), Group("二等奖", 3), Group("三等奖", 6)))


def line(code: int, place: int | None, *, selected: bool = True, **values: Any) -> dict[str, Any]:
    """A certified line; rank follows place."""
    return {
        "entrant_id": f"e{code}",
        "code": f"5325{code:02d}",
        "county": f"县{code % 3}",
        "village": f"村{code}",
        "number": code,
        "place": place,
        "rank": place,
        "selected": selected,
        "decided_by": "official",
        "official": f"{100 - code}.00",
        **values,
    }


def content(lines: list[dict[str, Any]], plan: PrizePlan | None, **rules: Any) -> Any:
    """The part of a certificate that prizes are made from."""
    given = {} if plan is None else {"prizes": plan.content()}
    return {
        "round": {"stage": "final"},
        "rules": {"scoring": Rules(**rules).to_dict()},
        "rubric": [{"id": "c", "name": "现场展示"}],
        "entrants": lines,
        "marks": [],
        **given,
    }


def names(whole: Any) -> list[list[str]]:
    """Who gets which prize."""
    return [
        [one.line["village"] for one in group.members if one.line is not None]
        for group in prize_groups(whole)
    ]


@pytest.mark.parametrize(("selected", "sizes"), [(13, (1, 4, 8)), (10, (1, 3, 6)), (3, (0, 1, 2))])
def test_a_ratio_is_shared_out_by_largest_remainders(selected: int, sizes: tuple[int, ...]):
    """1:3:6 of 13 is 1.3, 3.9 and 7.8: 1/4/8, as practice has it."""
    assert PLAN.sizes(selected) == sizes


def test_counts_fill_from_above_and_the_last_prize_takes_what_is_over():
    """1, 4, 8 among 14 selected at an extended line, or among 3 where fewer took part."""
    plan = replace(PLAN, how="counts", groups=(Group("a", 1), Group("b", 4), Group("c", 8)))
    assert plan.sizes(14) == (1, 4, 9)
    assert plan.sizes(3) == (1, 2, 0)


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("up", [["村1", "村2"], ["村3"]]),
        ("down", [[], ["村1", "村2", "村3"]]),
        ("ruling", [["村1", "村2"], ["村3"]]),
    ],
)
def test_equals_are_never_parted_by_a_prize_line(ties: str, expected: list[list[str]]):
    """Both first: they share the higher prize, or both the lower."""
    plan = PrizePlan("counts", (Group("一", 1), Group("二", 2)), ties)
    whole = content([line(1, 1), line(2, 1), line(3, 3)], plan)
    assert names(whole) == expected
    assert prize_groups(whole)[-1].members[-1].reason.code == "rank"
    shared = [m.reason.code for g in prize_groups(whole) for m in g.members if m.reason.rank == 1]
    assert shared == ["shared", "shared"]
    assert len(tied_at_prize_lines(whole)) == (2 if ties == "ruling" else 0)


def test_three_equals_over_two_lines_all_get_the_highest():
    """Nobody is counted twice, and nobody is lost."""
    plan = PrizePlan("counts", (Group("一", 1), Group("二", 1), Group("三", 2)))
    whole = content([line(1, 1), line(2, 1), line(3, 1), line(4, 4)], plan)
    assert names(whole) == [["村1", "村2", "村3"], [], ["村4"]]


def test_every_entry_says_why_it_is_there():
    """名次; 同分处理第 2 条; 县市保底, which a better rank without a seat proves."""
    lines = [
        line(1, 1, county="甲县"),
        line(2, 2, county="乙县", decided_by="mean_all"),
        line(3, 3, county="丙县", rank=5),
        line(4, 4, selected=False, county="甲县", rank=4),
    ]
    keys = ("more_decimals", "mean_all")
    whole = content(lines, PLAN, keys=keys, groups=Groups(floors=1))
    found = [one.reason for group in prize_groups(whole) for one in group.members]
    assert [(one.code, one.rank, one.step) for one in found] == [
        ("rank", 1, None),
        ("tie", 2, 2),
        ("floor", 5, None),
    ]
    assert reason_said(found[1], "zh") == "第 2 名，同分处理第 2 条：全部有效评委的平均分"
    assert reason_said(found[2], "zh") == "第 5 名，县市保底"


def test_a_cap_is_not_taken_for_a_floor():
    """A better rank without a seat is its county's cap, not this one's guarantee."""
    lines = [
        line(1, 1, county="甲县"),
        line(2, None, selected=False, county="甲县", rank=2),
        line(3, 2, county="乙县", rank=3),
    ]
    whole = content(lines, PLAN, groups=Groups(caps=1, floors=1))
    assert [m.reason.code for g in prize_groups(whole) for m in g.members] == ["rank", "rank"]


def test_in_no_order_of_rank_a_prize_lists_by_code():
    """排名不分先后: the order within a prize shows no rank."""
    whole = content([line(9, 1), line(1, 2)], replace(PLAN, groups=(), unordered=True))
    assert names(whole) == [["村1", "村9"]]


def test_a_round_that_leads_on_has_one_shortlist():
    """入围名单, whatever prizes were declared; an old certificate has 获奖名单."""
    whole = content([line(1, 1), line(2, 2)], PLAN)
    whole["round"]["stage"] = "preliminary"
    (group,) = prize_groups(whole)
    assert (group.kind, group_name(group, "zh")) == ("shortlist", "入围名单")
    (group,) = prize_groups(content([line(1, 1)], None))
    assert (group.kind, group_name(group, "zh")) == ("list", "获奖名单")


def test_a_single_prize_goes_to_the_highest_mean_on_its_criterion():
    """Equals all; exact, so that 1/3 of points are no matter; one not selected may have it."""
    plan = PrizePlan(singles=(Single("最佳展示", "c"),))
    whole = content([line(1, 1), line(2, 2), line(3, 3, selected=False)], plan)
    marks = {1: (9, 9, 8), 2: (8, 9, 9), 3: (8, 8, 8)}
    whole["marks"] = [
        [f"e{code}", f"j{at}", "c", mark * 1000]
        for code, given in marks.items()
        for at, mark in enumerate(given)
    ]
    single = prize_groups(whole)[1]
    assert [one.line["village"] for one in single.members if one.line] == ["村1", "村2"]
    assert single.members[0].reason.value == Fraction(26, 3)
    assert "8.67" in reason_said(single.members[0].reason, "zh")


@pytest.mark.parametrize(
    ("formula", "expected"), [("selected", ["甲县"]), ("share", ["乙县"]), ("mean", ["甲县"])]
)
def test_the_county_prize_follows_its_declared_formula(formula: str, expected: list[str]):
    """甲县: 2 of 3 selected, mean 97; 乙县: 1 of 1, 95; 丙县 none."""
    lines = [
        line(1, 1, county="甲县"),
        line(2, 2, county="甲县"),
        line(6, None, selected=False, county="甲县", official="96.00"),
        line(5, 3, county="乙县"),
        line(7, None, selected=False, county="丙县"),
    ]
    plan = PrizePlan(organizing=Organizing("优秀组织奖", formula, 1))
    found = prize_groups(content(lines, plan))[-1]
    assert [one.county for one in found.members] == expected


def test_a_county_without_a_seat_gets_no_prize_for_seats():
    """Fewer counties than prizes: those with nothing do not fill them."""
    lines = [line(1, 1, county="甲县"), line(2, None, selected=False, county="乙县")]
    plan = PrizePlan(organizing=Organizing("优秀组织奖", "selected", 5))
    assert [one.county for one in prize_groups(content(lines, plan))[-1].members] == ["甲县"]


def test_declared_prizes_are_in_the_certificate_and_on_the_list(closed: Event):
    """With a reason after the opening; nothing that is verified is disturbed."""
    values = {**TYPED, "why": "办法第九条"}
    declare_prizes(closed.store, closed.organizer, closed.round_id, values, at=AT)
    closed.certify()
    given = certification.certified(closed.store, closed.organizer, closed.round_id)
    assert given["content"]["prizes"]["groups"][0] == {"name": "一等奖", "share": 1}
    listed = awards.award_list(closed.store, closed.organizer, closed.round_id)
    assert [(group.name, len(group.members)) for group in listed.groups] == [
        ("一等奖", 1),
        ("二等奖", 1),
    ]
    assert verify(closed.store) == []


def test_after_certifying_no_prize_is_changed(closed: Event):
    """The certificate states them."""
    closed.certify()
    with pytest.raises(NotNow):
        declare_prizes(closed.store, closed.organizer, closed.round_id, TYPED, at=AT)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("share_0", {"share_0": "一"}),
        ("name_1", {"name_1": ""}),
        ("name_1", {"name_1": "一等奖"}),
        ("groups", {"share_1": "5"}),
        ("ties", {"ties": "lottery"}),
        ("criterion_0", {"single_0": "最佳展示", "criterion_0": "c-of-another-round"}),
        ("count", {"organizing": "优秀组织奖", "formula": "mean", "count": "0"}),
        ("why", {"why": " "}),
    ],
)
def test_what_cannot_be_declared_is_refused_at_its_field(
    closed: Event, field: str, values: dict[str, str]
):
    """And nothing is written."""
    before = closed.store._writer.conn.total_changes
    typed = {**TYPED, "why": "办法第九条", **values}
    with pytest.raises(BadFields) as refused:
        declare_prizes(closed.store, closed.organizer, closed.round_id, typed, at=AT)
    assert list(refused.value.problems) == [field]
    assert closed.store._writer.conn.total_changes == before


def test_to_wait_for_a_ruling_the_tie_break_must_have_one():
    """Else the certificate would wait for what no act can give."""
    form = Typed({**TYPED, "ties": "ruling"})
    read_plan(form, top=2, keys=("mean_all",), criteria=())
    assert list(form.problems) == ["ties"]


def test_the_same_prizes_again_leave_no_event(closed: Event):
    """An impatient second press."""
    values = {**TYPED, "why": "办法第九条"}
    where = (closed.store, closed.organizer, closed.round_id)
    declare_prizes(*where, values, at=AT)
    before = closed.store._writer.conn.total_changes
    declare_prizes(*where, values, at=AT)
    assert closed.store._writer.conn.total_changes == before
    plan = declared_prizes(*where).plan
    assert as_typed(plan)["name_0"] == "一等奖"


def test_equals_at_a_prize_line_wait_for_the_ruling_that_was_declared(store: Any):
    """Not certified before the panel has ordered them; then by its order."""
    rules = RoundRules(scoring=Rules(top=2, draws=100, at_cut="exact", keys=("ruling",)))
    event = events.opened(store, rules=rules)
    event.fill_all(base={1: "50", 2: "50", 3: "40", 4: "40", 5: "40"})
    event.close()
    values = {**TYPED, "ties": "ruling", "why": "办法第九条"}
    declare_prizes(store, event.organizer, event.round_id, values, at=AT)
    places = {line.number: line.place for line in event.standing().lines}
    if places[1] != places[2]:
        pytest.fail(f"the two are not tied: {places}")
    with pytest.raises(PrizeTied) as refused:
        event.certify()
    assert refused.value.values["entrants"] == [1, 2]
    order = [event.entrants[2], event.entrants[1]]
    ruled = rulings.enter_ruling(
        store, event.organizer, event.round_id, order, reason="议定", at=later(1)
    )
    rulings.confirm_ruling(store, event.visitor("supervisor"), ruled, at=later(2))
    event.certify(at=later(3))
    listed = awards.award_list(store, event.organizer, event.round_id)
    assert [
        group.members[0].line["number"] for group in listed.groups if group.members[0].line
    ] == [
        2,
        1,
    ]
    assert rounds.round_view(store, event.organizer, event.round_id)["state"] == "certified"
