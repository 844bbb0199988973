"""The map's scale as it is seen without one kind of cone: neighbouring steps stay apart.

The simulation is Machado, Oliveira and Fernandes 2009 (IEEE TVCG 15/6, table 1, severity 1.0)
on linear RGB; the distance is CIE 1976, where about 2.3 is just noticed.
"""

import re
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from charts.counties import MIX, steps
from charts.palette import DARK, LIGHT, Palette
from ui.theme import read

Floats = npt.NDArray[np.float64]
SEEN: dict[str, Floats] = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
APART = 9.0
"""Four times what is just noticed: enough for two tiles that do not touch."""


def linear(colour: str) -> Floats:
    """Return linear red, green and blue of ``#RRGGBB``."""
    part = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def lab(light: Floats) -> Floats:
    """Return CIE L*, a*, b* of linear light."""
    share = TO_XYZ @ np.clip(light, 0, 1) / WHITE
    root = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def test_the_simulation_keeps_white_and_takes_red_from_green():
    """White stays white for every reader; red and green are far apart only to all cones."""
    red, green = linear("#C04040"), linear("#4C8A3C")
    for kind, matrix in SEEN.items():
        assert np.allclose(lab(matrix @ linear("#FFFFFF")), [100, 0, 0], atol=0.2), kind
    hue = {kind: abs(float((lab(SEEN[kind] @ red) - lab(SEEN[kind] @ green))[1])) for kind in SEEN}
    assert hue["all cones"] > 80
    assert max(hue["protanopia"], hue["deuteranopia"]) < 25


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("kind", SEEN)
def test_neighbouring_steps_of_the_map_stay_apart(kind: str, palette: Palette):
    """Every reader sees each step apart from the next, and lightness alone orders all five."""
    seen = [lab(SEEN[kind] @ linear(colour)) for colour in steps(palette)]
    for lower, upper in pairwise(seen):
        assert float(np.linalg.norm(lower - upper)) >= APART
    lightness = [float(one[0]) for one in seen]
    assert lightness == sorted(lightness, reverse=palette is LIGHT)


def test_the_tiles_on_the_page_have_the_steps_of_the_chart():
    """What is held above of the chart holds of the page: the same share of blue in each step."""
    shares = re.findall(
        r"\.o-q\d \{\s+background: color-mix\(in srgb, var\(--pri\) (\d+)%", read("overview")
    )
    assert [int(share) / 100 for share in shares] == list(MIX[:-1])
    assert re.search(r"\.o-q4 \{\s+background: var\(--pri\);", read("overview"))
