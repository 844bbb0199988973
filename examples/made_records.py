"""Invented contests as records: scored by scoring, written as one event of tables.

By them three programs are compared: scoring, the second verifier, and the page in a browser.
"""

import json
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from competition.results.rulings import KINDS
from competition.results.standing_lines import line_content, standing_lines
from db.canonical import canonical, sha256
from scoring import Rules, Standings, compute_standings

CRITERIA: tuple[dict[str, Any], ...] = (
    {"id": "c1", "maximum": 60000, "weight": "3/5"},
    {"id": "c2", "maximum": 40000},
)
RUBRIC: list[dict[str, Any]] = [
    {
        "id": one["id"],
        "position": at,
        "name": str(one["id"]),
        "points": "",
        "maximum": one["maximum"],
        "step": 500,
        "weight": str(one.get("weight", "2/5")),
        "phase": "stage",
        "anchors": "[]",
    }
    for at, one in enumerate(CRITERIA, start=1)
]
METHODS = (
    "mean",
    "trimmed",
    "median",
    "clip",
    "least_squares",
    "huber",
    "precision",
    "zscore",
    "minmax",
    "rank",
)
KEYS = (
    "precision",
    "least_squares_tied",
    "first_criteria",
    "countback",
    "more_decimals",
    "mean_all",
    "majority_judgment",
    "ruling",
    "lots",
)
COUNTIES = ("a", "b", "c")
AWAY = ("expected",) * 12 + ("recused", "absent")


def rules_of(random: np.random.Generator, size: int) -> Rules:
    """Rules drawn at random: every method that may be official, every key."""

    def one_of(*choices: Any) -> Any:
        return choices[int(random.integers(len(choices)))]

    official, top = str(one_of(*METHODS)), int(random.integers(1, size))
    return Rules(
        official=official,
        top=top,
        at_cut=one_of("exact", "statistical", "statistical", "jury", "extend"),
        band=one_of("0", "0.25", "0.5", "1"),
        band_max=one_of(None, None, "0.4"),
        decimals=int(random.integers(0, 4)),
        sheet_decimals=int(random.integers(0, 4)),
        clip_decimals=int(random.integers(0, 3)),
        rounding=one_of("half_up", "half_even"),
        trim_low=int(random.integers(0, 3)),
        trim_high=int(random.integers(0, 3)),
        trim_level=one_of("total", "criterion"),
        clip="4" if official == "clip" else None,
        keys=(*random.permutation(KEYS[:-1])[: random.integers(0, 6)].tolist(), "lots"),
        first_criteria=("c2", "c1"),
        groups=one_of(None, None, *_quotas(top)),
        seed="7c41",
        draws=100,
        competition_id="k",
        round_id="r",
    )


def _quotas(top: int) -> list[dict[str, Any]]:
    return [
        {"caps": 1, "floors": None},
        {"caps": {"a": 2, "*": 1}, "floors": None},
        {"caps": None, "floors": {"b": min(1, top)}},
        {"caps": {"*": 2}, "floors": {"c": min(1, top)}},
    ]


Row = dict[str, Any]


@dataclass(frozen=True)
class Given:
    """A contest before it is scored.

    Attributes
    ----------
    marks : list
        Entrant, judge, criterion, thousandths.
    state : dict
        (entrant, judge) to expected, recused or absent; of the latter no mark counts.
    costs : dict
        Entrant to the thousandths deducted.
    gone : frozenset
        Entrants who withdrew.
    order : tuple
        All entrants as a ruling, or a draw, orders them.
    readings : list
        Marks of second readings, as ``marks``.
    """

    rules: Rules
    rubric: list[Row]
    marks: list[list[Any]]
    state: dict[tuple[str, str], str]
    costs: dict[str, int]
    gone: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    readings: tuple[list[Any], ...] = ()


def contest(seed: int) -> tuple[Row, list[Row]]:
    """A certificate's content and its events, of a contest drawn at random."""
    return certified(drawn(seed))


