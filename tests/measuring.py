"""Coverage of lines and branches, as ``arena.py test --coverage`` measures it.

SlipCover puts marks into compiled code and takes each out once it was passed; a tracer is called
for every line each time, which doubles what a suite that draws pages computes.  Journeys, whose
code runs in servers of their own, are not followed.

This module is named on pytest's command line, so it is imported before what it measures.
"""

import ast
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import slipcover
from slipcover import branch
from streamlit.runtime.scriptrunner import script_cache

ROOT = Path(__file__).parents[1]
RULES = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["slipcover"]
OURS = [str(ROOT / package) for package in RULES["source"]]
MEASURED = slipcover.Slipcover(
    branch=True,
    immediate=True,
    source=OURS,  # what none imported is counted, too
    exclude_also=RULES["exclude-also"],
)
TOO_LITTLE = 8
"""The exit status of a run that covers less than the floor; pytest's own end at five."""


def compiled_page(source: Any, path: str, **how: Any) -> Any:
    """A page compiled as Streamlit does it, and measured: it is run, not imported."""
    tree = source if isinstance(source, ast.AST) else ast.parse(source)
    code = compile(branch.preinstrument(tree), path, **how)  # type: ignore[arg-type]
    return MEASURED.instrument(code) if WANTED.matches(path) else code


WANTED = slipcover.FileMatcher(sources=OURS)
sys.meta_path.insert(0, slipcover.ImportManager(MEASURED, WANTED).mpf)
script_cache.compile = compiled_page  # type: ignore[attr-defined]

from tests.workers import OUTPUT, OUTPUTS  # noqa: E402  it imports what is measured


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands over what it saw; the sum is shown, and must reach the floor.

    One that died hands over nothing, but its test has failed.
    """
    seen, stash = MEASURED.get_coverage(), session.config.stash
    if OUTPUT in stash:
        stash[OUTPUT]["coverage"] = seen
        return
    for output in stash.get(OUTPUTS, ()):
        slipcover.merge_coverage(seen, output["coverage"])
    slipcover.print_coverage(seen, skip_covered=True)
    reached = seen["summary"]["percent_covered"]
    if reached < RULES["floor"] and not session.testsfailed:
        print(f"FAIL: {reached:.2f} % covered, less than {RULES['floor']} %")  # noqa: T201
        session.exitstatus = TOO_LITTLE
