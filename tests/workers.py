"""The processes that run the tests, forked when all is collected, and given one file at a time.

Importing the tests with what they test, and collecting them, takes up to half a minute; libraries
that hand tests out begin each process from nothing, and do that in each.  A worker that dies costs
the run the test that it was at: another one goes on with the rest.
"""

import os
import signal
import sys
import traceback
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests import forks

CAN_FORK = sys.platform == "linux"
"""Windows has no fork; on macOS its own libraries do not bear one."""
OUTPUT = pytest.StashKey[dict[str, Any]]()
"""What a worker's plugins hand over at its end, in the `stash` of its `config`."""
OUTPUTS = pytest.StashKey[list[dict[str, Any]]]()
"""The same of all workers, in the process that has started them."""
ALONE = ("terminalreporter", "terminalprogress")
"""Plugins that print, which a worker does not."""

Place = tuple[str, int | None, str]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say how many processes run the tests; one does where none can be forked."""
    parser.addoption("--workers", type=int, default=1, metavar="N", help="processes that run tests")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Run the tests in workers, where more than one is asked for and something was collected."""
    config = session.config
    count = config.getoption("workers") if CAN_FORK else 1
    if count < 2 or config.option.collectonly or session.testsfailed or not session.items:
        return None  # pytest's own loop runs them, or says what could not be collected
    config.pluginmanager.getplugin("terminalreporter").showfspath = False  # files are interleaved
    Run(session).of(count)
    return True


def folder_of_run(config: pytest.Config, base: Path) -> Path:
    """Return the temporary folder that all workers of a run share, from that of one process."""
    return base.parent if OUTPUT in config.stash else base


@dataclass
class Worker:
    """A process that runs tests, as the one that has started it sees it.

    Attributes
    ----------
    left
        The places of the tests that it was given and has not run.
    at
        The test that it runs or has run last.
    """

    process: int
    left: deque[int] = field(default_factory=deque)
    at: int | None = None


