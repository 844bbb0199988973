"""The invented office's work: meetings with tasks and awards, dispatches and their answers."""

from collections.abc import Mapping
from datetime import timedelta

from competition.programme import awards, dispatches, meetings
from competition.visitor import Visitor
from examples.programme_year import BEHIND, DUE, HEINI, STUCK, Year


def meet(year: Year) -> None:
    """Two meetings held, one to come in 黑尼村."""
    by_county: dict[str, list[str]] = {}
    for one in year.places:
        by_county.setdefault(one.county_code, []).append(one.village_code)
    for ago, county, minutes in (
        (26, "532504", "看规划公示栏和产业大棚。会议要求：第19步前补齐多规合一图件。"),
        (12, "532524", "看团山古民居修缮。会议要求：专项规划与村庄规划同步评审。"),
    ):
        day = year.today - timedelta(days=ago)
        held = meetings.hold_meeting(
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
        _award(year, held, by_county[county][0], "产业振兴单项奖", day.isoformat())
    coming = meetings.hold_meeting(
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
    _award(year, coming, HEINI if HEINI in year.reached else by_county["532525"][0], "组织有力奖")


def _award(year: Year, meeting: str, code: str, award: str, day: str = "") -> None:
    """An award of a village at a meeting; handed over on a day, or still to be."""
    award_id = awards.plan_award(
        year.store, year.who, meeting, code=code, award=award, handed_by="样例·领导", at=year.at
    )
    if day:
        awards.hand_award(year.store, year.who, award_id, day=day, at=year.at)


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


def urge(year: Year, counties: Mapping[str, Visitor]) -> None:
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
