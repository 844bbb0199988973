"""The hall's screen before people: it follows the stage by itself and shows what was announced."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import db
from competition.stage import hall_links, releasing, screens
from competition.stage.hall_scene import LIST_PAGE
from tests.browser.halls import Arena, act, call, fill, fill_village, look, open_hall, release
from tests.browser.inside import sign_in
from tests.browser.proxy import Proxy
from tests.browser.server import HOST, Server
from tests.browser.waits import asked, redrawn
from words import t

MOST_PULSES = 2
"""Of one second each: a change is on the screen within two."""


def scene(page: Page, name: str) -> None:
    """Wait until the screen shows a scene."""
    expect(page.locator("main")).to_have_attribute("data-scene", name)


def test_the_screen_follows_the_stage_and_the_host(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """On stage, the first three together, one score, the list; never reloaded, never moving."""
    server = live_server(fill)
    page = new_page("hall", "zh")
    open_hall(page, server)
    scene(page, "progress 17")
    expect(page.locator(".h-state")).to_contain_text(t("hall.stage.marking", "zh"))
    look(page)
    shot(page, "hall_on_stage")
    page.evaluate("window.kept = true")
    before = page.locator("main").bounding_box()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    release(server, 2)
    asked.clear()
    scene(page, "list")
    drawn = next(at for at, url in enumerate(asked) if "part=1" in url)
    assert sum("/api/hall/" in url for url in asked[:drawn]) <= MOST_PULSES
    expect(page.locator(".h-fresh")).to_have_count(3)
    look(page)
    shot(page, "hall_first_three")
    release(server, 4)
    release(server, 5)
    scene(page, "score 5")
    expect(page.locator(".h-dropped")).to_have_count(2)
    expect(page.locator(".h-dropped s")).to_have_count(2)
    look(page)
    shot(page, "hall_score")
    figures = page.locator(".h-sum b").all_inner_texts()
    assert round(float(figures[0]) - float(figures[1]), 2) == float(figures[2])
    assert page.locator("main").bounding_box() == before
    assert page.evaluate("window.kept") is True
    call(server, 17, "done")
    call(server, 18, "called", "presenting")
    scene(page, "progress 18")
    for number in range(6, 16):
        release(server, number)
    act(server, "host", screens.set_screen, "list")
    scene(page, "list")
    look(page, floor=40)
    shot(page, "hall_list")
    act(server, "host", screens.set_screen, "waiting")
    scene(page, "waiting")
    look(page)
    shot(page, "hall_waiting")
    assert page.evaluate("window.kept") is True
    assert page.locator("main").bounding_box() == before


def test_a_screen_by_its_own_link_on_a_bad_wire_paused_and_revoked(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    cut_wire: Callable[[Server], Proxy],
    shot: Callable[..., Path],
):
    """On a smaller projector: without a network a quiet line, no error page and no spinner.

    Paused, what happens meanwhile does not get there; resumed, the present is shown, in English
    too. Revoked it goes dark by itself, in plain words.
    """
    server = live_server(fill)
    wire = cut_wire(server)
    key = act(server, "organizer", hall_links.make_hall_link)
    page = new_page("tablet", "zh")
    page.goto(f"http://{HOST}:{wire.port}/h/{key}")
    scene(page, "progress 17")
    assert key not in page.url
    look(page)
    wire.cut()
    release(server, 1)
    expect(page.locator("#left")).to_contain_text(t("hall.lost", "zh", time="").strip())
    scene(page, "progress 17")
    look(page)
    shot(page, "hall_connection_lost")
    wire.restore()
    scene(page, "list")
    shot(page, "hall_four_by_three")
    release(server, 4)
    page.goto(f"http://{HOST}:{wire.port}/hall/{server.filled.round_id}?lang=en")
    scene(page, "score 4")
    act(server, "host", releasing.freeze)
    expect(page.locator(".h-tag").first).to_contain_text(t("hall.frozen", "en"))
    call(server, 17, "done")
    call(server, 18, "called", "presenting")
    asked(page, "/api/hall/")
    scene(page, "score 4")
    look(page)
    shot(page, "hall_paused_en")
    act(server, "organizer", releasing.unfreeze)
    scene(page, "progress 18")
    look(page)
    act(server, "organizer", hall_links.revoke_hall_links)
    expect(page.get_by_role("heading", name=t("hall.refused", "en"))).to_be_visible()
    page.goto(f"{server.url}/organizers-board?lang=zh")
    expect(page.get_by_text(t("judges.landing.title", "zh"))).to_be_visible()


@pytest.mark.long(
    "browser/test_hall_layout.py::test_every_line_of_a_list_stays_in_its_row",
    "browser/test_ceremony.py::test_the_remote_a_reload_a_jump_and_reduced_motion",
    "organizers/live/test_screen.py::test_the_host_turns_a_long_list_and_tries_the_bell",
)
@pytest.mark.parametrize("has_desk", [False, True], ids=["by keys", "and at the desk"])
def test_a_long_list_is_turned_by_the_host(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
    has_desk: bool,
):
    """By keys on the hall's page and by buttons at the desk; a mere screen follows both."""
    server = live_server(fill_village)
    found: Arena = server.filled
    for number in sorted(found.entrants)[: LIST_PAGE + 6]:
        release(server, number)
    act(server, "host", screens.set_screen, "list")
    key = act(server, "organizer", hall_links.make_hall_link)
    screen = new_page("hall", "zh")
    screen.goto(f"{server.url}/h/{key}")
    hall = new_page("hall", "zh")
    open_hall(hall, server)
    for one in (hall, screen):
        scene(one, "list 2")
        expect(one.locator(".h-head")).to_contain_text("2/2")
    expect(hall.locator(".h-line")).to_have_count(6)
    look(hall, floor=40)
    shot(hall, "hall_page_2")
    before = hall.locator(".h-line").first.bounding_box()
    screen.keyboard.press("PageUp")
    hall.keyboard.press("PageDown")
    hall.keyboard.press("PageUp")
    for one in (hall, screen):
        scene(one, "list 1")
        expect(one.locator(".h-line")).to_have_count(LIST_PAGE)
        look(one, floor=40)
    assert hall.locator(".h-line").first.bounding_box() == before
    shot(hall, "hall_page_1")
    if has_desk:
        turned_at_the_desk(new_page("desk", "zh"), server, (hall, screen), shot)


