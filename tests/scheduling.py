"""How files of tests are handed out to workers, so that one that dies does not end the run."""

from contextlib import suppress
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController


class Files(LoadFileScheduling):
    """Hands out files as xdist does, but a worker that dies ends neither the run nor its rest.

    xdist hands the dead worker's files on with those that were through, and the test that it died
    of: a worker that is given only these reports nothing, is given nothing more, and the run waits
    for ever.
    """

    def remove_node(self, node: WorkerController) -> str | None:
        """Return the test a dead worker was at, which has failed; hand on what it had not run."""
        had = self.assigned_work[node]
        was_at = next((test for tests in had.values() for test in tests if not tests[test]), None)
        for tests in had.values():
            if was_at in tests:
                tests[was_at] = True
        self.assigned_work[node] = {
            file: tests for file, tests in had.items() if not all(tests.values())
        }
        super().remove_node(node)
        return was_at

    def _reschedule(self, node: WorkerController) -> None:
        """Give a worker files until it has enough, for one test alone waits for a second."""
        if node not in self.registered_collections:
            return  # begun in place of a dead one, and still collecting
        with suppress(OSError):  # it has just died: what it was given is handed on then
            while self.workqueue and self._pending_of(self.assigned_work[node]) <= 2:
                self._assign_work_unit(node)
        if not self.workqueue:
            node.shutdown()  # once it has run what it has


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Files | None:
    """Hand the tests out by files."""
    return Files(config, log) if config.getvalue("dist") == "loadfile" else None
