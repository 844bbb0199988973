"""Design tokens for screens: the three themes as CSS custom properties.

Colours come from ``charts.palette`` so that a chart and the page around it cannot drift apart.
"""

from dataclasses import asdict
from functools import cache
from typing import Literal

from charts.palette import DARK, LIGHT, SANS, SONG, Palette, font_stack

Theme = Literal["light", "dark"]

THEMES: dict[Theme, Palette] = {"light": LIGHT, "dark": DARK}

HALL: dict[str, str] = {
    "bg": "#0A1720",
    "soft": "#12242F",
    "ink": "#F5F7F8",
    "mute": "#BBC9D3",
    "faint": "#94A6B3",
    "line": "#2C4353",
    "edge": "#6F8798",
    "pri": "#8CC8EA",
    "amber": "#FFD580",
    "late": "#FF9384",
}
"""The hall has no ok, wait or alert on purpose: nothing there asks for an act; ``late`` is for a
clock over its limit alone."""

SHAPES: dict[str, str] = {
    "sans": font_stack(SANS),
    "song": font_stack(SONG),
    "r-tag": "4px",
    "r": "6px",
    "r-key": "8px",
    "press": "80ms",
    "state": "160ms",
    "reveal": "600ms",
}


def palette(theme: Theme) -> Palette:
    """Return the colours of a theme."""
    return THEMES[theme]


def colours(theme: Theme | Literal["hall"]) -> dict[str, str]:
    """Return a theme's colours by token name."""
    return dict(HALL) if theme == "hall" else asdict(THEMES[theme])


def css_variables(theme: Theme | Literal["hall"], *, shapes: bool = True) -> str:
    """Return CSS declarations ``--bg: #…; …`` of a theme, with fonts, radii and times."""
    values = colours(theme) | (SHAPES if shapes else {})
    return " ".join(f"--{name}: {value};" for name, value in values.items())


@cache
def standalone_css() -> str:
    """Return ``:root`` rules for pages served outside Streamlit: light, and dark by preference."""
    dark = css_variables("dark", shapes=False)
    return (
        f":root {{ color-scheme: light dark; {css_variables('light')} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
        f".hall {{ {css_variables('hall', shapes=False)} }}\n"
    )
