"""Memory and open files of a measured server, and how they are summed up."""

import os
from pathlib import Path

from commands.bench.steadiness import Steadiness, watched


def test_growth_is_from_when_all_is_warm_to_the_end():
    """Of a hundred looks: the first ten are the start; then 5 to 9 is what grew."""
    seen = Steadiness()
    assert seen.growth([1] * 10 + [5] * 10 + [7] * 70 + [9] * 10) == (5, 9)


def test_a_process_is_looked_at_where_the_system_tells():
    """This one has memory and open files; without a place for them nothing is looked at."""
    seen = Steadiness()
    if Path("/proc/self/fd").is_dir():
        seen.look(os.getpid())
        assert seen.memory[0] > 1000
        assert seen.files[0] > 2
    with watched(os.getpid(), None):
        pass
