"""The acts and reads of the programme, called with arguments that are valid."""

from dataclasses import replace
from typing import Any

from competition.programme import (
    awards,
    contest,
    dispatches,
    evidence,
    finding,
    funds,
    importing,
    late,
    learning,
    lists,
    meetings,
    needs,
    overview,
    plans,
    programmes,
    reporting,
    template,
    trend,
    village,
)
from competition.visitor import Grant
from tests.competition.event import later
from tests.competition.registry import programme_rows
from tests.competition.registry.programme_rows import MENGDIAN, QIXIN

AT = later(3600)
DONE = reporting.StepDone(MENGDIAN, 5, "2022-03-17")
STEPS = template.sample_steps("2022-02-06")


def begin(p: Any) -> None:
    """红河县 has a programme with a row in each table; the county has answered one dispatch."""
    p.ids |= {f"of_{k}": v for k, v in programme_rows.enter(p.event, at=later(0)).items()}
    own = replace(
        p.visitors["county"],
        grants=(*p.visitors["county"].grants, Grant("county", None, "532529")),
    )
    dispatches.answer_dispatch(p.event.store, own, p.ids["of_answered"], "已整改", at=later(0))
    for n, who in enumerate((p.event.visitor("office"), own), start=6):
        role = "office" if n == 6 else "county"
        done = [reporting.StepDone(MENGDIAN, n, "2022-03-10")]
        p.ids[f"of_import_{role}"] = importing.import_lines(
            p.event.store, who, _p(p), "steps", done, name="进度.xlsx", at=later(0)
        )


def _p(p: Any) -> str:
    return str(p.ids["of_programme"])


def _figures(p: Any, who: Any) -> object:
    said = plans.FigureSaid(MENGDIAN, "people", "花名册", 2, "2022-03-18")
    return plans.report_figures(p.event.store, who, _p(p), [said], at=AT)


ACTS = {
    "begin_programme": lambda p, w: programmes.begin_programme(
        p.event.store, w, year="2023", title="村庄规划", begins_on="2023-02-05", at=AT
    ),
    "set_programme_steps": lambda p, w: template.set_programme_steps(
        p.event.store, w, _p(p), STEPS, reason="调整期限", at=AT
    ),
    "close_programme": lambda p, w: programmes.close_programme(p.event.store, w, _p(p), at=AT),
    "reopen_programme": lambda p, w: programmes.reopen_programme(
        p.event.store, w, p.ids["of_closed"], reason="补录", at=AT
    ),
    "remove_task_village": lambda p, w: programmes.remove_task_village(
        p.event.store, w, _p(p), QIXIN, reason="调整", at=AT
    ),
    "import_programme": lambda p, w: importing.import_lines(
        p.event.store, w, _p(p), "steps", [DONE], name="进度.xlsx", at=AT
    ),
    "undo_programme_import": lambda p, w: importing.undo_programme_import(
        p.event.store, w, p.ids[f"of_import_{'office' if 'office' in w.roles else 'county'}"], at=AT
    ),
    "put_task_villages": lambda p, w: programmes.put_task_villages(
        p.event.store, w, _p(p), [replace(programme_rows.VILLAGES[0], households=390)], at=AT
    ),
    "report_steps": lambda p, w: reporting.report_steps(
        p.event.store, w, _p(p), [reporting.StepDone(MENGDIAN, 4, "2022-03-17")], at=AT
    ),
    "confirm_steps": lambda p, w: reporting.confirm_steps(
        p.event.store, w, _p(p), [(MENGDIAN, 2)], at=AT
    ),
    "return_step": lambda p, w: reporting.return_step(
        p.event.store, w, _p(p), MENGDIAN, 3, reason="签到册不全", at=AT
    ),
    "report_plans": lambda p, w: plans.report_plans(
        p.event.store, w, _p(p), [plans.PlanMade(MENGDIAN, "industry", "2022-03-17")], at=AT
    ),
    "report_figures": _figures,
    "add_evidence": lambda p, w: evidence.add_evidence(
        p.event.store, w, _p(p), MENGDIAN, "2", "图.pdf", b"%PDF-1.4 more", at=AT
    ),
    "replace_evidence": lambda p, w: evidence.replace_evidence(
        p.event.store, w, p.ids["of_evidence"], "签到.pdf", b"%PDF-1.4 other", at=AT
    ),
    "remove_evidence": lambda p, w: evidence.remove_evidence(
        p.event.store, w, p.ids["of_evidence"], reason="传错了", at=AT
    ),
    "put_need": lambda p, w: needs.put_need(
        p.event.store, w, _p(p), [needs.NeedSaid(MENGDIAN, "冷库")], at=AT
    ),
    "offer_need": lambda p, w: needs.offer_need(
        p.event.store, w, p.ids["of_need"], "县水务局", at=AT
    ),
    "settle_need": lambda p, w: needs.settle_need(
        p.event.store, w, p.ids["of_offered"], is_met=True, at=AT
    ),
    "hold_meeting": lambda p, w: meetings.hold_meeting(
        p.event.store,
        w,
        _p(p),
        title="推进会",
        held_on="2022-04-08",
        villages=[MENGDIAN],
        minutes="",
        at=AT,
    ),
    "update_meeting": lambda p, w: meetings.update_meeting(
        p.event.store,
        w,
        p.ids["of_meeting"],
        title="推进会",
        held_on="2022-03-28",
        villages=[MENGDIAN],
        minutes="会议要求补齐图件。",
        at=AT,
    ),
    "plan_award": lambda p, w: awards.plan_award(
        p.event.store, w, p.ids["of_meeting"], code=MENGDIAN, award="二等奖", at=AT
    ),
    "hand_award": lambda p, w: awards.hand_award(p.event.store, w, p.ids["of_award"], at=AT),
    "drop_award": lambda p, w: awards.drop_award(
        p.event.store, w, p.ids["of_award"], reason="改期", at=AT
    ),
    "finish_task": lambda p, w: meetings.finish_task(p.event.store, w, p.ids["of_task"], at=AT),
    "write_dispatch": lambda p, w: dispatches.write_dispatch(
        p.event.store, w, _p(p), "532529", reason="逾期", villages=[], due_on="2022-03-30", at=AT
    ),
    "receive_dispatch": lambda p, w: dispatches.receive_dispatch(
        p.event.store, w, p.ids["of_letter"], at=AT
    ),
    "answer_dispatch": lambda p, w: dispatches.answer_dispatch(
        p.event.store, w, p.ids["of_letter"], "已补", at=AT
    ),
    "ask_again": lambda p, w: dispatches.ask_again(
        p.event.store, w, p.ids["of_answered"], asked="请附图件", due_on="2022-03-30", at=AT
    ),
    "close_dispatch": lambda p, w: dispatches.close_dispatch(
        p.event.store, w, p.ids["of_answered"], at=AT
    ),
}

