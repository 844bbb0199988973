"""The standings page: what it says, who may see it, and how a result is certified from it."""

import pytest

from tests.opening import Open, Sample, html


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_scores_stand_side_by_side(open_page: Open, sample: Sample, lang: str):
    """Announced beside adjusted; provisional until certified."""
    at = open_page("organizer", lang, "organizers/standings.py")
    page = html(at)
    assert page.count("<tr data-verdict") + page.count('data-verdict="') >= 40
