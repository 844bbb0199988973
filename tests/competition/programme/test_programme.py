"""The programme: a county reaches its own villages only, and every figure is a sum of lines."""

from dataclasses import replace

import pytest

from competition.errors import BadDay, BadFields, Forbidden, Missing
from competition.event_kinds import EVENTS
from competition.programme import (
    dispatches,
    evidence,
    finding,
    lists,
    needs,
    plans,
    programmes,
    reporting,
    template,
    village,
)
from competition.programme.errors import (
    DispatchNotNow,
    NeedSettled,
    NotReported,
    StepConfirmed,
    UnknownStep,
)
from competition.programme.initials import initials
from competition.programme.measures import MEASURES
from competition.programme.overview import overview
from competition.programme.tiles import tiles
from competition.visitor import Grant, Visitor
from db import Store, events
from tests.competition import event as made
from tests.competition.conftest import Begun
from tests.competition.event import AT, Event
from tests.competition.registry import document_rows, programme_rows
from tests.competition.registry.programme_rows import HEINI, MENGDIAN, QIXIN


def entered(store: Store) -> tuple[Event, dict[str, str]]:
    """The event, open, with a programme."""
    event = made.opened(store)
    return event, programme_rows.enter(event, at=AT)


BEGINNINGS = {"ids": entered}


@pytest.fixture
def event(begun: Begun) -> Event:
    return begun[1]


@pytest.fixture
def ids(begun: Begun) -> dict[str, str]:
    return begun[2]


def county(event: Event, code: str) -> Visitor:
    """The county user with the role for one county."""
    return replace(event.visitor("county"), grants=(Grant("county", None, code),))


def rows(store: Store) -> int:
    with store.reading() as tx:
        return int(tx.value("SELECT count(*) FROM events"))


def test_the_sample_has_seven_stages_of_28_steps_whose_names_await_approval():
    steps = template.sample_steps("2022-02-05")
    assert [step.number for step in steps] == list(range(1, 29))
    assert {step.stage for step in steps} == set(range(1, 8))
    assert all("待主办方核定" in step.title for step in steps)


def test_another_county_s_village_is_not_there(event: Event, ids: dict[str, str]):
    """Reads and acts alike, and nothing is written."""
    store, who, one = event.store, county(event, "532525"), ids["programme"]
    before = rows(store)
    refused = [
        lambda: reporting.report_steps(
            store, who, one, [reporting.StepDone(MENGDIAN, 4, "2022-03-01")], at=AT
        ),
        lambda: reporting.report_steps(
            store,
            who,
            one,
            [reporting.StepDone(c, 4, "2022-03-01") for c in (HEINI, QIXIN)],
            at=AT,
        ),
        lambda: plans.report_plans(
            store, who, one, [plans.PlanMade(MENGDIAN, "talent", "2022-03-01")], at=AT
        ),
        lambda: evidence.add_evidence(
            store, who, one, MENGDIAN, "1", "x.pdf", document_rows.PDF, at=AT
        ),
        lambda: evidence.open_evidence(store, who, ids["evidence"]),
        lambda: evidence.remove_evidence(store, who, ids["evidence"], reason="错", at=AT),
        lambda: needs.put_need(store, who, one, [needs.NeedSaid(MENGDIAN, "路")], at=AT),
        lambda: needs.settle_need(store, who, ids["offered"], is_met=True, at=AT),
        lambda: dispatches.receive_dispatch(store, who, ids["letter"], at=AT),
        lambda: dispatches.answer_dispatch(store, who, ids["letter"], "好", at=AT),
        lambda: village.village_view(store, who, one, MENGDIAN, at=AT),
    ]
    for call in refused:
        with pytest.raises(Missing):
            call()
    assert rows(store) == before
    assert finding.find_villages(store, who, one, "勐甸").villages == ()
    assert lists.dispatches_list(store, who) == []
    assert {line.code for line in finding.villages_behind(
        store, who, one, "villages", at=AT
    )} == {HEINI}  # fmt: skip
    assert [one.code for one in overview(store, who, at=AT).counties] == ["532525"]


def test_a_county_may_take_another_county_s_open_need_on(event: Event, ids: dict[str, str]):
    """Public to the counties that may help; only once."""
    store, who = event.store, county(event, "532525")
    assert [one.need["id"] for one in lists.needs_list(store, who)] == [ids["need"]]
    needs.offer_need(store, who, ids["need"], "石屏县水务局", at=AT)
    with pytest.raises(NeedSettled):
        needs.offer_need(store, who, ids["need"], "县农业局", at=AT)


def test_a_programme_of_another_competition_is_not_there(event: Event, ids: dict[str, str]):
    other = made.begin(event.store, title="另一比赛")
    with pytest.raises(Missing):
        overview(event.store, other.visitor("office"), ids["programme"], at=AT)


