"""``arena.py agree`` on a small folder of the same shape; the real one may not ship."""

import shutil
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from commands import agree
from commands.agree import agreements, command
from commands.agreeing import Agreement, compared, random_contests, reference_tables
from examples.made_records import KEYS, METHODS, Given, certified, contest, drawn

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


@pytest.fixture
def one_method(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three programs compute a table by one method; the published tables are computed by all."""
    monkeypatch.setattr(agree, "reference_tables", partial(reference_tables, methods=["mean"]))


@pytest.mark.usefixtures("one_method")
def test_every_table_is_compared_and_counted(folder):
    result = CliRunner().invoke(command, ["--reference", str(folder)])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == 7


@pytest.mark.usefixtures("one_method")
def test_a_digit_that_differs_fails(folder):
    for path in folder.glob("chopin*"):
        path.unlink()
    path = folder / "diving2000_M10mPF_prelim.csv"
    assert CliRunner().invoke(command, ["--reference", str(folder)]).exit_code == 0
    path.write_text(path.read_text().replace("9.0,1", "9.0,2"))
    result = CliRunner().invoke(command, ["--reference", str(folder)])
    assert (result.exit_code, "1 of 2" in result.output) == (1, True), result.output


def test_three_programs_agree_on_random_contests():
    """22 contests: every method and way at the cut, second readings, quotas, deductions."""
    given = [drawn(seed) for seed in range(22)]
    assert {one.rules.official for one in given} == {*METHODS}
    assert {one.rules.at_cut for one in given} == {"exact", "statistical", "jury", "extend"}
    assert {key for one in given for key in one.rules.keys} == {*KEYS}
    assert any(one.readings for one in given)
    assert any(one.gone for one in given)
    found = random_contests(22)
    assert (found.contests, found.first, found.holds) == (22, "", True)


@pytest.mark.long("commands/test_agree.py::test_three_programs_agree_on_random_contests")
def test_three_programs_agree_on_more_contests():
    """And on a hundred further ones."""
    found = random_contests(100, first=22)
    assert (found.contests, found.first, found.holds) == (100, "", True)


def some_tables(folder: Path, *names: str) -> Path:
    """A folder with some of the published tables."""
    folder.mkdir()
    for name in names:
        shutil.copy(DATA / f"{name}.csv", folder)
    return folder


def holding(tables: Iterable[Agreement]) -> dict[str, int]:
    """How many contests each table gave; all three programs agree on each."""
    found = list(tables)
    assert [one.first for one in found] == [""] * len(found)
    assert all(one.holds for one in found)
    return {one.name: one.contests for one in found}


def test_three_programs_agree_on_published_tables(tmp_path: Path):
    """The smallest by all ten methods; a component of the skating, trimmed as printed."""
    small = some_tables(tmp_path / "small", "shrout_fleiss1979")
    assert holding(reference_tables(small)) == {"shrout_fleiss1979": len(METHODS)}
    skating = some_tables(tmp_path / "skating", "isu_worlds2017_ladies_sp_pcs")
    table = skating / "isu_worlds2017_ladies_sp_pcs.csv"
    marks = pd.read_csv(table, dtype=str)
    marks[marks["criterion"] == marks["criterion"][0]].to_csv(table, index=False)
    assert set(holding(reference_tables(skating, methods=[])).values()) == {1}


@pytest.mark.long("commands/test_agree.py::test_three_programs_agree_on_published_tables")
def test_three_programs_agree_on_every_table_that_may_ship():
    """The large ones by all ten methods, too, and each component of the skating."""
    assert holding(reference_tables(DATA)) == {
        "paris1976_white": len(METHODS),
        "shrout_fleiss1979": len(METHODS),
        "penicillin": len(METHODS),
        "isu_worlds2017_ladies_sp_pcs": len(METHODS) + 5,
    }


def test_the_skating_is_as_it_was_printed():
    """185 means of components and 37 totals."""
    assert list(agreements(DATA)) == [("isu_worlds2017_ladies_sp_pcs", 222, 222)]


def made_with(
    may_be: Callable[[Given], bool], wanted: Callable[[dict], bool], *, seed: int = 0
) -> tuple[dict, list[dict]]:
    """The first of the random contests whose certificate is as wanted; only some may be scored."""
    made = (certified(one) for one in map(drawn, range(seed, seed + 200)) if may_be(one))
    return next((content, events) for content, events in made if wanted(content))


@pytest.mark.parametrize(
    "method",
    [
        "huber",
        pytest.param(
            "precision",
            marks=pytest.mark.long(
                "commands/test_agree.py::test_a_figure_found_by_steps_is_checked"
            ),
        ),
    ],
)
def test_a_figure_found_by_steps_is_checked(method: str):
    """The last digit of one: both others find it."""
    content, events = made_with(lambda one: one.rules.official == method, bool)
    line = content["entrants"][0]
    line["official"] = str(Decimal(line["official"]) + Decimal(1).scaleb(-decimals_of(content)))
    found = compared("one", [("", (content, events))])
    assert (found.library, found.page, found.holds) == (0, 0, False)
    assert found.first.startswith(": scores")


@pytest.mark.parametrize(
    ("key", "seed"),
    [
        ("precision", 199),
        pytest.param(
            "reading",
            4,
            marks=pytest.mark.long(
                "commands/test_agree.py::test_a_decision_by_an_iterated_key_is_checked"
            ),
        ),
    ],
)
def test_a_decision_by_an_iterated_key_is_checked(key: str, seed: int):
    """Two of the open zone change seats: both others find it, and name the check."""

    def is_decided(one: dict) -> bool:
        zone = [line for line in one["entrants"] if line["decided_by"] == key]
        return len({line["selected"] for line in zone if line["label"] == "open"}) == 2

    content, events = made_with(
        lambda one: one.rules.at_cut == {"precision": "exact", "reading": "jury"}[key],
        is_decided,
        seed=seed,
    )
    zone = [line for line in content["entrants"] if line["decided_by"] == key]
    inside = next(line for line in zone if line["selected"])
    outside = next(line for line in zone if not line["selected"])
    inside["selected"], outside["selected"] = False, True
    found = compared("one", [("", (content, events))])
    assert (found.library, found.page) == (0, 0)
    assert found.first.startswith(": order in the zone")


def decimals_of(content: dict) -> int:
    return int(content["rules"]["scoring"]["decimals"])


def test_a_program_that_differs_is_named():
    """A figure that scoring would not give: both others find it, and the first is said."""
    content, events = contest(3)
    content["entrants"][0]["official"] = "1.00"
    found = compared("one", [("3", (content, events))])
    assert (found.library, found.page, found.holds) == (0, 0, False)
    assert found.first.startswith("3: scores")
