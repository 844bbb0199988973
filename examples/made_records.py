"""Invented contests as records: scored by scoring, written as one event of tables.

By them three programs are compared: scoring, the second verifier, and the page in a browser.
"""

import json
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from competition.results.rulings import KINDS
from competition.results.standing_lines import line_content, standing_lines
from db.canonical import canonical, sha256
from scoring import Rules, compute_standings

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
METHODS = ("mean", "trimmed", "median", "clip", "least_squares", "zscore", "minmax", "rank")
KEYS = (
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
    """Rules drawn at random among all that the second verifier computes."""

    def one_of(*choices: Any) -> Any:
        return choices[int(random.integers(len(choices)))]

    official, top = str(one_of(*METHODS)), int(random.integers(1, size))
    return Rules(
        official=official,
        top=top,
        at_cut=one_of("exact", "statistical", "statistical", "extend"),
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


def contest(seed: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A certificate's content and its events.

    4 to 9 entrants in three counties and 4 to 7 judges, some of them recused or absent after they
    had marked, a few entrants withdrawn, some deductions.
    """
    random = np.random.default_rng(seed)
    entrants = [f"e{at}" for at in range(random.integers(4, 10))]
    judges = [f"j{at}" for at in range(random.integers(4, 8))]
    seen = [(e, j) for e in entrants for j in judges if j < "j3" or random.random() < 0.8]
    state = {pair: "expected" if pair[1] < "j2" else str(random.choice(AWAY)) for pair in seen}
    gone = {e for e in entrants[3:] if random.random() < 0.06}
    marks = [
        [e, j, one["id"], 500 * int(random.integers(one["maximum"] // 900, one["maximum"] // 500))]
        for e, j in seen
        for one in CRITERIA
    ]
    costs = {e: int(random.choice((0, 0, 0, 250, 1005))) for e in entrants}
    rules = rules_of(random, len(entrants))
    order = random.permutation(entrants).tolist()
    places = {e: place(at, e) for at, e in enumerate(entrants, start=1)}
    pairs = [{"entrant_id": e, "person_id": j, "state": state[e, j]} for e, j in seen]
    counted = [m for m in marks if state[m[0], m[1]] == "expected" and m[0] not in gone]
    kind = next((KINDS[key] for key in rules.keys if key in KINDS), "ruling")
    standings = compute_standings(
        pd.DataFrame(
            [[*mark[:3], Decimal(mark[3]) / 1000] for mark in counted],
            columns=["entrant", "judge", "criterion", "score"],
            dtype=object,
        ),
        pd.DataFrame(
            {
                "criterion": [row["id"] for row in RUBRIC],
                "max": [row["maximum"] // 1000 for row in RUBRIC],
                "weight": [Fraction(row["weight"]) for row in RUBRIC],
            },
            dtype=object,
        ),
        entrants=pd.DataFrame(
            {
                "entrant": entrants,
                "group": [places[e]["county"] for e in entrants],
                "deduction": [Decimal(costs[e]) / 1000 for e in entrants],
                "eligible": [e not in gone for e in entrants],
            },
            dtype=object,
        ),
        rulings=pd.DataFrame(
            [{"kind": kind, "entrant": e, "value": at} for at, e in enumerate(order, start=1)]
        )
        if "ruling" in rules.keys
        else None,
        rules=rules,
    )
    expected = Counter(entrant for entrant, _ in seen)
    stored = json.loads(canonical({"scoring": spelled(rules.to_dict())}))
    content = {
        "kind": "certify",
        "version": 1,
        "competition": {"id": "k", "title": "k", "sample": 1},
        "round": {"id": "r", "title": "r"},
        "rules": stored,
        "rules_hash": sha256(canonical({"rules": stored, "rubric": RUBRIC})),
        "rubric": RUBRIC,
        "entrants": [line_content(line) for line in standing_lines(standings, places, expected)],
        "marks": sorted(counted),
    }
    ruled = order if "ruling" in rules.keys else []
    event = event_of(tables({**content, "marks": marks}, costs, pairs, ruled, gone))
    content["event"] = {"n": 1, "hash": event["hash"]}
    return content, [event]


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


def tables(
    content: dict[str, Any],
    costs: dict[str, int],
    pairs: list[dict[str, Any]],
    ruled: list[str],
    gone: set[str],
) -> list[tuple[str, dict[str, Any]]]:
    """The rows that the events of such a contest would have left."""
    of_round = {"round_id": "r"}
    row = {
        "id": "r",
        "rules": json.dumps(content["rules"]),
        "rules_hash": content["rules_hash"],
    }
    rows: list[tuple[str, dict[str, Any]]] = [("rounds", row)]
    rows += [("criteria", {**of_round, **one}) for one in RUBRIC]
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
