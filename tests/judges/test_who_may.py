"""Whom a judge's pages are for."""

from datetime import UTC, datetime

import pytest

from competition.people import links, people
from tests.opening import ANY_LANG, Open, Sample, html
from tests.organizers.acting import close
from words import t


@pytest.mark.parametrize("lang", [ANY_LANG])
@pytest.mark.parametrize("role", ["organizer", "supervisor", "host", "scorekeeper"])
@pytest.mark.parametrize("page", ["judges/home.py", "judges/pad.py", "judges/my_sheets.py"])
def test_a_judges_pages_are_for_judges(
    open_page: Open, sample: Sample, role: str, page: str, lang: str
):
    """Whoever marks nothing sees no sheet, only whom the page is for."""
    at = open_page(role, lang, page, title=None)
    assert t("role.judge", lang) in html(at)
    assert 'class="a-refused"' in html(at)
    assert {one.key for one in at.get("bidi_component")} <= {"arena-lost"}


def test_a_chair_without_a_seat_has_a_page_to_sign_a_ruling(open_page: Open, sample: Sample):
    """There was none: a judge's pages are for those who mark, the standings for the staff."""
    organizer = sample.entered.organizer
    at = datetime.now(UTC)
    chair = people.add_person(sample.store, organizer, name="组长甲", at=at)
    people.grant_role(sample.store, organizer, chair, "chair", at=at, round_id=sample.round_id)
    secret = links.make_link(sample.store, organizer, chair, at=at)
    sample.cookies["chair"] = links.open_link(sample.store, secret, at=at, address="chair")
    close(sample)
    front = open_page("chair", "zh", "", title=None)
    assert t("judges.chair.title", "zh") in html(front)
    assert t("judges.chair.none", "zh") in html(front)
    assert "组长甲" in html(front)


def test_a_judges_first_page_names_the_judge(open_page: Open, sample: Sample):
    """It asked to check a name, and named nobody."""
    with sample.store.writing() as tx:
        tx.run("UPDATE people SET name = '张三' WHERE id = :p", p=sample.person("judge3"))
    page = html(open_page("judge3", "zh", "judges/home.py", title=None))
    assert "张三" in page
