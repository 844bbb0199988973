"""What ``check`` runs, and that one failure fails the whole."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from commands import check
from commands import test as tests_command


@pytest.mark.parametrize("name", check.CHECKS)
def test_every_tool_can_be_run_as_it_is_called(name: str):
    """Each is a module of the environment, so that no script's path matters."""
    flag, module, *_ = check.CHECKS[name]
    known = module if flag == "-c" else f"import {module}"
    found = subprocess.run(
        [sys.executable, "-c", known.replace("run()", "")], check=False, capture_output=True
    )
    assert found.returncode == 0


def test_all_checks_run_even_when_one_fails(monkeypatch: pytest.MonkeyPatch):
    """All results are shown before the whole fails."""
    monkeypatch.setenv("ARENA_LANG", "en")
    monkeypatch.setattr(check, "CHECKS", {"first": ("-c", "1/0"), "second": ("-c", "print()")})
    result = CliRunner().invoke(check.command)
    assert result.exit_code == 1
    assert "== first" in result.output
    assert "== second" in result.output
    assert "Failed: first" in result.output


def test_without_a_browser_it_is_said_loudly_and_the_rest_is_run(
    monkeypatch: pytest.MonkeyPatch,
):
    """First and last line name the journeys that were skipped."""
    monkeypatch.setenv("ARENA_LANG", "en")
    monkeypatch.setattr(tests_command, "find_browser", lambda: None)
    monkeypatch.setattr(tests_command, "install_browser", lambda: False)
    result = CliRunner().invoke(tests_command.command, ["--version"])
    assert result.exit_code == 0
    assert result.output.splitlines()[-1].startswith("SKIPPED: every journey")


def test_quick_leaves_out_the_journeys_and_only_coverage_measures():
    """Arguments replace the whole suite; the two options go with either."""
    whole = tests_command.pytest_arguments((), quick=False, coverage=False)
    assert "--durations=10" in whole
    assert not any(part.startswith("--cov") for part in whole)
    some = tests_command.pytest_arguments(("tests/db",), quick=True, coverage=True)
    assert some[:2] == ("tests/db", "--ignore=tests/browser")
    assert "--cov" in some


def test_a_failing_suite_fails_the_command():
    """The code of pytest is the command's."""
    result = CliRunner().invoke(tests_command.command, ["tests/no_such_folder", "-q"])
    assert result.exit_code == 4