def test_a_confirmed_step_changes_only_after_it_is_returned(event: Event, ids: dict[str, str]):
    store, office, one = event.store, event.visitor("office"), ids["programme"]
    mine = county(event, "532529")
    again = [reporting.StepDone(MENGDIAN, 1, "2022-02-09")]
    with pytest.raises(StepConfirmed):
        reporting.report_steps(store, mine, one, again, at=AT)
    reporting.return_step(store, office, one, MENGDIAN, 1, reason="缺照片", at=AT)
    with pytest.raises(NotReported):
        reporting.confirm_steps(store, office, one, [(MENGDIAN, 1)], at=AT)
    assert reporting.report_steps(store, mine, one, again, at=AT) == 1
    assert reporting.report_steps(store, mine, one, again, at=AT) == 0


def test_a_county_confirms_no_step_by_reporting_it(event: Event, ids: dict[str, str]):
    done = [reporting.StepDone(MENGDIAN, 4, "2022-03-01", "2022-03-02")]
    with pytest.raises(Forbidden):
        reporting.report_steps(event.store, county(event, "532529"), ids["programme"], done, at=AT)


@pytest.mark.parametrize("day", ["2022-03-19", "三月", "2022-13-01"])
def test_a_day_that_is_none_or_to_come_is_refused(event: Event, ids: dict[str, str], day: str):
    before = rows(event.store)
    with pytest.raises(BadDay):
        reporting.report_steps(
            event.store,
            event.visitor("office"),
            ids["programme"],
            [reporting.StepDone(MENGDIAN, 5, day)],
            at=AT,
        )
    assert rows(event.store) == before


def test_a_plan_is_not_filed_before_it_is_reviewed(event: Event, ids: dict[str, str]):
    plan = plans.PlanMade(MENGDIAN, "village", "2022-03-01", "", "2022-03-02")
    with pytest.raises(BadDay):
        plans.report_plans(event.store, event.visitor("office"), ids["programme"], [plan], at=AT)


def test_a_step_in_use_stays_in_the_template(event: Event, ids: dict[str, str]):
    store, office = event.store, event.visitor("office")
    steps = template.sample_steps("2022-02-05")
    with pytest.raises(UnknownStep):
        template.set_programme_steps(store, office, ids["programme"], steps[3:], at=AT)
    with pytest.raises(BadFields) as refused:
        template.set_programme_steps(
            store, office, ids["programme"], [*steps[:27], replace(steps[27], due_on="某日")], at=AT
        )
    assert set(refused.value.problems) == {"due_on-28"}


def test_overdue_is_reckoned_from_due_days_and_the_day(event: Event, ids: dict[str, str]):
    """Steps fall due every second day from 7 February; 勐甸村 has done three."""
    store, office = event.store, event.visitor("office")
    due_today = overview(store, office, day="2022-02-13", at=AT)
    assert due_today.total.figures["overdue"].value == 2  # step 4 may still be done on its day
    a_day_late = overview(store, office, day="2022-02-14", at=AT)
    assert a_day_late.total.figures["overdue"].value == 3
    now = overview(store, office, at=AT)
    assert now.total.figures["overdue"].value == 3
    assert {(one.county, one.step, one.villages) for one in now.overdue} == {
        ("红河县", 4, 1), ("红河县", 1, 1), ("石屏县", 1, 1),
    }  # fmt: skip
    assert [one.days_late for one in now.overdue if one.step == 4] == [33]
    none = overview(store, office, day="2022-02-07", at=AT)
    assert none.total.figures["overdue"].value == 0


def test_every_figure_is_as_long_as_its_list(event: Event, ids: dict[str, str]):
    """By county and in all, for every measure that counts villages."""
    store, office = event.store, event.visitor("office")
    view = overview(store, office, at=AT)
    for key in set(MEASURES) - {"people", "fund", "needs", "met"}:
        for one in (*view.counties, view.total):
            behind = finding.villages_behind(store, office, "", key, county=one.code, at=AT)
            assert len(behind) == one.figures[key].value, (key, one.county)


@pytest.mark.parametrize(
    "typed",
    ["黑尼", "hnc", "heini", "HEINICUN", "532525103211", "石屏 hn", "坝心镇", "５３２５２５"],
)
def test_a_village_is_found_by_name_code_county_or_pinyin(
    event: Event, ids: dict[str, str], typed: str
):
    found = finding.find_villages(event.store, event.visitor("leader"), "", typed)
    assert [one["code"] for one in found.villages] == [HEINI]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "' OR 1=1 --", ""])
