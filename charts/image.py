"""Pictures of charts for papers: PNG and SVG by vl-convert, without a browser."""

from collections.abc import Sequence
from pathlib import Path

import altair as alt
import vl_convert


def register_fonts(folders: Sequence[Path]) -> None:
    """Make the fonts of folders known to the renderer.

    An unknown family draws no text and raises nothing: a paper's own font is registered first.
    """
    for folder in folders:
        vl_convert.register_font_directory(str(folder))


def png(chart: alt.LayerChart, *, scale: float = 2.0) -> bytes:
    """Return a chart as PNG; scale 2 prints well at the size it has on a screen."""
    return bytes(vl_convert.vegalite_to_png(chart.to_json(), scale=scale))


def svg(chart: alt.LayerChart) -> str:
    """Return a chart as SVG."""
    return str(vl_convert.vegalite_to_svg(chart.to_json()))
