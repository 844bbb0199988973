"""The tile map as HTML: a tile a county, its colour one of five steps, its figures in words."""

from collections.abc import Mapping

from competition.programme.measures import MEASURES, Figure
from competition.programme.overview import Overview
from competition.programme.tiles import placed
from overview import figures
from overview.choice import link
from ui.access import Visit, saying
from ui.html import Markup, element, join
from ui.icons import icon

_say = saying("overview.map")
LATE = "overview.map.late"
LEGEND = {True: (0, 60, 70, 80, 90), False: (0, 0.01, 5, 15, 30)}
CORNER = {(4, 0), (4, 1)}
"""Cells of the map, by row and column, that the legend takes where no county is there."""


def tile_map(now: Visit, view: Overview, key: str) -> Markup:
    """The counties that the visitor reaches, coloured by a measure, with the legend of several.

    Each opens its list.
    """
    at = placed(one.code for one in view.counties)
    steps = steps_of(view, key)
    tiles = [
        _tile(now, key, one.code, one.county, one.figures, at[one.code], steps[one.code])
        for one in view.counties
    ]
    key_to = legend(now, view, key)
    grid = "o-map o-grid"
    if len(tiles) == 1:  # one county has nothing to be darker than
        return element("div", *tiles, cls=grid)
    if CORNER & set(at.values()):
        return element("div", element("div", *tiles, cls=grid), key_to, cls="o-map-legend")
    return element("div", *tiles, element("div", key_to, cls="o-corner"), cls=grid)


def steps_of(view: Overview, key: str) -> Mapping[str, int]:
    """Each county's step of colour: by share, or for a plain count by fifths of the largest."""
    measure = MEASURES[key]
    if measure.out_of is not None:
        better = measure.more_is_better
        return {
            one.code: figures.step_of(one.figures[key].percent, more_is_better=better)
            for one in view.counties
        }
    most = max((one.figures[key].value for one in view.counties), default=0)
    return {
        one.code: min(4, 5 * one.figures[key].value // most) if most else 0 for one in view.counties
    }


def _tile(
    now: Visit,
    key: str,
    code: str,
    county: str,
    all_figures: Mapping[str, Figure],
    at: tuple[int, int],
    step: int,
) -> Markup:
    figure = all_figures[key]
    value, _, change = figures.of_measure(key, figure, code)
    late = figures.marked(all_figures["overdue"].value, "value", "overdue", code)
    flag = element(
        "span", icon("attention", 14), figures.said(now.lang, LATE, count=late), cls="o-late"
    )
    percent = figure.percent
    whole = None if percent is None else figures.marked(f"{percent:.0f}%", "whole", key, code)
    out_of = figures.marked(f"{figure.out_of or 0:,}", "out_of", key, code)
    foot = [
        element("span", "" if whole is None else join([value, out_of], "/")),
        element("span", figures.said(now.lang, "overview.map.week_of", change=change)),
    ]
    is_late = all_figures["overdue"].value > 0
    body = join(
        [
            element("span", element("b", county), flag if is_late else "", cls="o-tile-head"),
            element("span", value if whole is None else whole, cls="o-tile-big"),
            element("span", *foot, cls="o-tile-foot"),
        ]
    )
    tile = link(
        body,
        "overview.village",
        cls=f"o-tile o-q{step}",
        measure=key,
        county=code,
        which="with" if key == "overdue" else "without",
    )
    return element("div", tile, cls=f"o-at o-r{at[0]} o-c{at[1]}")


def legend(now: Visit, view: Overview, key: str) -> Markup:
    """The five steps with how many counties each has."""
    steps = list(steps_of(view, key).values())
    measure = MEASURES[key]
    if measure.out_of is None:
        names = [_say(now, f"fifth_{at}") for at in range(5)]
    else:
        bounds = LEGEND[measure.more_is_better]
        kind = "share" if measure.more_is_better else "late"
        names = [
            _say(now, f"{kind}_{at}", low=bounds[at], high=bounds[at + 1] if at < 4 else 100)
            for at in range(5)
        ]
    rows = [
        element(
            "li",
            element("i", cls=f"o-q{at}"),
            name,
            element("b", figures.marked(steps.count(at), "step", key, at), cls="a-n"),
        )
        for at, name in enumerate(names)
    ]
    return element("ul", *rows, cls="o-legend")
