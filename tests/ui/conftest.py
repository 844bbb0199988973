"""The gallery in a process of its own, for what only a browser can measure."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import ROOT
from tests.browser.conftest import browser, new_page, requests_stay_home, shot
from tests.browser.server import HOST, free_port

__all__ = ["browser", "new_page", "requests_stay_home", "shot"]

GALLERY = Path(__file__).parent / "gallery.py"


@pytest.fixture(scope="session")
def gallery() -> Iterator[str]:
    """Serve the gallery with the product's own configuration; give its address."""
    port = free_port()
    options = ["--server.headless=true", f"--server.port={port}", "--server.fileWatcherType=none"]
    command = [sys.executable, "-m", "streamlit", "run", str(GALLERY), *options]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    yield f"http://{HOST}:{port}"
    process.terminate()
    process.wait(timeout=20)
