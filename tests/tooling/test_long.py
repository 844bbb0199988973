"""Long tests repeat: what each of them holds, a shorter test of the suite holds as well.

``@pytest.mark.long("browser/test_x.py::test_y", …)`` names those that do. ``arena.py test`` leaves
the long ones out, ``arena.py test --long`` runs them, and CI runs both.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.both_stores import LATER, TWICE
from tests.tooling.tree import tracked

HERE = Path(__file__).parents[1]


def marks_in(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Yield each test's name with each of its decorators, and the module's mark for all of it.

    A list of parameters that several tests share stands under its own name.
    """
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield from ((node.name, decorator) for decorator in node.decorator_list)
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) != "pytestmark":
            yield ast.unparse(node.targets[0]), node.value
        elif isinstance(node, ast.Assign):
            yield from (
                (test.name, node.value) for test in tree.body if isinstance(test, ast.FunctionDef)
            )


def long_tests() -> dict[str, list[str]]:
    """Return the long tests, ``file::name``, and the tests each of them names.

    A test that is long with some of its parameters only is ``name[some]``, and may name itself.
    """
    found: dict[str, list[str]] = {}
    for path in tracked():
        if path.is_relative_to(HERE) and path.suffix == ".py" and path.is_file():
            text = path.read_text("utf-8")
            if "mark.long" not in text:
                continue  # parsing every file is dear, and most have no long test
            for name, mark in marks_in(ast.parse(text)):
                for call in ast.walk(mark):
                    if ast.unparse(call).startswith("pytest.mark.long") and not isinstance(
                        call, ast.Attribute
                    ):
                        assert isinstance(call, ast.Call)
                        some = "[some]" if ast.unparse(mark) != ast.unparse(call) else ""
                        place = f"{path.relative_to(HERE).as_posix()}::{name}{some}"
                        found[place] = [ast.literal_eval(one) for one in call.args]
    return found


def test_a_long_test_names_shorter_ones_that_are_run():
    """They are there, and are not long themselves."""
    long = long_tests()
    assert len(long) > 20
    for test, short in long.items():
        assert short, f"{test} names no shorter test"
        for named in short:
            file, _, name = named.partition("::")
            assert named not in long, f"{test} names {named}, which is long itself"
            assert f"def {name}(" in (HERE / file).read_text("utf-8"), f"{test} names {named}"


def test_what_is_long_on_the_second_store_runs_on_a_file():
    """And what it names runs on both, or is a test of the second store."""
    for later, named in LATER.items():
        assert later in TWICE
        file, _, test = named.partition("::")
        if test:
            assert f"def {test}(" in (HERE / file).read_text("utf-8")
        else:
            assert file.removesuffix(".py") in {*TWICE} - {*LATER}
