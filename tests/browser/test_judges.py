"""A judge's journeys: a whole sheet, two judges at once, two links in one browser, a bad link."""

import re
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import playwright.sync_api as playwright
import pytest
from playwright.sync_api import Locator, Page, expect

import db
from competition.marks import marking
from competition.marks.marking import SheetView
from competition.people import links
from competition.sign_ins import visitor_of
from examples import village_final
from examples.entering import enter
from tests.browser import server as servers
from tests.browser.proxy import Proxy
from tests.browser.server import Server
from words import t

NAMES = {"organizer": "李梅", "supervisor": "陈刚", "host": "周莉", "scorekeeper": "吴敏"}
ON_STAGE = 13
KEY, TOGGLE = 56, 48


@dataclass(frozen=True)
class Hall:
    """What a journey knows: who marks the entrant on stage, and their links."""

    round_id: str
    entrant: str
    judges: tuple[str, ...]
    tokens: dict[str, str]
    organizer: str


def hall(store: db.Store) -> Hall:
    """The sample with entrant 13 on stage; of the sheets only the first session's are in."""
    event = village_final(2022)
    final = event.rounds[0]
    numbers = {code: number for _, number, code in final.order}
    code = next(code for code, number in numbers.items() if number == ON_STAGE)
    early = tuple(sheet for sheet in final.sheets if numbers[sheet.entrant] < 12)
    event = replace(event, rounds=(replace(final, sheets=early, on_stage=code, deductions=()),))
    begun = datetime.now(UTC) - timedelta(hours=12)
    entered = enter(store, event, at=begun, names=NAMES)
    round_id = entered.rounds[final.key]
    with store.reading() as tx:
        rows = tx.rows(
            """SELECT a.person_id FROM assignments a
            WHERE a.round_id = :r AND a.entrant_id = :e AND a.state = 'expected'
            ORDER BY a.person_id""",
            r=round_id,
            e=entered.entrants[code],
        )
    judges = tuple(row["person_id"] for row in rows)
    return Hall(
        round_id,
        entered.entrants[code],
        judges,
        entered.tokens,
        str(entered.organizer.person_id),
    )


def stored(server: Server, judge: str) -> SheetView:
    """A judge's sheet of the entrant on stage, as the database holds it."""
    store = db.Store(server.path)
    try:
        with store.reading() as tx:
            who = visitor_of(tx, judge)
        found: Hall = server.filled
        return marking.sheet_view(store, who, found.round_id, found.entrant, at=datetime.now(UTC))
    finally:
        store.close()


def come_in(page: Page, server: Server, judge: str, lang: str = "zh", port: int = 0) -> None:
    """Open a judge's link and go to the plain sheet, the pad's fallback."""
    url = f"http://{servers.HOST}:{port or server.port}"
    page.goto(f"{url}/j/{server.filled.tokens[judge]}")
    if lang != "zh":
        page.get_by_role("radio", name=t("ui.language.short", lang)).click()
    settled(page)
    page.goto(f"{url}/judges-sheet")
    expect(page.locator(".st-key-editor .j-q, .st-key-editor .j-outcome").first).to_be_attached()
    settled(page)


def settled(page: Page) -> None:
    """Wait until no run is under way."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=running]")).to_have_count(0)
    page.wait_for_timeout(150)


def editor(page: Page) -> Locator:
    """The inputs of the open criterion."""
    return page.locator(".st-key-editor")


def open_line(page: Page, number: int) -> None:
    """Tap a criterion's row, and wait until it is the open one."""
    row = page.locator(".st-key-marking [class*=st-key-open-] button").nth(number)
    maximum = row.locator("span").last.inner_text()
    row.tap()
    name = row.inner_text().removesuffix(maximum).strip()
    expect(editor(page).locator("h2")).to_have_text(name)  # not shown on narrow screens
    settled(page)


def mark(page: Page, anchor: int, key: int) -> str:
    """Tap an anchor of the open criterion and a key of it; return what the key says."""
    editor(page).locator("[class*=st-key-anchor-]").get_by_role("radio").nth(anchor).tap()
    expect(editor(page).locator("[class*=st-key-level-]")).to_be_visible()
    settled(page)
    tapped = editor(page).locator("[class*=st-key-level-]").get_by_role("radio").nth(key)
    said = tapped.inner_text()
    tapped.tap()
    return said


