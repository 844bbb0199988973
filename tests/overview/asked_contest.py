"""What a village's marks, ranks and reports must be, by queries written apart from the app."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from tests.overview.asked import Answer, Asked

MARKS = """SELECT n.code, s.person_id AS judge, c.name AS criterion, m.value
    FROM marks m JOIN sheets s ON s.id = m.sheet_id JOIN criteria c ON c.id = m.criterion_id
    JOIN entrants n ON n.id = s.entrant_id WHERE s.round_id = :r AND s.state = 'submitted'"""
THOUSANDTHS = 1000


def lines(q: Asked, round_id: str) -> list[dict[str, Any]]:
    """The ranked lines of a round's newest certificate."""
    content = q.one(
        """SELECT content FROM snapshots WHERE round_id = :r AND kind = 'certify'
        ORDER BY version DESC LIMIT 1""",
        r=round_id,
    )
    return [dict(line) for line in json.loads(str(content))["entrants"]]


def line(q: Asked, round_id: str, code: str) -> dict[str, Any]:
    """One village's line."""
    return next(one for one in lines(q, round_id) if one["code"] == code)


def means(q: Asked, round_id: str, criterion: str) -> dict[str, float]:
    """Each entrant's mean mark without the judges' severities: dense least squares.

    y = entrant + judge, the judges' terms adding up to zero, by the solver of numpy.
    """
    if (round_id, criterion) in q.solved:
        return q.solved[round_id, criterion]
    with q.store.reading() as tx:
        rows = [row for row in tx.rows(MARKS, r=round_id) if row["criterion"] == criterion]
    codes = sorted({row["code"] for row in rows})
    judges = sorted({row["judge"] for row in rows})
    design = np.zeros((len(rows) + 1, len(codes) + len(judges)))
    marks = np.zeros(len(rows) + 1)
    for at, row in enumerate(rows):
        design[at, codes.index(row["code"])] = 1
        design[at, len(codes) + judges.index(row["judge"])] = 1
        marks[at] = row["value"] / THOUSANDTHS
    design[-1, len(codes) :] = 1
    solved = np.linalg.lstsq(design, marks, rcond=None)[0]
    q.solved[round_id, criterion] = dict(zip(codes, map(float, solved), strict=False))
    return q.solved[round_id, criterion]


def of_group(q: Asked, round_id: str, begin: str, key: str, criterion: str) -> str:
    """A mean of those whose code begins so, the field's, the chosen's, or a difference."""
    by_code = means(q, round_id, criterion)
    chosen = {one["code"] for one in lines(q, round_id) if one["selected"]}
    own = float(np.mean([n for code, n in by_code.items() if code.startswith(begin)]))
    field = float(np.mean(list(by_code.values())))
    best = float(np.mean([n for code, n in by_code.items() if code in chosen]))
    said = {"own": own, "field": field, "chosen": best, "lead": abs(own - field)}
    if key != "gap":
        return f"{said[key]:.2f}"
    text = f"{own - best:+.2f}"
    return "0.00" if text in ("+0.00", "-0.00") else text.replace("-", "\N{MINUS SIGN}")


def short(q: Asked, round_id: str, code: str) -> str:
    """Points to the last that was chosen."""
    last = min(Decimal(one["official"]) for one in lines(q, round_id) if one["selected"])
    return str(last - Decimal(line(q, round_id, code)["official"]))


def at_village(table: str, day: str) -> Answer:
    """How many rows of a table a village has by the day."""
    sql = f"SELECT count(*) FROM {table} WHERE programme_id = :p AND code = :c AND {day} <= :d"
    return lambda q, code: q.one(sql, p=q.programme, c=code, d=q.day)


def happened(q: Asked, code: str) -> int:
    """Everything of a village that has a day, by the day."""
    of = {
        "evidence": ("said_on",),
        "village_steps": ("done_on", "confirmed_on"),
        "village_plans": ("finished_on", "reviewed_on", "filed_on"),
        "needs": ("asked_on", "matched_on", "met_on"),
    }
    count = sum(
        int(str(at_village(table, day)(q, code))) for table, days in of.items() for day in days
    )
    for table, day in (("meetings", "held_on"), ("dispatches", "issued_on")):
        sql = f"SELECT count(*) FROM {table} WHERE programme_id = :p AND {day} <= :d"
        named = f"{sql} AND instr(villages, :c) > 0"
        count += int(str(q.one(named, p=q.programme, d=q.day, c=code)))
    return count


def step_late(q: Asked, code: str, number: str) -> object:
    """Days between a step's due day and the day it was done."""
    return q.one(
        """SELECT CAST(julianday(s.done_on) - julianday(q.due_on) AS INTEGER)
        FROM village_steps s JOIN programme_steps q USING (programme_id, number)
        WHERE s.programme_id = :p AND s.code = :c AND s.number = :n""",
        p=q.programme,
        c=code,
        n=int(number),
    )


