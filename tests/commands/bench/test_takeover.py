"""A second laptop takes over, and the short version of ``arena.py bench takeover``, twice."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.bench.hall import HOST, build
from commands.bench.roving import RovingTablet, until_told
from commands.bench.soak import judged
from commands.bench.takeover import _code, takeovers
from competition.standby import pairing
from competition.standby.following import Follower
from competition.standby.promoting import promote
from tests.browser import server as servers

TABLETS = 3


def test_what_was_acknowledged_outlives_the_first_laptop(tmp_path: Path):
    """It is killed with marks that no copy has: the tablets find the second and give them back."""
    path = tmp_path / "first.db"
    hall = build(path, judges=TABLETS, sheets=10)
    first = servers.start(path)
    tablets = [RovingTablet(hall, first.port, place) for place in range(TABLETS)]
    port, folder = servers.free_port(), tmp_path / "second"
    address = f"http://127.0.0.1:{first.port}"
    own = (f"http://{HOST}:{port}",)
    follower = Follower(folder, pairing.pair_with(folder, address, _code(path), own))
    follower.beat()
    for tablet in tablets:
        tablet.live()
        until_told(tablet, port)
    follower.copy()
    assert follower.status().problem == ""
    _mark(tablets, 5)
    first.kill()
    _mark(tablets, 1)
    done = promote(folder, follower.paired, at=datetime.now(UTC))
    second = servers.start(done.path, port=port)
    _mark(tablets, 5)
    second.kill()
    for tablet in tablets:
        tablet.close()
    assert {tablet.port for tablet in tablets} == {port}
    assert all(tablet.pending == [] for tablet in tablets)
    counts = judged(done.path, hall, tablets, 0)
    assert counts.marks == sum(len(tablet.acknowledged) for tablet in tablets) >= 11 * TABLETS
    assert counts.is_clean, counts


def _mark(tablets: list[RovingTablet], times: int) -> None:
    for _ in range(times):
        for tablet in tablets:
            tablet.live()


@pytest.mark.long(
    "commands/bench/test_takeover.py::test_what_was_acknowledged_outlives_the_first_laptop",
    "commands/test_standby.py::test_the_terminal_asks_before_it_takes_over",
    "competition/standby/test_fencing.py::test_a_higher_generation_makes_the_first_read_only",
)
def test_what_was_acknowledged_outlives_the_first_laptop_and_the_second():
    """Three tablets mark; the first is killed, its standby takes over, is killed in its turn."""
    found = takeovers(times=2, tablets=3)
    assert found.counts.marks > 20
    assert found.counts.is_clean, found
    assert found.fenced == 2
