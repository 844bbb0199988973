"""Every figure on every page is what a query written apart from the app's reads says."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import db
from competition.programme.contest import WHICH as ENTRANTS
from competition.programme.contest import contest
from competition.programme.finding import WHICH
from competition.programme.measures import MEASURES
from competition.rights import READS
from competition.times import local, stamp
from competition.visitor import Grant
from examples.programme_year import BEHIND
from tests.opening import Open, Sample, html
from tests.organizers.acting import certify
from tests.overview.asked import OF_VILLAGE, Asked, Reader, wrong
from tests.overview.asked_contest import CONTEST
from tests.overview.conftest import AT, remark
from tests.overview.random_programmes import enter, programmes
from tests.overview.unmarked import unmarked, written
from ui.pages import OVERVIEW

TODAY = local(stamp(AT), "Asia/Shanghai").date()
BEFORE = TODAY - timedelta(days=9)
EXAMPLES = settings().max_examples // 8
"""Of what costs several pages each: three; thirty-seven at night."""
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
"""A year that was entered stays: a smaller example would meet it."""
COUNTY = "532529"
"""红河县, whose reader is signed in."""
ASKS = re.compile("[？?]")
DAY = re.compile(r"· \d\d-\d\d")


@pytest.fixture
def asked(sample: Sample) -> Asked:
    with sample.store.reading() as tx:
        year = int(str(tx.value("SELECT max(year) FROM programmes")))
    return Asked(sample.store, TODAY.isoformat(), year)


def test_every_measure_has_its_query():
    assert set(MEASURES) <= set(OF_VILLAGE)


def test_every_figure_of_every_page_is_what_its_query_says(
    open_page: Open, sample: Sample, asked: Asked
):
    """The office's pages, by today.

    No figure without a query, none wrong, and no digit beside them that is a figure. The
    adversary forgets the mark of a figure, of each kind of each page: the digits are found.
    """
    typed = written(sample.store)
    for key, shown in pages_of(open_page, "office", "zh"):
        read = require_right(shown, asked, typed, "zh", key)
        for forgetful in without_a_mark(shown, read):
            assert unmarked(Reader(forgetful), typed, "zh"), key


@pytest.mark.long(
    "overview/test_figures.py::test_every_figure_of_every_page_is_what_its_query_says",
    "overview/test_figures.py::test_every_figure_of_any_small_programme_is_what_its_query_says",
)
def test_every_figure_of_a_leaders_pages_is_what_its_query_said_on_a_day_before(
    open_page: Open, sample: Sample, asked: Asked
):
    """In English."""
    typed, asked.day = written(sample.store), BEFORE.isoformat()
    for key, shown in pages_of(open_page, "leader", "en", day=asked.day):
        require_right(shown, asked, typed, "en", key)


def pages_of(
    open_page: Open, role: str, lang: str, day: str = TODAY.isoformat()
) -> Iterator[tuple[str, str]]:
    """Each page of the overview that a role may read, by a day."""
    at = open_page(role, lang, OVERVIEW[0].path)
    at.query_params["day"] = day
    for page in (page for page in OVERVIEW if role in READS[page.read].roles):
        at.switch_page(page.path).run()
        assert not at.exception, [error.value for error in at.exception]
        yield page.key, html(at)


def require_right(
    shown: str, asked: Asked, typed: re.Pattern[str], lang: str, where: object
) -> Reader:
    """What a page says, each figure of which has its query, its mark, its day and its source."""
    read = Reader(shown)
    assert wrong(asked, read, CONTEST) == [], where
    assert unmarked(read, typed, lang) == [], where
    assert unsaid(read) == [], where
    return read


def without_a_mark(shown: str, read: Reader) -> Iterator[str]:
    """A page with one figure of each kind without its mark."""
    kinds = {figure.split("/")[0]: figure for figure, text in read.figures if text}
    for figure in kinds.values():
        yield re.sub(f'<data value="{figure}">([^<]*)</data>', r"\1", shown)


def test_every_figure_of_a_countys_pages_is_that_of_its_villages_alone(
    open_page: Open, sample: Sample, asked: Asked, tmp_path: Path
):
    """The queries ask a file in which no other county's village is; what is open is public."""
    typed = written(sample.store)
    asked.store = of_county(sample, tmp_path / "county.db", COUNTY)
    for key, shown in pages_of(open_page, "county", "zh"):
        require_right(shown, asked, typed, "zh", key)


