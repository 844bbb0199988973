"""Whom a judge's pages are for."""

import pytest

from tests.opening import Open, Sample, html
from words import t


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("role", ["organizer", "supervisor", "host", "scorekeeper"])
@pytest.mark.parametrize("page", ["judges/home.py", "judges/pad.py", "judges/my_sheets.py"])
def test_a_judges_pages_are_for_judges(
    open_page: Open, sample: Sample, role: str, page: str, lang: str
):
    """Whoever marks nothing sees no sheet, only whom the page is for."""
    at = open_page(role, lang, page, title=None)
    assert t("role.judge", lang) in html(at)
    assert 'class="a-refused"' in html(at)
    assert not at.get("bidi_component")
