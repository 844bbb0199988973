"""How the pad stands on a screen: sizes under a finger, bands that stay, nothing cut off."""

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import axe
from tests.browser.conftest import SIZES as SCREENS
from tests.browser.pads import Pad
from tests.browser.server import Server
from tests.browser.waits import painted
from words import t

SIZES = ("tablet", "tablet_upright", "phone")
LANGS = ("zh", "en")
KEYS = ".pad .markkey, .pad .anchor, .pad .digit, .pad .submit, .pad .enter, .pad .clear, .pad .row"
LEAST, TOGGLE = 56, 46
PLACED = """keys => keys.filter((key) => key.checkVisibility()).map((key) => {
  const box = key.getBoundingClientRect();
  return [key.innerText, box.left, box.width, box.height];
})"""
"""Text, left edge, width and height of every key that is shown."""


@pytest.fixture
def pad(hall: Server, new_page: Callable[..., Page], request: pytest.FixtureRequest) -> Pad:
    """A pad of the size and in the language of the test, its first criterion open."""
    size, lang, path = getattr(request, "param", ("tablet", "zh", "pad"))
    opened = Pad(new_page(size), hall, next(hall.filled.free), hall.port, path).enter()
    speak(opened, lang)
    return opened


def speak(pad: Pad, lang: str) -> None:
    """Switch the pad's language."""
    pad.page.locator(".pad .languages button").nth(LANGS.index(lang)).click()


def box(found: Locator) -> dict[str, float]:
    measured = found.bounding_box()
    assert measured is not None
    return measured


@pytest.mark.parametrize(
    "pad",
    [
        ("tablet", "zh", "pad"),
        pytest.param(
            ("tablet", "zh", "judges-pad"),
            marks=pytest.mark.long(
                "browser/test_pad_look.py::"
                "test_every_key_is_large_enough_for_a_finger_and_on_the_screen"
            ),
        ),
    ],
    indirect=True,
    ids=str,
)
def test_every_key_is_large_enough_for_a_finger_and_on_the_screen(
    pad: Pad, shot: Callable[..., Path]
):
    """56 px both ways, in the chosen anchor and on the number pad; nothing runs out sideways."""
    pad.page.locator(".pad .anchor").nth(1).click()
    for size, lang in product(SIZES, LANGS):
        width, height = SCREENS[size]
        pad.page.set_viewport_size({"width": width, "height": height})
        speak(pad, lang)
        painted(pad.page)
        keys = pad.page.locator(KEYS).evaluate_all(PLACED)
        assert len(keys) > 20
        assert [key for key in keys if min(key[2:]) < LEAST] == []
        assert [key for key in keys if not 0 <= key[1] <= width + 1 - key[2]] == []
        assert pad.page.evaluate("document.documentElement.scrollWidth") <= width
        toggles = pad.page.locator(".pad .languages button").evaluate_all(PLACED)
        assert [toggle for toggle in toggles if min(toggle[2:]) < TOGGLE] == []
        assert len(toggles) == len(LANGS)
        shot(pad.page, f"look_{pad.path}_{size}_{lang}")


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
    pad.turn(0)
    pad.page.locator(".pad .clear").click()
    pad.shows(t("pad.saved", "zh", saved=0, of=7))


@pytest.mark.parametrize(
    "pad",
    [
        ("tablet", "en", "pad"),
        *(
            pytest.param(
                given,
                marks=pytest.mark.long("browser/test_pad_look.py::test_axe_finds_nothing_serious"),
            )
            for given in (("tablet", "zh", "judges-pad"), ("phone", "en", "judges-pad"))
        ),
    ],
    indirect=True,
    ids=str,
)
def test_axe_finds_nothing_serious(pad: Pad):
    """On the sheet, in every panel and on a dead wire; of what is dark, its colours.

    Panels are dark in the colours of the sheet: in the app's page they are looked at, too.
    """
    problems = []
    for scheme, rules in (("light", ()), ("dark", ("color-contrast",))):
        pad.page.emulate_media(color_scheme=scheme)
        problems += serious(pad, f"sheet {scheme}", rules)
        for at, name in enumerate(PANELS if scheme == "light" or pad.path != "pad" else ()):
            pad.page.locator(".pad .more:visible, .pad .more-small:visible").first.click()
            if at:
                pad.page.locator(".pad .line").nth(at - 1).click()
            expect(pad.page.locator(".pad .panel")).to_be_visible()
            problems += serious(pad, f"{name} {scheme}", rules)
            pad.page.locator(".pad .close").click()
    pad.page.context.set_offline(True)
    expect(pad.page.locator(".pad .bar-offline")).to_be_visible()
    problems += serious(pad, "offline dark", rules)
    pad.page.emulate_media(color_scheme="light")
    problems += serious(pad, "offline light")
    pad.page.context.set_offline(False)
    assert problems == []


PANELS = ("more", "my_sheets", "words", "call", "recusal")
"""In the order of the buttons in the first of them."""


def serious(pad: Pad, where: str, rules: tuple[str, ...] = ()) -> list[Any]:
    """What axe calls serious or worse, in the whole page: the pad stands in a shadow tree."""
    return [
        (where, one["id"], [node["html"][:120] for node in one["nodes"]][:3])
        for one in axe.serious(pad.page, rules=rules)
    ]


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
