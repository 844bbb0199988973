"""The public version of 全部材料: all that may be public, and in no file of it a person."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

import db
from competition.marks import remarks
from competition.results.errors import BundleBeingMade, BundleNotMade
from organizers.results.lists import apart, whole
from tests.competition import event as events
from tests.competition.event import AT, QUICK, Event
from tests.once import PACKED_BY_A_CHILD

REMARK = "金丝雀13588886666"
"""A judge's remark with a name and a telephone."""
FORMULA = "=HYPERLINK(1)"
GOES_ON = """
import json
import sys
import time

sys.stdin.read()
print(json.dumps({"done": 0, "of": 1, "path": "a.pdf"}), flush=True)
time.sleep(60)
"""
"""A child that is in the middle of its work; the app's own takes two seconds to be there."""
PUBLISHED = (
    "winners",
    pytest.param(
        "ranks",
        marks=pytest.mark.long(
            "organizers/results/test_public_bundle.py"
            "::test_it_holds_all_that_may_be_public_and_names_no_person"
        ),
    ),
    "scores",
)


@dataclass(frozen=True)
class Published:
    """A certified round whose rules publish so much, of a contest called as a formula.

    Attributes
    ----------
    made
        Its public version, made in this process.
    """

    event: Event
    how: str
    made: apart.Packed
    steps: list[apart.Step]

    @property
    def files(self) -> dict[str, bytes]:
        """The files of the public version."""
        return unpacked(self.made)


@pytest.fixture(scope="module", params=PUBLISHED)
def published(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Published]:
    """Made once for all tests, none of which writes."""
    rules = replace(QUICK, published=request.param)
    with closing(db.Store(tmp_path_factory.mktemp(request.param) / "arena.db")) as store:
        event = events.opened(store, rules=rules, title=FORMULA)
        event.fill_all()
        remarks.write(
            store,
            event.visitor(1),
            round_id=event.round_id,
            entrant_id=event.entrants[1],
            kind="remark",
            text=REMARK,
            change_id="remark-1",
            at=AT,
        )
        event.close()
        event.certify()
        yield Published(event, request.param, *run(whole.everything(visit(event), public=True)))


def test_it_holds_all_that_may_be_public_and_names_no_person(published: Published):
    """Made by the supervisor: rules, lists, notice, record, page, program; and no canary.

    The adversary reads every text of every file, of PDF, DOCX and XLSX too: names, telephones,
    links, and where the rules publish the winners alone, those not selected. The notice alone,
    which hangs in public, names the presenters of the winners.
    """
    event, how, files = published.event, published.how, published.files
    folders = {name.partition("/")[0] for name in files if "/" in name}
    assert folders == {"01 结果与证书", "02 评分办法", "06 告知与公示"}
    lists = {name.partition("/")[2] for name in files if name.startswith("01")}
    told = ["获奖名单", *["成绩总表"] * (how != "winners")]
    assert lists == {f"{name}{ending}" for name in told for ending in (".xlsx", ".csv")}
    assert {"打开我.html", "verify.py", "result.json", "manifest.json"} < files.keys()
    hidden = [event.token, *hidden_in(event, with_losers=how == "winners")]
    for name, data in files.items():
        said = text_of(name, data)
        assert len(said) > 20, name
        assert not [one for one in hidden if one in said], name
        assert "公示" in name or "汇报·" not in said, name


