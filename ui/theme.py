"""The page's style: tokens by theme, density by reader, print. One call at the top of a page."""

from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import streamlit as st
from markupsafe import escape

from charts.palette import QUOTES, Palette
from ui.icons import icon_css
from ui.tokens import Theme, css_variables, palette

Density = Literal["organizer", "judge"]

FOLDER = Path(__file__).parent / "css"

DARK_PRIMARY = '[data-testid^="stBaseButton-primary"]:not(:disabled) { color: #10181F; }'
"""Streamlit keeps white text on a primary button in dark: 2.1 on our blue. This makes it 8.3."""

DARK_ON_PAPER = '@media print { [data-testid="stVegaLiteChart"] { display: none !important; } }'
"""A chart is drawn in the theme's colours and cannot turn light; its facts stand in a table."""


LATIN_FONTS = ("Segoe UI", "Helvetica Neue", "Arial", "Roboto", "Liberation Sans", "DejaVu Sans")
LATIN_QUOTES = (
    f"@font-face {{ font-family: '{QUOTES}'; unicode-range: U+2018-2019, U+201C-201D, U+2026;"
    " src: " + ", ".join(f"local('{name}')" for name in LATIN_FONTS) + "; }"
)
"""English quotes in a Chinese font would stand apart like full-width signs."""


def theme() -> Theme:
    """Return the reader's theme; light until the browser reports it."""
    return "dark" if st.context.theme.type == "dark" else "light"


def current_palette() -> Palette:
    """Return the colours of the reader's theme, e.g. for a chart on the page."""
    return palette(theme())


def page_style(
    density: Density = "organizer", *, lang: str = "zh", large: bool = True, watermark: str = ""
) -> None:
    """Emit the style of a page; call once, before anything else on it.

    Parameters
    ----------
    density
        ``organizer``: 13 to 24 px; ``judge``: body 20 px, keys at least 56 px.
    lang
        The page's language: English takes its quotes from a Latin font.
    large
        大字, the judges' default. Without it text takes a fifth off, never under 16; keys stay.
    watermark
        A word tiled over the page, e.g. that this is a rehearsal.
    """
    text = style(density, large=large)
    if lang == "en":
        text += LATIN_QUOTES
    if theme() == "dark":
        text += DARK_ON_PAPER
    if watermark:
        text += tiled(watermark, current_palette().ink)
    st.html(f"<style>{text}</style>")


@cache
def style(density: Density, *, large: bool = True) -> str:
    """Return the CSS of a page as text.

    Dark is the browser's own question, as Streamlit asks it: a device that turns dark in the
    evening turns both at once, and the first picture of a page is right already.
    """
    light, dark = css_variables("light"), css_variables("dark", shapes=False)
    parts = [f":root {{ {light} --scale: {1 if large else 0.8}; }}"]
    parts += [f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} {DARK_PRIMARY} }}"]
    parts += [icon_css(), read("base"), read("page"), read(density)]
    if density == "organizer":
        parts += [read("forms"), read("results"), read("touch")]
    parts += [f"@media print {{ :root {{ {css_variables('light', shapes=False)} }} }}"]
    parts.append(read("print"))
    return "\n".join(parts)


def tiled(word: str, ink: str) -> str:
    """Return the rule that tiles a word over a page, on screen and on paper."""
    picture = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='320' height='220'>"
        f"<text x='40' y='150' font-size='48' font-weight='700' fill='{ink}' fill-opacity='.1'"
        f" font-family='sans-serif' transform='rotate(-24 160 110)'>{escape(word)}</text></svg>"
    )
    return (
        '\n[data-testid="stApp"]::after { content: ""; position: fixed; inset: 0; z-index: 999;'
        f' pointer-events: none; background: url("data:image/svg+xml,{quote(picture)}"); }}'
    )


@cache
def read(name: str) -> str:
    """Return a style sheet of this package."""
    return (FOLDER / f"{name}.css").read_text(encoding="utf-8")
