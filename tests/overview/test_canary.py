"""What a reader may not see is searched for as a canary: on every page, in every file offered.

The adversary: a page written later that shows one thing too much, or a file behind it.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from competition.programme.contest import WHICH
from competition.rights import READS
from tests.opening import Open, Sample, html
from tests.organizers.acting import announce, certify
from tests.overview.conftest import NOTE, REMARK, remark
from ui.downloads import OFFERS
from ui.pages import OVERVIEW

JUDGE = "金丝雀"
MARK = re.compile(r"(?<![\d.])\d+\.\d\d(?!\d)")
"""A mark, a mean or a total: nothing else on these pages has two decimals."""
OTHERS = ("金平县", "元阳县", "弥勒市")
MINE = "532529"
TAGS = re.compile("(?s)<style>.*?</style>|<[^>]*>")


@contextmanager
def canaries(sample: Sample) -> Iterator[None]:
    """Every judge is called by the canary's name; each sheet has a remark and a note.

    They are rows behind the acts, with which nothing is certified: so they go again.
    """
    judges = "id IN (SELECT person_id FROM grants WHERE role IN ('judge', 'chair'))"
    with sample.store.writing() as tx:
        names = tx.rows(f"SELECT id, name FROM people WHERE {judges}")
        tx.run(f"UPDATE people SET name = :c || substr(id, 1, 4) WHERE {judges}", c=JUDGE)
    remark(sample)
    yield
    with sample.store.writing() as tx:
        tx.run("DELETE FROM remarks WHERE text IN (:r, :n)", r=REMARK, n=NOTE)
        for row in names:
            tx.run("UPDATE people SET name = :name WHERE id = :id", **row)


def said(sample: Sample, at: AppTest, role: str) -> Iterator[tuple[str, str]]:
    """Every text of every page of the overview, and of every file that a page offers."""
    with sample.store.reading() as tx:
        sql = "SELECT min(code) AS code FROM entrants GROUP BY substr(code, 1, 6) ORDER BY code"
        codes = [row["code"] for row in tx.rows(sql)]
    lists = [("village", {"contest": sample.round_id, "which": one, "code": ""}) for one in WHICH]
    villages = [
        ("village", {"contest": "", "code": code})
        for code in codes
        if code[:6] in (MINE, codes[0][:6])
    ]
    pages = [
        (page.path.split("/")[1][:-3], dict[str, str]())
        for page in OVERVIEW
        if role in READS[page.read].roles
    ]
    for name, asks in (*pages, *lists, *villages):
        for key, value in asks.items():
            at.query_params[key] = value
        at.switch_page(f"overview/{name}.py").run()
        assert not at.exception, [error.value for error in at.exception]
        yield f"{name} {asks}", unescape(html(at))
    for offer in list(OFFERS._offers.values()):
        if offer.name.endswith(("csv", "docx", "svg")):  # the others say the same
            yield offer.name, text_of(offer.name, offer.build())


def text_of(name: str, content: bytes) -> str:
    """A file's text; of an office file its parts."""
    if not name.endswith("docx"):
        return content.decode("utf-8", "ignore")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return " ".join(parts.read(one).decode("utf-8", "ignore") for one in parts.namelist())


@pytest.mark.parametrize(
    "role",
    [
        "leader",
        pytest.param(
            "county",
            marks=pytest.mark.long(
                "overview/test_canary.py::test_a_county_reads_a_remark_once_it_is_announced"
            ),
        ),
    ],
)
def test_no_page_shows_a_mark_while_the_round_is_open(open_page: Open, sample: Sample, role: str):
    """Nor a remark, a judge or a note."""
    OFFERS.__init__()  # type: ignore[misc]
    at = open_page(role, "zh", OVERVIEW[0].path)
    with canaries(sample):
        require_unmarked(said(sample, at, role))


def require_unmarked(pages: Iterator[tuple[str, str]]) -> None:
    """No page or file says a mark, a remark, a judge or a note."""
    for where, text in pages:
        assert not [one for one in (JUDGE, NOTE, REMARK) if one in text], where
        if "{" in where or where.endswith("csv"):
            assert not MARK.search(TAGS.sub(" ", text)), where


def test_a_county_reads_a_remark_once_it_is_announced(open_page: Open, sample: Sample):
    """Certified is not enough; and then no judge and no note.

    Of other counties a county reads only places and titles of what was chosen, and open needs.
    """
    OFFERS.__init__()  # type: ignore[misc]
    certify(sample)
    at = open_page("county", "zh", OVERVIEW[0].path)
    with canaries(sample):
        require_unmarked(said(sample, at, "county"))
    announce(sample)
    read = ""
    with canaries(sample):
        for where, text in said(sample, at, "county"):
            assert not [one for one in (JUDGE, NOTE) if one in text], where
            assert set(re.findall(r"code=(\d{6})\d{6}", text)) <= {MINE}, where
            if not where.startswith(("needs", "learning")):
                assert not [name for name in OTHERS if name in text], where
            read += text
    assert REMARK in read


@pytest.mark.long("overview/test_canary.py::test_a_county_reads_a_remark_once_it_is_announced")
def test_a_leader_reads_a_remark_once_it_is_certified(open_page: Open, sample: Sample):
    """And no judge nor a note."""
    OFFERS.__init__()  # type: ignore[misc]
    certify(sample)
    at, read = open_page("leader", "zh", OVERVIEW[0].path), ""
    with canaries(sample):
        for where, text in said(sample, at, "leader"):
            assert not [one for one in (JUDGE, NOTE) if one in text], where
            read += text
    assert REMARK in read


@pytest.mark.parametrize("role", ["public", "reader"])
def test_a_reader_without_rights_gets_nothing_of_any_page(
    open_page: Open, sample: Sample, role: str
):
    """Without a sign-in, and as a scorekeeper: no place, no figure, no file."""
    OFFERS.__init__()  # type: ignore[misc]
    at = open_page(role, "zh", "", title=None)
    for page in OVERVIEW if role != "public" else ():  # without a sign-in there is no page
        at.switch_page(page.path).run()
        assert "<data" not in html(at), page.key
        assert not [name for name in OTHERS if name in html(at)], page.key
    assert "<data" not in html(at)
    assert not [one for one in OFFERS._offers.values() if one.read == "programme"]
