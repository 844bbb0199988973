"""``arena.py rank`` on real files: a table for people, one JSON object, and plain refusals."""

import json
from decimal import Decimal

import pytest
from click.testing import CliRunner

from commands.columns import align, width
from commands.rank import command

SCORES = """参评成果,评委,得分
甲,J1,90.5
甲,J2,91
甲,J3,92
乙,J1,85
乙,J2,86
乙,J3,88.26
丙,J1,91
丙,J2,90
丙,J3,93
"""


@pytest.fixture
def rank(tmp_path):
    """Run the command on files given as text (or bytes) by option name."""

    def run(*options, **files):
        arguments = list(options)
        for name, content in files.items():
            path = tmp_path / f"{name}.csv"
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
            arguments += [str(path)] if name == "scores" else [f"--{name}", str(path)]
        return CliRunner().invoke(command, arguments)

    return run


def refused(result):
    assert result.exit_code != 0
    assert "Traceback" not in result.output
    assert isinstance(result.exception, SystemExit)
    return result.output


def test_a_table_for_people(rank):
    result = rank("--top", "2", scores=SCORES)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0].split()[:3] == ["名次", "参评成果", "最终成绩"]
    assert lines[1].split()[:3] == ["1", "丙", "91.33"]
    assert "前 2 名" in lines[3]
    assert lines[4].split()[1] == "乙"
    english = rank("--lang", "en", scores=SCORES)
    assert english.output.startswith("Rank")


def test_one_json_object_with_the_names_of_the_design(rank):
    result = rank("--json", "--top", "2", scores=SCORES)
    whole = json.loads(result.output, parse_float=Decimal)
    entrant = whole["entrants"][0]
    names = (
        "entrant rank place tied selected official mean trimmed adjusted adjusted_se precision "
        "n_judges deduction in_zone label decided_by p_top rank_low rank_high"
    )
    assert set(names.split()) <= set(entrant)
    judge = whole["judges"][0]
    names = "judge severity severity_se scale noise n correlation drop_effect"
    assert set(names.split()) <= set(judge)
    assert set(whole["variance"]) == {"entrant", "judge", "residual"}
    assert {"H", "zone", "decisions", "seal", "robustness"} <= set(whole["cut"])
    assert whole["rules"]["top"] == 2


def test_the_published_figure_keeps_its_decimals_in_json(rank):
    even = "entrant,judge,score\n" + "".join(
        f"{e},{j},{s}\n" for e, s in zip("AB", (91.2, 80), strict=True) for j in (1, 2, 3)
    )
    assert '"official": 91.20' in rank("--json", scores=even).output


def test_identifiers_stay_text(rank):
    codes = SCORES.replace("甲", "053250100001")
    whole = json.loads(rank("--json", scores=codes).output)
    assert "053250100001" in [row["entrant"] for row in whole["entrants"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_of_a_chinese_spreadsheet_are_read(rank, encoding):
    plain = rank("--json", scores=SCORES).output
    assert rank("--json", scores=SCORES.encode(encoding)).output == plain
    semicolons = SCORES.replace(",", ";").replace("\n", "\r\n")
    assert rank("--json", scores=semicolons).output == plain


def test_harmless_slips_are_put_right_and_each_is_listed(rank):
    slips = (
        SCORES.replace("90.5", "９０．５").replace("88.26", '"88,26"').replace("J2,91", "J2,91分")
    )
    result = rank("--json", scores=slips)
    whole = json.loads(result.output)
    assert whole["entrants"] == json.loads(rank("--json", scores=SCORES).output)["entrants"]
    assert len(whole["fixes"]) == 3
    assert "88,26" in whole["fixes"][2]


def test_recused_in_a_score_cell_is_not_a_zero(rank):
    whole = json.loads(rank("--json", scores=SCORES.replace("J2,86", "J2,回避")).output)
    row = next(row for row in whole["entrants"] if row["entrant"] == "乙")
    assert row["n_judges"] == 2
    assert len(whole["fixes"]) == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (SCORES.replace("90.5", "9o"), ("第 2 行", "score", "9o")),
        (SCORES.replace("90.5", '"1,234"'), ("第 2 行", "1,234")),
        (SCORES.replace("评委", "谁"), ("judge", "参评成果, 谁, 得分")),
        (SCORES + "甲,J1,90.5\n", ("J1", "甲", "重复")),
        ("参评成果,评委,得分\n", ("没有任何分数",)),
        ("", ("entrant",)),
        (SCORES.replace("90.5", "90,5"), ("第 2 行", "点号")),
        ("参评成果,评委,得分\n甲,1,9\n乙,1,8\n丙,2,9\n丁,2,8\n", ("2 部分", "甲", "丁")),
        (SCORES.replace("90.5", "90%"), ("第 2 行", "90%")),
        (SCORES.replace("90.5", "9" * 5000), ("第 2 行", "9" * 30 + "…”")),
        (SCORES.replace("90.5", "1e309"), ("第 2 行", "1e309")),
        (SCORES.replace("甲,J1,90.5", ",J1,90.5"), ("第 2 行", "entrant")),
        (SCORES.replace("甲,J1", f'"{"甲" * 200_000}",J1'), ("无法读取",)),
        (SCORES.replace("评委", "得分"), ("两列", "得分")),
    ],
    ids=range(14),
)
def test_bad_input_is_one_plain_message(rank, wrong, says):
    output = refused(rank(scores=wrong))
    assert output.count("\n") == 1
    for part in says:
        assert part in output


