"""Who sees which page of the overview, and what a page says of its day."""

import re
from html import unescape

import pytest

from competition.rights import READS
from tests.opening import Open, Sample, html
from ui.pages import OVERVIEW
from words import t


@pytest.mark.parametrize(
    ("role", "lang"),
    [
        ("county", "en"),
        *(
            pytest.param(
                *of,
                marks=pytest.mark.long(
                    "every_page/test_matrix.py::test_every_page_shows_what_a_role_may_see",
                    "overview/test_figures.py::test_every_figure_of_every_page_is_what_its_query_says",
                ),
            )
            for of in (("leader", "en"), ("office", "zh"), ("organizer", "zh"))
        ),
    ],
)
def test_every_page_of_the_overview_opens_with_its_title(
    open_page: Open, sample: Sample, role: str, lang: str
):
    """With data, in both languages; a county's page names no other county's villages as links."""
    at = open_page(role, lang, OVERVIEW[0].path)
    for page in (page for page in OVERVIEW if role in READS[page.read].roles):
        at.switch_page(page.path).run()
        assert not at.exception, (page.key, [error.value for error in at.exception])
        text = html(at)
        assert f">{t(f'{page.key}.title', lang)}</h1>" in text, page.key
        if role == "county":
            assert set(re.findall(r"code=(\d{6})\d{6}", text)) <= {"532529"}, page.key
        for judge in ("评委", "judge"):
            assert not re.search(rf"{judge}\s?\d", text), page.key


def test_a_village_of_another_county_is_refused_by_its_address(open_page: Open, sample: Sample):
    at = open_page("county", "zh", "overview/village.py")
    at.query_params["code"] = "532525103211"
    at.run()
    assert t("error.missing", "zh") in unescape(html(at))
    assert "黑尼村" not in html(at)


def test_a_village_is_opened_by_its_address(open_page: Open, sample: Sample):
    at = open_page("leader", "zh", "overview/village.py")
    at.query_params["code"] = "532525103211"
    at.run()
    assert "黑尼村" in html(at)
    assert t("overview.village.need_unit", "zh") in html(at)


def test_the_years_stand_beside_each_other_by_the_day_of_the_address(
    open_page: Open, sample: Sample
):
    """And not by today, which the heading does not name then."""
    with sample.store.reading() as tx:
        day = str(tx.value("SELECT max(begins_on) FROM programmes"))
    at = open_page("leader", "zh", "overview/learning.py")
    at.query_params["day"] = day
    at.run()
    assert f">{day}</span>）" in unescape(html(at))
