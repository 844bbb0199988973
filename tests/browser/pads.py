"""A hall full of judges for the pad's journeys: one server, a fresh seat for each journey."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from playwright.sync_api import Locator, Page, expect

import db
from competition.lineup import entrants, panel
from competition.marks import pad_marks
from competition.marks.sheets import MarkChange
from competition.people import links, people
from competition.rounds import rounds
from competition.rounds.rubric import Criterion, criteria_of, set_rubric
from competition.rounds.rules import RoundRules
from competition.rounds.samples import sample_rubric
from competition.sign_ins import visitor_of
from competition.stage import moves
from competition.visitor import Visitor
from db.invariants import verify
from scoring import Rules
from tests.browser import inside
from tests.browser.server import Server
from words import t

JUDGES = 96
ENTRANTS = 7
GRACE = 6
FULL = ("19.5", "13", "12.5", "8.5", "13.5", "8", "9")
"""Marks for every criterion of the sample rubric, by typing."""

PRESSED = """async (first, sheet) => {
  const pad = first.closest('.pad');
  const press = async (one, name) => {
    if (!one || one.disabled) throw new Error(`no ${name} can be pressed`);
    one.click();
    await null; await null;
  };
  for (const [place, keys] of sheet) {
    const row = pad.querySelectorAll('.row')[place];
    if (!row.classList.contains('on')) await press(row, place);
    for (const [kind, wanted] of keys) {
      const all = [...pad.querySelectorAll(kind)];
      const is = (one, at) => at === wanted || one.innerText.trim() === wanted;
      await press(all.find(is), `${kind} ${wanted}`);
    }
  }
}"""
"""Opens row after row and presses its keys; the pad is drawn once a press has ended."""

VILLAGES = ("老曹寨村", "无浪村", "龙潭村", "团山村", "灵云村", "连城村", "喷泉村")


@dataclass
class Hall:
    """Who and what was entered; entrants, judges and their tokens by number."""

    event: str = ""
    round_id: str = ""
    organizer: str = ""
    supervisor: str = ""
    scorekeeper: str = ""
    judges: dict[int, str] = field(default_factory=dict)
    tokens: dict[int, str] = field(default_factory=dict)
    entrants: dict[int, str] = field(default_factory=dict)
    criteria: list[str] = field(default_factory=list)
    free: Iterator[int] = field(default_factory=lambda: iter(range(1, JUDGES + 1)))


def fill(store: db.Store, *, judges: int = JUDGES, **rules: Any) -> Hall:
    """A round with the sample rubric, one session, all judges, opened."""
    at = datetime.now(UTC)
    hall = Hall()
    with store.writing() as tx:
        who, _ = links.begin(store, title="擂台赛", organizer="李梅", at=at, sample=True)
        hall.event, hall.organizer = str(who.competition_id), str(who.person_id)
        hall.supervisor = people.add_person(store, who, name="陈刚", at=at)
        people.grant_role(store, who, hall.supervisor, "supervisor", at=at)
        hall.scorekeeper = people.add_person(store, who, name="吴敏", at=at)
        people.grant_role(store, who, hall.scorekeeper, "scorekeeper", at=at)
        told = RoundRules(scoring=Rules(top=2, draws=100), grace_seconds=GRACE, **rules)
        hall.round_id = rounds.create_round(store, who, title="村级决赛", at=at, rules=told)
        set_rubric(store, who, hall.round_id, _rubric(), at=at)
        hall.criteria = [row["id"] for row in criteria_of(tx, hall.round_id)]
        session = rounds.add_session(store, who, hall.round_id, title="第一场", at=at)
        for number in range(1, judges + 1):
            hall.judges[number] = people.add_person(store, who, name=f"赵{number}", at=at)
            panel.seat_judge(store, who, hall.round_id, hall.judges[number], number=number, at=at)
            hall.tokens[number] = links.make_link(store, who, hall.judges[number], at=at)
        for number in range(1, ENTRANTS + 1):
            hall.entrants[number] = _entrant(store, who, hall.round_id, session, number, at)
        everybody = list(hall.judges.values())
        panel.set_panel(store, who, hall.round_id, session, everybody, at=at)
        rounds.open_round(store, who, hall.round_id, signed="all", at=at)
        for stage in ("called", "presenting"):
            moves.move_stage(store, who, hall.round_id, hall.entrants[1], stage, at=at)
    return hall


def _rubric() -> list[Criterion]:
    return [
        Criterion(
            name=row.name,
            maximum=row.maximum,
            step=row.step,
            points=row.points,
            anchors=tuple(
                {"level": a.level, "text": a.text, "low": a.low, "high": a.high}
                for a in row.anchors
            ),
        )
        for row in sample_rubric("stage")
    ]


def _entrant(
    store: db.Store, who: Visitor, round_id: str, session: str, number: int, at: datetime
) -> str:
    entrant_id = entrants.add_entrant(
        store,
        who,
        code=f"53250{number}100200",
        county="元阳县",
        township="逢春岭乡",
        village=VILLAGES[number - 1],
        title=f"规划{number}",
        post="村党总支书记",
        at=at,
    )
    entrants.enter_entrant(
        store, who, round_id, entrant_id, number=number, session_id=session, at=at
    )
    return entrant_id


@contextmanager
def opened(server: Server) -> Iterator[db.Store]:
    """The server's own database, looked into from outside."""
    store = db.Store(server.path)
    try:
        yield store
    finally:
        store.close()


