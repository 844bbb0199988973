"""``arena.py simulate``, and what it draws."""

import json
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner

from commands.simulate import command
from scoring import Rules
from scoring.simulate.contests import SCENARIOS, draw_contest
from scoring.simulate.recovery import calibrate, summarise
from scoring.simulate.simulation import Trial, simulate

QUICK = ("--repetitions", "3", "--entrants", "20", "--judges", "5", "--draws", "50", "--top", "5")


def run(*options):
    return CliRunner().invoke(command, [*QUICK, *options])


def test_tables_for_people_in_both_languages():
    chinese, english = run(), run("--lang", "en")
    assert chinese.exit_code == english.exit_code == 0
    assert "20 项成果，5 位评委，选前 5 名" in chinese.output
    assert "20 entrants, 5 judges, top 5" in english.output


def test_one_json_object_with_every_rule_and_band():
    result = run("--json", "--methods", "mean,least_squares,huber", "--bands", "0,1")
    whole = json.loads(result.stdout.splitlines()[-1])
    assert [row["index"] for row in whole["correct"]] == [
        "mean",
        "least_squares",
        "huber",
        "band 0",
        "band 1",
    ]
    assert len(whole["calibration"]) == 10
    assert whole["scenario"]["entrants"] == 20


def test_the_same_seed_gives_the_same_contests():
    assert run("--json").stdout == run("--json").stdout
    assert run("--json").stdout != run("--json", "--seed", "2").stdout


@pytest.mark.parametrize(
    "options",
    [("--methods", "best"), ("--bands", "7"), ("--top", "0"), ("--scenario", "mars")],
    ids=str,
)
def test_what_makes_no_sense_is_refused(options):
    result = run(*options)
    assert result.exit_code != 0
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_contest_is_as_the_scenario_says(name):
    scenario = SCENARIOS[name]
    contest = draw_contest(scenario, np.random.RandomState(1))
    sheets = contest.sheets
    assert len(contest.quality) == scenario.entrants
    assert sheets.marks.min() >= 1
    assert sheets.marks.max() <= 10
    if scenario.per_entrant:
        assert set(sheets.per_entrant()) == {scenario.per_entrant}
    assert np.ptp(sheets.per_judge()) < 0.2 * scenario.entrants + 10


def test_the_attack_gives_the_20th_the_maximum_and_ten_the_minimum():
    calm, attacked = (
        draw_contest(replace(SCENARIOS["attack"], missing=0, attack=a), np.random.RandomState(4))
        for a in (0, 1)
    )
    changed = np.flatnonzero((calm.sheets.marks != attacked.sheets.marks).any(axis=1))
    assert len(set(attacked.sheets.judge[changed])) == 1
    order = np.argsort(-attacked.quality)
    assert set(attacked.sheets.entrant[changed]) <= {*order[:10], order[19]}


def test_no_selection_inverts_more_than_one_standard_error():
    """Nobody loses a seat to one more than 2H lower: at band .5 that is one error."""
    scenario = replace(SCENARIOS["60x12"], entrants=40, judges=6)
    trials = list(simulate(scenario, repetitions=15, seed=3, rules=Rules(draws=0)))
    assert sum(trial.inversions["0.5"] for trial in trials) == 0
    assert all(trial.correct["least_squares"] <= 13 for trial in trials)


def test_the_gain_is_paired_and_calibration_counts_every_chance():
    trials = [
        Trial(
            {"least_squares": 10, "precision": 10 + k},
            {"0.5": 4},
            {"0.5": 0},
            {"0.5": "precision"},
            0,
            np.array([0.05, 0.95, np.nan]),
            np.array([False, True, False]),
            np.array([False, True, True]),
            np.array([1.0, 0.0, np.nan]),
            np.array([2.0, 4.0, np.nan]),
            first_judge={"home": (5.0, 1.0, 9.0, 6.0)},
        )
        for k in (0, 1)
    ]
    correct = summarise(trials).correct
    assert correct.loc["precision", "gain"] == 0.5
    table = calibrate(trials)
    assert table["n"].tolist() == [2, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    assert table["came"].iloc[-1] == 1
    recovery = summarise(trials)
    assert recovery.intervals.loc["all", ["n", "held", "width"]].tolist() == [4, 0.5, 3]
    assert recovery.intervals.loc["selected", "held"] == 0
    assert recovery.judge.loc["home"].tolist() == [2, 6, 5, 1, 1]


@pytest.mark.parametrize(
    ("changes", "moved"),
    [
        ({"taste": 2.0}, lambda s: s.judge < 4),
        ({"schools": 2.0}, lambda s: s.judge < 6),
        ({"home": 3.0}, lambda s: (s.judge == 0) & (s.entrant % 5 == 0)),
        ({"own_drift": 6.0}, lambda s: s.judge == 0),
        ({"drift": 6.0}, lambda s: s.judge < 6),
    ],
    ids=["taste", "schools", "home", "own_drift", "drift"],
)
def test_what_nobody_sees_reaches_the_sheets_it_should(changes, moved):
    """The same contest with and without: only the marks of those concerned differ."""
    plain = replace(SCENARIOS["60x12"], judges=6, missing=0)
    calm, other = (
        draw_contest(scenario, np.random.RandomState(7)).sheets
        for scenario in (plain, replace(plain, **changes))
    )
    differing = (calm.units != other.units) & moved(calm)
    assert differing.sum() > 0.5 * moved(calm).sum()
    assert (calm.units[~moved(calm)] == other.units[~moved(calm)]).all()


def test_several_judges_collude():
    contest = draw_contest(replace(SCENARIOS["collusion3"], missing=0), np.random.RandomState(4))
    best = np.argsort(-contest.quality)[:10]
    floored = (contest.sheets.marks == 1).all(axis=1) & np.isin(contest.sheets.entrant, best)
    assert len(set(contest.sheets.judge[floored])) == 3


def test_what_is_printed_of_intervals_judges_and_the_running_order():
    said = run("--entrants", "30", "--home", "1", "--drift", "2", "--lang", "en").output
    for words in ("Rank intervals", "Selected who truly belong", "home difference"):
        assert words in said
    assert "Running-order test with p < 0.05: " in said


@pytest.mark.parametrize(
    ("options", "silent"),
    [
        pytest.param(
            ("--draws", "0"),
            ("Chance", "Rank intervals", "truly belong", "drift per"),
            id="no draws",
        ),
        pytest.param(
            ("--entrants", "2100", "--judges", "3", "--repetitions", "1"),
            ("Rank intervals",),
            id="too many to rank",
            marks=pytest.mark.long(
                "commands/test_simulate.py::test_nothing_is_printed_where_nothing_was_computed"
            ),
        ),
        pytest.param(("--top", "20"), ("0.5–0.6",), id="all are in"),
    ],
)
def test_nothing_is_printed_where_nothing_was_computed(options, silent):
    said = run(*options, "--lang", "en").output
    assert "nan" not in said
    for words in silent:
        assert words not in said
    assert ("Without draws" in said) == ("0" in options)
