"""The final of one long journey: its people and rules, and what the hall must show by hand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal

from playwright.sync_api import Page

import db
from competition.lineup import entrants, panel
from competition.people import links, people, pins
from competition.rounds import rounds
from competition.rounds.rubric import Criterion, criteria_of, set_rubric
from competition.rounds.rules import RoundRules
from competition.sign_ins import visitor_of
from competition.stage import hall_links
from competition.visitor import Visitor
from scoring import Rules
from tests.browser.pads import Hall

PIN = "506172"
VILLAGES = ("老曹寨村", "无浪村", "龙潭村", "团山村", "灵云村", "连城村", "喷泉村", "黑尼村")
RESERVE, READER = 4, 5
"""Seat numbers of the two judges in reserve: one takes a seat, one reads a second time."""
STAFF = {"timekeeper": "周敏", "host": "白云", "chair": "何文", "scorekeeper": "吴敏"}
MARKS = {
    1: (("54", "36"), ("53.5", "36"), ("54", "35.5")),
    2: (("52", "34"), ("52", "34.5"), ("51.5", "34")),
    4: (("50.5", "33.5"), ("49", "31"), ("50", "34")),
    5: (("50.5", "34"), ("51.5", "33.5"), ("50", "34")),
    6: (("48", "32"), ("48.5", "32"), ("47.5", "31")),
    7: (("45", "30"), ("45.5", "30.5"), ("45", "29")),
    8: (("42", "28"), ("42", "28.5"), ("43", "27.5")),
}
"""What the three seats give; 3号 does not come.

4号 without judge 2 and 5号 with its deduction share the third place: 84.00.
"""


@dataclass
class Final(Hall):
    """The hall with its staff: ids and tokens by role, and the link of the screen."""

    staff: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)


def fill(store: db.Store) -> Final:
    """Eight entrants, three judges and two in reserve; the open zone is read a second time.

    The limit of one second makes overtime come by itself.
    """
    at = datetime.now(UTC)
    final = Final()
    with store.writing() as tx:
        who, token = links.begin(store, title="擂台赛", organizer="李梅", at=at, sample=True)
        final.event, final.organizer = str(who.competition_id), str(who.person_id)
        final.keys["organizer"] = token
        _staff(store, who, final, at)
        rules = RoundRules(
            scoring=Rules(official="mean", top=3, at_cut="jury", band=0.5, draws=100),
            hall="scores",
            recusal_level="none",
            present_seconds=1,
            overtime_by="minute",
            overtime="0.5",
        )
        final.round_id = rounds.create_round(store, who, title="村级决赛", at=at, rules=rules)
        rubric = [
            Criterion("规划实用性", "60", step="0.5"),
            Criterion("现场展示", "40", step="0.5"),
        ]
        set_rubric(store, who, final.round_id, rubric, at=at)
        final.criteria = [row["id"] for row in criteria_of(tx, final.round_id)]
        session = rounds.add_session(store, who, final.round_id, title="第一场", at=at)
        for number in range(1, READER + 1):
            _judge(store, who, final, number, at)
        for number, village in enumerate(VILLAGES, start=1):
            final.entrants[number] = _entrant(store, who, final, number, village, session, at)
        panel.set_panel(
            store,
            who,
            final.round_id,
            session,
            [final.judges[n] for n in (1, 2, 3, RESERVE)],
            at=at,
        )
        people.grant_role(store, who, final.staff["chair"], "chair", round_id=final.round_id, at=at)
        rounds.open_round(store, who, final.round_id, signed="各代表队领队", at=at)
    final.keys["screen"] = hall_links.make_hall_link(store, who, final.round_id, at=at)
    with store.reading() as tx:
        supervisor = visitor_of(tx, final.supervisor)
    pins.set_pin(store, supervisor, PIN, PIN, at=at)
    return final


def _staff(store: db.Store, who: Visitor, final: Final, at: datetime) -> None:
    final.supervisor = people.add_person(store, who, name="陈刚", at=at)
    people.grant_role(store, who, final.supervisor, "supervisor", at=at)
    final.staff = {"supervisor": final.supervisor}
    for role, name in STAFF.items():
        final.staff[role] = people.add_person(store, who, name=name, at=at)
        if role != "chair":
            people.grant_role(store, who, final.staff[role], role, at=at)
    final.scorekeeper = final.staff["scorekeeper"]
    for role, person_id in final.staff.items():
        final.keys[role] = links.make_link(store, who, person_id, at=at)


def _judge(store: db.Store, who: Visitor, final: Final, number: int, at: datetime) -> None:
    person_id = people.add_person(store, who, name=f"赵{number}", at=at)
    is_reserve = number >= RESERVE
    panel.seat_judge(
        store, who, final.round_id, person_id, number=number, reserve=is_reserve, at=at
    )
    final.judges[number] = person_id
    final.tokens[number] = links.make_link(store, who, person_id, at=at)


def _entrant(
    store: db.Store,
    who: Visitor,
    final: Final,
    number: int,
    village: str,
    session: str,
    at: datetime,
) -> str:
    entrant_id = entrants.add_entrant(
        store,
        who,
        code=f"53250{number}100200",
        county="元阳县",
        township="逢春岭乡",
        village=village,
        title=f"规划{number}",
        at=at,
    )
    entrants.enter_entrant(
        store, who, final.round_id, entrant_id, number=number, session_id=session, at=at
    )
    return entrant_id


def by_hand(sheets: Iterable[tuple[str, str]], *, deduction: str = "0") -> str:
    """The figure that the hall must show: the plain mean of the totals, less the deduction."""
    totals = [sum(map(Decimal, sheet)) for sheet in sheets]
    mean = sum(totals) / len(totals) - Decimal(deduction)
    return str(mean.quantize(Decimal("0.01"), ROUND_HALF_UP))


WATCH = """() => {
  let last = '';
  const look = () => {
    const main = document.querySelector('main');
    if (!main || !main.dataset.scene) return;
    const finals = [...main.querySelectorAll('.h-final b')].map(one => one.textContent);
    const text = [main.dataset.scene, ...finals].join('|');
    if (text !== last) window.arenaSeen((last = text));
  };
  const parts = {subtree: true, childList: true, characterData: true, attributes: true};
  new MutationObserver(look).observe(document, parts);
}"""
"""Gives away every picture that the hall's screen shows: its scene and the final figures on it."""


def watch(page: Page) -> list[str]:
    """Watch a hall's page from its first picture on, over reloads and at whichever laptop.

    Returns
    -------
    list of str
        It grows with every picture.
    """
    seen: list[str] = []
    page.expose_function("arenaSeen", lambda text: seen.append(text))
    page.add_init_script(f"({WATCH})()")
    return seen
