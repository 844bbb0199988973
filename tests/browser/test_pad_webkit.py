"""The pad in WebKit: most tablets are iPads. Marking, a cut, a reload, a take-over, a submit."""

import os
from collections.abc import Callable, Iterator

import pytest

from tests.browser import webkit
from tests.browser.pads import FULL, saved, stored, word
from tests.browser.proxy import Proxy
from tests.browser.server import Server
from tests.browser.test_pad_sizes import MISSED
from tests.browser.webkit import WebKit

IS_REQUIRED = os.environ.get("ARENA_WEBKIT") == "required"
"""As in .ci/run, where a missing WebKit is a failure."""

pytestmark = [
    pytest.mark.skipif(
        not webkit.is_here() and not IS_REQUIRED, reason="no webkit2gtk-driver here"
    ),
    pytest.mark.long(
        "browser/test_pad.py::test_a_sheet_is_marked_saved_and_submitted",
        "browser/test_pad.py::test_every_tap_through_a_cut_is_kept_on_the_plain_page",
        "browser/test_pad.py::test_a_second_tab_takes_over_and_both_values_are_shown",
        "browser/test_pad_sizes.py::test_every_key_is_what_a_finger_hits",
    ),
]


@pytest.fixture(scope="module")
def window() -> Iterator[WebKit]:
    """One window for all of it."""
    with webkit.webkit((1024, 768)) as opened:
        yield opened


def type_mark(window: WebKit, place: int, mark: str) -> None:
    """Open a criterion and enter a mark on the number pad."""
    row = "return document.querySelectorAll('.pad .row')[arguments[0]]"
    if "on" not in window.run(f"{row}.className", place).split():
        window.run(f"({row.removeprefix('return ')}).click()", place)
    for key in mark.replace(".5", "h"):
        window.tap(".pad .digit", ".5" if key == "h" else key)
    window.tap(".pad .enter")


def test_a_whole_sheet_in_webkit(window: WebKit, hall: Server, cut_wire: Callable[[Server], Proxy]):
    """Through a cut and a reload; then on a second page, which takes the seat over."""
    wire, judge = cut_wire(hall), next(hall.filled.free)
    home = f"http://127.0.0.1:{wire.port}"
    window.open(f"{home}/j/{hall.filled.tokens[judge]}")
    window.says(saved(0))
    for place, mark in enumerate(FULL[:2]):
        type_mark(window, place, mark)
    window.says(saved(2))
    wire.cut()
    type_mark(window, 2, FULL[2])
    window.says(word("offline"))
    assert stored(hall, judge)[2] is None
    wire.restore()
    window.says(saved(3))
    window.do("POST", "/refresh")
    window.says(saved(3))
    window.run("sessionStorage.clear()")
    window.open(f"http://127.0.0.1:{hall.port}/j/{hall.filled.tokens[judge]}")
    window.tap(".pad .ended .primary", word("take_over"))
    window.until("return !document.querySelector('.pad .ended')")
    for place, mark in enumerate(FULL[3:], start=3):
        type_mark(window, place, mark)
    window.says(saved(7))
    window.tap(".pad .submit")
    window.says(word("state_submitted"))
    assert stored(hall, judge) == [f"{float(mark):.1f}" for mark in FULL]


def test_every_key_is_what_a_finger_hits_in_webkit(window: WebKit, hall: Server):
    """In the largest of a criterion's levels, ten keys in one line."""
    judge = next(hall.filled.free)
    window.open(f"{hall.url.replace('arena.test', '127.0.0.1')}/j/{hall.filled.tokens[judge]}")
    if window.run("return Boolean(document.querySelector('.a-choice'))"):
        window.tap(".a-choice button")
    window.says(saved(0))
    for place in (0, 3):
        window.run("document.querySelectorAll('.pad .row')[arguments[0]].click()", place)
        window.run("document.querySelectorAll('.pad .anchor')[3].click()")
        assert window.run(f"return ({MISSED})(document.querySelector('.pad'))") == []
