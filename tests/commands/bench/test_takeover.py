"""The short version of ``arena.py bench takeover``: the second laptop takes over twice."""

from commands.bench.takeover import takeovers


def test_what_was_acknowledged_outlives_the_first_laptop_and_the_second():
    """Three tablets mark; the first is killed, its standby takes over, is killed in its turn."""
    found = takeovers(times=2, tablets=3)
    assert found.counts.marks > 20
    assert found.counts.is_clean, found
    assert found.fenced == 2