def smallest(page: Page) -> dict[str, tuple[float, float]]:
    """The size of every key and button that is smaller than it may be."""
    found: list[tuple[str, float, float, bool]] = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMain] button')]
        .filter(b => b.offsetParent)
        .map(b => [b.innerText, b.getBoundingClientRect().width,
                   b.getBoundingClientRect().height, !!b.closest('.st-key-language')])"""
    )
    return {
        words: (width, height)
        for words, width, height, toggles in found
        if min(width, height) < (TOGGLE if toggles else KEY) - 0.5
    }


@pytest.mark.parametrize(
    ("size", "lang", "scheme"),
    [("tablet", "zh", "light"), ("tablet_upright", "en", "dark"), ("phone", "zh", "light")],
)
def test_a_whole_sheet_with_a_reload_in_the_middle(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Any],
    size: str,
    lang: str,
    scheme: Any,
):
    """Seven criteria, two taps each; the reload forgets nothing; submitted, it is read only."""
    server = live_server(hall)
    judge = server.filled.judges[0]
    page = new_page(size, lang)
    page.emulate_media(color_scheme=scheme)
    come_in(page, server, judge, lang)
    given = [mark(page, 1, 1)]
    expect(page.locator(".j-state")).to_contain_text("1/7")
    shot(page, f"judge_sheet_{size}_{lang}_{scheme}")
    assert smallest(page) == {}
    for number in range(1, 4):
        open_line(page, number)
        given.append(mark(page, 0, 0))
        expect(page.locator(".j-state")).to_contain_text(f"{number + 1}/7")
    page.reload()
    expect(page.locator(".j-state")).to_contain_text("4/7")
    expect(page.locator(".j-val b")).to_have_count(4)
    for number in range(4, 7):
        open_line(page, number)
        given.append(mark(page, 3, 2))
        expect(page.locator(".j-state")).to_contain_text(f"{number + 1}/7")
    assert smallest(page) == {}
    shot(page, f"judge_complete_{size}_{lang}_{scheme}")
    assert [float(line.value or -1) for line in stored(server, judge).lines] == [
        float(said) for said in given
    ]
    page.get_by_role("button", name=t("judges.sheet.submit", lang), exact=True).tap()
    expect(page.locator(".j-state")).to_contain_text(t("judges.state.submitted", lang))
    expect(page.locator(".j-outcome")).to_be_visible()
    page.wait_for_timeout(400)
    shot(page, f"judge_submitted_{size}_{lang}_{scheme}")
    assert stored(server, judge).state == "submitted"


def test_two_judges_at_once(live_server: Callable[..., Server], new_page: Callable[..., Page]):
    """Tapping in turns in two browsers, each writes the own sheet and nothing else."""
    server = live_server(hall)
    one, two = server.filled.judges[:2]
    pages = {one: new_page("tablet", "zh"), two: new_page("tablet", "en")}
    for judge, lang in ((one, "zh"), (two, "en")):
        come_in(pages[judge], server, judge, lang)
    said: dict[str, list[str]] = {one: [], two: []}
    for number in range(3):
        for judge, key in ((one, 0), (two, 2)):
            open_line(pages[judge], number)
            said[judge].append(mark(pages[judge], 0, key))
    for judge, page in pages.items():
        expect(page.locator(".j-state")).to_contain_text("3/7")
        marks = [float(line.value) for line in stored(server, judge).lines if line.value]
        assert marks == [float(mark) for mark in said[judge]]
    assert said[one] != said[two]


def test_two_links_in_one_browser(
    live_server: Callable[..., Server], new_page: Callable[..., Page], shot: Callable[..., Any]
):
    """The former judge's page is refused at its next tap, in words; so is the route (409)."""
    server = live_server(hall)
    found: Hall = server.filled
    one, two = found.judges[:2]
    old = new_page("tablet", "zh")
    come_in(old, server, one)
    editor(old).locator("[class*=st-key-anchor-]").get_by_role("radio").nth(1).tap()
    settled(old)
    new = new_page(beside=old)
    new.goto(f"{server.url}/j/{found.tokens[two]}")
    expect(new.get_by_role("button", name=t("judges.home.go", "zh"))).to_be_visible()
    key = editor(old).locator("[class*=st-key-level-]").get_by_role("radio").nth(1)
    with suppress(playwright.TimeoutError):  # the page may have noticed before the tap
        key.tap(timeout=1500)
    expect(old.locator(".j-me h1")).to_have_text(t("judges.landing.ended_title", "zh"))
    expect(old.locator(".j-me")).to_contain_text(re.compile(t("error.replaced", "zh", name=".+")))
    expect(old.locator("[data-testid=stDialog]")).to_have_count(0)
    shot(old, "judge_replaced_tablet")
    sheet = stored(server, one)
    answer = old.evaluate(
        """async ([event, seat, round, entrant, criterion]) => {
            const answer = await fetch('/api/marks', {
                method: 'PUT', headers: {'Content-Type': 'application/json'},
                body: JSON.stringify({event, seat, round, entrant,
                    changes: [{id: 'late-1', criterion, value: '19.5', rev: 0}]})});
            return [answer.status, (await answer.json()).error];
        }""",
        [sheet.round["competition_id"], one, found.round_id, found.entrant, sheet.lines[0].id],
    )
    assert answer == [409, "wrong_seat"]
    assert stored(server, one).sheet_id is None
    assert stored(server, two).sheet_id is None
    old.get_by_role("link", name=t("judges.landing.reload", "zh")).tap()
    expect(old.get_by_role("button", name=t("judges.home.go", "zh"))).to_be_visible()


