"""Who is in by scores alone: county rules, many rows at once, single precision never deciding."""

import numpy as np
import pytest

from scoring import Groups
from scoring.rank.quotas import Quotas
from scoring.rank.winners import winners


def plain(row, seats, groups, quotas):
    """One row, entrant by entrant, as the rule reads: caps, then floors, then the best left."""
    best = sorted(range(len(row)), key=lambda place: -row[place])
    kept, taken = [], {}
    for place in best:
        group = groups[place]
        cap = quotas.cap(group)
        taken[group] = taken.get(group, 0) + 1
        if cap is None or taken[group] <= cap:
            kept.append(place)
    inside = set()
    for group in set(groups):
        own = [place for place in kept if groups[place] == group]
        inside |= set(own[: quotas.floor(group)])
    rest = [place for place in kept if place not in inside]
    inside |= set(rest[: max(seats - len(inside), 0)])
    return [place in inside for place in range(len(row))]


RULES = {
    "free": Groups(),
    "one each": Groups(floors=1),
    "two each": Groups(floors=2),
    "at most one": Groups(caps=1),
    "one to two": Groups(caps=2, floors=1),
    "by name": Groups(caps={"a": 0, "b": 3}, floors={"c": 2}),
    "a county more than it has": Groups(floors={"d": 9}),
}


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES.keys())
@pytest.mark.parametrize("spread", [1.0, 1e-9])
def test_many_rows_are_decided_as_one_by_one(rules: Groups, spread: float):
    """Also where scores differ by less than single precision can tell."""
    random = np.random.default_rng(7)
    groups = [None if at % 11 == 0 else "abcd"[at % 4] for at in range(27)]
    scores = 80 + spread * random.standard_normal((40, 27))
    quotas = Quotas(rules, dict(enumerate(groups)))
    for seats in (12, 13, 26, 27, 30):
        found = winners(scores, seats, groups, quotas)
        wanted = [plain(row, seats, groups, quotas) for row in scores.tolist()]
        assert found.tolist() == wanted


def test_scores_equal_at_a_line_are_all_in():
    """Nothing here breaks a tie."""
    quotas = Quotas(Groups(), {0: None, 1: None, 2: None})
    found = winners(np.array([[90.0, 80.0, 80.0]]), 2, [None] * 3, quotas)
    assert found.tolist() == [[True, True, True]]
