"""A real browser beside a simulated tablet, both on bad wires: the short ``bench soak``."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from commands.bench.soak import soak


@pytest.mark.long(
    "browser/test_pad.py::test_every_tap_through_a_cut_is_kept_on_the_plain_page",
    "commands/bench/test_soak.py::test_every_acknowledged_mark_is_there_once_with_its_last_value",
)
def test_what_a_browser_shows_as_saved_is_there_once_with_its_last_value():
    """A third of all requests fails, half of them after the server has done its work."""
    with ThreadPoolExecutor(1) as apart:  # this thread has the journeys' own browser
        found = apart.submit(soak, pads=1, marks=20, browsers=1, cuts=0.33).result()
    assert found.in_browsers > 10
    assert found.marks == 20 + found.in_browsers
    assert found.is_clean, found
