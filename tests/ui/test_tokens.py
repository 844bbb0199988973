"""Colours: enough contrast for what each is for, and one table for pages, charts and theme."""

import tomllib
from pathlib import Path

import pytest

from ui.tokens import HALL, THEMES, colours, css_variables, standalone_css

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / ".streamlit" / "config.toml"

READ = ["ink", "mute", "faint", "pri", "ok", "wait", "alert", "off"]
TINTED = ["pri", "ok", "wait", "alert", "off"]
STATED = {
    "light": {"ink": 16.3, "mute": 7.6, "faint": 5.3, "edge": 3.6, "pri": 7.9, "off": 10.6},
    "dark": {"ink": 15.3, "mute": 9.3, "faint": 6.8, "edge": 4.6, "pri": 8.3, "off": 11.2},
    "hall": {"ink": 16.9, "mute": 10.7, "faint": 7.2, "edge": 4.8, "pri": 10.0, "amber": 13.0},
}


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#RRGGBB`` (WCAG 2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2)."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("token", READ)
def test_text_has_contrast_on_the_ground_and_on_a_panel(theme: str, token: str):
    """Text needs 4.5, on the ground and on the quiet ground of a table head."""
    tone = colours(theme)
    assert contrast(tone[token], tone["bg"]) >= 4.5
    assert contrast(tone[token], tone["soft"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("token", TINTED)
def test_a_state_is_legible_on_its_own_tint(theme: str, token: str):
    """The word of a state stands on the state's tint; ink does, too."""
    tone = colours(theme)
    assert contrast(tone[token], tone[f"{token}tint"]) >= 4.5
    assert contrast(tone["ink"], tone[f"{token}tint"]) >= 7


@pytest.mark.parametrize("theme", [*THEMES, "hall"])
def test_outlines_of_controls_are_seen(theme: str):
    """An outline or a mark needs 3.0."""
    tone = colours(theme)
    assert contrast(tone["edge"], tone["bg"]) >= 3.0


@pytest.mark.parametrize("theme", STATED)
def test_contrast_is_what_the_design_states(theme: str):
    """The stated figures are kept, to the decimal they are stated with."""
    tone = colours(theme)
    for token, ratio in STATED[theme].items():
        assert contrast(tone[token], tone["bg"]) >= ratio - 0.05, token


def test_reversed_text_on_the_act_is_legible():
    """Ground on 石青: the primary button and the current language, light and dark."""
    for theme in THEMES:
        tone = colours(theme)
        assert contrast(tone["bg"], tone["pri"]) >= 7


def test_the_hall_asks_nobody_to_act():
    """No red, green or ochre in the hall."""
    assert not {"ok", "wait", "alert"} & HALL.keys()


@pytest.mark.parametrize("theme", THEMES)
def test_streamlits_own_theme_uses_the_same_colours(theme: str):
    """Every colour of the configuration that has a token equals it."""
    section = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][theme]
    pairs = {
        "primaryColor": "pri", "backgroundColor": "bg", "secondaryBackgroundColor": "soft",
        "textColor": "ink", "borderColor": "line", "greenColor": "ok", "orangeColor": "wait",
        "redColor": "alert", "grayColor": "mute", "blueBackgroundColor": "pritint",
        "greenBackgroundColor": "oktint", "orangeBackgroundColor": "waittint",
        "redBackgroundColor": "alerttint", "grayBackgroundColor": "offtint",
    }  # fmt: skip
    assert {key: section[key] for key in pairs} == {
        key: colours(theme)[token] for key, token in pairs.items()
    }


def test_variables_carry_every_token():
    """Style sheets may use any token as ``var(--name)``."""
    text = css_variables("dark")
    assert "--pri: #74B9E0;" in text
    assert "'Noto Sans CJK SC'" in text
    assert "--reveal: 600ms;" in text


def test_pages_outside_streamlit_follow_the_readers_preference():
    """Light by default, dark on a screen that asks for it, never on paper."""
    text = standalone_css()
    assert "@media screen and (prefers-color-scheme: dark)" in text
    assert text.index("#FFFFFF") < text.index("prefers-color-scheme") < text.index("#10181F")