def stored(server: Server, judge: int, entrant: int = 1) -> list[str | None]:
    """A judge's marks of an entrant as the database holds them, in the rubric's order."""
    hall: Hall = server.filled
    with opened(server) as store, store.reading() as tx:
        found = {
            row["criterion_id"]: row["value"]
            for row in tx.rows(
                """SELECT m.* FROM marks m JOIN sheets s ON s.id = m.sheet_id
                WHERE s.person_id = :p AND s.entrant_id = :e""",
                p=hall.judges[judge],
                e=hall.entrants[entrant],
            )
        }
    values = [found.get(criterion) for criterion in hall.criteria]
    return [None if value is None else f"{value / 1000:.1f}" for value in values]


def word(key: str, **values: object) -> str:
    """A word of the pad in Chinese."""
    return t(f"pad.{key}", "zh", **values)


def saved(count: int) -> str:
    """What the pad says when so many of a sheet's marks are stored."""
    return word("saved", saved=count, of=7)


def applied(server: Server, judge: int, kind: str = "mark") -> int:
    """How many different changes of a judge the database has taken."""
    hall: Hall = server.filled
    with opened(server) as store, store.reading() as tx:
        return int(
            tx.value(
                "SELECT count(*) FROM applied_changes WHERE person_id = :p AND kind = :k",
                p=hall.judges[judge],
                k=kind,
            )
        )


def one(server: Server, sql: str, **values: Any) -> Any:
    """The first column of the first row."""
    with opened(server) as store, store.reading() as tx:
        return tx.value(sql, **values)


def act(
    server: Server, do: Callable[[db.Store, Visitor, datetime], object], *, who: str = ""
) -> None:
    """An act of the organizer, or of another person, meanwhile, from another machine."""
    with opened(server) as store:
        with store.reading() as tx:
            visitor = visitor_of(tx, who or server.filled.organizer)
        do(store, visitor, datetime.now(UTC))


def hand_in(
    hall: Hall, entrant: int, sheet: Sequence[str], store: db.Store, who: Visitor, at: datetime
) -> None:
    """A judge marks an entrant and submits, at another tablet."""
    values = {
        criterion: int(Decimal(mark) * 1000)
        for criterion, mark in zip(hall.criteria, sheet, strict=True)
    }
    changes = [
        MarkChange(one, value, f"{who.person_id}-{entrant}-{one}", 0)
        for one, value in values.items()
    ]
    place = {"round_id": hall.round_id, "entrant_id": hall.entrants[entrant]}
    pad_marks.record_marks(store, who, **place, changes=changes, at=at)
    change_id = f"submit-{who.person_id}-{entrant}"
    pad_marks.submit_sheet(store, who, **place, change_id=change_id, seen=values, at=at)


