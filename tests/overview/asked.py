"""What a figure of the overview must be: queries written apart from the reads of the app.

A page marks each figure as ``<data value="share/filed/532529">57.1%</data>``; the parts of the
value name a query here.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from html.parser import HTMLParser

from db import Store

PLAN = """EXISTS (SELECT 1 FROM village_plans p WHERE p.programme_id = v.programme_id
    AND p.code = v.code AND p.kind = '{kind}' AND p.{day} <= :d)"""
KINDS = ("industry", "talent", "culture", "ecology", "organisation")
SUM = """coalesce((SELECT sum(f.amount) FROM village_figures f WHERE f.code = v.code
    AND f.programme_id = v.programme_id AND f.kind = '{kind}' AND f.said_on <= :d), 0)"""
NEED = """(SELECT count(*) FROM needs n WHERE n.programme_id = v.programme_id
    AND n.code = v.code AND n.{day} <= :d)"""
UNDONE = """FROM programme_steps q WHERE q.programme_id = v.programme_id AND NOT EXISTS (
    SELECT 1 FROM village_steps s WHERE s.programme_id = v.programme_id AND s.code = v.code
    AND s.number = q.number AND s.done_on <= :d)"""
OF_VILLAGE = {
    "villages": "1",
    "finished": PLAN.format(kind="village", day="finished_on"),
    "reviewed": PLAN.format(kind="village", day="reviewed_on"),
    "filed": PLAN.format(kind="village", day="filed_on"),
    "special": " AND ".join(PLAN.format(kind=kind, day="finished_on") for kind in KINDS),
    **{kind: PLAN.format(kind=kind, day="finished_on") for kind in KINDS},
    "people": SUM.format(kind="people"),
    "needs": NEED.format(day="asked_on"),
    "met": NEED.format(day="met_on"),
    "fund": SUM.format(kind="fund"),
    "overdue": f"EXISTS (SELECT 1 {UNDONE} AND q.due_on < :d)",
    "all_steps": f"NOT EXISTS (SELECT 1 {UNDONE})",
    "late_step": f"coalesce((SELECT q.number {UNDONE} AND q.due_on < :d"
    " ORDER BY q.due_on, q.number LIMIT 1), 0)",
    "steps_done": """(SELECT count(*) FROM village_steps s WHERE s.programme_id = v.programme_id
        AND s.code = v.code AND s.done_on <= :d)""",
}
"""A measure to what a village adds to it by the day ``:d``."""
CODE = 6
"""Digits of a county's code."""
COUNTS = frozenset({"villages", "people", "needs", "fund"})
"""Measures without a number below the line."""


@dataclass
class Asked:
    """A programme by a day, asked by queries of its own."""

    store: Store
    day: str
    year: int
    kept: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    solved: dict[tuple[str, str], dict[str, float]] = field(default_factory=dict)

    @cached_property
    def programme(self) -> str:
        """The year's programme."""
        return str(self.one("SELECT id FROM programmes WHERE year = :y", y=self.year))

    @property
    def before(self) -> str:
        """The day a week earlier."""
        return (date.fromisoformat(self.day) - timedelta(days=7)).isoformat()

    def one(self, sql: str, **values: object) -> object:
        """The value of a query."""
        with self.store.reading() as tx:
            return tx.value(sql, **values)

    def each(self, key: str, day: str = "") -> dict[str, int]:
        """What each village adds to a measure, by code."""
        day = day or self.day
        if (key, day) not in self.kept:
            sql = f"SELECT v.code, {OF_VILLAGE[key]} AS n FROM task_villages v"
            with self.store.reading() as tx:
                rows = tx.rows(f"{sql} WHERE v.programme_id = :p", p=self.programme, d=day)
            self.kept[key, day] = {row["code"]: int(row["n"]) for row in rows}
        return self.kept[key, day]

    def sum(self, key: str, where: str, day: str = "") -> int:
        """A measure of a county by its code, or of all."""
        begin = "" if where == "all" else where
        return sum(n for code, n in self.each(key, day).items() if code.startswith(begin))

    def out_of(self, key: str, where: str) -> int:
        """The number below the line."""
        return self.sum("needs" if key == "met" else "villages", where)

    def percent(self, key: str, where: str) -> float:
        """The share in percent."""
        return 100 * self.sum(key, where) / self.out_of(key, where)

    def shown(self, key: str, n: int) -> str:
        """As a page writes it."""
        return f"{n / 10_000:,.0f}" if key == "fund" else f"{n:,}"

    def rounds(self, sql: str, round_id: str, **values: object) -> str:
        """A count of a round."""
        return f"{self.one(sql, r=round_id, **values):,}"

    def chosen(self, round_id: str) -> list[dict[str, object]]:
        """The lines that the newest certificate of a round chose."""
        content = self.one(
            """SELECT content FROM snapshots WHERE round_id = :r AND kind = 'certify'
            ORDER BY version DESC LIMIT 1""",
            r=round_id,
        )
        lines = json.loads(str(content))["entrants"] if content else []
        return [line for line in lines if line["selected"]]

    def won(self, county: str) -> int:
        """Entrants of a county chosen by certified finals; by other rounds while there is none."""
        with self.store.reading() as tx:
            there = tx.rows(
                """SELECT id, stage FROM rounds WHERE state = 'certified'
                AND practice_of IS NULL"""
            )
        finals = [row for row in there if row["stage"] == "final"]
        return sum(
            str(line["code"]).startswith(county)
            for row in finals or there
            for line in self.chosen(row["id"])
        )