def drawn(seed: int) -> Given:
    """A contest before it is scored.

    4 to 9 entrants in three counties and 4 to 7 judges, some of them recused or absent after they
    had marked, a few entrants withdrawn, some deductions.
    """
    random = np.random.default_rng(seed)
    entrants = [f"e{at}" for at in range(random.integers(4, 10))]
    judges = [f"j{at}" for at in range(random.integers(4, 8))]
    seen = [(e, j) for e in entrants for j in judges if j < "j3" or random.random() < 0.8]
    state = {pair: "expected" if pair[1] < "j2" else str(random.choice(AWAY)) for pair in seen}
    gone = frozenset(e for e in entrants[3:] if random.random() < 0.06)
    marks = _marked(random, seen)
    costs = {e: int(random.choice((0, 0, 0, 250, 1005))) for e in entrants}
    rules = rules_of(random, len(entrants))
    order = tuple(random.permutation(entrants).tolist())
    again: list[list[Any]] = []
    if rules.at_cut == "jury":
        again = _marked(random, [(e, f"z{j}") for e in entrants for j in range(3) if e not in gone])
    return Given(rules, RUBRIC, marks, state, costs, gone, order, tuple(again))


def _marked(random: np.random.Generator, pairs: list[tuple[str, str]]) -> list[list[Any]]:
    return [
        [e, j, one["id"], 500 * int(random.integers(one["maximum"] // 900, one["maximum"] // 500))]
        for e, j in pairs
        for one in CRITERIA
    ]


def published(scores: pd.DataFrame, rules: Rules) -> tuple[Row, list[Row]]:
    """The same of a published table of scores: entrant, judge, score, and criterion if any.

    Criteria weigh alike.
    """
    top = int(scores["score"].map(Decimal).max()) + 1
    given = scores if "criterion" in scores else scores.assign(criterion="")
    criteria = {name: f"c{at}" for at, name in enumerate(sorted(set(given["criterion"])), start=1)}
    shared = {"maximum": 1000 * top, "weight": f"1/{len(criteria)}", "step": 1}
    rubric = [
        {**RUBRIC[0], **shared, "id": one, "name": one, "position": at}
        for at, one in enumerate(criteria.values(), start=1)
    ]
    names = {judge: f"j{at:02d}" for at, judge in enumerate(sorted(set(scores["judge"])))}
    marks: list[list[Any]] = [
        [
            str(row["entrant"]),
            names[row["judge"]],
            criteria[row["criterion"]],
            int(Decimal(row["score"]) * 1000),
        ]
        for row in given.to_dict("records")
    ]
    state = {(str(mark[0]), str(mark[1])): "expected" for mark in marks}
    costs = {str(mark[0]): 0 for mark in marks}
    ruled = replace(rules, competition_id="k", round_id="r", scale_max=str(top))
    return certified(Given(ruled, rubric, marks, state, costs))


def certified(given: Given) -> tuple[Row, list[Row]]:
    """Score a contest; its certificate's content and its events."""
    entrants = sorted(given.costs)
    places = {e: place(at, e) for at, e in enumerate(entrants, start=1)}
    pairs = [
        {"entrant_id": e, "person_id": j, "state": said} for (e, j), said in given.state.items()
    ]
    counted = [
        mark
        for mark in given.marks
        if given.state[mark[0], mark[1]] == "expected" and mark[0] not in given.gone
    ]
    standings = _scored(given, counted, places)
    expected = Counter(entrant for entrant, _ in given.state)
    stored = json.loads(canonical({"scoring": spelled(given.rules.to_dict())}))
    content = {
        "kind": "certify",
        "version": 1,
        "competition": {"id": "k", "title": "k", "sample": 1},
        "round": {"id": "r", "title": "r"},
        "rules": stored,
        "rules_hash": sha256(canonical({"rules": stored, "rubric": given.rubric})),
        "rubric": given.rubric,
        "entrants": [line_content(line) for line in standing_lines(standings, places, expected)],
        "marks": sorted(counted),
        **({"readings": sorted(given.readings)} if given.readings else {}),
    }
    event = event_of(tables({**content, "marks": given.marks}, given, pairs))
    content["event"] = {"n": 1, "hash": event["hash"]}
    return content, [event]


def _scored(given: Given, counted: list[list[Any]], places: dict[str, Row]) -> Standings:
    rules, entrants = given.rules, list(places)
    kind = next((KINDS[key] for key in rules.keys if key in KINDS), "ruling")
    ruled: list[Row] = [
        {"kind": kind, "entrant": e, "value": at}
        for at, e in enumerate(given.order if "ruling" in rules.keys else (), start=1)
    ]
    ruled += [
        {"kind": "reading", "entrant": e, "judge": j, "criterion": c, "value": Decimal(v) / 1000}
        for e, j, c, v in given.readings
    ]
    return compute_standings(
        pd.DataFrame(
            [[*mark[:3], Decimal(mark[3]) / 1000] for mark in counted],
            columns=["entrant", "judge", "criterion", "score"],
            dtype=object,
        ),
        pd.DataFrame(
            {
                "criterion": [row["id"] for row in given.rubric],
                "max": [row["maximum"] // 1000 for row in given.rubric],
                "weight": [Fraction(row["weight"]) for row in given.rubric],
            },
            dtype=object,
        ),
        entrants=pd.DataFrame(
            {
                "entrant": entrants,
                "group": [places[e]["county"] for e in entrants],
                "deduction": [Decimal(given.costs[e]) / 1000 for e in entrants],
                "eligible": [e not in given.gone for e in entrants],
            },
            dtype=object,
        ),
        rulings=pd.DataFrame(ruled) if ruled else None,
        rules=rules,
    )


def place(number: int, entrant: str) -> dict[str, Any]:
    """An entrant's place, as lines take it."""
    texts = dict.fromkeys(("township", "village", "title", "presenter"), "")
    county = COUNTIES[number % len(COUNTIES)]
    return {**texts, "county": county, "number": number, "code": entrant}


def spelled(content: Any) -> Any:
    """Floats as text: none is hashed."""
    if isinstance(content, dict):
        return {name: spelled(value) for name, value in content.items()}
    return repr(content) if isinstance(content, float) else content


def tables(content: Row, given: Given, pairs: list[Row]) -> list[tuple[str, Row]]:
    """The rows that the events of such a contest would have left."""
    costs, gone = given.costs, given.gone
    ruled = given.order if "ruling" in given.rules.keys else ()
    of_round = {"round_id": "r"}
    row = {
        "id": "r",
        "rules": json.dumps(content["rules"]),
        "rules_hash": content["rules_hash"],
    }
    rows: list[tuple[str, dict[str, Any]]] = [("rounds", row)]
    rows += [("criteria", {**of_round, **one}) for one in given.rubric]
    rows += [
        ("seats", {**of_round, "person_id": judge, "reserve": 0})
        for judge in sorted({pair["person_id"] for pair in pairs})
    ]
    rows += [
        (
            "round_entrants",
            {**of_round, "entrant_id": e, "stage": "withdrawn" if e in gone else "done"},
        )
        for e in sorted(costs)
    ]
    if ruled:
        said = {"kind": "order", "entrants": json.dumps(ruled), "confirmed_by": "s"}
        rows.append(("rulings", {**of_round, **said, "id": "o", "withdrawn_reason": None}))
    rows += [("assignments", {**of_round, **pair, "stands_for": None}) for pair in pairs]
    rows += [
        (
            "deductions",
            {
                **of_round,
                "id": e,
                "entrant_id": e,
                "amount": cost,
                "confirmed_by": "s",
                "withdrawn_reason": None,
            },
        )
        for e, cost in costs.items()
        if cost
    ]
    rows += [
        (
            "sheets",
            {
                **of_round,
                "id": f"{pair['entrant_id']} {pair['person_id']}",
                "entrant_id": pair["entrant_id"],
                "person_id": pair["person_id"],
                "state": "submitted",
            },
        )
        for pair in pairs
    ]
    rows += [
        (
            "readings",
            {
                **of_round,
                "id": f"{e} {j}",
                "entrant_id": e,
                "person_id": j,
                "confirmed_by": "s",
                "withdrawn_by": None,
            },
        )
        for e, j in sorted({(e, j) for e, j, _, _ in given.readings})
    ]
    rows += [
        ("reading_marks", {"reading_id": f"{e} {j}", "criterion_id": c, "value": value})
        for e, j, c, value in given.readings
    ]
    rows += [
        (
            "marks",
            {"sheet_id": f"{e} {j}", "criterion_id": c, "value": value, "client_id": f"{e}{j}{c}"},
        )
        for e, j, c, value in content["marks"]
    ]
    return rows


def event_of(rows: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """One event that writes all of them."""
    changes = [
        {"table": table, "key": {"at": at}, "row": row} for at, (table, row) in enumerate(rows)
    ]
    said = {
        "competition_id": "k",
        "n": 1,
        "round_id": "r",
        "at": "2022-03-18T01:00:00.000Z",
        "actor": "a",
        "kind": "round_opened",
        "subject": "r",
        "payload": json.dumps({"changes": changes}),
    }
    entry = sha256(canonical(said))
    return {**said, "prev": "0" * 64, "entry": entry, "hash": sha256("0" * 64 + entry)}
