"""Thirteen counties' workbooks read as one list; two of them hostile; one village filed twice."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwt
from click.testing import CliRunner
from openpyxl import Workbook

import intake
from commands.cli import cli
from intake.gazetteer import Village, built_in
from intake.places import counties
from tests.intake.test_apart import heavy

HEAD = ["序号", "乡镇", "村（社区）", "规划名称", "汇报人", "职务"]
Rows = list[list[object]]


def listed(county: str, count: int = 31) -> list[Village]:
    """The first villages of a county that bear their names alone in it."""
    known = built_in()
    return [v for v in known.in_county(county) if len(known.named(v.name, county)) == 1][:count]


def rows_of(county: str, name: str) -> Rows:
    body: Rows = [
        [at, v.township, v.name, f"{v.name}村庄规划", "李正昌", "村党总支书记"]
        for at, v in enumerate(listed(county), start=1)
    ]
    return [[f"{name}村庄规划擂台赛参评村名单"], list(HEAD), *body, ["合计", None, len(body)]]


def xlsx(rows: Rows) -> bytes:
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:F1")
    book.save(file)
    return file.getvalue()


def xls(rows: Rows) -> bytes:
    book, file = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    sheet = book.add_sheet("Sheet1")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(at, column, value)
    book.save(file)
    return file.getvalue()


def text(rows: Rows, encoding: str) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode(encoding)


def html(rows: Rows) -> bytes:
    lines = ["".join(f"<td>{'' if v is None else v}</td>" for v in row) for row in rows[1:]]
    head = f"<tr><td colspan=6>{rows[0][0]}</td></tr>"
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<html><table>{head}{body}</table></html>".encode("gbk")


def county_files() -> Iterator[tuple[str, bytes]]:
    """One file a county, in the formats that offices send."""
    forms = [xlsx, xls, html, *(lambda r, e=e: text(r, e) for e in ENCODINGS)]
    endings = ["xlsx", "xls", "xls", "csv", "csv", "csv", "csv"]
    for at, county in enumerate(counties()):
        form = at % len(forms)
        content = forms[form](rows_of(county.code, county.name))
        yield f"{county.name}参评名单.{endings[form]}", content


ENCODINGS = ("utf-8", "utf-8-sig", "gbk", "gb18030")


@pytest.fixture(scope="module")
def files() -> list[tuple[str, bytes]]:
    return list(county_files())


def test_thirteen_files_become_one_list(files: list[tuple[str, bytes]]):
    """The county is that of each file's name or title, the code that of each name."""
    plan = intake.read_all(files, intake.Asked())
    assert [(stop.code, stop.place) for stop in plan.stops] == []
    assert len(plan.entrants) == sum(len(listed(c.code)) for c in counties()) > 390
    assert {entrant.county for entrant in plan.entrants} == {c.name for c in counties()}
    assert all(len(entrant.code) == 12 for entrant in plan.entrants)
    assert {fix.file for fix in plan.fixes if fix.code == "total_row"} == {n for n, _ in files}


def test_a_village_filed_twice_is_one_fault_with_both_cells(files: list[tuple[str, bytes]]):
    """石屏县's list also holds a village of 建水县, by its code."""
    (shiping,) = (c for c in counties() if c.name == "石屏县")
    twice = listed("532524")[4]
    rows = rows_of(shiping.code, shiping.name)
    rows[1].append("代码")
    rows.insert(5, [99, twice.township, twice.name, "又一份", "李某", "书记", twice.code])
    again = [(n, xlsx(rows) if "石屏" in n else content) for n, content in files]
    again = [(n.replace(".xls", ".xlsx") if "石屏" in n else n, c) for n, c in again]
    plan = intake.read_all(again, intake.Asked())
    (stop,) = [stop for stop in plan.stops if stop.code == "double"]
    places = {stop.place, *stop.also}
    assert len(places) == 2
    assert any("石屏" in place for place in places)
    assert any("建水" in place for place in places)
    mended = intake.read_all(again, intake.Asked(edits=[stop.choices[0].edit]))
    assert "double" not in [one.code for one in mended.stops]


def test_a_hostile_file_is_named_and_nothing_is_written(
    files: list[tuple[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A bomb and a file that is none: each has its stop with its name; the others are read."""
    monkeypatch.setenv("ARENA_LANG", "zh")
    names = []
    for name, content in [*files[:3], ("炸弹.xlsx", heavy()[:-40]), ("假.xlsx", b"\x00" * 400)]:
        (tmp_path / name).write_bytes(content)
        names.append(str(tmp_path / name))
    database = tmp_path / "arena.db"
    done = CliRunner().invoke(cli, ["import", *names, "--db", str(database), "--dry-run", "--json"])
    assert done.exit_code == 1, done.output
    told = json.loads(done.stdout)
    assert {stop["file"] for stop in told["stops"]} == {"炸弹.xlsx", "假.xlsx"}
    assert set(told["mapping"]) == {name for name, _ in files[:3]}
    assert told["mapping"][files[0][0]]["Sheet"]["C"] == "village"
    assert told["plan"]["entrants"] == 93
    assert not database.exists()


def test_four_hundred_names_are_resolved():
    """401 villages by county, township and name, every tenth misspelt: all others have a code."""
    known = built_in()
    villages = [v for c in counties() for v in listed(c.code)][:401]
    lines = [["县市", "乡镇", "村名"]]
    for at, village in enumerate(villages):
        name = village.name if at % 10 else f"{village.name[0]}{village.name}"
        lines.append([village.county, village.township, name])
    content = text([list(line) for line in lines], "utf-8")
    plan = intake.read(content, name="名单.csv")
    named = [e for e in plan.entrants if e.code and known.village(e.code)]
    assert len(named) >= 355
    proposed = [s for s in plan.stops if s.choices]
    assert len(proposed) >= 35
