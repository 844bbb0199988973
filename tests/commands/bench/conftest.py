"""The measured server forked from a process that has imported the app, which takes a third."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from commands.bench import hall
from tests.browser import server as servers
from tests.browser.server import Server


@dataclass(frozen=True)
class Forked:
    """A forked server, spoken to as to a process that was started."""

    server: Server

    @property
    def pid(self) -> int:
        return int(self.server.process.pid or 0)

    def terminate(self) -> None:
        self.server.process.terminate()

    def wait(self) -> None:
        self.server.process.join()


def forked(
    path: Path, _log: Path, port: int, *, settings: Mapping[str, str] | None = None
) -> Forked:
    """The real server once it answers on a port; it prints beside its database."""
    return Forked(servers.start(path, port=port, told=settings))


@pytest.fixture(autouse=True)
def fork_what_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also by the benches that run one server with `running`."""
    monkeypatch.setattr(hall, "started", forked)
