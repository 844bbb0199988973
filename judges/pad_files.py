"""The pad's files as one text each: modules joined in their order, words, and the colours.

Plain modules, no build: every file of ``judges/pad`` also runs as it is.  They are joined
so that a pad is either wholly on a tablet or not at all, whatever the network does.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from ui.scripts import TICKER, joined
from ui.tokens import css_variables
from words import LANGS, texts

FOLDER = Path(__file__).parent / "pad"
MODULES = (
    "dom",
    "figures",
    "icons",
    "questions",
    "store",
    "witness",
    "sha256",
    "growth",
    "second",
    "wire",
    "outbox",
    "restoring",
    "sync",
    "taps",
    "rubric_news",
    "model",
    "rescue",
    "view_head",
    "view_bar",
    "view_foot",
    "view_dialog",
    "view_compare",
    "view_materials",
    "view_editor",
    "view_outcome",
    "view_sheet",
    "view_list",
    "view_help",
    "view_troubles",
    "view_ended",
    "view_rubric",
    "view_panels",
    "keys",
    "acts",
    "index",
)
"""In the order in which each is defined before it is used."""

STYLES = (
    *("frame", "head", "sheet", "keys", "foot"),
    *("panels", "upright", "low", "phone", "media"),
)
"""In the order in which a later rule takes the place of an earlier one."""


@cache
def script() -> str:
    """All modules as one, with the last one's default export."""
    return joined((TICKER, *(FOLDER / f"{name}.js" for name in MODULES)))


@cache
def style() -> str:
    """The tokens, light and by preference dark, then the pad's own files."""
    light, dark = css_variables("light"), css_variables("dark", shapes=False)
    tokens = (
        f".pad {{ color-scheme: light dark; {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ .pad {{ {dark} }} }}\n"
    )
    return tokens + "".join((FOLDER / f"{name}.css").read_text("utf-8") for name in STYLES)


@cache
def markup() -> str:
    """What the pad is drawn into."""
    return (FOLDER / "pad.html").read_text("utf-8")


@cache
def words() -> dict[str, dict[str, str]]:
    """Every word of the pad in every language: it is switched on the tablet, without a network."""
    return {
        lang: {
            key.removeprefix("pad."): text
            for key, text in texts(lang).items()
            if key.startswith(("pad.", "came."))
        }
        for lang in LANGS
    }


@cache
def version() -> str:
    """A short text that changes with anything that a kept page consists of."""
    whole = "\n".join((script(), style(), markup(), for_page(words())))
    return hashlib.sha256(whole.encode()).hexdigest()[:12]


def for_page(given: dict[str, Any]) -> str:
    """The settings of a pad as JSON that may stand inside a page's script element."""
    return json.dumps(given, ensure_ascii=False).replace("<", "\\u003c")
