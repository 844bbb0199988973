"""An audience vote in a browser: declared, cards made, two phones, closed, shown, counted."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, ViewportSize, expect

import db
from competition.ids import digest
from competition.marks.outside import answer_outside
from competition.results.standings import standings
from competition.rounds import rounds
from competition.rounds.composites import VOTE, TypedPart, set_parts
from competition.sign_ins import visitor_of
from competition.visitor import Visitor
from competition.voting import ballots, cards, views
from competition.voting.codes import hash_of, in_groups
from db import votes
from db.invariants import verify
from examples.entering import Entered
from tests.browser import pads
from tests.browser.halls import Arena
from tests.browser.halls import fill as fill_arena
from tests.browser.inside import sign_in
from tests.browser.proxy import Proxy
from tests.browser.server import HOST, Server
from tests.browser.test_composite import choose, come_in, do, go_to, type_parts
from tests.browser.test_looks import CONTROL, MENU_CLOSED, by_size
from tests.browser.test_results import fill
from words import t

PARTS = "organizers.parts"
CARDS = 16
"""As many as both journeys of a vote need, which begin from one filling."""
PRINTED = re.compile(r"\b[0-9A-Z]{4}(?:\W{1,3}[0-9A-Z]{4}){3}\b")
"""A code on a card, as a reader of the PDF gives it: a hyphen may come as another sign."""
SMALL: ViewportSize = {"width": 360, "height": 640}
PHONE: ViewportSize = {"width": 390, "height": 844}
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


def say(key: str, lang: str = "zh", **values: object) -> str:
    return t(f"vote.{key}", lang, **values)


def lost(desk: Page, number: str) -> None:
    """A card is given up, with the reason."""
    desk.get_by_label(t("organizers.vote.cancel_number", "zh")).fill(number)
    desk.get_by_label(t("organizers.ask.reason", "zh")).fill("遗失")
    desk.get_by_role("button", name=t("organizers.vote.cancel_send", "zh")).click()
    expect(desk.get_by_text(t("organizers.vote.lost.title", "zh"))).to_be_visible()


def ballots_file(desk: Page) -> set[str]:
    """The hashes in the file of ballots, whose own hash the page names."""
    with desk.expect_download() as taken:
        desk.get_by_role("link", name=t("organizers.vote.ballots_file", "zh")).click()
    content = Path(taken.value.path()).read_bytes()
    expect(desk.get_by_text(hashlib.sha256(content).hexdigest())).to_be_visible()
    return {line.split(",")[0] for line in content.decode().splitlines()[1:]}


def fill_drafted(store: db.Store) -> Entered:
    """The sample with its final certified, and a composite in draft; it is opened elsewhere."""
    entered = fill(store)
    with store.reading() as tx:
        who = visitor_of(tx, entered.organizer.person_id)
    rounds.create_round(store, who, title="综合成绩", kind="composite", at=datetime.now(UTC))
    return entered


def drafted(server: Server) -> str:
    """The id of the composite."""
    with pads.opened(server) as store, store.reading() as tx:
        return str(tx.value("SELECT id FROM rounds WHERE kind = 'composite'"))


def act(server: Server, do: Callable[[db.Store, Visitor, datetime], object], role: str) -> None:
    """Something a person does by another page, which is looked at elsewhere."""
    pads.act(server, do, who=getattr(server.filled, role).person_id)


def read_codes(page: Page, server: Server, round_id: str) -> list[str]:
    """Three cards made on the page; their codes read from the PDF, as a hall reads them."""
    go_to(page, server, "vote", round_id)
    page.get_by_label(t("organizers.vote.make_count", "zh")).fill("3")
    page.get_by_role("button", name=t("organizers.vote.make_send", "zh"), exact=True).click()
    link = page.get_by_role("link", name=t("organizers.vote.fresh_pdf", "zh"))
    with page.expect_download() as taken:
        link.click()
    printed = pypdfium2.PdfDocument(Path(taken.value.path()).read_bytes())
    text = printed[0].get_textpage().get_text_range()
    signs = PRINTED.findall(text)
    assert len(signs) == 3, text
    page.get_by_role("button", name=t("organizers.act.put_away", "zh")).click()
    expect(link).to_have_count(0)
    return [re.sub(r"\W", "", one) for one in signs]


@pytest.mark.long(
    "browser/test_vote.py::test_the_host_opens_and_closes_and_the_phones_say_how_it_is",
    "organizers/live/test_vote_page.py::"
    "test_cards_are_made_taken_and_put_away_and_a_lost_one_is_given_up",
    "organizers/live/test_vote_page.py::"
    "test_once_it_is_closed_the_desk_counts_and_offers_the_ballots",
    "browser/test_vote_takeover.py::test_no_ballot_is_lost_by_a_takeover_and_none_counts_twice",
    "competition/voting/test_votes.py::test_a_vote_is_declared_once_and_hashed_with_the_rules",
    "competition/voting/test_votes.py::test_a_score_is_made_exactly",
    "competition/voting/test_votes.py::test_a_card_belongs_to_the_first_phone_and_a_phone_holds_one",
    "routes/test_vote.py::test_two_taps_at_once_are_one_ballot",
)
def test_an_audience_votes(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    cut_wire: Callable[[Server], Proxy],
    shot: Callable[..., Path],
):
    """One phone retries while cut off, another tries the same card; the sum is done by hand."""
    server = live_server(fill_drafted)
    desk = new_page("desk", "zh")
    come_in(desk, server)
    round_id = drafted(server)
    type_parts(desk, server, round_id, "vote", "大众评审", ("80%", "20%"))
    choose(desk, t(f"{PARTS}.hall_label", "zh"), t(f"{PARTS}.hall.result", "zh"))
    shot(desk, "vote_parts")
    desk.get_by_role("button", name=t(f"{PARTS}.save", "zh"), exact=True).click()
    expect(desk.get_by_text(t(f"{PARTS}.meaning", "zh"))).to_be_visible()
    act(
        server,
        lambda store, who, at: rounds.open_round(
            store, who, round_id, signed="全体", late="办法已印发", at=at
        ),
        "organizer",
    )
    first, second, _ = read_codes(desk, server, round_id)
    lost(desk, "3")

    phone, other, wire = new_page("phone", "zh"), new_page("phone", "en"), cut_wire(server)
    phone.goto(f"http://{HOST}:{wire.port}/vote/{round_id}?lang=zh#{first}")
    expect(phone.get_by_text(say("waiting"))).to_be_visible()
    shot(phone, "vote_phone_waiting")
    desk.get_by_role("button", name=t("organizers.vote.act.open", "zh")).click()
    do(desk)
    expect(desk.get_by_text(t("organizers.vote.state.open", "zh"))).to_be_visible()
    shot(desk, "vote_desk_open")
    phone.reload()
    phone.locator(".place").nth(2).click()
    for size in SMALL, PHONE:
        phone.set_viewport_size(size)
        assert phone.evaluate(SIDEWAYS) <= 0
        expect(phone.locator(".go")).to_be_in_viewport(ratio=1)
        shot(phone, f"vote_phone_open_{size['width']}")
    wire.cut()
    phone.locator(".go").click()
    expect(phone.get_by_text(say("offline"))).to_be_visible()
    shot(phone, "vote_phone_offline")
    wire.restore()
    expect(phone.get_by_text(say("voted"), exact=True)).to_be_visible()
    shot(phone, "vote_phone_voted")
    receipt = phone.locator(".rule dd").nth(1).inner_text()
    phone.reload()
    expect(phone.locator(".rule dd").nth(1)).to_have_text(receipt)

    other.goto(f"{server.url}/vote/{round_id}?lang=en#{first}")
    expect(other.get_by_text(say("other", "en"))).to_be_visible()
    shot(other, "vote_phone_other")
    other.goto(f"{server.url}/vote/{round_id}?lang=en#{second}")
    other.locator(".place").nth(2).dblclick()
    expect(other.locator(".go")).to_be_disabled()
    other.locator(".place").nth(0).click()
    other.set_viewport_size(SMALL)
    assert other.evaluate(SIDEWAYS) <= 0
    expect(other.locator(".go")).to_be_in_viewport(ratio=1)
    shot(other, "vote_phone_open_en")
    other.locator(".go").dblclick()
    expect(other.get_by_text(say("voted", "en"), exact=True)).to_be_visible()
    shot(other, "vote_phone_voted_en")

    desk.reload()
    desk.get_by_role("button", name=t("organizers.vote.act.close", "zh")).click()
    do(desk)
    expect(desk.get_by_text(t("organizers.vote.result", "zh"), exact=True).first).to_be_visible()
    shot(desk, "vote_desk_closed")
    assert ballots_file(desk) == {digest(first), digest(second)}
    hall = new_page("hall", "zh")
    come_in(hall, server)
    listing = list(server.filled.rounds.values())[-1]
    hall.goto(f"{server.url}/hall/{listing}?lang=zh")
    expect(hall.locator("main")).to_contain_text(t("hall.vote.received", "zh"))
    shot(hall, "vote_hall_count")
    desk.get_by_role("button", name=t("organizers.vote.act.show", "zh")).click()
    do(desk)
    expect(hall.locator(".h-line").first).to_be_visible()
    shot(hall, "vote_hall_result")

    tablet = new_page("tablet", "zh")
    come_in(tablet, server)
    go_to(tablet, server, "vote", round_id)
    expect(tablet.get_by_text(t("organizers.vote.result", "zh"), exact=True).first).to_be_visible()
    tablet.add_style_tag(content=MENU_CLOSED)
    assert by_size(tablet, least=CONTROL) == {}

    with pads.opened(server) as store, store.reading() as tx:
        listed = str(tx.value("SELECT list_id FROM votes WHERE round_id = :r", r=round_id))
    act(
        server,
        lambda store, who, at: answer_outside(store, who, listed, approve=True, at=at),
        "supervisor",
    )
    counted_by_hand(server, round_id, listing)


def counted_by_hand(server: Server, round_id: str, listing: str) -> None:
    """80 % of the final's published score, and 20 for the two that have a vote each."""
    store = db.Store(server.path)
    try:
        with store.reading() as tx:
            who = visitor_of(tx, str(server.filled.organizer.person_id))
        voted = {one["id"] for one, found in views.vote_view(store, who, round_id).lines if found}
        assert len(voted) == 2
        at = datetime.now(UTC)
        final = {
            one.entrant_id: one.official for one in standings(store, who, listing, at=at).lines
        }
        for line in standings(store, who, round_id, at=at).lines:
            exact = Decimal("0.8") * final[line.entrant_id] + (
                20 if line.entrant_id in voted else 0
            )
            assert line.official == exact.quantize(Decimal("0.01"), "ROUND_HALF_UP")
        assert verify(store) == []
    finally:
        store.close()


