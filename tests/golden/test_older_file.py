"""A database written by an earlier version opens, verifies, replays and prints the same."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Sequence

import openpyxl
import pytest

from competition.results import awards, certification, standing_lines, standings
from db import heads as rows
from db.invariants import verify
from exports import EXPORTS, Table, seal
from organizers.results.lists import papers
from tests.golden.conftest import AT, GOLDEN, Golden


def sheet(golden: Golden, name: str, lang: str) -> Table:
    store, who = golden.store, golden.organizer()
    if name == "live":
        return papers.shown_sheet(standings.standings(store, who, golden.ids["open"], at=AT), lang)
    round_id = golden.ids["certified"]
    if name == "winners":
        return papers.winners_sheet(awards.award_list(store, who, round_id), lang)
    found = standings.standings(store, who, round_id, at=AT)
    return papers.certified_sheet(found, certification.certified(store, who, round_id), lang)


def test_it_verifies_clean(golden: Golden):
    """Migrations were appended; every event is read and replayed."""
    assert verify(golden.store) == []


def test_its_certificates_are_the_same_text(golden: Golden):
    """The certified content, its SHA-256 and those of the versions before are kept."""
    with golden.store.reading() as tx:
        rows = tx.rows("SELECT kind, version, sha256, seq, content FROM snapshots")
    newest = max((row for row in rows if row["kind"] == "certify"), key=lambda row: row["version"])
    text = (GOLDEN / "certificate.json").read_text(encoding="utf-8")
    assert newest["content"] == text
    assert hashlib.sha256(text.encode()).hexdigest() == newest["sha256"]
    kept = [{k: row[k] for k in ("kind", "version", "sha256", "seq")} for row in rows]
    assert sorted(map(str, kept)) == sorted(map(str, golden.ids["snapshots"]))


def test_the_standing_computed_now_is_the_one_certified(golden: Golden):
    """Rank, place, label and every figure of each line."""
    store, who, round_id = golden.store, golden.organizer(), golden.ids["certified"]
    found = standings.standings(store, who, round_id, at=AT)
    content = json.loads((GOLDEN / "certificate.json").read_text(encoding="utf-8"))
    assert [standing_lines.line_content(line) for line in found.lines] == content["entrants"]


FIGURE = re.compile(r"-?[0-9.]+|.+[县市镇村]")


def figures(rows: Iterable[Sequence[object]]) -> list[list[str]]:
    """Of each row the figures and places: words may change, these may not."""
    cells = [[str(cell) for cell in row if cell is not None] for row in rows]
    return [found for row in cells if (found := [cell for cell in row if FIGURE.fullmatch(cell)])]


def table_of(rows: Iterable[Sequence[object]]) -> list[list[str]]:
    """The rows of a workbook that are no heading and no note."""
    return [row for row in figures(rows) if len(row) > 3]


@pytest.mark.parametrize("name", ["certified", "winners", "live"])
def test_its_lists_are_the_same(golden: Golden, name: str):
    """Every figure and place of the csv and of the workbook's table, in order."""
    rows = json.loads((GOLDEN / "workbooks.json").read_text(encoding="utf-8"))
    for lang in ("zh", "en"):
        table = sheet(golden, name, lang)
        before = (GOLDEN / f"{name}.{lang}.csv").read_text("utf-8-sig").splitlines()
        now = EXPORTS["csv"].render(table).decode("utf-8-sig").splitlines()
        assert figures(csv.reader(now)) == figures(csv.reader(before))
        assert len(figures(csv.reader(now))) > 1
        book = openpyxl.load_workbook(io.BytesIO(EXPORTS["xlsx"].render(table)))
        cells = [row for page in book for row in page.iter_rows(values_only=True)]
        assert table_of(cells) == table_of(rows[f"{name}.{lang}"])


def test_papers_carry_the_head_they_stand_on(golden: Golden):
    """Twelve signs beside the event's number, and the whole of it as a code and in the csv."""
    found = awards.award_list(golden.store, golden.organizer(), golden.ids["certified"])
    event = json.loads((GOLDEN / "certificate.json").read_text("utf-8"))["event"]
    assert found.head == f"0.{event['n']}.{event['hash']}"
    for name in ("certified", "winners"):
        table = sheet(golden, name, "zh")
        assert f"0.{event['n']}.{event['hash'][:12]}" in table.foot_line
        assert found.head in EXPORTS["csv"].render(table).decode("utf-8-sig").splitlines()[1]
        book = openpyxl.load_workbook(io.BytesIO(EXPORTS["xlsx"].render(table)))
        assert [one._data() for one in book.active._images] == [seal.png(found.head)]


def test_a_standing_that_is_not_certified_carries_its_head_too(golden: Golden):
    """A paper for checking that left the room says which marks it was made from."""
    result = standings.standings(golden.store, golden.organizer(), golden.ids["open"], at=AT)
    with golden.store.reading() as tx:
        last = rows.last(tx, golden.ids["competition"])
    assert result.head.startswith("0.")
    assert last is not None
    assert seal.shown(result.head) in sheet(golden, "live", "en").foot_line
