"""``arena.py agree`` on a small folder of the same shape; the real one may not ship."""

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from commands.agree import command
from commands.agreeing import compared, random_contests, reference_tables
from examples.made_records import contest

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def folder(tmp_path):
    """Two entrants; clipped means by hand: 20, 20, 26 with d = 3 is 20, 20, 25 or 24 with d = 2."""
    scores = "entrant,judge,score\n" + "".join(
        f"{e},J{j},{s}\n"
        for e, row in {"A": (20, 20, 26), "B": (15, 15, 15)}.items()
        for j, s in enumerate(row)
    )
    for stage, mean in (("stage1", "21.67"), ("stage2", "21.33")):
        (tmp_path / f"chopin2025_{stage}.csv").write_text(scores)
        (tmp_path / f"chopin2025_{stage}_official.csv").write_text(
            f"entrant,official_corrected_mean\nA,{mean}\nB,15.00\n"
        )
    (tmp_path / "chopin2025_stage2_official_cumulative.csv").write_text(
        "official_rank,entrant_as_printed,stage1,stage2,cumulative,advanced\n"
        "1,A,21.67,21.33,21.43,1\n2,B,15.00,15.00,15.00,0\n"
    )
    rows = [
        {
            "entrant": e,
            "judge": f"J{j}",
            "criterion": "dive1",
            "difficulty": 3.0,
            "score": s,
            "official_rank_round": r,
        }
        for e, s, r in (("A", 9.0, 1), ("B", 8.5, 2))
        for j in range(7)
    ]
    pd.DataFrame(rows).to_csv(tmp_path / "diving2000_M10mPF_prelim.csv", index=False)
    return tmp_path


def test_every_table_is_compared_and_counted(folder):
    result = CliRunner().invoke(command, ["--reference", str(folder)])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == 6


def test_a_digit_that_differs_fails(folder):
    path = folder / "chopin2025_stage1_official.csv"
    path.write_text(path.read_text().replace("21.67", "21.68"))
    assert CliRunner().invoke(command, ["--reference", str(folder)]).exit_code == 1


def test_three_programs_agree_on_random_contests_and_a_published_table():
    """Forty contests of every method and key; the Paris tasting by eight methods."""
    found = [random_contests(40), *reference_tables(DATA)]
    assert [(one.name, one.contests) for one in found] == [("random", 40), ("paris1976_white", 8)]
    assert [one.first for one in found] == ["", ""]
    assert all(one.holds for one in found)


def test_a_program_that_differs_is_named():
    """A figure that scoring would not give: both others find it, and the first is said."""
    content, events = contest(3)
    content["entrants"][0]["official"] = "1.00"
    found = compared("one", [("3", (content, events))])
    assert (found.library, found.page, found.holds) == (0, 0, False)
    assert found.first.startswith("3: scores")