def test_by_criterion_with_a_rubric(rank):
    scores = "entrant,judge,criterion,score\n" + "".join(
        f"{e},{j},{c},{m}\n"
        for e, m in (("A", 20), ("B", 10))
        for j in "12"
        for c in ("实用", "展示")
    )
    rubric = "评分指标,分值\n实用,25\n展示,25\n"
    whole = json.loads(rank("--json", scores=scores, rubric=rubric).output)
    assert [row["mean"] for row in whole["entrants"]] == [80, 40]
    assert [row["criterion"] for row in whole["criteria"]] == ["实用", "展示"]
    assert "评分标准" in refused(rank(scores=scores))
    over = scores.replace("A,1,实用,20", "A,1,实用,26")
    assert "26" in refused(rank(scores=over, rubric=rubric))
    short = rubric.replace("分值", "分值,权重").replace("25\n", "25,0.4\n")
    assert "0.8" in refused(rank(scores=scores, rubric=short))


def test_entrants_assignments_and_rulings(rank):
    tied = SCORES.replace("J1,91", "J1,90.5").replace("J2,90", "J2,91").replace("J3,93", "J3,92")
    entrants = "参评成果,组别,扣分,参评\n甲,a,0.5,是\n乙,b,,是\n丙,a,0.5,\n"
    assignments = "参评成果,评委,状态\n乙,J1,回避\n"
    rulings = "类别,参评成果,值\n议定,丙,1\n议定,甲,2\n"
    whole = json.loads(
        rank(
            "--json",
            "--top=1",
            "--method=mean",
            scores=tied,
            entrants=entrants,
            assignments=assignments,
            rulings=rulings,
        ).output
    )
    rows = {row["entrant"]: row for row in whole["entrants"]}
    assert rows["丙"]["selected"]
    assert rows["丙"]["decided_by"] == "ruling"
    assert rows["甲"]["deduction"] == 0.5
    assert rows["乙"]["n_judges"] == 2


@pytest.mark.parametrize(
    ("options", "field", "value"),
    [
        (("--set", "decimals=1"), "decimals", 1),
        (("--set", "keys=lots,ruling"), "keys", ["lots", "ruling"]),
        (("--set", 'groups={"caps": 2}'), "groups", {"caps": 2, "floors": None}),
        (("--set", "seed=0123"), "seed", "0123"),
        (("--set", "band_max=none"), "band_max", None),
        (("--at-cut", "exact"), "at_cut", "exact"),
        (("--method", "median"), "official", "median"),
        (("--set", "top=5", "--top", "2"), "top", 2),
    ],
    ids=str,
)
def test_any_rule_may_be_set(rank, options, field, value):
    whole = json.loads(rank("--json", *options, scores=SCORES).output)
    assert whole["rules"][field] == value


@pytest.mark.parametrize(
    "options",
    [
        ("--set", "decimal=1"),
        ("--set", "decimals"),
        ("--top", "many"),
        ("--top", "0"),
        ("--band", "2"),
        ("--method", "best"),
        ("--method", "blup"),
        ("--at-cut", "coin"),
        ("--set", "draws=-1"),
    ],
    ids=str,
)
def test_a_rule_that_makes_no_sense_is_one_plain_message(rank, options):
    assert refused(rank(*options, scores=SCORES)).count("\n") == 1


def test_a_file_that_is_not_there_is_refused(rank):
    refused(rank("nowhere.csv"))


def test_columns_align_by_terminal_cells():
    assert width("甲a") == 3
    assert align([["名", "1"], ["ab", "10"]]) == ["名   1", "ab  10"]
