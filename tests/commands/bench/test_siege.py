"""The short version of ``arena.py bench siege``: tablets mark while the server is attacked."""

import pytest

from commands.bench import attacks, marking, siege
from tests.door.sockets import rerun
from words import LANGS, t


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
