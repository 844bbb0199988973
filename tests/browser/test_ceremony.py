"""A ceremony before people: screens in step, a remote, nothing shown ahead of its step."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import db
from competition.results.prizes import prize_groups
from competition.rounds.prizing import declare_prizes
from competition.stage import ceremonies, hall_links
from competition.stage.ceremony_steps import revealed
from examples import village_final
from examples.entering import enter
from examples.event import SampleRound
from tests.browser.halls import Arena, act, look, open_hall
from tests.browser.inside import sign_in
from tests.browser.server import Server
from tests.opening import NAMES, Sample
from tests.organizers import acting
from words import t

TYPED = {
    **{"how": "counts", "ties": "up", "why": "评分办法第九条"},
    **{"name_0": "一等奖", "share_0": "1", "name_1": "二等奖", "share_1": "4"},
    **{"name_2": "三等奖", "share_2": "8"},
    **{"organizing": "优秀组织奖", "count": "1", "formula": "selected"},
}

HELD = """titles => {
  const whole = document.documentElement.outerHTML;
  return titles.filter(one => whole.includes(one));
}"""
"""Which titles stand anywhere in a page, seen or not."""


def fill(store: db.Store) -> Arena:
    """A village final whose scores were held, certified, with 1, 4 and 8 prizes."""
    begun = datetime.now(UTC) - timedelta(hours=9)
    event = village_final(2022)
    (found,) = event.rounds
    assert isinstance(found, SampleRound)
    procedure = {**found.procedure, "published": "scores"}
    event = replace(event, rounds=(replace(found, procedure=procedure),))
    entered = enter(store, event, at=begun, names=NAMES)
    sample = Sample(store.path, store, entered)
    which = (store, sample.who("organizer"), sample.round_id)
    declare_prizes(*which, TYPED, at=acting.now())
    acting.certify(sample)
    return Arena(entered, sample.round_id, {})


def _laid_out(server: Server, order: str) -> ceremonies.Ceremony:
    act(server, "organizer", ceremonies.lay_out_ceremony, order)
    store = db.Store(server.path)
    try:
        host = Sample(server.path, store, server.filled.entered).who("host")
        shown = ceremonies.ceremony(store, host, server.filled.round_id)
    finally:
        store.close()
    prize = next(n for n, step in enumerate(shown.steps, 1) if step.kind == "prize")
    act(server, "host", ceremonies.edit_step, prize, "州委副书记 样例、副州长 样例")
    return shown


def titles_of(shown: ceremonies.Ceremony) -> dict[tuple[int, int], str]:
    """The titles of those who win, by group and member."""
    return {
        (group, member): one.line["title"]
        for group, whole in enumerate(prize_groups(shown.certificate["content"]))
        for member, one in enumerate(whole.members)
        if one.line is not None
    }


def nothing_early(
    page: Page, shown: ceremonies.Ceremony, titles: dict[tuple[int, int], str], number: int
) -> None:
    """No title stands in a page before its step."""
    seen = set(revealed(shown.steps, number))
    held = page.evaluate(HELD, list(titles.values()))
    assert not [key for key, title in titles.items() if title in held and key not in seen], number


def at_step(page: Page, number: int) -> None:
    """Wait until a screen shows a step."""
    expect(page.locator("main")).to_have_attribute("data-step", str(number))


@pytest.mark.long(
    "browser/test_ceremony.py::test_the_remote_a_reload_a_jump_and_reduced_motion",
    "competition/stage/test_ceremonies.py::test_the_hall_reads_nothing_of_a_later_step",
    "competition/stage/test_ceremonies.py::test_every_move_is_an_event_the_way_back_too",
    "competition/stage/test_ceremonies.py::"
    "test_where_scores_were_shown_prizes_come_group_by_group_the_first_by_name",
)
@pytest.mark.parametrize("order", ["places", "prizes"])
def test_two_screens_go_forward_and_back_by_the_remote(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
    order: str,
):
    """Forward to the end and back: both in step, in both sizes and languages, no name too early.

    A step looks the same on the way back, where no name may stay behind.
    """
    server = live_server(fill)
    shown = _laid_out(server, order)
    titles = titles_of(shown)
    host, screen = new_page("hall", "zh"), new_page("tablet", "en")
    open_hall(host, server)
    secret = act(server, "organizer", hall_links.make_hall_link)
    screen.goto(f"{server.url}/h/{secret}")
    screen.goto(f"{server.url}/hall/{server.filled.round_id}?lang=en")
    act(server, "host", ceremonies.move_ceremony, 1, seen=0)
    count = len(shown.steps)
    way = [
        *((n, n == count) for n in range(1, count + 1)),
        *((n, True) for n in range(count - 1, 0, -1)),
    ]
    looked: set[int] = set()
    for number, is_back in way:
        at_step(host, number)
        at_step(screen, number)
        for page in (host, screen):
            nothing_early(page, shown, titles, number)
            if number not in looked:
                look(page, floor=40)
        if number not in looked:
            shot(host, f"ceremony_{order}_{number}_hall_zh")
            shot(screen, f"ceremony_{order}_{number}_tablet_en")
        looked.add(number)
        if number > 1 or not is_back:
            host.keyboard.press("PageUp" if is_back else "PageDown")


def test_the_remote_a_reload_a_jump_and_reduced_motion(
    live_server: Callable[..., Server], new_page: Callable[..., Page]
):
    """Forward by the remote, no name too early; the same step after a reload.

    A number and Enter jump; without motion it stands still.
    """
    server = live_server(fill)
    shown = _laid_out(server, "places")
    reveal = next(n for n, step in enumerate(shown.steps, 1) if step.kind == "reveal")
    page = new_page("hall", "zh")
    page.emulate_media(reduced_motion="no-preference")
    open_hall(page, server)
    act(server, "host", ceremonies.move_ceremony, 1, seen=0)
    titles = titles_of(shown)
    for number in range(1, reveal + 4):
        at_step(page, number)
        nothing_early(page, shown, titles, number)
        look(page, floor=40)
        page.keyboard.press("PageDown")
    at_step(page, reveal + 4)
    for sign in (*str(reveal + 9), "Enter"):
        page.keyboard.press(sign)
    at_step(page, reveal + 9)
    said = page.locator(".c-village").inner_text()
    moving = page.evaluate("getComputedStyle(document.querySelector('.c-now')).animationName")
    assert moving == "reveal"
    page.reload()
    at_step(page, reveal + 9)
    assert page.locator(".c-village").inner_text() == said
    page.emulate_media(reduced_motion="reduce")
    page.keyboard.press("ArrowLeft")
    at_step(page, reveal + 8)
    still = page.evaluate("getComputedStyle(document.querySelector('.c-large')).animationName")
    assert still == "none"


@pytest.mark.long(
    "organizers/live/test_ceremony_page.py::"
    "test_the_host_lays_it_out_and_leads_it_forward_and_back",
    "browser/test_ceremony.py::test_the_remote_a_reload_a_jump_and_reduced_motion",
    "browser/test_live.py::test_the_clicker_presses_once_and_not_behind_a_dialog",
    "competition/stage/test_ceremonies.py::test_the_hall_reads_nothing_of_a_later_step",
)
def test_the_host_leads_it_from_the_page_and_sees_what_comes_next(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """The remote's key presses the button; the next step's picture is the host's alone."""
    server = live_server(fill)
    shown = _laid_out(server, "places")
    found: Arena = server.filled
    page, screen = new_page("tablet", "zh"), new_page("hall", "zh")
    sign_in(page, server, found.entered.tokens[str(found.entered.host.person_id)])
    page.goto(f"{server.url}/organizers-ceremony?lang=zh&round={found.round_id}")
    secret = act(server, "organizer", hall_links.make_hall_link)
    screen.goto(f"{server.url}/h/{secret}")
    forward = page.locator(".st-key-ceremony-next button")
    expect(forward).to_contain_text(t("organizers.ceremony.begin", "zh"))
    forward.click()
    at_step(screen, 1)
    expect(forward).to_contain_text(t("organizers.ceremony.forward", "zh"))
    page.keyboard.press("PageDown")
    at_step(screen, 2)
    next_one = page.frame_locator("iframe").nth(1).locator("main")
    expect(next_one).to_have_attribute("data-step", "3")
    shot(page, "ceremony_host_tablet_zh")
    page.keyboard.press("PageUp")
    at_step(screen, 1)
    answer = screen.goto(f"{server.url}/hall/{found.round_id}/step/3?lang=zh")
    assert answer is not None
    assert answer.status in (401, 403)
    assert len(shown.steps) > 3