def test_a_link_that_does_not_open(
    live_server: Callable[..., Server], new_page: Callable[..., Page], shot: Callable[..., Any]
):
    """A wrong link and a revoked one each say so, and whom to ask."""
    server = live_server(hall)
    judge = server.filled.judges[0]
    page = new_page("phone", "zh")
    answer = page.goto(f"{server.url}/j/not-a-link")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_text(t("error.link_wrong", "zh"))).to_be_visible()
    shot(page, "judge_wrong_link_phone")
    come_in(page, server, judge)
    revoke(server, judge)
    page.reload()
    expect(page.locator(".j-me h1")).to_have_text(t("judges.landing.ended_title", "zh"))
    shot(page, "judge_ended_phone")
    answer = page.goto(f"{server.url}/j/{server.filled.tokens[judge]}")
    assert answer is not None
    assert answer.status == 410
    expect(page.get_by_text(t("error.link_revoked", "zh"))).to_be_visible()


def revoke(server: Server, judge: str) -> None:
    """The organizer revokes a judge's link."""
    store = db.Store(server.path)
    with store.reading() as tx:
        who = visitor_of(tx, server.filled.organizer)
        link = tx.value("SELECT id FROM links WHERE person_id = :p", p=judge)
    links.revoke_link(store, who, str(link), at=datetime.now(UTC))
    store.close()


def test_a_cut_wire_takes_no_tap_and_loses_none(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    cut_wire: Callable[[Server], Proxy],
):
    """While the wire is cut the keys are off; when it is back, all is as it was and goes on."""
    server = live_server(hall)
    judge = server.filled.judges[0]
    wire = cut_wire(server)
    page = new_page("tablet", "zh")
    come_in(page, server, judge, port=wire.port)
    mark(page, 1, 0)
    expect(page.locator(".j-state")).to_contain_text("1/7")
    wire.cut()
    key = editor(page).get_by_role("radio", name="21", exact=True)
    expect(key).to_be_disabled()
    wire.restore()
    expect(key).to_be_enabled(timeout=30_000)
    expect(page.locator(".j-val b").first).to_have_text("18.0")
    key.tap()
    expect(page.locator(".j-val b").first).to_have_text("21.0")
    assert stored(server, judge).lines[0].value == "21.0"


def test_a_tap_on_a_server_that_died_is_saved_by_the_one_after_it(
    live_server: Callable[..., Server], new_page: Callable[..., Page]
):
    """The tap was never heard: the new session is told of it by the keys and saves it."""
    server = live_server(hall)
    judge = server.filled.judges[0]
    page = new_page("tablet", "zh")
    come_in(page, server, judge)
    mark(page, 1, 0)
    expect(page.locator(".j-state")).to_contain_text("1/7")
    settled(page)
    server.process.send_signal(signal.SIGSTOP)
    editor(page).get_by_role("radio", name="21", exact=True).tap()
    page.wait_for_timeout(500)
    server.kill()
    after = servers.start(server.path, filled=server.filled, port=server.port)
    try:
        expect(page.locator(".j-val b").first).to_have_text("21.0", timeout=60_000)
        assert stored(after, judge).lines[0].value == "21.0"
    finally:
        after.stop()


def test_a_word_half_typed_outlives_a_change_of_language(
    live_server: Callable[..., Server], new_page: Callable[..., Page]
):
    """Typed digits wait in their field until they are entered."""
    server = live_server(hall)
    judge = server.filled.judges[0]
    page = new_page("tablet", "zh")
    come_in(page, server, judge)
    mark(page, 1, 3)
    expect(page.locator(".j-state")).to_contain_text("1/7")
    field = editor(page).locator("input")
    field.fill("20,")
    page.get_by_role("radio", name="EN").tap()
    expect(page.locator(".j-state")).to_contain_text("Saved 1/7")
    expect(field).to_have_value("20,")
    field.fill("20,5")
    editor(page).get_by_role("button", name=t("judges.sheet.enter", "en")).tap()
    expect(page.locator(".j-val b").first).to_have_text("20.5")
    expect(field).to_have_value("")
    assert stored(server, judge).lines[0].value == "20.5"
