"""Invented programme of two years: 104 villages that are done, 401 that are under way.

Every place is real, every figure invented. Five counties wait at a step that is overdue.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from competition.people import links, people
from competition.programme import dispatches, meetings, needs, programmes, reporting
from competition.sign_ins import visitor_of
from competition.times import local, stamp
from competition.visitor import Visitor
from db import Store
from examples.divisions import Division, divisions, tiles

BEFORE, BEGUN = timedelta(days=406), timedelta(days=41)
"""Days since each year's programme was issued."""
BEHIND = {"532530": 11, "532528": 8, "532531": 5, "532529": 4, "532523": 3}
"""A county to how many of its villages wait at a step that is overdue."""
STUCK = {"532530": 18, "532528": 18, "532531": 16, "532529": 19, "532523": 18}
"""A county to the last step that these villages have done."""
STEPS, DUE, AHEAD = 28, 20, 24
FINISHED, REVIEWED, FILED, SPECIAL = 16, 19, 21, 18
"""The step with which a village plan is finished, reviewed, filed, and special plans are made."""
LAST_YEAR = 104
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
HEINI = "532525103211"


@dataclass(frozen=True)
class Year:
    """One year's programme while it is entered."""

    store: Store
    who: Visitor
    id: str
    first: date
    today: date
    places: Sequence[Division]
    reached: Mapping[str, int]
    at: datetime
    rng: np.random.Generator

    def done_on(self, code: str, number: int) -> str:
        """The day a village did a step: near its due day, never to come."""
        due = self.first + timedelta(days=programmes.SAMPLE_DAYS * number)
        slip = (int(code[-6:]) * 7 + number * 5) % 6 - 4
        return min(due + timedelta(days=slip), self.today).isoformat()


def enter_programme(
    store: Store,
    organizer: Visitor,
    codes: Sequence[str],
    counties: Mapping[str, str],
    *,
    seed: int,
    at: datetime,
) -> dict[str, str]:
    """Enter both years; return a link's token for the office and for a leader, by the role.

    Parameters
    ----------
    codes : sequence of str
        The villages of this year.
    counties : mapping of str to str
        A county's code to the token of its link.
    """
    tokens = {}
    for role, name in (("office", "样例·州级办公室"), ("leader", "样例·领导")):
        person_id = people.add_person(store, organizer, name=name, at=at)
        people.grant_role(store, organizer, person_id, role, at=at)
        tokens[role] = links.make_link(store, organizer, person_id, at=at)
    office = _visitor(store, tokens["office"], at)
    known = {one.village_code: one for one in divisions()}
    places = [known[code] for code in sorted(codes) if code in known]
    rng = np.random.default_rng([seed, 17])
    earlier = [places[n] for n in sorted(rng.permutation(len(places))[:LAST_YEAR])]
    _enter_year(store, office, earlier, BEFORE, at, rng)
    this = _enter_year(store, office, places, BEGUN, at, rng)
    _meet(this)
    _urge(this, {code: _visitor(store, token, at) for code, token in counties.items()})
    return tokens


def _visitor(store: Store, token: str, at: datetime) -> Visitor:
    person = links.whose(store, token, at=at)
    assert person is not None
    with store.reading() as tx:
        return visitor_of(tx, person["id"])


def _enter_year(
    store: Store,
    who: Visitor,
    places: Sequence[Division],
    ago: timedelta,
    at: datetime,
    rng: np.random.Generator,
) -> Year:
    today = local(stamp(at), "Asia/Shanghai").date()
    first = today - ago
    is_over = ago == BEFORE
    programme_id = programmes.begin_programme(
        store,
        who,
        year=str(first.year if is_over else today.year),
        title=f"{first.year if is_over else today.year}年村庄规划",
        begins_on=first.isoformat(),
        at=at,
    )
    short = {tile.county_code: tile.short for tile in tiles()}
    listed = [
        programmes.Village(
            one.village_code,
            short[one.county_code],
            one.township,
            one.label,
            200 + int(one.village_code[-4:]) % 400,
            800 + int(one.village_code[-5:]) % 1600,
        )
        for one in places
    ]
    programmes.put_task_villages(store, who, programme_id, listed, at=at)
    reached = {p.village_code: STEPS for p in places} if is_over else _reached(places, rng)
    year = Year(store, who, programme_id, first, today, places, reached, at, rng)
    _steps(year)
    reporting.report_plans(store, who, programme_id, list(_plans(year)), at=at)
    reporting.report_figures(store, who, programme_id, list(_figures(year, is_over)), at=at)
    needs.put_need(store, who, programme_id, list(_needs(year, is_over)), at=at)
    return year


def _reached(places: Sequence[Division], rng: np.random.Generator) -> dict[str, int]:
    """How many steps each village has done: most are past those due, five counties are behind."""
    reached = {}
    behind = dict(BEHIND)
    for one in places:
        is_behind = behind.get(one.county_code, 0) > 0 and one.village_code != HEINI
        if is_behind:
            behind[one.county_code] -= 1
            reached[one.village_code] = STUCK[one.county_code]
        else:
            slow = one.county_code in BEHIND
            reached[one.village_code] = int(rng.integers(DUE, AHEAD - 2 * slow + 1))
    if HEINI in reached:
        reached[HEINI] = 22
    return reached


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