Answer = Callable[..., object]
SHEETS = """FROM assignments a JOIN round_entrants e
    ON e.round_id = a.round_id AND e.entrant_id = a.entrant_id AND e.stage <> 'withdrawn'
    LEFT JOIN sheets s ON s.round_id = a.round_id AND s.entrant_id = a.entrant_id
    AND s.person_id = a.person_id JOIN rounds r ON r.id = a.round_id AND r.practice_of IS NULL
    JOIN entrants n ON n.id = a.entrant_id
    WHERE a.state = 'expected' AND (SELECT x.reserve FROM seats x WHERE x.round_id = a.round_id
    AND x.person_id = a.person_id) = 0"""


def _signed(n: int) -> str:
    return f"{n:+,}".replace("-", "\N{MINUS SIGN}") if n else "0"


def _change(q: Asked, key: str, where: str) -> str:
    n = q.sum(key, where) - q.sum(key, where, q.before)
    return _signed(round(n / 10_000) if key == "fund" else n)


def _list(q: Asked, key: str, which: str, where: str, step: str) -> str:
    late = q.each("late_step")
    return f"""{
        sum(
            code.startswith("" if where == "all" else where)
            and int(step) in (0, late[code])
            and (which == "all" or (n > 0) == (which == "with"))
            for code, n in q.each(key).items()
        ):,}"""


def _late(q: Asked, county: str, step: str) -> int:
    return sum(
        code.startswith(county) and n == int(step) for code, n in q.each("late_step").items()
    )


def _days_late(q: Asked, step: str) -> int:
    due = q.one(
        "SELECT due_on FROM programme_steps WHERE programme_id = :p AND number = :n",
        p=q.programme,
        n=int(step),
    )
    return (date.fromisoformat(q.day) - date.fromisoformat(str(due))).days


def _idle(q: Asked) -> int:
    busy = {
        code[:6]
        for code, n in q.each("steps_done").items()
        if n != q.each("steps_done", q.before)[code]
    }
    left = {code[:6] for code, n in q.each("all_steps").items() if not n}
    return len(left - busy)