def amount(q: Asked, figure_id: str) -> int:
    """What was said of people, yuan or a rank."""
    return int(str(q.one("SELECT amount FROM village_figures WHERE id = :i", i=figure_id)))


def of_year(q: Asked, year: str, day: str) -> Asked:
    """The same questions of another year's programme by its own day."""
    return Asked(q.store, day, int(year))


def needs_by(q: Asked, state: str) -> str:
    """Needs open, taken on, or met by the day."""
    met, matched = "coalesce(met_on, '9999') <= :d", "coalesce(matched_on, '9999') <= :d"
    where = {"met": met, "matched": f"{matched} AND NOT {met}", "open": f"NOT {matched}"}[state]
    sql = "SELECT count(*) FROM needs WHERE programme_id = :p AND asked_on <= :d AND"
    return f"{q.one(f'{sql} {where}', p=q.programme, d=q.day):,}"


def tasks(done: str) -> Answer:
    """Tasks of a meeting."""
    sql = f"""SELECT count({done}) FROM meeting_tasks t JOIN meetings m ON m.id = t.meeting_id
        WHERE m.programme_id = :p AND m.number = :n"""
    return lambda q, number: q.one(sql, p=q.programme, n=int(number))


def of_county(q: Asked, round_id: str, county: str, *, chosen: bool) -> int:
    """Ranked entrants of a county, or those of them that were chosen."""
    ranked = [one for one in lines(q, round_id) if one["official"] is not None]
    return sum(one["code"].startswith(county) and (one["selected"] or not chosen) for one in ranked)


def late_work(q: Asked) -> int:
    """Tasks not done and dispatches not answered whose day has passed."""
    tasks_late = q.one(
        """SELECT count(*) FROM meeting_tasks t JOIN meetings m ON m.id = t.meeting_id
        WHERE m.programme_id = :p AND m.held_on <= :d AND t.due_on < :d
        AND coalesce(t.done_on, '9999') > :d""",
        p=q.programme,
        d=q.day,
    )
    letters = q.one(
        """SELECT count(*) FROM dispatches WHERE programme_id = :p AND issued_on <= :d
        AND due_on < :d AND coalesce(answered_on, '9999') > :d
        AND coalesce(closed_on, '9999') > :d""",
        p=q.programme,
        d=q.day,
    )
    return int(str(tasks_late)) + int(str(letters))


def _maximum(q: Asked, round_id: str, name: str) -> Decimal:
    sql = "SELECT maximum FROM criteria WHERE round_id = :r AND name = :n"
    return Decimal(int(str(q.one(sql, r=round_id, n=name)))) / THOUSANDTHS


CONTEST: dict[str, Answer] = {
    "result": of_group,
    "lesson": of_group,
    "rank": lambda q, r, code: line(q, r, code)["rank"],
    "ranked": lambda q, r: len(lines(q, r)),
    "score": lambda q, r, code: line(q, r, code)["official"],
    "short": short,
    "maximum": lambda q, r, name: f"{_maximum(q, r, name):f}",
    "seats": lambda q, r: sum(one["selected"] for one in lines(q, r)),
    "lesson_entrants": lambda q, r, county: of_county(q, r, county, chosen=False),
    "lesson_chosen": lambda q, r, county: of_county(q, r, county, chosen=True),
    "year_value": lambda q, key, y, day, where: q.shown(key, of_year(q, y, day).sum(key, where)),
    "year_share": lambda q, key, y, day, where: f"{of_year(q, y, day).percent(key, where):.1f}%",
    "steps": lambda q: q.one(
        "SELECT count(*) FROM programme_steps WHERE programme_id = :p", p=q.programme
    ),
    "place": lambda q, code, key: q.one(
        f"SELECT {key} FROM task_villages WHERE programme_id = :p AND code = :c",
        p=q.programme,
        c=code,
    ),
    "made": at_village("village_plans", "finished_on"),
    "files": at_village("evidence", "said_on"),
    "needs": lambda q, what: needs_by(q, what) if what.isalpha() else ASKED(q, what),
    "happened": happened,
    "step_late": step_late,
    "said": lambda q, figure_id: f"{amount(q, figure_id):,}",
    "said_wan": lambda q, figure_id: f"{amount(q, figure_id) / 10_000:,.1f}",
    "tasks": tasks("*"),
    "since": lambda q, due: (date.fromisoformat(q.day) - date.fromisoformat(due)).days,
    "late_work": late_work,
    "tasks_done": tasks("t.done_on"),
}
"""The first part of a figure's id to its query."""
ASKED = at_village("needs", "asked_on")
