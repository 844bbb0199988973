"""Style sheets: nothing generated is relied on, and judges get size."""

import re
import tomllib
from pathlib import Path

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from charts.palette import LIGHT, QUOTES, SANS, font_stack
from commands import ROOT
from ui.theme import DARK_PRIMARY, FOLDER, LATIN_QUOTES, read, style
from ui.tokens import css_variables

OWN = ("o-", "a-", "c-", "h-", "hall", "j-", "p-", "r-", "st-key-")
PAPER = {colour.lower() for colour in ("#fff", LIGHT.ink, LIGHT.mute)}
ON_PAPER = {"print": PAPER, "cards": PAPER}  # cards and plates are shown as they are printed
OURS = {"data-arena-lost", "data-h", "data-shows", "data-stale"}
"""Attributes that our own scripts set."""
STREAMLIT = Path(streamlit.__file__).parent / "static" / "static" / "js"
SHEETS = sorted(path.stem for path in FOLDER.glob("*.css"))


@pytest.mark.parametrize("name", SHEETS)
def test_no_rule_relies_on_a_generated_class(name: str):
    """Only data-testid, own keys and own classes: a-… everywhere, c-, j-, h-, p-, r- by area."""
    selectors = re.sub(r"\{[^{}]*\}|/\*.*?\*/|[\d.]+(px|s|em)", " ", read(name), flags=re.S)
    found = set(re.findall(r"\.([a-zA-Z_][\w-]*)", selectors))
    assert all(each.startswith(OWN) for each in found), found


def test_every_part_of_streamlit_that_is_named_is_in_its_scripts():
    """A rule for what another version of Streamlit draws would silently be for nothing."""
    sheets = "".join(map(read, SHEETS))
    scripts = "".join(one.read_text("utf-8") for one in STREAMLIT.glob("*.js"))
    parts = set(re.findall(r'data-testid\^?="([A-Za-z]+)', sheets))
    marks = set(re.findall(r"\[(data-[a-z-]+)", sheets)) - OURS
    assert len(parts) > 30
    assert {one for one in parts | marks if one not in scripts} == set()


@pytest.mark.parametrize("name", SHEETS)
def test_every_colour_is_a_token(name: str):
    """A colour of its own would not follow the theme; paper alone is white."""
    colours = set(re.findall(r"#[0-9a-f]{3,8}\b", read(name).lower()))
    assert colours <= ON_PAPER.get(name, set())


@pytest.mark.parametrize("name", SHEETS)
def test_every_token_used_exists(name: str):
    """A misspelt token would silently be nothing."""
    own = "".join(re.findall(r"--[\w-]+:", "".join(map(read, SHEETS))))
    whole = style("judge") + css_variables("hall") + own + "--i: --s: --big: --n:"
    for token in set(re.findall(r"var\(--([\w-]+)\)", read(name))):
        assert f"--{token}:" in whole, token


def test_the_dark_primary_button_has_dark_text():
    """Streamlit would keep it white; light needs no rule."""
    always, dark = style("organizer").split("@media (prefers-color-scheme: dark)", 1)
    assert DARK_PRIMARY in dark
    assert DARK_PRIMARY not in always


def test_paper_is_always_light():
    """Printing from a dark screen gives ink on white."""
    whole = style("organizer")
    assert whole.index("#10181F") < whole.rindex("#FFFFFF")


def test_motion_can_be_refused():
    """prefers-reduced-motion: none at all."""
    assert "prefers-reduced-motion" in read("page")


def test_quotes_are_latin_on_english_pages_only():
    """“Rules” in a Chinese font stands apart; in Chinese text the wide quotes are right."""

    def shown(lang: str) -> str:
        at = AppTest.from_function(show_style, args=(lang,)).run()
        return str(at.get("html")[0].proto.body)

    assert LATIN_QUOTES in shown("en")
    assert LATIN_QUOTES not in shown("zh")
    assert font_stack(SANS).startswith(f"'{QUOTES}'")
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["theme"]["font"] == font_stack(SANS)


def show_style(lang: str) -> None:
    from ui.theme import page_style

    page_style("organizer", lang=lang)