READS = {
    "programme": (
        lambda p, w: overview.programmes_of(p.event.store, w),
        lambda p, w: overview.overview(p.event.store, w, at=AT),
        lambda p, w: finding.villages_behind(p.event.store, w, "", "filed", at=AT),
        lambda p, w: finding.find_villages(p.event.store, w, "", "hn"),
        lambda p, w: finding.first_villages(p.event.store, w, "", 9),
        lambda p, w: finding.villages_called(p.event.store, w, "", [MENGDIAN]),
        lambda p, w: village.village_view(p.event.store, w, "", MENGDIAN, at=AT),
        lambda p, w: trend.filed_by_week(p.event.store, w, at=AT),
        lambda p, w: contest.contest(p.event.store, w),
        lambda p, w: contest.entrants_of(p.event.store, w, p.event.round_id),
        lambda p, w: funds.funds_by_year(p.event.store, w, at=AT),
        lambda p, w: learning.lessons(p.event.store, w),
        lambda p, w: learning.year_beside_year(p.event.store, w, day=AT.date().isoformat()),
        lambda p, w: lists.programme_steps(p.event.store, w),
        lambda p, w: lists.step_versions(p.event.store, w),
        lambda p, w: lists.task_villages(p.event.store, w),
        lambda p, w: late.late_work(p.event.store, w, at=AT),
        lambda p, w: lists.needs_list(p.event.store, w),
        lambda p, w: lists.meetings_list(p.event.store, w),
        lambda p, w: lists.dispatches_list(p.event.store, w),
        lambda p, w: lists.steps_reported(p.event.store, w),
        lambda p, w: evidence.open_evidence(p.event.store, w, p.ids["of_evidence"]),
    ),
    "programme_work": (
        lambda p, w: importing.imports_list(p.event.store, w),
        lambda p, w: importing.compare_lines(p.event.store, w, _p(p), "steps", [DONE]),
    ),
    "programme_year": (lambda p, w: programmes.years(p.event.store, w),),
}