def _plans(year: Year) -> Iterator[reporting.PlanMade]:
    for code, last in year.reached.items():
        for at, kind in enumerate(reporting.PLANS):
            if last < FINISHED or (kind != "village" and last < SPECIAL + at % 2):
                continue
            days = [year.done_on(code, n) if last >= n else "" for n in (FINISHED, REVIEWED, FILED)]
            if kind != "village":
                days[2] = ""
            yield reporting.PlanMade(
                code,
                kind,
                days[0],
                max(days[:2]) if days[1] else "",
                max(days) if days[2] else "",
                1 + (int(code[-3:]) + at) % 3,
                GISTS[kind],
            )


def _figures(year: Year, is_over: bool) -> Iterator[reporting.FigureSaid]:
    spread = 3 if is_over else 1
    for at, code in enumerate(year.reached):
        for week in range(1, 4):
            day = year.first + timedelta(days=week * 12 * spread)
            yield reporting.FigureSaid(
                code, "people", "村级花名册", 1 + (at + week) % 5, day.isoformat()
            )
        source, amount = FUNDS[at % len(FUNDS)]
        day = year.first + timedelta(days=20 * spread)
        yield reporting.FigureSaid(code, "fund", source, amount + 1000 * (at % 37), day.isoformat())
        if is_over and at % 14 == 0:
            rank = 1 + at // 14
            name = AWARDS[0 if rank == 1 else 1 if rank < 5 else 2]
            day = year.first + timedelta(days=80)
            yield reporting.FigureSaid(code, "award", f"上年村级决赛{name}", rank, day.isoformat())


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


def _meet(year: Year) -> None:
    """Two meetings held, one to come in 黑尼村."""
    by_county: dict[str, list[str]] = {}
    for one in year.places:
        by_county.setdefault(one.county_code, []).append(one.village_code)
    for ago, county, minutes in (
        (26, "532504", "看规划公示栏和产业大棚。会议要求：第19步前补齐多规合一图件。"),
        (12, "532524", "看团山古民居修缮。会议要求：专项规划与村庄规划同步评审。"),
    ):
        day = year.today - timedelta(days=ago)
        meetings.hold_meeting(
            year.store,
            year.who,
            year.id,
            title="现场推进会",
            held_on=day.isoformat(),
            villages=by_county[county][:3],
            minutes=minutes,
            tasks=[
                meetings.Task(code, "补齐图件", (day + timedelta(days=20 + n)).isoformat())
                for n, code in enumerate(sorted(BEHIND))
            ],
            at=year.at,
        )
    meetings.hold_meeting(
        year.store,
        year.who,
        year.id,
        title="现场推进会：石屏县黑尼村",
        held_on=(year.today + timedelta(days=10)).isoformat(),
        villages=[HEINI if HEINI in year.reached else by_county["532525"][0]],
        minutes="",
        tasks=[
            meetings.Task("532525", "柑橘冷库选址", (year.today + timedelta(days=20)).isoformat())
        ],
        at=year.at,
    )


LETTERS = (
    ("532504", 20, -14, "closed"),
    ("532524", 18, -12, "closed"),
    ("532503", 15, -9, "closed"),
    ("532523", 8, 0, "answered"),
    ("532531", 7, -1, ""),
    ("532528", 5, 2, "received"),
    ("532530", 4, 2, "received"),
)
"""Dispatches: county, days since it was issued, days until an answer is due, and its state."""


def _urge(year: Year, counties: Mapping[str, Visitor]) -> None:
    """Seven dispatches: three closed, one answered, two received, one not answered in time."""
    for county, ago, due, state in LETTERS:
        behind = [
            one.village_code
            for one in year.places
            if one.county_code == county and year.reached[one.village_code] < DUE
        ]
        issued = year.today - timedelta(days=ago)
        letter = dispatches.write_dispatch(
            year.store,
            year.who,
            year.id,
            county,
            reason=f"步骤{STUCK.get(county, 9) + 1}逾期，请说明原因和完成时间。",
            villages=behind,
            due_on=(year.today + timedelta(days=due)).isoformat(),
            day=issued.isoformat(),
            at=year.at,
        )
        if not state:
            continue
        mine = counties[county]
        on = (issued + timedelta(days=1)).isoformat()
        dispatches.receive_dispatch(year.store, mine, letter, day=on, at=year.at)
        if state != "received":
            day = (issued + timedelta(days=3)).isoformat()
            said = "图件已补齐，村民会议已开，一周内完成。"
            dispatches.answer_dispatch(year.store, mine, letter, said, day=day, at=year.at)
        if state == "closed":
            day = (issued + timedelta(days=5)).isoformat()
            dispatches.close_dispatch(year.store, year.who, letter, day=day, at=year.at)
