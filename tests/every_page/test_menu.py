"""The menu: thirteen entries, each role its own, and where each role comes in."""

import pytest

from competition.people import people
from competition.rights import PIN_ROLES, READS
from tests.every_page.test_matrix import NOW, somebody
from tests.opening import Open, Sample, html
from ui.pages import GROUPS, OVERVIEW_GROUPS, PAGE, PAGES
from words import LANGS, t

ENTRIES = [entry for entries in GROUPS.values() for entry in entries]
OF_ROLE = {
    "organizer": set(ENTRIES),
    "supervisor": {"overview", "sign", "live", "collect", "standings", "analysis", "lists", "log"},
    "scorekeeper": {
        "overview",
        "people",
        "sign",
        "live",
        "collect",
        "standings",
        "analysis",
        "lists",
        "log",
    },
    "timekeeper": {"overview", "live"},
    "host": {"overview", "live", "lists"},
    "checker": {"overview", "collect"},
}
LANDING = {
    "organizer": "organizers.overview",
    "supervisor": "organizers.waiting",
    "scorekeeper": "organizers.progress",
    "timekeeper": "organizers.stage",
    "host": "organizers.stage",
    "checker": "organizers.transcribing",
}


def test_thirteen_entries_hold_every_page():
    """No page is lost, and none stands on its own besides a judge's and a person's own PIN."""
    assert len(ENTRIES) == len(set(ENTRIES)) == 13
    of_organizers = [page for page in PAGES if page.key.startswith("organizers.")]
    assert {page.entry for page in of_organizers if page.key != "organizers.pin"} == set(ENTRIES)
    assert {page.entry for page in PAGES if page.key.startswith("judges.")} == {""}


@pytest.mark.parametrize("role", ["leader", "office"])
def test_leaders_and_the_office_have_the_menu_of_the_overview(
    open_page: Open, sample: Sample, role: str
):
    """Not the contest's; they land on 一屏."""
    name = somebody(sample, role)
    organizer, person_id = sample.entered.organizer, str(sample.who_is(name).person_id)
    people.grant_role(sample.store, organizer, person_id, role, at=NOW)
    front = open_page(name, "zh", "", title=None)
    assert f">{t('overview.screen.title', 'zh')}</h1>" in html(front)
    labels = [link.proto.label for link in front.sidebar.get("page_link")]
    entries = [
        entry
        for group in OVERVIEW_GROUPS.values()
        for entry in group
        if role in READS[PAGE[f"overview.{entry}"].read].roles
    ]
    assert ("report" in entries) == (role == "office")
    assert labels == [t(f"entry.{entry}", "zh") for entry in entries]


@pytest.mark.parametrize("role", OF_ROLE)
def test_a_role_sees_its_own_entries_and_lands_on_its_work(
    open_page: Open, sample: Sample, role: str
):
    """Without an address, the page of the role's work comes."""
    name = somebody(sample, role)
    for lang in LANGS:
        at = open_page(name, lang, PAGE[LANDING[role]].path)
        front = open_page(name, lang, "", title=None)
        assert f">{t(f'{LANDING[role]}.title', lang)}</h1>" in html(front)
        labels = [link.proto.label for link in at.sidebar.get("page_link")]
        names = [t(f"entry.{entry}", lang) for entry in ENTRIES if entry in OF_ROLE[role]]
        names += [t("entry.whole", lang)] if role == "organizer" else []
        assert labels == names + ([t("ui.pin.unset", lang)] if role in PIN_ROLES else [])


def test_the_pages_of_an_entry_lead_to_each_other(open_page: Open):
    """评分办法: rubric and rules, the one shown marked."""
    at = open_page("organizer", "zh", PAGE["organizers.rubric"].path)
    parts = [link.proto.page for link in at.main.get("page_link")][:2]
    assert parts == ["organizers-rubric", "organizers-rules"]