class Run:
    """All tests of a session, handed out by files in their order."""

    def __init__(self, session: pytest.Session) -> None:
        self.session, self.hook = session, session.config.hook
        files: dict[Path, deque[int]] = {}
        for place, item in enumerate(session.items):
            files.setdefault(item.path, deque()).append(place)
        self.files = deque(files.values())
        self.workers: dict[Connection, Worker] = {}
        self.base = session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
        self.begun = 0
        session.config.stash[OUTPUTS] = []

    def of(self, count: int) -> None:
        """Run all tests in so many processes, and end those that are left when it stops."""
        try:
            for _ in range(min(count, len(self.files))):
                self.begin()
            while self.workers:
                for wire in wait(list(self.workers)):
                    assert isinstance(wire, Connection)
                    self.hear(wire)
                if self.session.shouldfail:
                    raise self.session.Failed(self.session.shouldfail)
                if self.session.shouldstop:
                    raise self.session.Interrupted(self.session.shouldstop)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Let the workers take down what their tests have set up, as Ctrl-C does, and end."""
        for worker in self.workers.values():
            os.kill(worker.process, signal.SIGINT)
        for wire in list(self.workers):
            with suppress(EOFError, OSError):
                while wire.recv()[0] != "ends":
                    pass
            self.gone(wire)

    def begin(self) -> None:
        """Fork a worker."""
        near, far = Pipe()
        name = f"worker{self.begun}"
        self.begun += 1
        sys.stdout.flush()
        process = os.fork()
        if not process:
            os.setpgrp()  # Ctrl-C is the first process's, which passes it on once
            for wire in (near, *self.workers):
                wire.close()
            be_worker(self.session, far, self.base / name)
        far.close()
        self.workers[near] = Worker(process)

    def hear(self, wire: Connection) -> None:
        """Take in what a worker says; one that says nothing more has died."""
        worker = self.workers[wire]
        try:
            what, value = wire.recv()
        except (EOFError, OSError):
            self.bury(wire)
            return
        if what == "asks":
            file = self.files.popleft() if self.files else deque()
            worker.left.extend(file)
            with suppress(OSError):  # it has just died: what it was given is handed on
                wire.send(list(file))
        elif what == "begins":
            worker.at = value
            self.hook.pytest_runtest_logstart(**self.named(value))
        elif what == "report":
            report = self.hook.pytest_report_from_serializable(
                config=self.session.config, data=value
            )
            self.hook.pytest_runtest_logreport(report=report)
        elif what == "has run":
            worker.left.remove(value)
            self.hook.pytest_runtest_logfinish(**self.named(value))
        elif what == "ends":
            self.session.config.stash[OUTPUTS].append(value)
            self.gone(wire)

    def bury(self, wire: Connection) -> None:
        """Fail the test that a dead worker was at, and let another go on with the rest.

        Raises
        ------
        pytest.Session.Interrupted
            If it had begun no test, as the next would not either.
        """
        worker, status = self.gone(wire)
        if worker.at is None:
            raise self.session.Interrupted(f"a worker died before its first test: status {status}")
        with suppress(ValueError):  # it had just run that one
            worker.left.remove(worker.at)
        where = self.named(worker.at)
        died = f"The worker that ran this test died with status {status}."
        report = pytest.TestReport(
            **where, keywords={}, outcome="failed", longrepr=died, when="call"
        )
        self.hook.pytest_runtest_logreport(report=report)
        if worker.left:
            self.files.appendleft(worker.left)
        if self.files:
            self.begin()

    def gone(self, wire: Connection) -> tuple[Worker, int]:
        """Wait for the end of a worker; return it with its exit status."""
        worker = self.workers.pop(wire)
        wire.close()
        return worker, os.waitstatus_to_exitcode(os.waitpid(worker.process, 0)[1])

    def named(self, place: int) -> dict[str, Any]:
        """Return how reports name a test."""
        item = self.session.items[place]
        return {"nodeid": item.nodeid, "location": item.location}


def be_worker(session: pytest.Session, wire: Connection, folder: Path) -> NoReturn:
    """Run tests in this process, which was just forked, and end it."""
    status = 1
    try:
        # What is begun by nohup ignores it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        prepare(session.config, folder)
        if begins_servers(session):
            forks.serve_from_here(wire)
        session.config.pluginmanager.register(Telling(session, wire))
        run_files(session, wire)
        session.config.hook.pytest_sessionfinish(session=session, exitstatus=0)
        wire.send(("ends", session.config.stash[OUTPUT]))
        status = 0
    except (KeyboardInterrupt, BrokenPipeError, EOFError):  # the run was stopped, or killed
        with suppress(BaseException):
            session._setupstate.teardown_exact(None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def begins_servers(session: pytest.Session) -> bool:
    """Return whether journeys are among the tests; what measures coverage follows no server."""
    is_measured = session.config.pluginmanager.has_plugin("tests.measuring")
    return not is_measured and any(item.get_closest_marker("browser") for item in session.items)


def prepare(config: pytest.Config, folder: Path) -> None:
    """Let pytest's plugins know a worker: a folder and a capture of its own, nothing printed."""
    config.stash[OUTPUT] = {}
    config.workerinput = {"workerid": folder.name}  # type: ignore[attr-defined]
    for name in ALONE:
        config.pluginmanager.unregister(name=name)
    capture = config.pluginmanager.getplugin("capturemanager")
    capture.stop_global_capturing()  # its file is the other workers', too
    capture.start_global_capturing()
    capture.suspend_global_capture()
    config.option.basetemp = str(folder)
    factory = pytest.TempPathFactory.from_config(config, _ispytest=True)
    config._tmp_path_factory = factory  # type: ignore[attr-defined]


def run_files(session: pytest.Session, wire: Connection) -> None:
    """Run the files that this worker is given; the next is asked for before a file's last test."""
    places = asked(wire)
    while places and not session.shouldfail and not session.shouldstop:
        *rest, last = places
        for place, following in zip(rest, places[1:], strict=True):
            run(session, place, following)
        places = asked(wire)
        run(session, last, places[0] if places else None)


def asked(wire: Connection) -> list[int]:
    """Return the places of the tests of the next file; none is left where it is empty."""
    wire.send(("asks", None))
    places: list[int] = wire.recv()
    return places


def run(session: pytest.Session, place: int, following: int | None) -> None:
    """Run a test; what it shares with the following one stays."""
    item, after = session.items[place], None if following is None else session.items[following]
    session.config.hook.pytest_runtest_protocol(item=item, nextitem=after)


class Telling:
    """The plugin by which a worker says what it does."""

    def __init__(self, session: pytest.Session, wire: Connection) -> None:
        self.config, self.wire = session.config, wire
        self.places = {item.nodeid: place for place, item in enumerate(session.items)}

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """A test begins."""
        self.wire.send(("begins", self.places[nodeid]))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A part of a test was run."""
        hook = self.config.hook
        data = hook.pytest_report_to_serializable(config=self.config, report=report)
        self.wire.send(("report", data))

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """A test was run."""
        self.wire.send(("has run", self.places[nodeid]))
