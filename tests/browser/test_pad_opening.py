"""The pad comes to its keys by itself, whichever request of its opening is lost or overtaken."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

import db
from competition.lineup import entrants, panel
from competition.rounds import rounds
from competition.rounds.rubric import set_rubric
from competition.rounds.rules import RoundRules
from competition.sign_ins import visitor_of
from judges.pad_files import version
from scoring import Rules
from tests.browser import pads
from tests.browser.pads import Hall, Pad
from tests.browser.server import Server

WAYS = ("cut", "busy", "silent", "overtaken")
SOON, ENOUGH = 3_500, 12_000
"""Milliseconds on the page's clock: all others have been answered; whatever was lost has been
asked for again."""
WIRE = """(() => {
  if (!location.pathname.startsWith("/pad")) return;
  const { how, place } = JSON.parse(sessionStorage.getItem("trial") || "{}");
  const theirs = window.fetch;
  let asked = 0;
  window.asked = () => asked;
  window.letGo = () => {};
  window.fetch = async (url, options) => {
    if (!String(url).includes("/api/")) return theirs(url, options);
    const isMine = asked === place;
    asked += 1;
    if (!isMine) return theirs(url, options);
    if (how === "cut") throw new TypeError("cut");
    if (how === "silent") return new Promise(() => {});
    const html = { "Content-Type": "text/html" };
    if (how === "busy") return new Response("<h1>busy</h1>", { status: 503, headers: html });
    const answer = await theirs(url, options);
    await new Promise((arrived) => (window.letGo = arrived));
    return answer;
  };
})()"""
"""One request of the page, by its place, goes as the trial says; its answer as late as wanted."""
KEPT = """async ([first, event, seat, version]) => {
  const work = await (await fetch(`/api/work?round=${first}`)).json();
  localStorage.clear();
  localStorage.setItem(`arena.pad.${event}.${seat}.work`, JSON.stringify({ version, work }));
  localStorage.setItem(`arena.pad.${event}.${seat}.here`, "true");
  return work.state;
}"""


def fill(store: db.Store) -> Hall:
    """A round that has ended, and one that is open on the same entrants."""
    hall, at = pads.fill(store, judges=1), datetime.now(UTC)
    with store.writing() as tx:
        who = visitor_of(tx, hall.organizer)
        rounds.close_round(store, who, hall.round_id, at=at, reason="离席")
        told = RoundRules(scoring=Rules(top=2, draws=100))
        second = rounds.create_round(store, who, title="复评", at=at, rules=told)
        set_rubric(store, who, second, pads._rubric(), at=at)
        session = rounds.add_session(store, who, second, title="第一场", at=at)
        panel.seat_judge(store, who, second, hall.judges[1], number=1, at=at)
        for number, entrant in hall.entrants.items():
            entrants.enter_entrant(
                store, who, second, entrant, number=number, session_id=session, at=at
            )
        panel.set_panel(store, who, second, session, [hall.judges[1]], at=at)
        rounds.open_round(store, who, second, signed="all", at=at)
    return hall


@pytest.fixture(scope="module")
def page(kept_server: Callable[..., Server], kept_page: Callable[..., Page]) -> Page:
    """A judge's tablet, signed in."""
    tablet = kept_page("tablet", "zh")
    tablet.clock.install()
    tablet.add_init_script(WIRE)
    Pad(tablet, kept_server(fill), 1, kept_server(fill).port, "pad").enter()
    return tablet


def comes_to_its_keys(
    page: Page, server: Server, *, keeps: bool, how: str = "", place: int = -1
) -> int:
    """Open the pad, with the round that has ended in its storage or with nothing.

    Returns how many requests that took.
    """
    hall: Hall = server.filled
    page.goto(f"{server.url}/healthz/live")
    known = [hall.round_id, hall.event, hall.judges[1], version()]
    assert page.evaluate(KEPT, known) == "closed"
    if not keeps:
        page.evaluate("localStorage.clear()")
    trial = {"how": how, "place": place}
    page.evaluate("trial => sessionStorage.setItem('trial', JSON.stringify(trial))", trial)
    page.goto(f"{server.url}/pad")
    page.clock.run_for(SOON)
    asked = int(page.evaluate("asked()"))
    page.evaluate("letGo()")
    page.clock.run_for(ENOUGH)
    expect(page.locator(".pad .bar"), f"{how} {place}").to_contain_text(pads.saved(0))
    page.locator(".pad .digit").first.click(trial=True)
    return asked


@pytest.mark.parametrize(
    "keeps",
    [
        pytest.param(False, id="an empty tablet"),
        pytest.param(
            True,
            id="it keeps an ended round",
            marks=pytest.mark.long(
                "browser/test_pad_opening.py::"
                "test_each_request_that_is_lost_in_some_way_the_keys_come"
            ),
        ),
    ],
)
def test_each_request_that_is_lost_in_some_way_the_keys_come(
    page: Page, kept_server: Callable[..., Server], keeps: bool
):
    """Every request once, the ways in which it is lost in turn: others for what a tablet keeps."""
    server = kept_server(fill)
    for place in range(comes_to_its_keys(page, server, keeps=keeps)):
        how = WAYS[(place + 2 * keeps) % len(WAYS)]
        comes_to_its_keys(page, server, keeps=keeps, how=how, place=place)


@pytest.mark.long(
    "browser/test_pad_opening.py::test_each_request_that_is_lost_in_some_way_the_keys_come"
)
@pytest.mark.parametrize("keeps", [False, True], ids=["an empty tablet", "it keeps an ended round"])
def test_whichever_request_is_lost_the_keys_come(
    page: Page, kept_server: Callable[..., Server], keeps: bool
):
    """Cut, answered by a stranger's 503, never answered, or answered after those behind it."""
    server = kept_server(fill)
    for how in WAYS:
        for place in range(comes_to_its_keys(page, server, keeps=keeps)):
            comes_to_its_keys(page, server, keeps=keeps, how=how, place=place)
