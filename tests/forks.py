"""Processes of their own, forked from one that a worker begins once and that has imported the app.

Python with the app's packages takes a second of processor to start; a fork takes none.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any

import pytest

from commands import serve

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.browser.preloaded"])
os.environ.update(serve.ONE_THREAD)  # the process that forks counts its threads when it imports


def forked(run: Callable[..., None], *arguments: Any) -> BaseProcess:
    """Begin a process that runs a function, and that ends with this one."""
    process = FORKS.Process(target=run, args=arguments, daemon=True)
    with pytest.MonkeyPatch.context() as patch:  # a page's test leaves the page as `__main__`,
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))  # which a fork would run
        process.start()
    return process
