"""How the pad stands on a screen: sizes under a finger, bands that stay, nothing cut off."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.pads import Pad
from tests.browser.server import Server
from words import t

SIZES = ("tablet", "tablet_upright", "phone")
LANGS = ("zh", "en")
KEYS = ".pad .markkey, .pad .anchor, .pad .digit, .pad .submit, .pad .enter, .pad .clear, .pad .row"
LEAST, TOGGLE = 56, 46


@pytest.fixture(scope="module")
def judge(hall: Server) -> int:
    """One judge for all pictures: a spare tablet takes over each time."""
    return next(hall.filled.free)


@pytest.fixture
def pad(
    hall: Server, new_page: Callable[..., Page], judge: int, request: pytest.FixtureRequest
) -> Pad:
    """A pad of the size and in the language of the test, its first criterion open."""
    size, lang, *path = getattr(request, "param", ("tablet", "zh"))
    opened = Pad(new_page(size), hall, judge, hall.port, *path).enter()
    opened.page.wait_for_timeout(700)
    takes = opened.page.locator(".pad .ended .primary")
    if takes.count():
        takes.click()
        expect(opened.page.locator(".pad .ended")).to_have_count(0)
    if lang == "en":
        opened.page.locator(".pad .languages button").nth(1).click()
    return opened


every_size = pytest.mark.parametrize(
    "pad", [(size, lang) for size in SIZES for lang in LANGS], indirect=True, ids=str
)


def box(found: Locator) -> dict[str, float]:
    measured = found.bounding_box()
    assert measured is not None
    return measured


@every_size
def test_every_key_is_large_enough_for_a_finger_and_on_the_screen(
    pad: Pad, shot: Callable[..., Path], request: pytest.FixtureRequest
):
    """56 px both ways, in the chosen anchor and on the number pad; nothing runs out sideways."""
    pad.page.locator(".pad .anchor").nth(1).click()
    width = pad.page.viewport_size["width"]
    small, outside = [], []
    for key in pad.page.locator(KEYS).all():
        if key.is_visible():
            measured = box(key)
            if min(measured["width"], measured["height"]) < LEAST:
                small.append((key.inner_text(), measured["width"], measured["height"]))
            if measured["x"] < 0 or measured["x"] + measured["width"] > width + 1:
                outside.append(key.inner_text())
    assert (small, outside) == ([], [])
    assert pad.page.evaluate("document.documentElement.scrollWidth") <= width
    for key in pad.page.locator(".pad .languages button").all():
        assert min(box(key)["width"], box(key)["height"]) >= TOGGLE
    shot(pad.page, f"pad_{request.node.callspec.id.strip('()').replace(chr(39), '')}")


def test_the_bands_do_not_move_and_neither_do_the_keys_below_an_anchor(pad: Pad):
    """Whatever is tapped, and when the network goes: a finger on its way finds its key."""

    def places() -> list[Any]:
        found = (".pad .head", ".pad .bar", ".pad .foot", ".pad .digits", ".pad .enter")
        return [box(pad.page.locator(one)) for one in found]

    before = places()
    for anchor in (0, 1, 3):
        pad.page.locator(".pad .anchor").nth(anchor).click()
        assert places() == before
    pad.page.context.set_offline(True)
    pad.page.locator(".pad .digit").nth(0).click()
    pad.page.locator(".pad .enter").click()
    pad.shows(t("pad.offline", "zh"))
    assert places() == before
    pad.page.context.set_offline(False)
    pad.page.locator(".pad .clear").click()
    pad.shows(t("pad.saved", "zh", saved=0, of=7))


@pytest.mark.parametrize(
    "pad",
    [("tablet", "zh", "pad"), ("tablet", "en", "pad"), ("phone", "zh", "pad")],
    indirect=True,
    ids=str,
)
def test_axe_finds_nothing_serious(pad: Pad):
    """On the sheet, light and dark, in the list of sheets, and in the panel of help."""
    problems = []
    for panel in ("", "dark", "sheets", "more"):
        if panel == "dark":
            pad.page.emulate_media(color_scheme="dark")
        elif panel == "sheets":
            pad.page.locator(".pad .who").click()
        elif panel == "more":
            pad.page.locator(".pad .close").click()
            pad.page.locator(".pad .more:visible, .pad .more-small:visible").first.click()
        found = Axe().run(pad.page, context={"include": [[".pad"]]})
        problems += [
            (panel, one["id"], [node["html"][:120] for node in one["nodes"]][:3])
            for one in found.response["violations"]
            if one["impact"] in ("serious", "critical")
        ]
    assert problems == []


def test_the_keyboard_reaches_everything(pad: Pad):
    """Digits type, Enter records, arrows go from row to row, Escape closes."""
    pad.page.keyboard.press("ArrowDown")
    expect(pad.row(1)).to_have_class("row on")
    for key in ("1", "2", ".", "5"):
        pad.page.keyboard.press(key)
    expect(pad.page.locator(".pad .screen b")).to_have_text("12.5")
    pad.page.keyboard.press("Enter")
    pad.shows(t("pad.saved", "zh", saved=1, of=7))
    assert pad.value(1) == "12.5"
    pad.page.locator(".pad .who").click()
    expect(pad.page.locator(".pad .panel")).to_be_visible()
    pad.page.keyboard.press("Escape")
    expect(pad.page.locator(".pad .panel")).to_have_count(0)


def test_the_number_pad_knows_maximum_and_step(pad: Pad):
    """26 of 25 cannot be typed, nor 19.3; it says why, and the sheet stays in sight."""
    pad.turn(0)
    for key in ("2", "6"):
        pad.page.locator(".pad .digit").nth(int(key) - 1).click()
    expect(pad.page.locator(".pad .screen b")).to_have_text("2")
    expect(pad.page.locator(".pad .screen span")).to_have_text(
        t("pad.beyond", "zh", high="25", step="0.5")
    )
    pad.page.keyboard.press(".")
    pad.page.keyboard.press("3")
    expect(pad.page.locator(".pad .enter")).to_be_disabled()
    expect(pad.row(6)).to_be_visible()
