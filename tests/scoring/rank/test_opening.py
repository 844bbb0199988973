"""What is refused before a round opens."""

import pandas as pd
import pytest

from scoring import Rules, check_opening
from scoring.errors import InvalidRule, TooFewToTrim, WeightsDoNotSum

ENTRANTS = pd.DataFrame({"entrant": ["A", "B"], "group": ["x", "y"]})


def assigned(judges, **states):
    return pd.DataFrame(
        [
            {"entrant": e, "judge": str(j), "state": states.get(f"{e}{j}", "expected")}
            for e in "AB"
            for j in range(judges)
        ]
    )


def test_known_recusals_must_leave_enough_judges_to_drop_two():
    rules = Rules(official="trimmed")
    check_opening(rules, entrants=ENTRANTS, assignments=assigned(5))
    with pytest.raises(TooFewToTrim) as caught:
        check_opening(rules, entrants=ENTRANTS, assignments=assigned(5, B0="recused"))
    assert caught.value.values == {"entrant": "B", "n": 4, "needs": 5}
    check_opening(Rules(), entrants=ENTRANTS, assignments=assigned(5, B0="recused"))


def test_whoever_is_not_eligible_needs_no_judges():
    entrants = ENTRANTS.assign(eligible=[True, False])
    states = assigned(5, B0="recused")
    check_opening(Rules(official="trimmed"), entrants=entrants, assignments=states)


@pytest.mark.parametrize(
    "groups",
    [
        {"floors": {"x": 14}},
        {"floors": 7},
        {"floors": {"*": 7}},
        {"caps": 1, "floors": 2},
        {"caps": {"*": 2, "x": 1}, "floors": {"*": 2}},
    ],
)
def test_quotas_must_be_possible(groups):
    with pytest.raises(InvalidRule):
        check_opening(Rules(groups=groups), entrants=ENTRANTS, assignments=assigned(5))


def test_the_rubric_is_read_too():
    rubric = pd.DataFrame({"criterion": ["a"], "weight": ["0.9"], "max": [10]})
    with pytest.raises(WeightsDoNotSum):
        check_opening(Rules(), entrants=ENTRANTS, assignments=assigned(5), rubric=rubric)
