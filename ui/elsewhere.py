"""At an installation's own host: which pages are open there, and what stands in place of others."""

from competition.province.errors import NoContestHere
from ui.access import enter_page
from ui.frame import refused
from ui.pages import LANDING, OWN_THERE, PROVINCE_GROUPS, Page

ENTRIES = frozenset(entry for entries in PROVINCE_GROUPS.values() for entry in entries)


def is_there(page: Page) -> bool:
    """Whether a page is the province's own, or of its people and its record."""
    return page.entry in ENTRIES or page.key in OWN_THERE or page == LANDING


def say_elsewhere() -> None:
    """Say in place of a contest's page that it is at the competition's own address."""
    refused(NoContestHere(), enter_page("province", of_round=False).lang, head="ui.closed_page")