@dataclass(frozen=True)
class Voted:
    """The township arena, its open composite, and the codes of its cards."""

    arena: Arena
    id: str
    codes: tuple[str, ...]

    @property
    def organizer(self) -> str:
        """The organizer's id."""
        return str(self.arena.entered.organizer.person_id)


def vote_of_arena(store: db.Store) -> Voted:
    """The township arena with a vote that the host may open at any time, and its cards."""
    arena = fill_arena(store)
    with store.reading() as tx:
        who = visitor_of(tx, str(arena.entered.organizer.person_id))
    at = datetime.now(UTC)
    round_id = rounds.create_round(store, who, title="综合成绩", kind="composite", at=at)
    parts = [
        TypedPart(arena.round_id, title="现场展示", weight="0.8"),
        TypedPart(VOTE, title="大众评审", weight="0.2", opens="any_time", hall="result", most="2"),
    ]
    set_parts(store, who, round_id, parts, {"top": "3"}, at=at)
    rounds.open_round(store, who, round_id, signed="全体", late="办法已印发", at=at)
    made = cards.issue_codes(store, who, round_id, str(CARDS), at=at)
    return Voted(arena, round_id, tuple(card.code for card in made))


def test_the_host_opens_and_closes_and_the_phones_say_how_it_is(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """Every state of a phone; the host's two buttons; the hall. The desk is test_vote_page's."""
    server = live_server(vote_of_arena)
    found: Voted = server.filled
    arena, round_id, codes = found.arena, found.id, found.codes
    host, phone = new_page("phone", "zh"), new_page("phone", "zh")
    sign_in(host, server, arena.entered.tokens[str(arena.entered.host.person_id)])
    host.goto(f"{server.url}/host/{arena.round_id}?lang=zh")
    host.on("dialog", lambda dialog: dialog.accept())
    printed = codes[5]
    hall = new_page("hall", "en")
    sign_in(hall, server, arena.entered.tokens[str(arena.entered.organizer.person_id)])
    hall.goto(f"{server.url}/hall/{arena.round_id}?lang=en")
    shot(host, "vote_host_waiting")
    host.locator("[data-vote=open]").click()
    expect(host.locator("[data-vote=close]")).to_be_visible()
    shot(host, "vote_host_open")
    expect(hall.locator("main")).to_contain_text(t("hall.vote.how", "en"))
    shot(hall, "vote_hall_open")

    phone.goto(f"{server.url}/vote/{round_id}?lang=zh")
    phone.get_by_label(say("type_code")).fill("K4QD 7XMP")
    phone.locator(".go").click()
    expect(phone.get_by_text(say("unknown"), exact=True)).to_be_visible()
    shot(phone, "vote_phone_unknown")
    phone.get_by_label(say("type_code")).fill(in_groups(codes[0]).lower())
    phone.locator(".go").click()
    expect(phone.locator(".place")).to_have_count(len(arena.entrants))
    for place in (0, 1, 2):
        phone.locator(".place").nth(place).click()
    expect(phone.locator(".place.on")).to_have_count(2)
    phone.goto(f"{server.url}/vote/{round_id}?lang=zh#{codes[1]}")
    expect(phone.get_by_text(say("held"), exact=True)).to_be_visible()
    shot(phone, "vote_phone_held")
    voter = new_page("phone", "zh")
    voter.goto(f"{server.url}/vote/{round_id}?lang=zh#{printed}")
    voter.locator(".place").nth(2).click()
    voter.locator(".go").dblclick()
    expect(voter.get_by_text(say("voted"), exact=True)).to_be_visible()
    receipt = voter.locator(".rule dd").nth(1).inner_text()
    voter.reload()
    expect(voter.locator(".rule dd").nth(1)).to_have_text(receipt)
    late = new_page("phone", "en")
    late.goto(f"{server.url}/vote/{round_id}?lang=en#{printed}")
    expect(late.get_by_text(say("other", "en"))).to_be_visible()
    late.goto(f"{server.url}/vote/{round_id}?lang=en#{codes[2]}")
    late.locator(".place").first.click()

    chosen = (arena.entrants[4], arena.entrants[9])
    store = db.Store(server.path)
    sent = [ballots.Sent(round_id, hash_of(one), digest(one), chosen) for one in codes[3:5]]
    ballots.answer_all(store, sent, at=datetime.now(UTC))
    store.close()
    host.locator("[data-vote=close]").click()
    expect(host.locator("[data-vote=show]")).to_be_visible()
    shot(host, "vote_host_closed")
    with pads.opened(server) as store, store.reading() as tx:
        counted = {row["hash"] for row in votes.ballots(tx, round_id)}
    assert counted == {digest(one) for one in (printed, *codes[3:5])}
    late.locator(".go").click()
    expect(late.get_by_text(say("closed", "en"), exact=True)).to_be_visible()
    expect(late.get_by_text(say("closed_lost", "en"))).to_be_visible()
    shot(late, "vote_phone_closed_en")
    expect(hall.locator("main")).to_contain_text(t("hall.vote.received", "en"))
    shot(hall, "vote_hall_count_en")
    host.locator("[data-vote=show]").click()
    expect(hall.locator(".h-line").first).to_be_visible()
    shot(hall, "vote_hall_result_en")
    expect(host.locator("[data-vote]")).to_have_count(0)