def of_county(sample: Sample, path: Path, county: str) -> db.Store:
    """A copy with the villages of one county, its dispatches, and the needs that it may see."""
    with closing(sqlite3.connect(sample.path)) as file, closing(sqlite3.connect(path)) as copy:
        file.backup(copy)
        for table in ("village_steps", "village_plans", "village_figures", "evidence"):
            copy.execute(f"DELETE FROM {table} WHERE substr(code, 1, 6) <> ?", [county])
        for table in ("dispatches", "meeting_tasks"):
            copy.execute(f"DELETE FROM {table} WHERE county_code <> ?", [county])
        copy.execute(
            "DELETE FROM needs WHERE substr(code, 1, 6) <> ? AND matched_on NOTNULL", [county]
        )
        copy.execute("DELETE FROM task_villages WHERE substr(code, 1, 6) <> ?", [county])
        copy.commit()
    return db.Store(path, read_only=True)


def test_every_figure_of_a_certified_contest_is_what_its_query_says(
    open_page: Open, sample: Sample, asked: Asked
):
    """Villages chosen and not, each with a remark; lessons; the lists behind the rounds."""
    content = certify(sample)["content"]
    asked.store = sample.store
    remark(sample)  # behind the acts: a record that has such rows is not certified
    lines = content["entrants"]  # type: ignore[index]
    won = {line["code"][:6] for line in lines if line["selected"]}
    without = next(line["code"] for line in lines if line["code"][:6] not in won)
    chosen = next(line["code"] for line in lines if line["selected"])
    mine = replace(sample.who("organizer"), grants=(Grant("county", None, without[:6]),))
    assert contest(sample.store, mine).of_county(without[:6]) == ()
    at = open_page("leader", "zh", "overview/screen.py")
    seen, typed = [], written(sample.store)
    for path, asks in (
        ("screen", {}),
        *(("village", {"contest": sample.round_id, "which": one}) for one in ENTRANTS),
        *(("village", {"contest": "", "code": code}) for code in (chosen, without)),
        *(("learning", {"county": code[:6]}) for code in (chosen, without)),
    ):
        for name, value in asks.items():
            at.query_params[name] = value
        at.switch_page(f"overview/{path}.py").run()
        assert not at.exception, [error.value for error in at.exception]
        read = require_right(html(at), asked, typed, "zh", (path, asks))
        seen += [figure.split("/")[0] for figure, _ in read.figures]
    assert {"result", "lesson", "short", "happened", "sheets_in", "year_value"} <= set(seen)


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_list_is_as_long_as_its_figure_and_says_the_same(
    open_page: Open, asked: Asked, data: st.DataObject
):
    """Any measure, side, county and step of the address; and the map by that measure."""
    at = open_page("leader", "zh", "overview/village.py")
    asks = {
        "measure": data.draw(st.sampled_from(list(MEASURES))),
        "which": data.draw(st.sampled_from(WHICH)),
        "county": data.draw(st.sampled_from(["", *BEHIND])),
        "step": data.draw(st.sampled_from(["", "19", "20"])),
    }
    for name, value in asks.items():
        at.query_params[name] = value
    for path in ("overview/village.py", "overview/map.py"):
        at.switch_page(path).run()
        read = Reader(html(at))
        assert any(asks["measure"] in figure.split("/") for figure, _ in read.figures)
        assert wrong(asked, read, CONTEST) == [], asks


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), phases=UNSHRUNK)
@given(data=st.data())
def test_every_figure_of_any_small_programme_is_what_its_query_says(
    open_page: Open, sample: Sample, data: st.DataObject
):
    """Programmes without steps, needs or plans; days before the issue and after all is due."""
    with sample.store.reading() as tx:
        owner, person = tx.value("SELECT id FROM competitions"), tx.value("SELECT id FROM people")
        there = {row["year"] for row in tx.rows("SELECT year FROM programmes")}
    first = TODAY - timedelta(days=30)
    rows = data.draw(programmes(first, str(owner), str(person)))
    year = int(str(rows["programmes"][0]["year"]))
    if year not in there:
        enter(sample.store, rows)
    day = (first + timedelta(days=data.draw(st.integers(-2, 70)))).isoformat()
    asked, typed = Asked(sample.store, day, year), written(sample.store)
    at = open_page("leader", "zh", OVERVIEW[0].path, year=str(year), day=day)
    at.query_params["measure"] = data.draw(st.sampled_from(list(MEASURES)))
    for page in ("screen", "village", "map", "weekly"):
        at.switch_page(f"overview/{page}.py").run()
        assert not at.exception, [error.value for error in at.exception]
        read = Reader(html(at))
        assert wrong(asked, read, CONTEST) == [], (page, rows)
        assert unmarked(read, typed, "zh") == [], (page, rows)


def unsaid(page: Reader) -> list[str]:
    """Panels with figures that do not say a question, a day and a source."""
    return [
        block.text
        for block in page.blocks
        if block.figures and not (ASKS.search(block.text) and DAY.search(block.text))
    ]
