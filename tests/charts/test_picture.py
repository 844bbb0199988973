"""Pictures of charts: their text is there, in Chinese too, and they ask nobody for anything."""

import io
import re

import pandas as pd
import pytest
from PIL import Image, ImageChops

from charts import picture
from charts.rank_intervals import rank_intervals
from charts.slope import slope
from tests.ui import sample

TEXT = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80">'
    '<text x="10" y="60" font-size="48" font-family="{family}">{text}</text></svg>'
)


def image(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGBA")


@pytest.fixture(scope="module")
def ranks() -> str:
    """The rank intervals in Chinese, with a caption, as an SVG."""
    chart = rank_intervals(sample.intervals(), "zh", top=13)
    return picture.svg(chart.to_json(validate=False), caption="尚未确认 · 样例数据")


def drawn(text: str, family: str = picture.FAMILY) -> Image.Image:
    picture.svg('{"mark":"bar","data":{"values":[]}}')  # the font is known from here on
    return image(picture.png(TEXT.format(family=family, text=text)))


def test_chinese_is_drawn_in_the_font_that_is_brought_along():
    """Two characters are two pictures: neither nothing, nor twice the same empty box."""
    blank, first, second = drawn(""), drawn("红"), drawn("河")
    assert ImageChops.difference(first, blank).getbbox() is not None
    assert ImageChops.difference(second, blank).getbbox() is not None
    assert ImageChops.difference(first, second).getbbox() is not None


def test_every_text_of_a_chart_is_in_that_font(ranks: str, seats: pd.DataFrame):
    """An unknown family alone would draw nothing and raise nothing."""
    for svg in (ranks, picture.svg(slope(seats, "zh", top=13).to_json(validate=False))):
        families = re.findall(r'font-family="([^"]*)"', svg)
        assert families
        assert {one.partition(",")[0].strip("'\" ") for one in families} == {picture.FAMILY}


def test_names_title_and_caption_are_text_of_the_svg(ranks: str, intervals: pd.DataFrame):
    """A reader searches it, and an editor changes it."""
    for text in (*intervals["label"], "尚未确认 · 样例数据", "入围线"):
        assert text in ranks, text


def test_a_png_is_twice_as_large_as_the_svg(ranks: str):
    """For print; its ground is white, not see-through."""
    found = re.search(r'width="(\d+(?:\.\d+)?)" height="(\d+(?:\.\d+)?)"', ranks)
    assert found
    drawing = image(picture.png(ranks))
    assert all(
        abs(pixels - 2 * float(one)) <= 2
        for pixels, one in zip(drawing.size, found.groups(), strict=True)
    )
    assert drawing.getpixel((0, 0)) == (255, 255, 255, 255)


def test_a_name_that_looks_like_markup_stays_text(intervals: pd.DataFrame):
    """What a person typed neither becomes an element of the SVG nor is fetched."""
    forged = intervals.assign(
        label=[f"{one}<image href='http://x/'/>" for one in intervals["label"]]
    )
    svg = picture.svg(
        rank_intervals(forged, "zh", top=13).to_json(validate=False), caption="<script>1</script>"
    )
    assert "<image" not in svg
    assert "<script" not in svg
    assert "&lt;script" in svg
