"""A round that cannot be ranked yet says so in plain words."""

import re
from functools import partial

import pytest

from tests.opening import BOTH, Open, Sample, html, village
from tests.organizers.acting import has
from words import t


@pytest.fixture
def sample(sample_by) -> Sample:
    """The sample opened, with no sheet in."""
    return sample_by(partial(village, marks=False))


@pytest.mark.parametrize("lang", BOTH)
def test_nothing_to_rank_is_an_empty_page_that_says_what_comes(open_page: Open, lang: str):
    """No blank table, no traceback."""
    page = html(open_page("organizer", lang, "organizers/results/standings/page.py"))
    assert t("organizers.standings.none.nothing_to_rank", lang) in page
    assert t("error.nothing_to_rank", lang) in page
    assert "<table" not in page


def test_everything_else_is_open_all_the_same(open_page: Open):
    """The desk and the progress show an unmarked round."""
    assert has(open_page("organizer", "zh", "organizers/live/desk/page.py"), "next")
    page = html(open_page("organizer", "zh", "organizers/live/collect/progress.py"))
    assert re.search(r">[^<]*\b0/3\d\d<", page)