def turned_at_the_desk(
    desk: Page, server: Server, followers: tuple[Page, ...], shot: Callable[..., Path]
) -> None:
    """The host turns to the second page by the desk's button; both screens follow."""
    found: Arena = server.filled
    sign_in(desk, server, found.entered.tokens[str(found.entered.host.person_id)])
    desk.goto(f"{server.url}/organizers-board?lang=zh")
    desk.locator(".st-key-screen-more button").click()
    pager = desk.locator(".st-key-board-pages")
    expect(pager).to_contain_text(t("organizers.board.page", "zh", page=1, pages=2))
    expect(pager.locator(".st-key-page-back button")).to_be_disabled()
    pager.locator(".st-key-page-on button").click()
    for one in followers:
        scene(one, "list 2")
    expect(pager).to_contain_text(t("organizers.board.page", "zh", page=2, pages=2))
    shot(desk, "board_pages")


@pytest.mark.long(
    "browser/test_hall.py::test_the_screen_follows_the_stage_and_the_host",
    "organizers/live/test_announcing.py::test_a_second_press_announces_nobody_else",
    "competition/stage/test_releasing.py::test_the_first_are_announced_together",
)
def test_announced_at_the_desk_seen_in_the_hall(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """The organizer presses; the hall in the next room shows it; so does the desk's own picture."""
    server = live_server(fill)
    hall = new_page("hall", "zh")
    open_hall(hall, server)
    desk = new_page("desk", "zh")
    entered = server.filled.entered
    sign_in(desk, server, entered.tokens[str(entered.organizer.person_id)])
    desk.goto(f"{server.url}/organizers-board?lang=zh")
    button = desk.locator("[class*=st-key-next-release-] button:enabled")
    expect(button).to_contain_text("1号、2号、3号")
    picture = desk.locator("iframe").content_frame
    expect(picture.locator("main")).to_have_attribute("data-scene", "progress 17")
    shot(desk, "board_desk_before")
    button.click()
    scene(hall, "list")
    expect(picture.locator("main")).to_have_attribute("data-scene", "list")
    expect(button).to_contain_text("4号")
    button.click()
    scene(hall, "score 4")
    expect(button).to_contain_text("5号")
    height = desk.locator(".st-key-announcing").bounding_box()
    redrawn(desk)
    assert desk.locator(".st-key-announcing").bounding_box() == height
    shot(desk, "board_desk_after")
    assert locked(server, 4)


def locked(server: Server, number: int) -> bool:
    """Whether every sheet of an entrant has been locked by its announcement."""
    store = db.Store(server.path)
    try:
        with store.reading() as tx:
            left = tx.value(
                "SELECT count(*) FROM sheets WHERE entrant_id = :e AND locked_at IS NULL",
                e=server.filled.entrants[number],
            )
        return int(left) == 0
    finally:
        store.close()
