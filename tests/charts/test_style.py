"""What all charts share: the colours of the palette in use, and a stack of fonts."""

import pandas as pd
import pytest

from charts.caterpillar import caterpillar
from charts.palette import DARK, LIGHT, QUOTES, SANS, font_stack
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


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_only_colours_of_the_palette_are_used(all_three, palette):
    """No colour of a library's theme comes through."""
    allowed = {getattr(palette, name) for name in palette.__slots__}
    for chart in all_three("en", palette):
        assert colours(chart) <= allowed


def test_the_font_stack_ends_in_a_generic_name():
    """Where none of ours is installed there is still text."""
    assert FONT.endswith("sans-serif")
    assert font_stack(SANS).startswith(f"'{QUOTES}', 'PingFang SC', ")
