"""What a finger hits on the pad: every key, 记入 and 提交, at nine sizes of screen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.pads import Pad

SIZES = (
    (1024, 768),
    (1024, 672),
    (1080, 710),
    (962, 601),
    (820, 1180),
    (768, 954),
    (844, 390),
    (390, 844),
    (360, 640),
)

MISSED = """(pad) => {
  const tree = pad.getRootNode();
  const missed = [];
  for (const key of pad.querySelectorAll('.anchor, .markkey, .digit, .clear, .enter, .submit')) {
    key.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const box = key.getBoundingClientRect();
    const at = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]];
    const hit = at.every(([x, y]) => {
      const found = tree.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
      return found !== null && found.closest('button') === key;
    });
    const isLarge = Math.min(box.width, box.height) >= 55.5;
    if (!hit || !isLarge) missed.push([key.textContent, box.top, box.width, box.height].join(' '));
  }
  return missed;
}"""
"""The keys that are not hit in the middle and near each corner, or are smaller than a finger."""


@pytest.mark.parametrize("path", ["judges-pad", "pad"])
def test_every_key_is_what_a_finger_hits(
    sit: Callable[..., tuple[Pad, Any]], shot: Callable[[Page, str], Path], path: str
):
    """On screen or one scroll away, whichever criterion and anchor is open."""
    pad, _ = sit(path=path)
    missed: dict[str, list[str]] = {}
    for width, height in SIZES:
        pad.page.set_viewport_size({"width": width, "height": height})
        for place in range(7):
            pad.turn(place)
            for anchor in range(pad.page.locator(".pad .anchor").count()):
                pad.page.locator(".pad .anchor").nth(anchor).click()
                found = pad.page.locator(".pad").evaluate(MISSED)
                if found:
                    missed[f"{width}x{height} row {place} anchor {anchor}"] = found
        pad.turn(3)
        shot(pad.page, f"size_{path}_{width}x{height}")
    assert missed == {}
