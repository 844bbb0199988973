"""People and links: shown once, stored as a hash, ended at once."""

import re

import pytest

from competition import sign_ins
from competition.errors import LinkRevoked, SignInNeeded
from competition.people import links
from tests.opening import BOTH, Open, Sample, html
from tests.organizers.acting import events, has, is_refused, now, press
from words import t

PAGE = "organizers/prepare/people/page.py"


def secrets_on(at) -> list[str]:
    """The tokens of the links a page shows."""
    shown = html(at) + "\n".join(code.value for code in at.code)
    return re.findall(r"/j/([\w-]+)", shown)


def choose(at, sample: Sample, role: str):
    return at.selectbox(key="links-person").set_value(sample.person(role)).run()


@pytest.mark.parametrize("lang", BOTH)
def test_everybody_is_listed_with_roles_and_links(open_page: Open, lang: str):
    """19 people, none without a link."""
    page = html(open_page("organizer", lang, PAGE))
    assert t("organizers.links.note", lang, count=19, without=0) in page
    assert page.count("<tr") == 20
    assert t("role.chair", lang) in page


@pytest.mark.parametrize("role", ["supervisor", "scorekeeper", "host", "judge1"])
def test_nobody_else_has_this_page(open_page: Open, role: str):
    """Links are the organizers'."""
    assert is_refused(open_page(role, "zh", PAGE, title=None), PAGE)


def test_a_link_is_made_shown_once_and_opens(open_page: Open, sample: Sample):
    """Address, QR code and text; after it is put away nobody sees it, nor does the file."""
    at = choose(open_page("organizer", "zh", PAGE), sample, "judge3")
    press(at, "act-make_link")
    press(at, "confirm-make_link")
    (secret,) = secrets_on(at)
    assert "data:image/svg+xml" in html(at)
    cookie = links.open_link(sample.store, secret, at=now(), address="tablet")
    assert sign_ins.who_is(sample.store, cookie, at=now()).person_id == sample.person("judge3")
    press(at, "links-done")
    assert secrets_on(at) == []
    with sample.store.reading() as tx:
        for row in tx.rows("SELECT * FROM links") + tx.rows("SELECT * FROM events"):
            assert secret not in str(row)


def test_revoking_ends_the_link_and_its_devices(open_page: Open, sample: Sample):
    """The tablet that came in by it is out at once."""
    cookie = sample.cookie("judge3")
    at = choose(open_page("organizer", "zh", PAGE), sample, "judge3")
    press(at, "act-revoke_link")
    press(at, "confirm-revoke_link")
    secret = sample.entered.tokens[sample.person("judge3")]
    with pytest.raises(LinkRevoked):
        links.open_link(sample.store, secret, at=now(), address="tablet")
    with pytest.raises(SignInNeeded):
        sign_ins.who_is(sample.store, cookie, at=now())


def test_the_judges_list_has_a_new_link_for_each(open_page: Open, sample: Sample):
    """15 cards; former links stay while marking is on unless it is asked for."""
    at = press(open_page("organizer", "zh", PAGE), "act-print_links")
    assert at.checkbox(key="links-print-replace").value is False
    before = len(events(sample))
    press(at, "confirm-print_links")
    assert events(sample)[before:] == ["link_made"] * 15
    assert len(set(secrets_on(at))) == 15
    press(at, "links-put-away")
    assert secrets_on(at) == []


def test_without_a_person_chosen_nothing_can_be_pressed(open_page: Open):
    """And the page says why."""
    at = open_page("organizer", "zh", PAGE)
    assert at.button(key="act-make_link").disabled
    assert t("organizers.links.choose_first", "zh") in html(at)
    assert has(at, "act-print_links")


def test_counties_have_their_short_names_on_screens(open_page: Open):
    """屏边县 beside 屏边苗族自治县 would be one county by two names."""
    for page in ("panel", "people"):
        shown = html(open_page("organizer", "zh", f"organizers/prepare/{page}/page.py"))
        assert "自治县<" not in shown
        assert "蒙自市" in shown
