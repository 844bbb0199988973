"""The command line as a whole."""

import click
import pytest
from click.testing import CliRunner

import words
from commands import cli, language, say
from commands.cli import COMMANDS, existing
from competition.errors import Refused


class Full(Refused):
    """Refused for a reason that has words."""

    code = "full"


@pytest.mark.parametrize("name", existing())
def test_every_command_can_be_asked_for_help(name: str):
    """Each module has a click command called ``command``, with a help text."""
    asked = CliRunner().invoke(cli.cli, [name, "--help"])
    assert asked.exit_code == 0
    command = cli.cli.get_command(click.Context(cli.cli), name)
    assert command is not None
    assert command.help


@pytest.mark.parametrize("lang", words.LANGS)
def test_the_list_has_every_command_that_exists_and_no_other(
    lang: str, monkeypatch: pytest.MonkeyPatch
):
    """A command whose module is not there is not listed."""
    monkeypatch.setenv("ARENA_LANG", lang)
    listed = CliRunner().invoke(cli.cli, ["--help"]).output
    for name in COMMANDS:
        assert (say(f"{name}.short") in listed) == (name in existing())


def test_an_unknown_command_is_refused_plainly():
    """One message, no traceback, a failing code."""
    refused = CliRunner().invoke(cli.cli, ["conquer"])
    assert refused.exit_code == 2
    assert "conquer" in refused.output


def test_a_refusal_of_ours_is_one_plain_message(monkeypatch: pytest.MonkeyPatch):
    """What acts refuse is said in words, and what is no refusal is not hidden."""
    monkeypatch.setattr(words, "texts", lambda lang: {"error.full": "No seat left in {hall}"})
    assert cli.plain(Full(hall="A")) == "No seat left in A"
    assert cli.plain(ZeroDivisionError()) is None


@pytest.mark.parametrize(
    ("chosen", "system", "expected"),
    [
        ("zh", "en_US.UTF-8", "zh"),
        ("en", "zh_CN.UTF-8", "en"),
        ("", "zh_CN.UTF-8", "zh"),
        ("", "de_DE.UTF-8", "en"),
        ("", "C.UTF-8", "en"),
    ],
)
def test_the_terminal_speaks_the_language_of_its_system(
    chosen: str, system: str, expected: str, monkeypatch: pytest.MonkeyPatch
):
    """ARENA_LANG first, then the system's language, then English."""
    monkeypatch.setenv("ARENA_LANG", chosen)
    monkeypatch.setenv("LC_ALL", system)
    assert language() == expected
