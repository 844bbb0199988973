"""What ``check`` runs, and that one failure fails the whole."""

import ast
import importlib.util
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from commands import ROOT, check
from commands import test as tests_command
from tests import order


def test_every_tool_can_be_run_as_it_is_called():
    """Each is a module of the environment, so that no script's path matters."""
    for flag, module, *_ in check.CHECKS.values():
        if flag == "-c":
            command, name = ast.parse(module).body[0], ""
            assert isinstance(command, ast.ImportFrom)
            name = str(command.module)
        else:
            name = f"{module}.__main__"
        assert importlib.util.find_spec(name) is not None


def test_all_checks_run_even_when_one_fails(monkeypatch: pytest.MonkeyPatch):
    """All results are shown before the whole fails."""
    monkeypatch.setenv("ARENA_LANG", "en")
    monkeypatch.setattr(check, "CHECKS", {"first": ("-S", "-c", "1/0"), "second": ("-S", "-c", "")})
    monkeypatch.setattr(check, "NODE_CHECKS", {})
    result = CliRunner().invoke(check.command)
    assert result.exit_code == 1
    assert "== first" in result.output
    assert "== second" in result.output
    assert "Failed: first" in result.output


def test_without_node_it_is_said_loudly_and_the_rest_stands(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """No failure, and no silence."""
    monkeypatch.setenv("ARENA_LANG", "en")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(check, "CHECKS", {})
    result = CliRunner().invoke(check.command)
    assert result.exit_code == 0
    assert result.output.startswith("NOT CHECKED: CSS and JavaScript")


@pytest.mark.skipif(shutil.which("npm") is None, reason="no npm on this machine")
def test_a_style_sheet_out_of_form_and_a_script_with_a_fault_fail(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    """Both tools see the files of the folders named to them."""
    monkeypatch.setenv("ARENA_LANG", "en")
    for name in ("package.json", "package-lock.json", "biome.json", ".prettierrc.json"):
        shutil.copy(ROOT / name, tmp_path)
    modules = ROOT / check.MODULES
    if modules.exists():  # made by `check` itself, which a copy of the lock finds in order
        (tmp_path / check.MODULES).symlink_to(modules)
    assert check.install_modules("npm", tmp_path)
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "good.css").write_text("a {\n  color: red;\n}\n")
    assert check.node_failures(tmp_path) == []
    (tmp_path / "ui" / "bad.css").write_text("a{color:red}")
    (tmp_path / "ui" / "bad.js").write_text("const a = 1;\na = 2;\n")
    assert check.node_failures(tmp_path) == list(check.NODE_CHECKS)
    assert "noConstAssign" in capfd.readouterr().err


def test_without_a_browser_it_is_said_loudly_and_the_rest_is_run(
    monkeypatch: pytest.MonkeyPatch,
):
    """First and last line name the journeys that were skipped."""
    monkeypatch.setenv("ARENA_LANG", "en")
    monkeypatch.setattr(tests_command, "find_browser", lambda: None)
    monkeypatch.setattr(tests_command, "install_browser", lambda: False)
    result = CliRunner().invoke(tests_command.command, ["--version"])
    assert result.exit_code == 0
    assert result.output.splitlines()[-1].startswith("SKIPPED: every test in a real browser")


def test_quick_is_handed_on_and_only_coverage_measures():
    """Arguments replace the whole suite; the two options go with either."""
    whole = tests_command.pytest_arguments(())
    assert "--durations=10" in whole
    assert whole[-2:] == ("-m", "not long")
    assert "tests.measuring" not in whole
    assert tests_command.pytest_arguments((), long=True)[-2:] == ("-m", "long")
    some = tests_command.pytest_arguments(("tests/db",), quick=True, coverage=True)
    assert some[:2] == ("tests/db", "--quick")
    assert "tests.measuring" in some


def test_the_dearest_files_exist_and_come_first(request: pytest.FixtureRequest):
    """A renamed file would be begun late, and one worker would end alone."""
    files = [order.HERE / f"{name}.py" for name in order.COSTS]
    assert [path for path in files if not path.exists()] == []
    places = [order.place(item) for item in request.session.items]
    assert places == sorted(places)


def test_quick_leaves_out_journeys_and_what_is_dear():
    """A cheap file stays, and so does one that was never measured."""
    left_out = {name for name in order.COSTS if order.is_dear(order.HERE / f"{name}.py")}
    assert {"browser/test_pad", "every_page/test_matrix"} <= left_out
    assert all(order.COSTS[name] >= order.DEAR or "browser/" in name for name in left_out)
    assert order.is_dear(order.HERE / "browser")
    assert not order.is_dear(order.HERE / "scoring" / "test_new.py")
    assert not order.is_dear(order.HERE / "scoring")


def test_a_failing_suite_fails_the_command():
    """The code of pytest is the command's."""
    result = CliRunner().invoke(
        tests_command.command, ["tests/no_such_folder", "-q", "--noconftest"]
    )
    assert result.exit_code == 4
