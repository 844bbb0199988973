"""The page's style: tokens by theme, density by reader, print. One call at the top of a page."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import streamlit as st

from charts.palette import QUOTES, Palette
from ui.icons import icon_css
from ui.tokens import Theme, css_variables, palette

Density = Literal["organizer", "judge"]

FOLDER = Path(__file__).parent / "css"

SHEETS: dict[Density, tuple[str, ...]] = {
    "organizer": (
        *("base", "tables", "standings", "page", "organizer", "desk", "hall_control", "cards"),
        *(
            "menu",
            "forms",
            "importing",
            "county",
            "province",
            "results",
            "results_narrow",
            "standing_rows",
            "overview",
            "touch",
        ),
    ),
    "judge": ("base", "tables", "standings", "page", "judge", "judge_home"),
}
"""Style sheets of a page; a later one overrides an earlier one."""

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


def page_style(density: Density, *, lang: str = "zh") -> None:
    """Emit the style of a page; call once, before anything else on it.

    Parameters
    ----------
    density
        ``organizer``: 13 to 24 px; ``judge``: body 20 px, keys at least 56 px.
    lang
        The page's language: English takes its quotes from a Latin font.
    """
    text = style(density)
    if lang == "en":
        text += LATIN_QUOTES
    if theme() == "dark":
        text += DARK_ON_PAPER
    st.html(Ready(f"<style>{text}</style>"))


@dataclass(frozen=True, slots=True)
class Ready:
    """HTML that Streamlit takes as it is: indents of a text are looked for, 3 ms a page here."""

    text: str

    def _repr_html_(self) -> str:
        return self.text


@cache
def style(density: Density) -> str:
    """Return the CSS of a page as text.

    Dark is the browser's own question, as Streamlit asks it: a device that turns dark in the
    evening turns both at once, and the first picture of a page is right already.
    """
    light, dark = css_variables("light"), css_variables("dark", shapes=False)
    parts = [f":root {{ {light} }}"]
    parts += [f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} {DARK_PRIMARY} }}"]
    parts += [icon_css(), *map(read, SHEETS[density])]
    parts += [f"@media print {{ :root {{ {css_variables('light', shapes=False)} }} }}"]
    parts.append(read("print"))
    return "\n".join(parts)


@cache
def read(name: str) -> str:
    """Return a style sheet of this package."""
    return (FOLDER / f"{name}.css").read_text(encoding="utf-8")
