"""Whatever the sheets, the standings keep their promises."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from scoring import DisconnectedPanel, Rules, compute_standings
from scoring.result.plain import plain

PANELS = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 4)), st.integers(0, 12), min_size=1
)
OFFICIALS = ("mean", "trimmed", "median", "least_squares", "huber", "precision", "zscore")


@given(
    PANELS,
    st.sampled_from(OFFICIALS),
    st.integers(1, 6),
    st.sampled_from(["statistical", "exact", "extend"]),
)
def test_promises_of_the_standings(cells, official, top, at_cut):
    """Seats are filled or waited for, places agree with scores, nothing is infinite."""
    scores = pd.DataFrame(
        [{"entrant": f"E{e:02}", "judge": f"J{j}", "score": s} for (e, j), s in cells.items()]
    )
    rules = Rules(official=official, top=top, at_cut=at_cut, draws=50, seed="x", keys=("lots",))
    try:
        standings = compute_standings(scores, rules=rules)
    except DisconnectedPanel:
        return
    entrants = standings.entrants
    ranked = entrants[entrants["rank"].notna()]
    seats = min(top, len(ranked))
    chosen = int(ranked["selected"].sum())
    assert chosen == seats or (at_cut == "extend" and chosen > seats)
    assert not entrants[entrants["rank"].isna()]["selected"].any()
    values = ranked["official"].astype(float)
    assert (ranked["rank"] == values.rank(ascending=False, method="min")).all()
    ordered = sorted(zip(~ranked["selected"], -values, ranked["place"], strict=True))
    assert [place for *_, place in ordered] == sorted(ranked["place"])
    assert ranked["place"].is_unique
    assert not np.isinf(entrants.select_dtypes("float")).any(axis=None)
    assert plain(standings.to_dict())


def test_the_columns_of_the_design_are_there_in_their_kinds(panel):
    standings = compute_standings(panel(8, 6, seed=1))
    entrants = standings.entrants
    assert entrants.index.name == "entrant"
    for name in ("rank", "place", "rank_low", "rank_high"):
        assert entrants[name].dtype == "Int64"
    for name in ("mean", "trimmed", "adjusted", "adjusted_se", "precision", "deduction", "p_top"):
        assert entrants[name].dtype == float
    for name in ("tied", "selected", "in_zone", "comparable"):
        assert entrants[name].dtype == bool
    assert standings.judges.index.name == "judge"
    assert standings.criteria.empty
    assert set(standings.variance.index) == {"entrant", "judge", "residual"}
    assert standings.cut["H"] == standings.cut.H
    assert len(standings.components) == 1


def test_entrants_may_be_named_by_anything(table):
    for names in ((1, 2, 3), ("甲", "乙", "丙"), ("1", "10", "9")):
        marks = {j: dict(zip(names, (9, 8, 7), strict=True)) for j in "ab"}
        entrants = compute_standings(table(marks), rules=Rules(top=1)).entrants
        assert list(entrants.index) == list(names)
