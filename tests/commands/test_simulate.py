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
    assert "20 entrants, 5 judges, 5 seats" in english.output


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
        for a in (False, True)
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
        )
        for k in (0, 1)
    ]
    correct = summarise(trials).correct
    assert correct.loc["precision", "gain"] == 0.5
    table = calibrate(trials)
    assert table["n"].tolist() == [2, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    assert table["came"].iloc[-1] == 1
