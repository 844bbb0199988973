"""What the invented villages reported: steps, plans, people, funds, needs."""

from collections.abc import Iterator
from datetime import date, timedelta

from competition.programme import needs, plans, reporting
from examples.programme_year import HEINI, Year

FINISHED, REVIEWED, FILED, SPECIAL = 16, 19, 21, 18
"""The step with which a village plan is finished, reviewed, filed, and special plans are made."""
NEEDED = (
    ("灌溉管网 3.2 公里", "县水务局"),
    ("产业路 1.8 公里硬化", "县交通运输局"),
    ("柑橘冷库 300 吨", "县供销社"),
    ("卫生室补 1 名村医", "县卫生健康局"),
    ("通信信号盲区 2 处", "移动公司"),
    ("垃圾收集点 4 处", "县住建局"),
    ("老年幸福食堂 1 处", "县民政局"),
    ("污水管网 900 米", "县生态环境局"),
    ("茶园技术员 1 名", "县农业农村局"),
    ("传统民居修缮 6 户", "县文化和旅游局"),
)
GISTS = {
    "village": "村民会议通过",
    "industry": "一村一品",
    "talent": "返乡带头人",
    "culture": "古井、老戏台、刺绣",
    "ecology": "面源治理",
    "organisation": "网格、村规民约",
}
FUNDS = (("省级", 120_000), ("州级", 80_000), ("县级", 50_000), ("社会", 30_000))
AWARDS = ("一等奖", "二等奖", "三等奖")


def report(year: Year, *, is_over: bool) -> None:
    """Everything of a year."""
    _steps(year)
    plans.report_plans(year.store, year.who, year.id, list(_plans(year)), at=year.at)
    figures = list(_figures(year, is_over))
    plans.report_figures(year.store, year.who, year.id, figures, at=year.at)
    needs.put_need(year.store, year.who, year.id, list(_needs(year, is_over)), at=year.at)


def _steps(year: Year) -> None:
    """Steps done; those of more than four days ago are confirmed a day later."""
    old = year.today - timedelta(days=4)
    done = []
    for code, last in year.reached.items():
        for number in range(1, last + 1):
            on = year.done_on(code, number)
            later = date.fromisoformat(on) + timedelta(days=1)
            confirmed = later.isoformat() if later <= old else ""
            done.append(reporting.StepDone(code, number, on, confirmed))
    reporting.report_steps(year.store, year.who, year.id, done, at=year.at)


def _plans(year: Year) -> Iterator[plans.PlanMade]:
    for code, last in year.reached.items():
        for at, kind in enumerate(plans.PLANS):
            if last < FINISHED or (kind != "village" and last < SPECIAL + at % 2):
                continue
            days = [year.done_on(code, n) if last >= n else "" for n in (FINISHED, REVIEWED, FILED)]
            if kind != "village":
                days[2] = ""
            yield plans.PlanMade(
                code,
                kind,
                days[0],
                max(days[:2]) if days[1] else "",
                max(days) if days[2] else "",
                1 + (int(code[-3:]) + at) % 3,
                GISTS[kind],
            )


def _figures(year: Year, is_over: bool) -> Iterator[plans.FigureSaid]:
    spread = 3 if is_over else 1
    for at, code in enumerate(year.reached):
        for week in range(1, 4):
            day = year.first + timedelta(days=week * 12 * spread)
            yield plans.FigureSaid(
                code, "people", "村级花名册", 1 + (at + week) % 5, day.isoformat()
            )
        source, amount = FUNDS[at % len(FUNDS)]
        day = year.first + timedelta(days=20 * spread)
        yield plans.FigureSaid(code, "fund", source, amount + 1000 * (at % 37), day.isoformat())
        if is_over and at % 14 == 0:
            rank = 1 + at // 14
            name = AWARDS[0 if rank == 1 else 1 if rank < 5 else 2]
            day = year.first + timedelta(days=80)
            yield plans.FigureSaid(code, "award", f"上年村级决赛{name}", rank, day.isoformat())


def _needs(year: Year, is_over: bool) -> Iterator[needs.NeedSaid]:
    """Three a village: most are taken on, two thirds of those met; 黑尼村 has five."""
    for at, code in enumerate(year.reached):
        for n in range(5 if code == HEINI else 1 if is_over else 3):
            text, unit = NEEDED[(at * 3 + n) % len(NEEDED)]
            asked = year.first + timedelta(days=8 + (at + 9 * n) % 28)
            matched, met = asked + timedelta(days=4), asked + timedelta(days=13)
            state = 2 if is_over else (at + n) % 4
            yield needs.NeedSaid(
                code,
                text,
                asked.isoformat(),
                unit if state and matched <= year.today else "",
                matched.isoformat() if state and matched <= year.today else "",
                met.isoformat() if state > 1 and met <= year.today else "",
            )
