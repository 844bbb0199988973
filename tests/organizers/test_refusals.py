"""A round that cannot be ranked yet says so in plain words."""

import re
from datetime import UTC, datetime

import pytest

import competition
from examples import village_final
from examples.entering import enter
from tests.opening import NAMES, Open, Sample, html
from tests.organizers.acting import has
from words import t


@pytest.fixture
def sample(tmp_path, monkeypatch):
    """The sample opened, with no sheet in."""
    path = tmp_path / "arena.db"
    monkeypatch.setenv("ARENA_DB", str(path))
    store = competition.open_store(path)
    at = datetime(2022, 3, 18, 1, tzinfo=UTC)
    yield Sample(path, store, enter(store, village_final(2022), at=at, names=NAMES, marks=False))
    competition.close_all()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_to_rank_is_an_empty_page_that_says_what_comes(open_page: Open, lang: str):
    """No blank table, no traceback."""
    page = html(open_page("organizer", lang, "organizers/results/standings/page.py"))
    assert t("organizers.standings.none.nothing_to_rank", lang) in page
    assert t("error.nothing_to_rank", lang) in page
    assert "<table" not in page


def test_everything_else_is_open_all_the_same(open_page: Open):
    """The desk and the progress show an unmarked round."""
    assert has(open_page("organizer", "zh", "organizers/live/desk/page.py"), "act-call")
    page = html(open_page("organizer", "zh", "organizers/live/collect/progress.py"))
    assert re.search(r">[^<]*\b0/3\d\d<", page)