def is_clean(server: Server) -> bool:
    """Whether verify finds nothing in the database."""
    with opened(server) as store:
        return verify(store) == []


def typed(mark: str) -> list[tuple[str, str | int]]:
    """Return the keys of the number pad for a mark, and the one that enters it."""
    labels = [".5" if key == "h" else key for key in mark.replace(".5", "h")]
    return [*((".digit", label) for label in labels), (".enter", 0)]


@dataclass
class Pad:
    """A judge's hands on the pad in a browser."""

    page: Page
    server: Server
    judge: int
    port: int
    path: str = "judges-pad"

    @property
    def address(self) -> str:
        """Where this judge's page is."""
        return f"http://{self.server.host}:{self.port}/{self.path}"

    def enter(self) -> "Pad":
        """Sign in by the personal link, change to its seat where the browser asks; the pad."""
        token = self.server.filled.tokens[self.judge]
        kind = "light" if self.path == "pad" else "full"
        inside.sign_in(self.page, self.server, token, port=self.port, kind=kind)
        return self.open()

    def open(self) -> "Pad":
        """Open the pad's page; wait for its sheet, and for the server to know whose seat it is.

        A page that is left asks as well, and an answer to it is never there: nobody waits for one.
        """
        with self.page.expect_request_finished(lambda one: one.url.endswith("/api/seat")):
            self.page.goto(self.address)
        expect(self.page.locator(".pad .sum")).to_be_visible()
        return self

    def row(self, place: int) -> Locator:
        """A criterion by its place from 0."""
        return self.page.locator(".pad .row").nth(place)

    def turn(self, place: int) -> None:
        """Open a criterion, if it is not open."""
        if "on" not in str(self.row(place).get_attribute("class")).split():
            self.row(place).click()

    def tap(self, place: int, anchor: int, mark: str, *, finger: bool = False) -> None:
        """Mark a criterion by an anchor and a large key.

        The page itself presses them, at a tenth of what a finger costs, where that is no claim.
        """
        if not finger:
            self.press((place, [(".anchor", anchor), (".markkey", mark)]))
            return
        self.turn(place)
        self.page.locator(".pad .anchor").nth(anchor).click()
        self.key(mark).click()

    def key(self, mark: str) -> Locator:
        """A large key by what stands on it."""
        return self.page.locator(".pad .markkey", has_text=re.compile(f"^{re.escape(mark)}$"))

    def type(self, place: int, text: str, *, finger: bool = False) -> None:
        """Mark a criterion on the number pad, as `tap` does."""
        if not finger:
            self.press((place, typed(text)))
            return
        self.turn(place)
        for _, label in typed(text)[:-1]:
            exact = re.compile(f"^{re.escape(str(label))}$")
            self.page.locator(".pad .digit", has_text=exact).click()
        self.page.locator(".pad .enter").click()

    def fill(self, marks: tuple[str, ...]) -> None:
        """Mark every criterion by typing."""
        self.press(*((place, typed(mark)) for place, mark in enumerate(marks)))

    def press(self, *sheet: tuple[int, Sequence[tuple[str, int | str]]]) -> None:
        """Have the page open rows and press keys: each of a kind, by its place or its label."""
        self.row(sheet[0][0]).evaluate(PRESSED, [[place, list(keys)] for place, keys in sheet])

    def button(self, word: str) -> Locator:
        """A button by its whole word."""
        return self.page.locator(".pad").get_by_role("button", name=word, exact=True)

    def shows(self, text: str) -> None:
        """Wait until the state line says something."""
        expect(self.page.locator(".pad .bar")).to_contain_text(text)

    def value(self, place: int) -> str:
        """What a row shows as its mark."""
        return self.row(place).locator(".v").inner_text()

    @property
    def kept(self) -> int:
        """How many unsent changes are in this browser's storage."""
        names = self.page.evaluate("Object.keys(localStorage)")
        return sum(".change." in name for name in names)
