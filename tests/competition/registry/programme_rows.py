"""A row in each table of the programme: for the event that has one in every table."""

from datetime import datetime
from typing import Any

from competition.programme import (
    awards,
    dispatches,
    evidence,
    meetings,
    needs,
    plans,
    programmes,
    reporting,
)
from competition.programme.needs import NeedSaid
from tests.competition.registry.document_rows import PDF

MENGDIAN, QIXIN, HEINI = "532529100201", "532529100202", "532525103211"
VILLAGES = (
    programmes.Village(MENGDIAN, "红河县", "迤萨镇", "勐甸村", 386, 1542),
    programmes.Village(QIXIN, "红河县", "迤萨镇", "齐心寨村"),
    programmes.Village(HEINI, "石屏县", "坝心镇", "黑尼村", 402, 1610),
)
BEGUN, TODAY = "2022-02-05", "2022-03-18"


def begin(event: Any, *, at: datetime) -> str:
    """The office's programme of three villages in two counties; its id."""
    store, who = event.store, event.visitor("office")
    programme_id = programmes.begin_programme(
        store, who, year="2022", title="村庄规划", begins_on=BEGUN, at=at
    )
    programmes.put_task_villages(store, who, programme_id, VILLAGES, at=at)
    return programme_id


def _closed(event: Any, *, at: datetime) -> str:
    """The year before, closed; its id."""
    store, who = event.store, event.visitor("office")
    closed = programmes.begin_programme(
        store, who, year="2021", title="村庄规划", begins_on="2021-02-05", at=at
    )
    programmes.close_programme(store, who, closed, at=at)
    return closed


def enter(event: Any, *, at: datetime) -> dict[str, str]:
    """Something of each kind; their ids by kind."""
    store, who = event.store, event.visitor("office")
    ids = {"closed": _closed(event, at=at), "programme": begin(event, at=at)}
    one = ids["programme"]
    done = [reporting.StepDone(MENGDIAN, n, f"2022-02-{6 + 2 * n:02d}") for n in (1, 2, 3)]
    reporting.report_steps(store, who, one, done, at=at)
    reporting.confirm_steps(store, who, one, [(MENGDIAN, 1)], at=at)
    made = plans.PlanMade(MENGDIAN, "village", "2022-03-02", "2022-03-10")
    plans.report_plans(store, who, one, [made], at=at)
    figures = [
        plans.FigureSaid(MENGDIAN, "people", "村级花名册", 9, "2022-03-01"),
        plans.FigureSaid(MENGDIAN, "fund", "省级", 250_000, "2022-03-02"),
    ]
    plans.report_figures(store, who, one, figures, at=at)
    ids["evidence"] = evidence.add_evidence(
        store, who, one, MENGDIAN, "3", "签到册.pdf", PDF + b"signed", at=at
    )
    ids["need"] = needs.put_need(store, who, one, [NeedSaid(MENGDIAN, "灌溉管网 3.2 公里")], at=at)[
        0
    ]
    ids["offered"] = needs.put_need(store, who, one, [NeedSaid(MENGDIAN, "产业路硬化")], at=at)[0]
    needs.offer_need(store, who, ids["offered"], "县交通局", at=at)
    ids["meeting"] = meetings.hold_meeting(
        store,
        who,
        one,
        title="现场推进会",
        held_on="2022-03-28",
        villages=[MENGDIAN, HEINI],
        minutes="看柑橘基地",
        tasks=[meetings.Task("532529", "补齐图件", "2022-04-02")],
        at=at,
    )
    ids["award"] = awards.plan_award(
        store, who, ids["meeting"], code=MENGDIAN, award="一等奖", handed_by="样例·领导", at=at
    )
    with store.reading() as tx:
        ids["task"] = tx.value("SELECT id FROM meeting_tasks")
    write = dispatches.write_dispatch
    for name in ("letter", "answered"):
        ids[name] = write(
            store, who, one, "532529", reason="步骤4 逾期", villages=[MENGDIAN],
            due_on="2022-03-25", at=at,
        )  # fmt: skip
    return ids
