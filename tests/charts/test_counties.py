"""The counties' map: readable without colour, and outlines always say what they are not."""

import json
from itertools import pairwise

import pandas as pd
import pytest

from charts import counties
from charts.palette import DARK, LIGHT, Palette
from competition.programme.outlines import counties_geojson
from competition.programme.tiles import placed, tiles
from tests.ui.test_tokens import contrast

SKETCH = "示意图，未经审图，仅供内部使用"
READABLE = 4.5


@pytest.fixture
def frame() -> pd.DataFrame:
    at = placed(tile.county_code for tile in tiles())
    rows = [
        {
            "code": tile.county_code, "county": tile.short, "step": n % 5, "value": f"{n}%",
            "detail": f"{n}/100", "row": at[tile.county_code][0], "column": at[tile.county_code][1],
        }
        for n, tile in enumerate(tiles())
    ]  # fmt: skip
    return pd.DataFrame(rows)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_steps_differ_in_lightness_alone_and_each_carries_its_text(palette: Palette):
    """Whoever sees no colour, and a copier, tell them apart by the contrast to the ground."""
    shades = counties.steps(palette)
    against = [contrast(shade, palette.bg) for shade in shades]
    assert against == sorted(against)
    assert all(b / a > 1.15 for a, b in pairwise(against))
    for step, shade in enumerate(shades):
        text = palette.bg if step >= counties.LIGHT_TEXT_FROM else palette.ink
        assert contrast(text, shade) >= READABLE, step


def test_every_county_says_its_figure_on_both_maps(frame: pd.DataFrame):
    drawn = counties.tiles(frame, "入库", ["来源"]).to_json()
    sketch = counties.outlines(frame, counties_geojson(), "入库", [SKETCH]).to_json()
    for one in frame.itertuples():
        for text in (drawn, sketch):
            assert json.dumps(one.county)[1:-1] in text or one.county in text
            assert str(one.value) in text
    assert json.dumps(SKETCH)[1:-1] in sketch or SKETCH in sketch


def test_outlines_of_counties_that_are_not_asked_for_are_not_drawn(frame: pd.DataFrame):
    """A county's own map holds its own outline alone."""
    one = frame[frame["code"] == "532529"]
    assert (
        counties.outlines(one, counties_geojson(), "入库", [SKETCH]).to_json().count("adcode") == 1
    )
