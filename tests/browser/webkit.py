"""WebKit, as on an iPad, driven through Debian's webkit2gtk-driver; no browser of its own."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.browser.server import free_port

DRIVER, SCREEN = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
PATIENCE_SECONDS = 90


def is_here() -> bool:
    """Whether this machine has WebKit and a screen to show it on."""
    return bool(DRIVER and SCREEN and _mini_browser())


def _mini_browser() -> Path | None:
    return next(iter(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")), None)


@dataclass
class WebKit:
    """One window of WebKit."""

    port: int
    session: str = ""

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """One WebDriver command; its value."""
        wire = HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = None if method == "GET" else json.dumps(body or {})
        wire.request(method, path, sent, {"Content-Type": "application/json"})
        value = json.loads(wire.getresponse().read())["value"]
        wire.close()
        if isinstance(value, dict) and "error" in value:
            raise AssertionError(f"{value['error']}: {value.get('message')}")
        return value

    def do(self, method: str, path: str, body: Any = None) -> Any:
        """A command of the session."""
        return self.ask(method, f"/session/{self.session}{path}", body)

    def open(self, address: str) -> None:
        """Go to an address."""
        self.do("POST", "/url", {"url": address})

    def run(self, code: str, *given: Any) -> Any:
        """Evaluate the body of a function in the page."""
        return self.do("POST", "/execute/sync", {"script": code, "args": list(given)})

    def tap(self, selector: str, text: str = "") -> None:
        """Tap the first element of a selector that says just that."""
        self.until(
            "return [...document.querySelectorAll(arguments[0])].some((one) =>"
            " !one.disabled && (!arguments[1] || one.textContent.trim() === arguments[1]))",
            selector,
            text,
        )
        found = self.run(
            "return [...document.querySelectorAll(arguments[0])].find((one) =>"
            " !arguments[1] || one.textContent.trim() === arguments[1])",
            selector,
            text,
        )
        self.run("arguments[0].scrollIntoView({ block: 'nearest' })", found)
        self.do("POST", f"/element/{found[ELEMENT]}/click")

    def until(self, code: str, *given: Any) -> Any:
        """Wait until a script is true of the page; its value."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not (found := self.run(code, *given)):
            assert time.monotonic() < end, (code, given, self.run("return document.body.innerText"))
            time.sleep(0.1)
        return found

    def says(self, text: str) -> None:
        """Wait until the page says something."""
        self.until("return document.body.innerText.includes(arguments[0])", text)


@contextmanager
def webkit(size: tuple[int, int]) -> Iterator[WebKit]:
    """A window of WebKit on a screen that nobody sees."""
    display, port = f":{free_port() % 10_000 + 100}", free_port()
    screen = f"{size[0]}x{size[1] + 200}x24"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    shown = subprocess.Popen([str(SCREEN), display, "-screen", "0", screen], **quiet)
    driver = subprocess.Popen(
        [str(DRIVER), f"--port={port}"], env={"DISPLAY": display, "PATH": "/usr/bin:/bin"}, **quiet
    )
    browser = WebKit(port)
    try:
        browser.session = _begin(browser)
        browser.do("POST", "/window/rect", {"width": size[0], "height": size[1]})
        yield browser
        browser.ask("DELETE", f"/session/{browser.session}")
    finally:
        for process in (driver, shown):
            process.terminate()
            process.wait(timeout=10)


def _begin(browser: WebKit) -> str:
    options = {"binary": str(_mini_browser()), "args": ["--automation"]}
    wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return str(browser.ask("POST", "/session", wanted)["sessionId"])
        except (ConnectionError, OSError):
            assert time.monotonic() < end, "WebKitWebDriver does not answer"
            time.sleep(0.2)
