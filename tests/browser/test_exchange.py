"""After the contest: an organizer releases, a county reads, another county is refused."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import db
from commands.pictures.photographer import READY
from competition.documents.documents import add_document
from competition.people import links, people
from competition.programme import releasing
from competition.results import publishing
from competition.sign_ins import visitor_of
from tests.browser.server import Server
from tests.browser.test_results import come_in, fill, go_to
from tests.browser.waits import painted
from words import t

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TAKE = "async url => { const got = await fetch(url); return [got.status, await got.text()]; }"


def prepared(server: Server) -> list[str]:
    """Announced, the winner with a document; the links of a county that took part, and not."""
    entered, at = server.filled, datetime.now(UTC)
    round_id = list(entered.rounds.values())[-1]
    store = db.Store(server.path)
    try:
        with store.reading() as tx:
            who = visitor_of(tx, str(entered.organizer.person_id))
        where = (store, who, round_id)
        code = publishing.course(*where).sha256
        publishing.publish(*where, "announced", {}, sha256=code, at=at)
        winner = releasing.exchange_of(*where).winners[0].entrant_id
        add_document(store, who, winner, "规划.pdf", PDF, at=at)
        counties = sorted({one[:6] for one in entered.places})
        secrets = []
        for county in (counties[0], "539999"):
            person = people.add_person(store, who, name=f"{county}自然资源局", at=at)
            people.grant_role(store, who, person, "county", county=county, at=at)
            secrets.append(links.make_link(store, who, person, at=at))
        return [f"{server.url}/j/{secret}" for secret in secrets]
    finally:
        store.close()


@pytest.mark.long(
    "counties/test_exchange.py::test_an_organizer_releases_and_the_county_reads",
    "competition/programme/test_exchange.py::test_a_county_reads_its_own_villages_and_no_other_s",
    "competition/programme/test_exchange.py::test_a_plan_is_read_with_the_winner_s_agreement_alone",
)
def test_a_county_reads_what_was_released_and_another_nothing(
    kept_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """Nothing before; then its criteria, its villages, and a winner's document by its route."""
    server = kept_server(fill)
    urls = prepared(server)
    county, stranger = new_page("tablet", "zh"), new_page("phone", "zh")
    for page, url in zip((county, stranger), urls, strict=True):
        page.goto(url, wait_until="commit")
        page.goto(f"{server.url}/counties-exchange?lang=zh")
        expect(page.get_by_text(t("counties.exchange.none", "zh"))).to_be_visible()

    desk = new_page("desk", "zh")
    come_in(desk, server)
    go_to(desk, server, "publishing")
    desk.get_by_role("button", name=t("organizers.exchange.release_feedback", "zh")).click()
    form = desk.locator(".st-key-exchange-plan")
    chosen = form.get_by_label(t("organizers.exchange.plan", "zh"))
    chosen.scroll_into_view_if_needed()  # a list that opens while the page scrolls closes again
    desk.locator(READY).wait_for()
    painted(desk)
    chosen.click()
    desk.get_by_role("option").first.click()
    expect(desk.get_by_role("option")).to_have_count(0)
    form.get_by_label(t("organizers.exchange.agreement", "zh")).fill("村委会书面同意")
    form.get_by_role("button", name=t("organizers.exchange.release_plan", "zh")).click()
    expect(desk.get_by_text(t("organizers.exchange.no_more", "zh"))).to_be_visible()
    shot(desk, "exchange_desk")

    county.reload()
    expect(county.get_by_text(t("counties.exchange.plans", "zh"))).to_be_visible()
    address = county.locator("a[href^='/exchange/']").first.get_attribute("href")
    shot(county, "exchange_county")
    assert county.evaluate(TAKE, address) == [200, PDF.decode()]
    assert county.evaluate(TAKE, f"{address}x")[0] == 404
    stranger.reload()
    expect(stranger.get_by_text(t("counties.exchange.none", "zh"))).to_be_visible()
    assert stranger.evaluate(TAKE, address)[0] == 404
    shot(stranger, "exchange_stranger")
