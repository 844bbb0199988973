"""What an organizer reads first: each sentence says a quantity of the result, or is silent."""

import re
from itertools import product

import pandas as pd

from commands.rank import headline_text
from scoring import Rules, compute_standings, headlines
from scoring.result.headlines import HEADLINES
from words import LANGS


def told(standings, lang="zh"):
    return {one.name: headline_text(one, lang) for one in headlines(standings)}


def codes(standings, name):
    (one,) = (one for one in headlines(standings) if one.name == name)
    return [sentence.code.removeprefix("headline.") for sentence in one.sentences]


def contests(table, panel):
    """Rounds that lack one quantity or another: errors, adjusted scores, ranks, seats, draws."""
    clear = {str(j): {"A": 90 + j % 2, "B": 80, "C": 70, "D": 60} for j in range(4)}
    apart = {"1": {"A": 9, "B": 7}, "2": {"C": 8, "D": 5}}
    alone = {"1": {"A": 90, "B": 80, "C": 70}}
    unranked = pd.DataFrame({"entrant": ["A", "B", "C", "D"], "eligible": [False] * 4})
    some = pd.DataFrame({"entrant": ["A", "B", "C", "D"], "eligible": [True, True, False, True]})
    grouped = pd.DataFrame({"entrant": list("ABCD"), "group": list("xxyy")})
    yield compute_standings(table(clear), rules=Rules(top=2, at_cut="exact"))
    yield compute_standings(table(clear), rules=Rules(top=2, official="zscore"))
    yield compute_standings(table(clear), rules=Rules(top=9))
    yield compute_standings(table(clear), rules=Rules(top=9), entrants=some)
    yield compute_standings(table(clear), rules=Rules(top=2), entrants=unranked)
    yield compute_standings(table(apart), rules=Rules(top=2, official="mean"))
    yield compute_standings(table(alone), rules=Rules(top=1))
    yield compute_standings(table(alone), rules=Rules(top=1, official="trimmed", draws=0))
    yield compute_standings(
        table(clear), rules=Rules(top=2, groups={"floors": 1}), entrants=grouped
    )
    yield compute_standings(
        table({j: dict.fromkeys("ABC", 80) for j in "12"}), rules=Rules(top=2, keys=("ruling",))
    )
    for at_cut in ("statistical", "exact", "extend", "jury"):
        for official in ("least_squares", "trimmed", "rank"):
            rules = Rules(top=9, at_cut=at_cut, official=official)
            yield compute_standings(panel(20, 6, missing=0.1, seed=2), rules=rules)


def test_every_sentence_has_its_quantity_and_none_comes_from_a_missing_one(table, panel):
    """Present exactly where its quantity is; no nan, no None, no 0 of them, no minus nothing."""
    silent = set()
    for standings, lang in product(contests(table, panel), LANGS):
        said = told(standings, lang)
        for name, (quantity, _) in HEADLINES.items():
            assert (name in said) == (quantity(standings) is not None)
            if name not in said:
                silent.add(name)
        for text in said.values():
            assert not re.search(r"nan|None|NaT|<NA>|[-−]0\.00", text)
            assert not re.search(r"其余 0|另有 0|\b0 (others|of them|judges|seats)", text)
    assert silent == set(HEADLINES) - {"judges"}


def test_where_h_is_nought_by_rule_the_line_is_not_called_certain(panel):
    """A gap of a fraction of one standard error, under the exact rule."""
    for seed in range(6):
        scores = panel(20, 6, missing=0.1, seed=seed)
        for rules in ({"at_cut": "exact"}, {"at_cut": "extend"}):
            standings = compute_standings(scores, rules=Rules(top=9, **rules))
            gap = standings.cut.decisions[-1].gap
            said = codes(standings, "line")
            assert "gap_wide" not in said
            assert ("would_be" in said) == bool(gap.zone)
            text = told(standings)["line"]
            assert str(gap.points) in text or not gap.points
            assert not gap.points or f"{gap.seds:.2f}" in text


def test_nothing_is_said_of_a_line_where_nobody_is_ranked(table):
    listed = pd.DataFrame({"entrant": ["A", "B"], "eligible": [False, False]})
    standings = compute_standings(table({j: {"A": 9, "B": 7} for j in "12"}), entrants=listed)
    assert "line" not in told(standings)


