"""The bench of hall screens measures what it says: every board draws every change."""

import pytest

from commands.bench import board
from commands.bench.board import Board, _seen, measured


@pytest.mark.long("commands/bench/test_board.py::test_a_change_that_a_board_never_drew_is_no_time")
def test_every_board_draws_every_change(monkeypatch: pytest.MonkeyPatch):
    """Two screens, two judges, two changes on a real server: nothing is missed."""
    for name, seconds in (("POLL_SECONDS", 0.5), ("TAP_SECONDS", 0.5), ("CHANGE_SECONDS", 1.0)):
        monkeypatch.setattr(board, name, seconds)
    seen, asked, taps, missed = measured(2, 2, 2)
    assert missed == "0"
    assert all(" / " in column for column in (seen, asked, taps))


def test_a_change_that_a_board_never_drew_is_no_time():
    """It is counted as missed, not as quick."""
    screen = Board(0, "", "", drawn=[(5.0, "one"), (9.0, "two")])
    assert _seen(screen, 4.0, "one") == 1.0
    assert _seen(screen, 6.0, "one") is None
    assert _seen(screen, 6.0, "three") is None