def _step(q: Asked, key: str, at: str) -> int:
    """How many counties have a step of colour."""
    counties = {code[:6] for code in q.each("villages")}
    values = {one: q.sum(key, one) for one in counties}
    if key in COUNTS:
        most = max(values.values())
        steps = [min(4, 5 * n // most) if most else 0 for n in values.values()]
    else:
        bounds = (0.01, 5, 15, 30) if key == "overdue" else (60, 70, 80, 90)
        steps = [
            sum(q.percent(key, one) >= bound for bound in bounds) if q.out_of(key, one) else 0
            for one in counties
        ]
    return steps.count(int(at))


def _funds(q: Asked, year: str, source: str) -> str:
    n = q.one(
        """SELECT sum(f.amount) FROM village_figures f JOIN programmes p ON p.id = f.programme_id
        WHERE f.kind = 'fund' AND p.year = :y AND f.said_on <= :d AND f.source IN (:s, CASE :s
        WHEN 'all' THEN f.source END)""",
        y=int(year),
        d=q.day,
        s=source,
    )
    return f"{int(str(n or 0)) / 10_000:,.0f}"


def _left(q: Asked, key: str, where: str) -> int:
    return q.out_of(key, where) - q.sum(key, where)


def _left_late(q: Asked) -> int:
    return sum(bool(n) and not q.each("filed")[code] for code, n in q.each("late_step").items())


def _letters(q: Asked) -> object:
    return q.one(
        """SELECT count(*) FROM dispatches WHERE programme_id = :p AND issued_on <= :d
        AND coalesce(closed_on, '9999') > :d""",
        p=q.programme,
        d=q.day,
    )


def _entrants(q: Asked, round_id: str, which: str) -> object:
    if which == "chosen":
        return len(q.chosen(round_id))
    if which == "missing":
        return q.one(
            f"SELECT count(DISTINCT a.entrant_id) {SHEETS} AND a.round_id = :r"
            " AND coalesce(s.state, '') <> 'submitted'",
            r=round_id,
        )
    return q.one("SELECT count(*) FROM round_entrants WHERE round_id = :r", r=round_id)


def _of_year(q: Asked, year: str, what: str) -> object:
    return q.one(
        f"""SELECT count(DISTINCT {what}) FROM task_villages v JOIN programmes p
        ON p.id = v.programme_id WHERE p.year = :y""",
        y=int(year),
    )


ANSWERS: dict[str, Answer] = {
    "value": lambda q, key, where: q.shown(key, q.sum(key, where)),
    "share": lambda q, key, where: f"{q.percent(key, where):.1f}%",
    "whole": lambda q, key, where: f"{q.percent(key, where):.0f}%",
    "out_of": lambda q, key, where: f"{q.out_of(key, where):,}",
    "change": _change,
    "left": _left,
    "left_late": _left_late,
    "left_rest": lambda q: _left(q, "filed", "all") - _left_late(q),
    "list": _list,
    "late": _late,
    "late_counties": lambda q: len({c[:6] for c, n in q.each("late_step").items() if n}),
    "days_late": _days_late,
    "idle": _idle,
    "step": _step,
    "funds": _funds,
    "letters": _letters,
    "filed_by": lambda q, day: f"{q.sum('filed', 'all', day):,}",
    "won": lambda q, county: q.won(county),
    "entrants": lambda q, r: q.rounds("SELECT count(*) FROM round_entrants WHERE round_id = :r", r),
    "top": lambda q, r: json.loads(str(q.one("SELECT rules FROM rounds WHERE id = :r", r=r)))[
        "scoring"
    ]["top"],
    "submitted": lambda q, r: q.rounds(
        f"SELECT count(*) {SHEETS} AND a.round_id = :r AND s.state = 'submitted'", r
    ),
    "expected": lambda q, r: q.rounds(f"SELECT count(*) {SHEETS} AND a.round_id = :r", r),
    "missing": lambda q: q.one(
        f"SELECT count(*) {SHEETS} AND r.state = 'open' AND coalesce(s.state, '') <> 'submitted'"
    ),
    "entrants_list": _entrants,
    "sheets_in": lambda q, r, code: q.one(
        f"SELECT count(*) {SHEETS} AND a.round_id = :r AND n.code = :c AND s.state = 'submitted'",
        r=r,
        c=code,
    ),
    "sheets_of": lambda q, r, code: q.one(
        f"SELECT count(*) {SHEETS} AND a.round_id = :r AND n.code = :c", r=r, c=code
    ),
    "steps_done": lambda q, code: q.each("steps_done")[code],
    "met_of": lambda q, code: q.each("met")[code],
    "needs_of": lambda q, code: q.each("needs")[code],
    "fund_of": lambda q, code: f"{q.each('fund')[code] / 10_000:,.1f}",
    "people_of": lambda q, code: q.each("people")[code],
    "files_of": lambda q, code, step: q.one(
        """SELECT count(*) FROM evidence WHERE programme_id = :p AND code = :c AND about = :n
        AND said_on <= :d""",
        p=q.programme,
        c=code,
        n=step,
        d=q.day,
    ),
    "waiting": lambda q, where: q.one(
        f"""SELECT count(*) FROM village_steps WHERE programme_id = :p AND done_on NOTNULL
        AND confirmed_on IS NULL AND substr(code, 1, {CODE if where != "all" else 0}) = :c""",
        p=q.programme,
        c="" if where == "all" else where,
    ),
    "weight": lambda q, step: q.one(
        "SELECT weight FROM programme_steps WHERE programme_id = :p AND number = :n",
        p=q.programme,
        n=int(step),
    ),
    "year_villages": lambda q, year: _of_year(q, year, "code"),
    "year_counties": lambda q, year: _of_year(q, year, "substr(code, 1, 6)"),
    "found": lambda q, typed: q.one(
        """SELECT min(50, count(*)) FROM task_villages WHERE programme_id = :p
        AND instr(village || code, :t) > 0""",
        p=q.programme,
        t=typed,
    ),
    "imports": lambda q: q.one(
        "SELECT count(*) FROM programme_imports WHERE programme_id = :p", p=q.programme
    ),
    "late_of": lambda q, code: _days_late(q, str(q.each("late_step")[code])),
}
"""The first part of a figure's id to its query."""


NAME = "name"
"""Stands for the tag of an element that holds a name by number."""


@dataclass
class Block:
    """A panel of a page: its text, and the figures in it by id."""

    text: str = ""
    figures: list[tuple[str, str]] = field(default_factory=list)
    rest: str = ""


class Reader(HTMLParser):
    """Reads a page: its panels, each figure with its id, and the text beside the figures.

    ``texts`` are its texts one by one, without figures and without names by number; ``drawn``
    are those of charts.
    """

    HOLDS = frozenset({"a-box", "o-block", "o-fig"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocks: list[Block] = [Block()]
        self._open: list[tuple[str, Block]] = []
        self.texts: list[str] = []
        self.drawn: list[str] = []
        self._chart = 0
        self._figure = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a panel or a figure."""
        found = dict(attrs)
        if tag in {"br", "hr", "img", "input"}:
            return
        block = self._open[-1][1] if self._open else self.blocks[0]
        if "a-chart-head" in (found.get("class") or ""):
            self._chart = len(self._open) + 1
        if self.HOLDS & set((found.get("class") or "").split()):
            block = Block()
            self.blocks.append(block)
        self._open.append((NAME if "o-no" in (found.get("class") or "").split() else tag, block))
        if tag == "data":
            self._figure = found["value"] or ""

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        while self._open and self._open.pop()[0] not in (tag, NAME):
            pass
        self._chart = min(self._chart, len(self._open))

    def handle_data(self, data: str) -> None:
        """A text goes to every panel that holds it."""
        holders = {id(block): block for _, block in self._open} or {0: self.blocks[0]}
        for block in holders.values():
            block.text += data
        block = self._open[-1][1] if self._open else self.blocks[0]
        if self._open and self._open[-1][0] == "data":
            block.figures.append((self._figure, data))
        elif not self._open or self._open[-1][0] not in ("style", "script"):
            block.rest += data
            if not self._open or self._open[-1][0] != NAME:
                (self.drawn if self._chart else self.texts).append(data)

    @property
    def figures(self) -> list[tuple[str, str]]:
        """All figures of the page."""
        return [one for block in self.blocks for one in block.figures]


def wrong(asked: Asked, page: Reader, more: Mapping[str, Answer]) -> list[tuple[str, str, str]]:
    """Figures that are not what their query says: id, shown, asked."""
    answers = {**ANSWERS, **more}
    found = []
    for figure, text in page.figures:
        kind, *where = figure.split("/")
        answer = str(answers[kind](asked, *where))
        if answer != text:
            found.append((figure, text, answer))
    return found
