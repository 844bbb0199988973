"""Work that tests would otherwise repeat hundreds of times, done once in a worker.

Nothing here changes what is computed: the results of equal input are lent again.
"""

import gc
import hashlib
import json
import logging
import os
import pickle
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner import script_cache
from streamlit.testing.v1 import app_test, local_script_runner

import db.store
from competition.people import pin_rules
from competition.results import blockers, second_verifier, tallying, verifying
from competition.standby import copies, sticks
from db import connection
from exports.papers import setting
from intake import apart
from organizers.results import pictured
from organizers.results.lists import apart as packing_apart
from organizers.results.lists import whole
from organizers.results.standings import view

PACKED_BY_A_CHILD = packing_apart.making
"""What makes a bundle in a process of its own, for the tests of just that."""
READ_BY_A_CHILD = apart._child
"""What reads a workbook in a process of its own, for the tests of just that."""
AGREES = blockers.require_agreement
"""What lets the second verifier compute a result before it is certified, for the tests of that."""
VERIFIED_BY_A_CHILD = sticks.check_apart
"""What verifies a copy in a process of its own, for the tests of just that."""
VERIFIED = verifying.unclean
"""What verifies a whole file before its result is certified, for the tests of just that."""
MIGRATED = connection.open_file
"""What gives a new file its migrations, for the tests of just that."""
PIN_COST = pin_rules.COST
"""How slow a PIN's hash is; tests make the hashes as fast as scrypt lets them."""
KEPT = 12
"""Standings that are kept; the tests of a file begin from few databases."""


def pytest_collection_finish() -> None:
    """Less is looked at in each test: by Python for garbage, by pytest for what is logged."""
    gc.freeze()
    for name, logger in logging.root.manager.loggerDict.items():
        if name.startswith("streamlit") and isinstance(logger, logging.Logger):
            logger.propagate = True  # or pytest listens to each of its sixty, three times a test


@pytest.fixture(scope="session", autouse=True)
def scan_packages_once() -> Iterator[None]:
    """Streamlit reads the metadata of all packages at each start of a page."""
    with pytest.MonkeyPatch.context() as patch:
        scan = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture(scope="session", autouse=True)
def compile_pages_once() -> Iterator[None]:
    """Streamlit compiles each page again in each test; none changes while tests run."""
    compiled = script_cache.ScriptCache()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            script_cache.ScriptCache,
            "get_bytecode",
            lambda _, path, read=script_cache.ScriptCache.get_bytecode: read(compiled, path),
        )
        yield


class Known(type(Path())):  # type: ignore[misc]
    """A path that is looked up on the disk once."""

    resolve = cache(Path.resolve)


@pytest.fixture(scope="session", autouse=True)
def look_pages_up_once() -> Iterator[None]:
    """Going to a page, Streamlit's tests look up the paths of all pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app_test, "Path", Known)
        yield


@pytest.fixture(scope="session", autouse=True)
def wait_for_pages_asleep() -> Iterator[None]:
    """Streamlit asks a thousand times a second whether a page has run; a thread can be joined."""

    def joined(runner: local_script_runner.LocalScriptRunner, timeout: float) -> None:
        runner._script_thread.join(timeout)
        asked(runner, timeout)

    asked = local_script_runner.require_widgets_deltas
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "require_widgets_deltas", joined)
        yield


@pytest.fixture(scope="session", autouse=True)
def rank_equal_scores_once() -> Iterator[None]:
    """Copies of one database hold equal marks, whose standing is computed for the first only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tallying, "compute_standings", lending(tallying.compute_standings))
        yield


@pytest.fixture(scope="session", autouse=True)
def verify_equal_certificates_once() -> Iterator[None]:
    """Copies of one database hold equal events, in which the second verifier finds the same."""
    with pytest.MonkeyPatch.context() as patch:
        verified = lending(lambda *given: list(check_certificate(*given)), key=exact)
        check_certificate = second_verifier.check_certificate
        patch.setattr(second_verifier, "check_certificate", verified)
        yield


