"""Cards printed in the office, scanned in the hall: warned of, and printed again in one press."""

import re
from html import unescape

import pytest

from competition.people import printing
from organizers import address
from tests.opening import BOTH, Open, Sample, html
from tests.organizers.acting import events, has, now, press
from ui.plain import plain
from words import t

PAGE = "organizers/prepare/people/page.py"
OFFICE = "http://192.168.7.7:8501"


def printed(sample: Sample, address: str) -> None:
    judges = [sample.person("judge1"), sample.person("judge2")]
    printing.print_links(
        sample.store, sample.who("organizer"), judges, address=address, at=now(), replace=False
    )


@pytest.mark.parametrize("lang", BOTH)
def test_cards_with_another_address_are_printed_again_in_one_press(
    open_page: Open, sample: Sample, lang: str
):
    """The page says which address they carry; one press makes new ones for just these judges."""
    printed(sample, OFFICE)
    at = open_page("organizer", lang, PAGE)
    assert t("organizers.links.outdated", lang, count=2, address=OFFICE) in html(at)
    before = len(events(sample))
    press(at, "act-reprint")
    assert events(sample)[before:].count("link_made") == 2
    assert len(set(re.findall(r"/j/([\w-]+)", html(at)))) == 2
    press(at, "links-put-away")
    assert not has(at, "act-reprint")


@pytest.mark.parametrize("lang", BOTH)
def test_the_overview_warns_of_cards_that_lead_elsewhere(
    open_page: Open, sample: Sample, lang: str
):
    """Also on the day, with the way to the page where they are printed again."""
    said = t("organizers.check.open.printed", lang, count=2, address=OFFICE)
    assert said not in html(open_page("organizer", lang, "organizers/overview.py"))
    printed(sample, OFFICE)
    assert said in unescape(html(open_page("organizer", lang, "organizers/overview.py")))
    assert said not in html(open_page("host", lang, "organizers/overview.py"))


def test_this_machines_addresses_are_buttons(open_page: Open, monkeypatch: pytest.MonkeyPatch):
    """One press puts one into the field; an address that came since the start wants a restart."""
    monkeypatch.setattr(address, "network_addresses", lambda: ["10.1.2.3", "10.9.9.9"])
    at = open_page("organizer", "zh", PAGE)
    buttons = {str(one.key): one.label for one in at.button if str(one.key).startswith("address-")}
    expected = ["http://10.1.2.3:8501", "http://10.9.9.9:8501"]
    assert list(buttons.values()) == [plain(one) for one in expected]
    press(at, "address-1")
    assert at.text_input(key="links-address").value == "http://10.9.9.9:8501"
    assert address.new_addresses() == ()
    allowed = ["localhost", "10.1.2.3", "arena.local"]
    monkeypatch.setattr(address.st, "get_option", lambda _: allowed)
    assert address.new_addresses() == ("10.9.9.9",)
    assert [one.split("//")[1] for one in address.own_addresses()] == ["10.1.2.3", "arena.local"]


def test_cards_with_this_address_raise_no_alarm(open_page: Open, sample: Sample):
    """As the organizer's own browser came by it."""
    printed(sample, "http://organizer.arena.test:8501")
    assert not has(open_page("organizer", "zh", PAGE), "act-reprint")


def test_a_card_says_seat_competition_and_that_it_is_a_sample(open_page: Open):
    """What the staff at the door need to hand it to the right judge."""
    at = press(open_page("organizer", "zh", PAGE), "act-print_links")
    at.checkbox(key="links-print-plates").check()
    press(at, "confirm-print_links")
    page = html(at)
    assert page.count('class="a-card"') == 15
    assert page.count('class="a-plate"') == 15
    card = page.split('<article class="a-card">')[1]
    for words in ("评委01", "第一场", "村级决赛", t("ui.state.sample", "zh")):
        assert words in card.split("</article>")[0]
