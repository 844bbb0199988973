"""The second laptop's own page, by a person's hands: how far it is behind, and taking over."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import db
from commands import standby
from competition.standby import copies
from competition.standby.duty import Duty
from competition.standby.following import Follower
from tests.browser.server import HOST, free_port
from tests.competition import event as events
from tests.competition.standby.second import SECRET, follow, paired
from words import t


@pytest.fixture
def served(store: db.Store, tmp_path: Path) -> Iterator[tuple[Duty, str]]:
    """A second laptop with one copy, whose first laptop is silent, and its page's address."""
    event, folder, port = events.draft(store), tmp_path / "second", free_port()
    made = paired(event, folder, address=f"http://127.0.0.1:{free_port()}")
    follow(event, folder)
    duty = Duty(folder, Follower(folder, made))
    server, thread = standby.serve_page(duty, "127.0.0.1", port)
    pause = threading.Event()
    while not server.started and thread.is_alive():
        pause.wait(0.01)
    yield duty, f"http://{HOST}:{port}"
    server.should_exit = True
    thread.join()


def test_a_person_takes_over_on_the_page(
    served: tuple[Duty, str], new_page: Callable[..., Page], shot: Callable[..., Path]
):
    """Refused with a wrong secret, in words and with what was typed; done with the right one."""
    duty, address = served
    page = new_page("tablet")
    page.goto(f"{address}/?lang=zh")
    expect(page.locator("#lag")).to_contain_text(t("standby.line.unheard", "zh"))
    expect(page.locator("#heard")).to_be_hidden()
    for secret, said in (
        ("AAAAAA", t("standby.page.wrong", "zh", left=4)),
        (SECRET, t("standby.page.done", "zh", generation=2)),
    ):
        page.locator("input[name=unplugged]").check()
        page.locator("input[name=number]").fill("412")
        page.locator("input[name=secret]").fill(secret)
        page.get_by_role("button", name=t("standby.page.take_over", "zh")).click()
        expect(page.locator("main")).to_contain_text(said)
        shot(page, f"standby_page_{secret == SECRET}")
    assert duty.done is not None
    assert copies.served(duty.folder).exists()