@pytest.fixture(scope="session", autouse=True)
def draw_equal_charts_once() -> Iterator[None]:
    """The page of standings draws two charts, which are dearer than the rest of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(view, "rank_intervals", lending(view.rank_intervals))
        patch.setattr(pictured, "slope", lending(pictured.slope))
        yield


@pytest.fixture(scope="session", autouse=True)
def certify_unverified() -> Iterator[None]:
    """Before a certificate the whole file is verified and the result computed a second time.

    That doubles what a test of results costs. Here both find nothing; a test whose claim it is asks
    for `whole_file_verified` or `computed_twice`, as all of competition/results does.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verifying, "unclean", lambda *_: [])
        patch.setattr(blockers, "require_agreement", lambda *_: None)
        yield


@pytest.fixture
def computed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before certifying, the second verifier computes the result, as in the app."""
    monkeypatch.setattr(blockers, "require_agreement", AGREES)


@pytest.fixture
def whole_file_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before certifying, the whole file is verified, as in the app."""
    monkeypatch.setattr(verifying, "unclean", VERIFIED)


@pytest.fixture(scope="session", autouse=True)
def hash_pins_lightly() -> Iterator[None]:
    """A PIN's hash is slow on purpose; that it is, test_pins asks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pin_rules, "COST", 2)
        yield


@pytest.fixture(scope="session", autouse=True)
def migrate_one_new_file() -> Iterator[None]:
    """A new file gets every migration; the next ones get the bytes that these left in the first."""

    @cache
    def made() -> bytes:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "arena.db"
            MIGRATED(path).close()
            return path.read_bytes()

    def opened(path: Path) -> connection.File:
        is_new = path.stat().st_size == 0 and not path.with_name(f"{path.name}-wal").exists()
        if is_new and os.access(path, os.W_OK):
            path.write_bytes(made())
        return MIGRATED(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db.store, "open_file", opened)
        yield


@pytest.fixture
def each_file_migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new file gets its migrations one after another, as in the app."""
    monkeypatch.setattr(db.store, "open_file", MIGRATED)


@pytest.fixture(scope="session", autouse=True)
def read_workbooks_here() -> Iterator[None]:
    """Starting the process in which a workbook is read takes ten times as long as reading."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apart, "_child", read_here)
        yield


@pytest.fixture(scope="session", autouse=True)
def pack_bundles_here() -> Iterator[None]:
    """Starting the process that makes a bundle takes as long as making a small one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packing_apart, "making", whole.everything)
        yield


@pytest.fixture(scope="session", autouse=True)
def set_papers_here() -> Iterator[None]:
    """Starting the process that sets a long paper takes longer than setting it.

    It is there for what typst keeps in memory; `exports/papers/test_setting` has it.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(setting, "LONG", sys.maxsize)
        yield


@pytest.fixture(scope="session", autouse=True)
def verify_copies_here() -> Iterator[None]:
    """Starting the process that verifies a copy takes ten times as long as verifying it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sticks, "check_apart", copies.check_file)
        yield


@pytest.fixture
def copies_verified_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies are verified by a process of its own, as in the app."""
    monkeypatch.setattr(sticks, "check_apart", VERIFIED_BY_A_CHILD)


def read_here(sent: bytes, task: str) -> bytes:
    """Return what that process answers, pickled as there."""
    return apart.TASKS[task](*pickle.loads(sent))


def lending(
    compute: Callable[..., Any], key: Callable[[Any], Any] | None = None
) -> Callable[..., Any]:
    """Return a function that lends what was computed for equal frames and rules.

    Parameters
    ----------
    key
        What two equal arguments have in common; `content` where none is given.
    """
    lent: OrderedDict[Any, Any] = OrderedDict()
    of = key or content

    def computed(*given: Any, **named: Any) -> Any:
        known = (*map(of, given), *((name, of(named[name])) for name in sorted(named)))
        if known not in lent:
            lent[known] = compute(*given, **named)
        lent.move_to_end(known)
        while len(lent) > KEPT:
            lent.popitem(last=False)
        return lent[known]

    return computed


def exact(value: Any) -> str:
    """Return what two equal values of JSON have in common."""
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()


def content(value: Any) -> Any:
    """Return what two equal frames, or two equal rules, have in common."""
    if isinstance(value, pd.DataFrame):
        return tuple((name, *map(str, column)) for name, column in value.items())
    return repr(value)