def test_all_are_in_only_of_those_with_a_rank(table):
    listed = pd.DataFrame({"entrant": ["A", "B", "C"], "eligible": [True, True, False]})
    scores = table({j: {"A": 9, "B": 7, "C": 5} for j in "123"})
    standings = compute_standings(scores, entrants=listed, rules=Rules(top=5))
    assert codes(standings, "line") == ["all_in", "unranked"]
    assert told(standings)["line"] == "有名次的 2 个全部入围。另有 1 个没有名次。"
    assert (
        told(standings, "en")["line"] == "All 2 ranked entrants are selected. One more has no rank."
    )


def test_a_seat_that_a_floors_key_decides_is_at_issue(table):
    """z1 and z2 tie for the one seat kept for z; the round's own line is clear."""
    scores = {"x1": 90, "x2": 85, "y1": 70, "z1": 50, "z2": 50}
    entrants = pd.DataFrame({"entrant": list(scores), "group": [name[0] for name in scores]})
    rules = Rules(top=3, groups={"floors": {"z": 1}}, keys=("ruling",), at_cut="exact")
    standings = compute_standings(
        table(dict.fromkeys("12", scores)), entrants=entrants, rules=rules
    )
    assert codes(standings, "groups") == ["floor_zone"]
    assert told(standings)["groups"] == "县市保底的 1 个名额在接近的成果之间（z）。"


def test_recusals_and_trimming_are_two_sentences(table):
    """One severe judge may not mark B; five others agree. Nothing is dropped from six but two."""
    marks = {str(j): {"A": 90, "B": 88, "C": 70} for j in range(5)}
    severe = {**marks, "5": {"A": 70, "C": 50}}
    standings = compute_standings(table(severe), rules=Rules(top=1, official="trimmed"))
    assert codes(standings, "recusals") == ["recusals", "in_by_adjusted", "in_by_mean"]
    assert codes(standings, "trimming")[0] == "trimming"
    assert standings.moved_by_recusals.gained == ("A",)
    plain = compute_standings(table(marks), rules=Rules(top=1))
    assert codes(plain, "recusals") == ["panel_complete"]
    assert "trimming" not in told(plain)


def test_without_adjusted_scores_nothing_is_said_of_recusals(table):
    apart = {"1": {"A": 9, "B": 7}, "2": {"C": 8, "D": 5}}
    standings = compute_standings(table(apart), rules=Rules(top=2, official="mean"))
    assert standings.moved_by_recusals is None
    assert "recusals" not in told(standings)


def test_what_cannot_be_compared_is_said_to_be(table):
    marks = {str(j): {"A": 90 + j, "B": 80 - j, "C": 70} for j in range(5)}
    standings = compute_standings(table(marks), rules=Rules(top=1, official="trimmed"))
    assert codes(standings, "judges") == ["judges_cannot_trim"]


def test_judges_who_change_nothing_are_counted_only_where_there_are_some(panel):
    for seed in range(8):
        standings = compute_standings(panel(12, 5, missing=0.1, seed=seed), rules=Rules(top=4))
        (judges,) = (one for one in headlines(standings) if one.name == "judges")
        for sentence in judges.sentences:
            assert sentence.values.get("count", 1) > 0


def test_findings_can_wait(panel):
    standings = compute_standings(panel(12, 5, seed=1), rules=Rules(top=4))
    names = [one.name for one in headlines(standings, leave_out=("judges", "belonging"))]
    assert names == ["line", "recusals"]
    assert "robustness" not in vars(standings)
    assert "p_top" not in vars(standings)


def test_the_count_who_belong_is_the_one_in_the_result(panel):
    standings = compute_standings(panel(20, 6, seed=1), rules=Rules(top=9))
    (belong,) = (one for one in headlines(standings) if one.name == "belonging")
    assert belong.claim.values["count"] == round(standings.cut.belonging)


def test_one_last_place_that_is_tied_goes_by_its_number_and_its_score(table):
    """Not “0.00 points either side”: equal scores are said to be equal."""
    scores = table({j: {"A": 90, "B": 84.1, "C": 84.1, "D": 70} for j in "123"})
    standings = compute_standings(scores, rules=Rules(top=2, keys=("ruling",)))
    assert codes(standings, "line")[:2] == ["tie_last", "tie_score"]
    said = told(standings)["line"]
    assert said.startswith(
        "前 1 名按得分定，第 2 名在 2 个得分相同的成果中按同分规则产生。得分都是 84.10 分。"
    )
    several = compute_standings(scores, rules=Rules(top=1, keys=("ruling",)))
    assert codes(several, "line") == ["gap"]
