"""The last act of the long final: the first laptop dies in mid-entrant, the second takes over."""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from competition.standby import pairing
from db import heads
from tests.browser import pads
from tests.browser import server as servers
from tests.browser.day import Day
from tests.browser.final_day import RESERVE
from tests.browser.pads import one
from tests.browser.server import Server
from tests.browser.test_live import scene
from tests.browser.waits import until

HEAD = re.compile(r"\d+\.\d+\.[0-9a-f]{12}")
ENTRANT = 7


@dataclass
class Second:
    """The second laptop: its program, and the browser that shows its page."""

    server: Server
    page: Page

    @property
    def secret(self) -> str:
        """What its terminal gave out for the takeover."""
        paired = pairing.kept(self.server.path.parent)
        assert paired is not None
        assert paired.secret in self.server.log
        return paired.secret


@contextmanager
def paired(day: Day, folder: Path) -> Iterator[Second]:
    """Pair a second laptop at the desk; both screens say that it follows."""
    desk = day.desk.page
    desk.locator(".st-key-act-standby button").click()
    make = day.say("organizers.safety.standby_make")
    day.dialog().get_by_role("button", name=make, exact=True).click()
    code = day.dialog().locator(".a-standby-code").inner_text()
    desk.keyboard.press("Escape")
    expect(day.dialog()).to_have_count(0)
    server = servers.follow(folder, day.server, code, day.lang)
    try:
        page = day.new_page("tablet", day.lang)
        page.goto(f"{server.url}/?lang={day.lang}")
        expect(page.locator("#lag")).to_contain_text(HEAD)
        expect(desk.locator(".a-safety")).to_contain_text(day.say("organizers.safety.standby_same"))
        expect(page.locator("#heard")).to_be_visible()
        day.look(page, "standby", "tablet", "tablet_upright", "phone")
        yield Second(server, page)
    finally:
        server.stop()
    assert "Traceback" not in server.log, server.log


def taken_over(day: Day, second: Second) -> None:
    """7号: all go on at the second laptop, and the tablets give back what its copy lacks."""
    first = day.server
    day.open(day.supervisor, "/organizers-waiting")
    day.open(day.chair, "/judges-chair")
    day.present(ENTRANT)
    day.step("answer", ENTRANT)
    day.step("mark", ENTRANT)
    number = died(day, second)
    promoted(day, second, number)
    day.server = second.server
    gone_over(day)
    fenced(day, first)
    day.saved(RESERVE, 1)
    day.type(RESERVE, ENTRANT, 1)
    day.saved(RESERVE, 2)
    for judge in (2, RESERVE):
        day.submit(judge, ENTRANT)
    day.release(ENTRANT)


def died(day: Day, second: Second) -> str:
    """Judge 1 has submitted; judge 2's last mark is in the first laptop alone; another is unsent.

    Returns
    -------
    str
        The first laptop's last head, as a person wrote it down from the desk.
    """
    day.sheet(1, ENTRANT)
    for judge in (2, RESERVE):
        day.go(judge, ENTRANT)
    day.type(2, ENTRANT, 0)
    day.saved(2, 1)
    until(lambda: _last(day) in second.page.locator("#lag").inner_text())
    second.server.signal(signal.SIGSTOP)  # its lid is shut
    day.type(2, ENTRANT, 1)
    day.saved(2, 2)
    last = _last(day)
    expect(day.desk.page.locator(".a-safety")).to_contain_text(last)
    day.server.kill()
    day.type(RESERVE, ENTRANT, 0)
    until(lambda: day.pads[RESERVE].kept == 1)
    scene(day.hall, f"progress {ENTRANT}")
    second.server.signal(signal.SIGCONT)
    return last


def _last(day: Day) -> str:
    """The head of the laptop that serves, as its screens show it."""
    with pads.opened(day.server) as store, store.reading() as tx:
        head = heads.last(tx, day.final.event)
    assert head is not None
    return head.short


def promoted(day: Day, second: Second, number: str) -> None:
    """A person takes over on the second laptop's page, and is signed in there."""
    page = second.page
    expect(page.locator("#lag")).to_contain_text(
        day.say("standby.line.silent", silent="{}", verified="").split("{}")[0]
    )
    expect(page.locator("#heard")).to_be_hidden()
    day.look(page, "standby_silent", "tablet", "tablet_upright", "phone")
    page.locator("input[name=unplugged]").check()
    page.locator("input[name=number]").fill(number)
    page.locator("input[name=secret]").fill(second.secret)
    page.get_by_role("button", name=day.say("standby.page.take_over")).click()
    expect(page.locator("main")).to_contain_text(day.say("standby.page.done", generation=2))
    day.look(page, "standby_done", "tablet", "tablet_upright", "phone")
    expect(page).to_have_url(re.compile(f"^{re.escape(second.server.url)}/\\w"))


def gone_over(day: Day) -> None:
    """Every open page is the second laptop's, and every tablet's marks are there."""
    for page, path in (
        (day.hall, "/hall/"),
        (day.desk.page, "/organizers-stage"),
        (day.host, "/host/"),
        (day.supervisor, "/organizers-waiting"),
        (day.chair, "/judges-chair"),
    ):
        expect(page).to_have_url(re.compile(day.at(path)))
    scene(day.hall, f"progress {ENTRANT}")
    expect(day.host.locator(".p-now b")).to_contain_text(day.no(ENTRANT))
    day.saved(2, 2)
    day.saved(RESERVE, 1)
    returned = "SELECT count(*) FROM returned WHERE outcome = 'done'"
    assert one(day.server, returned) >= 1


def fenced(day: Day, first: Server) -> None:
    """The first laptop comes back: it is read-only and says so; its tablets stay there."""
    again = servers.start(first.path, filled=day.final, port=first.port)
    try:
        until(lambda: first.path.with_name(f"{first.path.name}.superseded").exists())
        before = one(again, "SELECT count(*) FROM applied_changes")
        old = day.new_page(beside=day.desk.page)
        old.goto(f"{again.url}/organizers-stage?lang={day.lang}")
        expect(old.get_by_text(day.say("ui.superseded.title", generation=2))).to_be_visible()
        day.shot(old, "final_day_superseded")
        old.close()
        day.pads[RESERVE].open()
        assert one(again, "SELECT count(*) FROM applied_changes") == before
    finally:
        again.stop()
