"""At the bare host a contest's pages are refused at their addresses, too, not only in the menu."""

from tests.opening import html
from tests.province.conftest import Look
from ui.elsewhere import is_there
from ui.pages import OF_PROVINCE, PAGES
from words import t

THERE = [page for page in PAGES if is_there(page)]


def test_every_page_of_the_registry_is_the_provinces_own_or_refused(look: Look):
    """A typed address of each other page says where it is and no more; its own open."""
    refused = [page for page in PAGES if page not in THERE]
    assert {page.key for page in THERE} == {
        "organizers.links", "organizers.pairing", "organizers.pin", "organizers.audit",
        "organizers.log",
    }  # fmt: skip
    at = look("")
    for page in refused:
        shown = html(at.switch_page(page.path).run())
        assert not at.exception, page.key
        assert t("error.no_contest_here", "zh") in shown, page.key
        assert not at.text_input, page.key
        assert not at.main.get("button"), page.key
    for page in (*THERE, *OF_PROVINCE):
        assert t("error.no_contest_here", "zh") not in html(at.switch_page(page.path).run())
        assert not at.exception, page.key
