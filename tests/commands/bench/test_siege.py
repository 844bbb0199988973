"""The short version of ``arena.py bench siege``: tablets mark while the server is attacked."""

import subprocess
import sys
from pathlib import Path

import pytest

from commands.bench import attacks, marking, siege
from tests.door.sockets import rerun
from words import LANGS, t


@pytest.mark.long(
    "door/test_bodies.py::test_half_sent_bodies_stop_no_route_and_end_in_408",
    "door/test_flood.py::test_a_flood_is_refused_no_faster_than_its_connections_wait",
    "commands/bench/test_soak.py::test_every_acknowledged_mark_is_there_once_with_its_last_value",
)
def test_nothing_of_a_judges_is_refused_under_attack(monkeypatch: pytest.MonkeyPatch):
    """Half-sent bodies and a flood, each for two seconds."""
    monkeypatch.setattr(marking, "TAP_SECONDS", 0.5)
    phases = list(siege.besieged(6, 2.0, ("bodies_28", "requests")))
    assert [phase.name for phase in phases] == ["quiet", "bodies_28", "requests"]
    assert all(phase.marks for phase in phases)
    assert [phase.refused for phase in phases] == [0, 0, 0]


def test_an_attack_asks_for_what_a_page_asks():
    """Streamlit's own message; another would be closed as no message at all."""
    assert rerun() == attacks.RERUN


def test_every_attack_has_its_words():
    """In both languages."""
    for lang in LANGS:
        assert all(t(f"bench.attack_{name}", lang) for name in (siege.QUIET, *attacks.ATTACKS))


def test_a_server_is_found_by_its_port_on_its_command_line():
    """Its memory tells: a process that has only begun has used no processor to speak of."""
    command = [sys.executable, "-S", "-c", "input(1)", "--port", "1", "--host", "x"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.read(1) == b"1"
        found = siege.Process.of(1)
        process.communicate()
    assert found.megabytes > 0 or not Path("/proc/self/stat").exists()
    assert siege.Process.of(1) == siege.Process()
