"""Every figure on every screen is what a direct query says, for each measure and county."""

import re
from html import unescape

import pytest

from competition.programme.measures import MEASURES
from competition.rights import READS
from tests.opening import Open, Sample, html
from ui.pages import OVERVIEW
from words import t

DAY = "date('now', '+8 hours')"
YES = "count(DISTINCT v.code)"
BASE = """FROM task_villages v {join} WHERE v.programme_id =
    (SELECT id FROM programmes ORDER BY year DESC LIMIT 1) {where} GROUP BY substr(v.code, 1, 6)"""
OF_PLAN = "JOIN village_plans p ON p.programme_id = v.programme_id AND p.code = v.code"
OF_FIGURE = "JOIN village_figures f ON f.programme_id = v.programme_id AND f.code = v.code"
STEPS = """(SELECT count(*) FROM village_steps s WHERE s.programme_id = v.programme_id
    AND s.code = v.code AND s.done_on IS NOT NULL {due})"""
DUE = f"""AND s.number IN (SELECT number FROM programme_steps q
    WHERE q.programme_id = v.programme_id AND q.due_on < {DAY})"""
DIRECT = {
    "villages": (YES, "", ""),
    "finished": (YES, OF_PLAN, "AND p.kind = 'village' AND p.finished_on IS NOT NULL"),
    "reviewed": (YES, OF_PLAN, "AND p.kind = 'village' AND p.reviewed_on IS NOT NULL"),
    "filed": (YES, OF_PLAN, "AND p.kind = 'village' AND p.filed_on IS NOT NULL"),
    "special": (
        YES,
        "",
        """AND 5 = (SELECT count(*) FROM village_plans p WHERE p.programme_id = v.programme_id
        AND p.code = v.code AND p.kind <> 'village' AND p.finished_on IS NOT NULL)""",
    ),
    "people": ("sum(f.amount)", OF_FIGURE, "AND f.kind = 'people'"),
    "fund": ("sum(f.amount)", OF_FIGURE, "AND f.kind = 'fund'"),
    "met": (
        "count(*)",
        "JOIN needs n ON n.programme_id = v.programme_id AND n.code = v.code",
        "AND n.met_on IS NOT NULL",
    ),
    "overdue": (
        YES,
        "",
        f"""AND {STEPS.format(due=DUE)} < (SELECT count(*) FROM programme_steps q
        WHERE q.programme_id = v.programme_id AND q.due_on < {DAY})""",
    ),
    "all_steps": (YES, "", f"AND {STEPS.format(due='')} = 28"),
}
"""Each measure to a query of its figure by county, written apart from the reads."""


def direct(sample: Sample, key: str) -> dict[str, int]:
    """A measure's figure by county's code."""
    figure, join, where = DIRECT[key]
    sql = f"SELECT substr(v.code, 1, 6) AS county, {figure} AS n " + BASE.format(
        join=join, where=where
    )
    with sample.store.reading() as tx:
        return {row["county"]: int(row["n"]) for row in tx.rows(sql)}


def shown(value: int, key: str) -> str:
    """A figure as a screen writes it."""
    return f"{value / 10_000:,.0f}" if key == "fund" else f"{value:,}"


def test_every_measure_has_its_direct_query():
    assert set(DIRECT) == set(MEASURES)


def test_the_band_of_one_screen_says_what_a_query_says(open_page: Open, sample: Sample):
    page = html(open_page("leader", "zh", "overview/screen.py"))
    found = dict(
        re.findall(r'measure=(\w+)[^"]*"[^>]*o-fig[^>]*>.*?<b>([\d,]+)<small>', page, re.S)
    )
    assert len(found) == 8
    for key, figure in found.items():
        total = sum(direct(sample, key).values())
        assert figure == shown(total, key), key


def test_table_and_tiles_of_the_map_say_what_queries_say(open_page: Open, sample: Sample):
    """Each measure chosen in turn: its column, county by county, and the sum."""
    at = open_page("leader", "zh", "overview/map.py")
    for key in MEASURES:
        at.query_params["measure"] = key
        at.run()
        page = unescape(html(at))
        by_county = direct(sample, key)
        cells = dict(re.findall(rf'measure={key}&county=(\d+)&which=with"[^>]*>([\d,]+)', page))
        with sample.store.reading() as tx:
            codes = {
                row["c"] for row in tx.rows("SELECT substr(code, 1, 6) AS c FROM task_villages")
            }
        assert set(cells) == codes, key
        for code in codes:
            assert cells[code] == shown(by_county.get(code, 0), key), (key, code)


@pytest.mark.parametrize("role", ["leader", "office", "county", "organizer"])
def test_every_page_of_the_overview_opens_with_its_title(
    open_page: Open, sample: Sample, role: str
):
    """With data, in both languages; a county's page names no other county's villages as links."""
    for lang in ("zh", "en"):
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


def test_the_years_stand_beside_each_other_by_the_day_of_the_address(
    open_page: Open, sample: Sample
):
    """And not by today, which the heading does not name then."""
    with sample.store.reading() as tx:
        day = str(tx.value("SELECT max(begins_on) FROM programmes"))
    at = open_page("leader", "zh", "overview/learning.py")
    at.query_params["day"] = day
    at.run()
    assert f"（{day}）" in unescape(html(at))
