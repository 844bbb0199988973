"""The trend: points in order, the last named, colours of the palette alone."""

import pandas as pd
import pytest

from charts.palette import DARK, LIGHT
from charts.trend import trend
from tests.charts.reading import colours

WEEKS = pd.DataFrame({"day": ["2022-03-04", "2022-03-11", "2022-03-18"], "value": [268, 313, 322]})


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_title_says_the_last_figure_and_colours_are_the_palette_s(lang: str, palette):
    chart = trend(WEEKS, lang, palette)
    assert "322" in chart.to_dict()["title"]["text"]
    assert colours(chart) <= {getattr(palette, name) for name in palette.__slots__}


def test_a_frame_without_its_column_is_refused():
    with pytest.raises(KeyError, match="value"):
        trend(WEEKS[["day"]], "en")
