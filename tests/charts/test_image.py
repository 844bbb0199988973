"""Pictures for papers: they hold their text, in a font that was found, in either palette."""

import struct

import pandas as pd
import pytest

from charts.caterpillar import caterpillar
from charts.image import png, svg
from charts.palette import DARK, LIGHT, SANS, font_stack
from charts.rank_intervals import rank_intervals
from charts.slope import slope
from charts.style import FONT
from tests.charts.reading import colours


@pytest.fixture
def all_three(intervals: pd.DataFrame, severities: pd.DataFrame, seats: pd.DataFrame):
    """Draw the three charts in a language and palette."""

    def draw(lang: str, palette=LIGHT):
        return [
            rank_intervals(intervals, lang, palette, top=13),
            caterpillar(severities, lang, palette),
            slope(seats, lang, palette, top=13),
        ]

    return draw


def test_a_picture_is_a_png_of_some_size(all_three):
    """Drawn without a browser, at the scale asked for."""
    for chart in all_three("zh"):
        data = png(chart, scale=1)
        assert data.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", data[16:24])
        assert 300 < width < 900
        assert 300 < height < 1000


def test_text_stays_text_in_svg(all_three):
    """Chinese and figures are in the file, under our font stack."""
    ranks, judges, seats = (svg(chart) for chart in all_three("zh"))
    assert "荣盛村" in ranks
    assert "入围线 13" in ranks
    assert "评委04" in judges
    assert "21号 团山村" in seats
    assert "Noto Sans CJK SC" in ranks


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_only_colours_of_the_palette_are_used(all_three, palette):
    """No colour of a library's theme comes through."""
    allowed = {getattr(palette, name) for name in palette.__slots__}
    for chart in all_three("en", palette):
        assert colours(chart) <= allowed


def test_the_font_stack_ends_in_a_generic_name():
    """Where none of ours is installed there is still text."""
    assert FONT.endswith("sans-serif")
    assert font_stack(SANS).startswith("'PingFang SC', ")
