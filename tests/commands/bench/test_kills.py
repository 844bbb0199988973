"""The short version of ``arena.py bench kills``: two kills, one older backup put back."""

import pytest

from commands.bench.kills import kills


@pytest.mark.long(
    "commands/test_restore.py::test_the_drill",
)
def test_what_was_acknowledged_outlives_kills_and_an_older_backup():
    """Three tablets mark, the server dies twice, once an older file is served after it."""
    restores, found = kills(times=2, tablets=3)
    assert restores == 1
    assert found.marks > 20
    assert found.is_clean, found
