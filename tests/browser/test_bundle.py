"""From the award list to another machine: made with a press, taken, opened without a network."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from competition.results import second_verifier
from tests.browser.conftest import SIZES
from tests.browser.server import Server
from tests.browser.test_results import come_in, fill
from words import t

LOOKED_AT = {name: SIZES[name] for name in ("tablet", "tablet_upright", "phone")}


def say(lang: str, key: str, **values: object) -> str:
    return t(f"organizers.whole.{key}", lang, **values)


@pytest.mark.long(
    "organizers/results/test_public_bundle.py::"
    "test_a_process_apart_makes_the_same_and_the_last_press_has_it",
    "commands/test_bundle.py::test_three_programs_find_it_in_order",
    "browser/test_open_me.py::test_a_public_version_shows_what_the_rules_publish",
    "browser/test_open_me.py::test_the_page_shows_and_computes_the_result",
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_bundle_is_made_taken_and_opened_elsewhere(
    kept_server: Callable[..., Server],
    new_page: Callable[..., Page],
    browser: Browser,
    shot: Callable[..., Path],
    tmp_path: Path,
    lang: str,
):
    """The organizer chooses the public version; its page agrees in a browser without a network."""
    server = kept_server(fill)
    page = new_page("tablet", lang)
    come_in(page, server)
    page.goto(f"{server.url}/organizers-official?lang={lang}")
    expect(page.get_by_role("button", name=say(lang, "make"))).to_be_visible()
    shot(page, f"whole-{lang}")
    page.get_by_text(say(lang, "public"), exact=True).click()
    expect(page.get_by_text(say(lang, "public_note.winners"))).to_be_visible()
    page.get_by_role("button", name=say(lang, "make")).click()
    take = page.get_by_role("link", name=say(lang, "take"))
    expect(take).to_be_visible()
    for size, (width, height) in LOOKED_AT.items():
        page.set_viewport_size({"width": width, "height": height})
        take.scroll_into_view_if_needed()
        shot(page, f"whole-made-{size}-{lang}")
    with page.expect_download() as coming:
        take.click()
    target = tmp_path / "all.zip"
    coming.value.save_as(target)
    files, record = second_verifier.opened(target)
    assert [faults for _, faults in second_verifier.all_checks(files, record) if faults] == []
    with zipfile.ZipFile(target) as archive:
        archive.extractall(tmp_path / "elsewhere")
    alone = browser.new_context(offline=True, viewport={"width": 1024, "height": 768})
    shown = alone.new_page()
    name = t("exports.open_me.file", lang)
    shown.goto((tmp_path / "elsewhere" / f"{name}.html").as_uri())
    shown.click("#run")
    expect(shown.locator("#outcome")).to_contain_text("1/1")
    assert shown.locator("main tr").count() == 14
    shot(shown, f"whole-opened-{lang}")
    alone.close()
