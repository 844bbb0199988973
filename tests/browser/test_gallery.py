"""What only a browser knows: sizes under a finger, colours as painted, icons as masks.

Two pages, one under a mouse and one under a finger, serve all tests, which stand in the order of
what they look at: a view is loaded once.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from commands import ROOT
from tests.browser import server as servers
from tests.browser.conftest import SIZES
from tests.browser.waits import painted as painted_anew
from tests.ui.test_tokens import contrast

GALLERY = ROOT / "tests" / "ui" / "gallery.py"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the gallery with the product's own configuration; give its address."""
    server = servers.show(GALLERY, tmp_path_factory.mktemp("gallery"))
    yield server.url
    server.stop()
    assert "Traceback" not in server.log, server.log


@pytest.fixture
def look(gallery: str, kept_page: Open) -> Open:
    """``look(view, size, lang, scheme)`` shows a view of the gallery, under a finger or a mouse."""

    def go(
        view: str,
        size: str = "desk",
        lang: str = "zh",
        scheme: str = "light",
        *,
        mouse: bool = False,
    ) -> Page:
        page = kept_page("desk" if mouse else "tablet", "zh")
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(media="screen", color_scheme=scheme, reduced_motion="reduce")
        address = f"{gallery}/?view={view}&lang={lang}"
        if page.url != address:
            page.goto(address)
        page.locator(".a-where").wait_for()
        page.locator("[data-test-script-state=notRunning]").first.wait_for(state="attached")
        painted_anew(page)
        return page

    return go


def painted(element: Locator, name: str) -> str:
    """Return a computed colour as ``#RRGGBB``."""
    value = element.evaluate(f"e => getComputedStyle(e)['{name}']")
    return "#" + "".join(f"{int(part):02X}" for part in re.findall(r"\d+", value)[:3])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_primary_button_is_legible(look: Open, shot: Callable[..., Path], scheme: str):
    """7.0 as painted, in dark as well, where Streamlit would leave 2.1."""
    page = look("standings", scheme=scheme, mouse=True)
    button = page.get_by_test_id("stBaseButton-primary")
    words = button.locator("p").first
    assert contrast(painted(words, "color"), painted(button, "background-color")) >= 7
    shot(page, f"gallery_standings_{scheme}")


def test_the_chart_is_level_with_the_table(look: Open):
    """Rows of both stand at one height: the zone begins on one line."""
    page = look("standings", mouse=True)
    row = page.locator("tr.a-edge").first.bounding_box()
    label = page.locator("svg text", has_text="27号 板板桥村").first.bounding_box()
    centre = label["y"] + label["height"] / 2
    assert row["y"] <= centre <= row["y"] + row["height"]
    assert abs(centre - row["y"] - row["height"] / 2) <= 3


def test_the_page_is_legible_on_paper(look: Open, shot: Callable[..., Path]):
    """Printed from a dark screen: ink on white, no buttons, no sidebar."""
    page = look("standings", scheme="dark", mouse=True)
    page.emulate_media(media="print", color_scheme="dark")
    painted_anew(page)
    cell = page.locator("td.a-official").first
    assert contrast(painted(cell, "color"), "#FFFFFF") >= 7
    assert not page.get_by_test_id("stSidebar").is_visible()
    assert not page.get_by_test_id("stBaseButton-primary").is_visible()
    shot(page, "gallery_paper")


@pytest.mark.long(
    "browser/test_pad_look.py::test_every_key_is_large_enough_for_a_finger_and_on_the_screen",
    "browser/test_looks.py::test_a_page_of_each_making_fits_the_screen_and_the_finger",
)
@pytest.mark.parametrize("size", ["tablet", "tablet_upright", "phone"])
def test_a_judges_keys_and_text_are_large(look: Open, shot: Callable[..., Path], size: str):
    """Keys 56 px both ways, 6 px apart, the toggle 48, body text 20."""
    page = look("judge", size)
    group = page.locator(".st-key-m")
    keys = group.get_by_role("radio")
    expect(keys).to_have_count(7)
    boxes = [key.bounding_box() for key in keys.all()]
    assert all(min(box["width"], box["height"]) >= 56 for box in boxes)
    same_row = [(a, b) for a, b in pairwise(boxes) if a["y"] == b["y"]]
    assert same_row
    assert all(b["x"] - a["x"] - a["width"] >= 5.5 for a, b in same_row)
    toggle = page.locator(".st-key-language").get_by_role("radio").all()
    assert all(min(k.bounding_box()["width"], k.bounding_box()["height"]) >= 48 for k in toggle)
    text = page.get_by_test_id("stMarkdownContainer").filter(has_text="底线约束").locator("p")
    assert float(text.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 20
    shot(page, f"gallery_judge_{size}")


def test_icons_are_drawn(look: Open):
    """Streamlit keeps our spans, and each has a mask, a size and a colour."""
    page = look("states", mouse=True)
    icons = page.locator(".a-i")
    assert icons.count() > 40
    for at in (0, 5, 11):
        icon = icons.nth(at)
        mask = icon.evaluate(
            "e => getComputedStyle(e).maskImage || getComputedStyle(e).webkitMaskImage"
        )
        assert mask.startswith("url(")
        assert icon.bounding_box()["width"] >= 14


@pytest.mark.long(
    "organizers/prepare/test_setup_pages.py::test_switching_the_language_keeps_what_was_typed"
)
def test_switching_the_language_in_a_browser_keeps_what_was_typed(look: Open):
    """Typed and not yet sent: still there in English."""
    page = look("states")
    page.get_by_label("理由").fill("误按")
    page.get_by_text("English").click()
    page.locator(".a-sample", has_text="Sample data").wait_for()
    assert page.get_by_label("理由").input_value() == "误按"


@pytest.mark.long(
    "browser/test_looks.py::test_a_page_of_each_making_fits_the_screen_and_the_finger",
    "browser/test_looks.py::test_a_page_of_each_making_fits_the_screen_and_the_finger",
)
def test_no_page_scrolls_sideways(look: Open):
    """A wide table scrolls in its own box; the page never does."""
    for view in ("states", "final", "standings"):
        for size in ("desk", "tablet", "phone"):
            main = look(view, size, "en").get_by_test_id("stMain")
            assert main.evaluate("e => e.scrollWidth - e.clientWidth") <= 1, (view, size)
