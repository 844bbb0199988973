"""What a finger hits on the pad: every key, 记入 and 提交, at all sizes of screen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.pads import Pad
from tests.browser.waits import painted

LEAST = ((1024, 768), (820, 1180), (844, 390), (360, 640))
MORE = ((1024, 672), (1080, 710), (962, 601), (768, 954), (390, 844))

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


OPENED = f"""async (pad) => {{
  const missedNow = {MISSED};
  const all = (name) => [...pad.querySelectorAll(name)];
  const opened = async (name, at) => {{
    if (!all(name)[at].classList.contains('on')) all(name)[at].click();
    await null; // the pad paints once the click is over
    if (!all(name)[at].classList.contains('on')) throw new Error(`${{name}} ${{at}} is not open`);
  }};
  const missed = {{}};
  let looked = 0;
  for (let place = 0; place < all('.row').length; place += 1) {{
    await opened('.row', place);
    for (let anchor = 0; anchor < all('.anchor').length; anchor += 1) {{
      await opened('.anchor', anchor);
      looked += 1;
      const found = missedNow(pad);
      if (found.length) missed[`row ${{place}} anchor ${{anchor}}`] = found;
    }}
  }}
  return [looked, missed];
}}"""
"""The same for every criterion and anchor, opened one after the other."""


@pytest.mark.parametrize(
    ("path", "sizes"),
    [
        ("pad", LEAST),
        *(
            pytest.param(
                *given,
                marks=pytest.mark.long(
                    "browser/test_pad_sizes.py::test_every_key_is_what_a_finger_hits"
                ),
            )
            for given in (("pad", MORE), ("judges-pad", LEAST + MORE))
        ),
    ],
    ids=["four sizes", "five more", "the app's page"],
)
def test_every_key_is_what_a_finger_hits(
    sit: Callable[..., tuple[Pad, Any]],
    shot: Callable[[Page, str], Path],
    path: str,
    sizes: tuple[tuple[int, int], ...],
):
    """On screen or one scroll away, whichever criterion and anchor is open."""
    pad, _ = sit(path=path)
    missed: dict[str, Any] = {}
    for width, height in sizes:
        pad.page.set_viewport_size({"width": width, "height": height})
        painted(pad.page)
        looked, found = pad.page.locator(".pad").evaluate(OPENED)
        assert looked > 2 * 7
        missed |= {f"{width}x{height} {where}": keys for where, keys in found.items()}
        pad.turn(3)
        shot(pad.page, f"size_{path}_{width}x{height}")
    assert missed == {}
