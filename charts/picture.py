"""A chart as a picture for reports, SVG or PNG: drawn by vl-convert, without a browser.

Text is set in the free font that papers embed, which is registered first: of an unknown family
the renderer draws no text and raises nothing.
"""

import json
import threading
from functools import cache
from typing import Any

import pylopdf_fonts_zh_cn

from charts.style import FONT

FAMILY = "Noto Sans SC"
"""The free font; the others behind it serve who opens an SVG where it is not installed."""
SCALE = 2.0
"""Pixels of a PNG to one of the screen: 192 to the inch, enough for print."""
MARGIN = 20
_one_at_a_time = threading.Lock()


@cache
def _renderer() -> Any:
    """The renderer with its font; imported when the first picture is asked for: it is 84 MB."""
    import vl_convert

    vl_convert.register_font_directory(str(pylopdf_fonts_zh_cn.sans_path().parent))
    return vl_convert


def svg(spec: str, *, caption: str = "") -> str:
    """Draw a chart's specification.

    Parameters
    ----------
    spec
        JSON, as a chart's ``to_json`` gives it.
    caption
        Lines below the title: of what the picture is, and how it stands.
    """
    drawn: dict[str, Any] = json.loads(spec)
    drawn.setdefault("config", {})["font"] = f"{FAMILY}, {FONT}"
    drawn["padding"] = MARGIN
    if caption:
        title = drawn.setdefault("title", {"text": ""})
        title["subtitle"] = [*title.get("subtitle", ()), *caption.split("\n")]
    with _one_at_a_time:
        # No address may be read: all data are in the specification.
        return str(_renderer().vegalite_to_svg(drawn, allowed_base_urls=[]))


def png(drawn: str, *, scale: float = SCALE) -> bytes:
    """An SVG as PNG."""
    with _one_at_a_time:
        return bytes(_renderer().svg_to_png(drawn, scale=scale))
