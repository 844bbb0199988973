"""An older backup is put back under open pads: what was answered as saved comes back."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Page, expect

import db
from commands.backup import command as backup
from commands.restore import command as restore
from competition.marks.recovering import Recovered, recover_marks
from competition.visitor import Visitor
from tests.browser import pads
from tests.browser import server as servers
from tests.browser.pads import FULL, Pad, applied, saved, stored, word
from tests.browser.proxy import Proxy
from tests.browser.server import Server

OTHER = ("22", "10", "14", "5")


def run(command: object, *given: object) -> None:
    """One command of ``arena.py``, which must succeed."""
    done = CliRunner().invoke(command, [str(one) for one in given])  # type: ignore[arg-type]
    assert done.exit_code == 0, done.output


def test_what_was_saved_after_the_backup_is_given_back(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
    tmp_path: Path,
):
    """Two pads, one of them opened again meanwhile: marks and a submit are there once each."""
    server = live_server(partial(pads.fill, judges=2))
    one = Pad(new_page("tablet"), server, 1, server.port, "pad").enter()
    two = Pad(new_page("tablet"), server, 2, server.port, "pad").enter()
    one.tap(0, 1, "18")
    one.shows(saved(1))
    copy = tmp_path / "early.db"
    run(backup, copy, "--db", server.path)
    one.fill(FULL)
    one.button(word("submit")).click()
    one.shows(word("state_submitted"))
    two.fill(OTHER[:3])
    two.shows(saved(3))
    address, context = one.page.url, one.page.context
    one.page.close()
    server.kill()
    run(restore, copy, "--db", server.path)
    assert stored(server, 1)[:2] == ["18.0", None]
    after = servers.start(server.path, filled=server.filled, port=server.port)
    try:
        one.page = context.new_page()
        one.page.goto(address)
        one.shows(word("state_submitted"))
        two.shows(saved(3))
        two.type(3, OTHER[3])
        two.shows(saved(4))
        shot(two.page, "pad_restored")
        expect(two.page.locator(".pad .bar .alert")).to_have_count(0)
        assert stored(after, 1) == [f"{float(mark):.1f}" for mark in FULL]
        assert stored(after, 2)[:4] == [f"{float(mark):.1f}" for mark in OTHER]
        assert (applied(after, 1), applied(after, 1, "submit"), applied(after, 2)) == (8, 1, 4)
        assert pads.is_clean(after)
    finally:
        after.stop()


def test_a_tablet_hands_its_marks_over_as_a_file(
    sit: Callable[..., tuple[Pad, Proxy]], hall: Server, shot: Callable[..., Path]
):
    """What was acknowledged and what was not, as `recover` reads it; the page says its name."""
    pad, _ = sit(path="pad")
    pad.tap(0, 1, "18")
    pad.shows(saved(1))
    pad.page.context.set_offline(True)
    pad.tap(0, 1, "19")
    pad.page.get_by_role("button", name=word("more")).first.click()
    kept = word("head_kept", head="|").split("|")[0]
    line = pad.page.locator(".pad p", has_text=kept)
    expect(line).to_have_text(re.compile(r"\d+\.\d+\.[0-9a-f]{12}$"))
    with pad.page.expect_download() as got:
        pad.button(word("save_file")).click()
    said = word("save_file_done", name=got.value.suggested_filename)
    expect(pad.page.locator(".pad .box", has_text=said)).to_be_visible()
    shot(pad.page, "pad_saved_file")
    content = got.value.path().read_bytes()
    found: list[Recovered] = []

    def read(store: db.Store, who: Visitor, at: datetime) -> None:
        given = {"reason": "file", "at": at}
        found.append(recover_marks(store, who, hall.filled.round_id, content, **given))

    pads.act(hall, read)
    assert (found[0].name, found[0].asked, found[0].left) == (f"赵{pad.judge}", 1, ())