def test_a_sign_of_the_query_is_a_text_like_another(event: Event, ids: dict[str, str], typed: str):
    assert finding.find_villages(event.store, event.visitor("leader"), "", typed).villages == ()


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("spx", ["532525"]),
        ("SPX", ["532525"]),
        ("shiping", ["532525"]),
        ("石屏", ["532525"]),
        ("hh", ["532529"]),
        ("hongh", ["532529"]),
        ("hhz", []),  # 红河州 is the prefecture
        ("红河州", []),
        ("px", []),  # the end of a name
    ],
)
def test_a_county_is_found_by_its_name_or_pinyin_with_its_villages(
    event: Event, ids: dict[str, str], typed: str, codes: list[str]
):
    found = finding.find_villages(event.store, event.visitor("leader"), "", typed)
    assert [code for code, _ in found.counties] == codes
    assert {one["code"][:6] for one in found.villages} == set(codes)


def test_a_county_finds_by_pinyin_its_own_villages_only(event: Event, ids: dict[str, str]):
    """The adversary: another county's initials, codes and names."""
    mine = county(event, "532529")
    for typed in ("spx", "石屏", "heini", HEINI, ""):
        assert finding.find_villages(event.store, mine, "", typed) == finding.Found((), (), False)
    assert finding.villages_called(event.store, mine, "", [HEINI]) == []
    assert {one["code"][:6] for one in finding.first_villages(event.store, mine, "", 99)} == {
        "532529"
    }


def test_a_village_that_is_called_so_stands_before_those_of_the_county(
    event: Event, ids: dict[str, str]
):
    """Typed hh, which begins 红河县: a village with these initials is meant first."""
    store, office = event.store, event.visitor("office")
    named = programmes.Village("532532202999", "河口县", "桥头乡", "红花村")
    programmes.put_task_villages(store, office, ids["programme"], [named], at=AT)
    found = finding.find_villages(store, office, "", "hh")
    assert found.villages[0]["code"] == "532532202999"
    assert [name for _, name in found.counties] == ["红河县"]


def test_the_spelling_of_each_tile_is_that_of_its_short_name():
    for tile in tiles():
        assert tile.initials == initials(tile.short)


def test_a_dispatch_is_answered_then_closed_or_asked_again(event: Event, ids: dict[str, str]):
    store, office, mine = event.store, event.visitor("office"), county(event, "532529")
    letter = ids["letter"]
    with pytest.raises(DispatchNotNow):
        dispatches.close_dispatch(store, office, letter, at=AT)
    dispatches.answer_dispatch(store, mine, letter, "已整改", at=AT)
    for again in ({"asked": "", "due_on": "2022-03-30"}, {"asked": "附图", "due_on": "2022-03-17"}):
        with pytest.raises(BadFields):
            dispatches.ask_again(store, office, letter, **again, at=AT)
    dispatches.ask_again(store, office, letter, asked="请附图件", due_on="2022-03-30", at=AT)
    with pytest.raises(DispatchNotNow):  # the second click
        dispatches.ask_again(store, office, letter, asked="请附图件", due_on="2022-03-30", at=AT)
    dispatches.answer_dispatch(store, mine, letter, "图件已补", at=AT)
    dispatches.close_dispatch(store, office, letter, at=AT)
    with pytest.raises(DispatchNotNow):
        dispatches.answer_dispatch(store, mine, letter, "再答", at=AT)
    (found,) = [one for one in lists.dispatches_list(store, office)
                if one.dispatch["id"] == letter]  # fmt: skip
    row = found.dispatch
    assert [(one["answer"], one["asked"]) for one in found.earlier] == [("已整改", "请附图件")]
    assert (row["answer"], row["closed_on"]) == ("图件已补", "2022-03-18")


def test_a_leader_reads_and_writes_nothing(event: Event, ids: dict[str, str]):
    leader = event.visitor("leader")
    view = village.village_view(event.store, leader, "", MENGDIAN, at=AT)
    assert [step.step["number"] for step in view.steps if step.reported] == [1, 2, 3]
    assert view.history[0].on == "2022-03-18"
    with pytest.raises(Forbidden):
        needs.put_need(
            event.store, leader, ids["programme"], [needs.NeedSaid(MENGDIAN, "路")], at=AT
        )


def test_a_report_of_a_county_leaves_a_standing_as_it_is(event: Event, ids: dict[str, str]):
    """Its event is no ground to compute a standing again, nor for a stale one."""
    with event.store.reading() as tx:
        before = events.last_seq(tx, event.round_id, str(event.organizer.competition_id))
    needs.put_need(
        event.store,
        event.visitor("office"),
        ids["programme"],
        [needs.NeedSaid(MENGDIAN, "路灯")],
        at=AT,
    )
    with event.store.reading() as tx:
        after = events.last_seq(tx, event.round_id, str(event.organizer.competition_id))
    assert before == after
    of_programme = {key for key, kind in EVENTS.items() if kind.subject == ("programme",)}
    assert of_programme == set(events.BESIDE)