def test_its_lists_say_as_much_as_the_rules_publish(published: Published):
    """Winners alone without ranks, in no order; ranks; or scores to their last decimal."""
    how, files = published.how, published.files
    head, *rows = files["01 结果与证书/获奖名单.csv"].decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert ("名次" in head, "最终成绩" in head) == (how != "winners", how == "scores")
    if how != "winners":
        every = files["01 结果与证书/成绩总表.csv"].decode("utf-8-sig")
        assert every.count("\r\n") == 6
        assert ("最终成绩" in every) == (how == "scores")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder from which a child begins that says its first step and makes nothing."""
    child = tmp_path.joinpath(*apart.__name__.split(".")).with_suffix(".py")
    child.parent.mkdir(parents=True)
    child.write_text(GOES_ON)
    return tmp_path


@pytest.mark.parametrize("published", ["scores"], indirect=True)
def test_a_process_apart_makes_the_same_and_the_last_press_has_it(
    published: Published, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
):
    """Another person's press waits; the same person's, of a page loaded again, takes the place.

    The child that goes on without a reader ends; the next makes the bundle, byte for byte, each
    step said.
    """
    now = visit(published.event)
    first = PACKED_BY_A_CHILD(now, public=True)
    with monkeypatch.context() as patch:
        patch.setattr(apart, "HOME", elsewhere)
        assert next(first).done == 0
    with pytest.raises(BundleBeingMade):
        next(PACKED_BY_A_CHILD(replace(now, who=published.event.organizer), public=True))
    with ThreadPoolExecutor(1) as reading:
        ended = reading.submit(run, first)
        second = PACKED_BY_A_CHILD(now, public=True)
        begun = next(second)
        assert isinstance(ended.exception(), BundleNotMade)
    made_apart, steps = run(second)
    assert [begun, *steps] == published.steps
    assert made_apart == published.made


@pytest.mark.long(
    "organizers/results/test_public_bundle.py"
    "::test_a_process_apart_makes_the_same_and_the_last_press_has_it"
)
@pytest.mark.parametrize("published", ["scores"], indirect=True)
def test_a_bundle_left_in_the_middle_leaves_its_place(published: Published):
    """Its child ends, and another person's begins."""
    now = visit(published.event)
    left = PACKED_BY_A_CHILD(now, public=True)
    assert next(left).done == 0
    left.close()
    another = PACKED_BY_A_CHILD(replace(now, who=published.event.organizer), public=True)
    assert next(another).done == 0
    another.close()


def test_no_typed_text_is_a_formula_in_any_table_of_the_public_version(published: Published):
    """Its lists of winners and scores, of which there are as many as the rules publish."""
    said, live = cells_of(published.files, books := 2 - (published.how == "winners"), books)
    assert live == {}
    assert said.count(FORMULA) >= books


def cells_of(files: dict[str, bytes], books: int, lists: int) -> tuple[str, dict[str, list[str]]]:
    """The text of all tables, so many, and a book's formulas; each CSV has its BOM and none."""
    said, live = "", {}
    tables = [name for name in files if name.endswith(".csv")]
    assert (len([name for name in files if name.endswith(".xlsx")]), len(tables)) == (books, lists)
    for name in tables:
        assert files[name].startswith(b"\xef\xbb\xbf"), name
        text = files[name].decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))], name
        said += " ".join(cells)
    for name in files:
        if name.endswith(".xlsx"):
            book = openpyxl.load_workbook(io.BytesIO(files[name]))
            shown = [cell for sheet in book for row in sheet for cell in row]
            said += " ".join(str(cell.value) for cell in shown if cell.data_type == "s")
            formulas = [str(cell.value) for cell in shown if cell.data_type == "f"]
            live |= {name: formulas} if formulas else {}
    return said, live


def visit(event: Event) -> apart.Visit:
    who = event.visitor("supervisor")
    return apart.visit(event.store, who, event.round_id, "zh", datetime(2029, 1, 1, tzinfo=UTC))


def unpacked(packed: apart.Packed) -> dict[str, bytes]:
    """The files of an archive."""
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def run(packing: apart.Packing) -> tuple[apart.Packed, list[apart.Step]]:
    """Run a packing to its end: what was made, and its steps."""
    steps = []
    while True:
        try:
            steps.append(next(packing))
        except StopIteration as end:
            return end.value, steps


def hidden_in(event: Event, *, with_losers: bool) -> list[str]:
    """What no public file may say: names, units, hashes of links, those not selected, remarks."""
    with event.store.reading() as tx:
        people = tx.rows("SELECT name, unit FROM people")
        losing = tx.rows("SELECT code, presenter, unit FROM entrants")
        hashes = [str(row["token_hash"]) for row in tx.rows("SELECT token_hash FROM links")]
        content = tx.value("SELECT content FROM snapshots WHERE kind = 'certify' ORDER BY seq DESC")
    codes = [line["code"] for line in json.loads(content)["entrants"] if not line["selected"]]
    known = [text for one in people for text in (one["name"], one["unit"])]
    known += [one["unit"] for one in losing]
    known += [one["presenter"] for one in losing if one["code"] in codes]
    assert len(set(known)) > 20
    return ["金丝雀", "13588886666", *hashes, *filter(None, known), *codes * with_losers]


def text_of(name: str, data: bytes) -> str:
    """What a reader of a file finds in it, also behind its paragraphs."""
    if name.endswith((".docx", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(
                archive.read(one).decode("utf-8", "replace") for one in archive.namelist()
            )
    if name.endswith(".pdf"):
        pages = pypdfium2.PdfDocument(data)
        shown = "".join(one.get_textpage().get_text_bounded() for one in pages)
        return shown + str(pages.get_metadata_dict())
    return data.decode("utf-8-sig")
