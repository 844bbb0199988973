"""Takes pictures of the running app: server, browser, file."""

import io
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import click
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from commands import ROOT, say, serve
from commands.pictures.event import Event, prepare
from commands.pictures.listing import MOMENTS, Picture
from commands.test import find_browser
from words import LANGS

HOST = "192.168.1.20"
ADDRESS = f"http://{HOST}:8501"
"""What the pictures show, as at a venue; in the browser the name leads to this machine."""
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
PATIENCE = 60.0
PLAIN = ("hall/", "pair")
"""Pages served without Streamlit around them."""
COLOURS = 192
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
DRAWN_WHOLE = "() => !document.querySelector('[data-testid=stSkeleton]')"
DRAWN = 1200
"""Milliseconds that charts and the pad need to be drawn."""


def take(wanted: Sequence[Picture], folder: Path) -> None:
    """Take pictures in both languages, moment after moment of the event."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as kept, sync_playwright() as playwright:
        port = free_port()
        here = f"--host-resolver-rules=MAP {HOST}:8501 127.0.0.1:{port}"
        browser = playwright.chromium.launch(executable_path=find_browser(), args=[*FLAGS, here])
        for moment in MOMENTS:
            some = [picture for picture in wanted if picture.moment == moment]
            if some:
                event = prepare(moment, Path(kept) / f"{moment}.db")
                with serving(event.path, port):
                    Camera(browser, event, folder).go(some)
                event.store.close()
        browser.close()


def free_port() -> int:
    """Return a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(path: Path, port: int) -> Iterator[None]:
    """Run the app on a database."""
    process = subprocess.Popen(
        serve.server_command("127.0.0.1", port, (HOST,)),
        cwd=ROOT,
        env={**os.environ, **serve.environment(path)},
        stdout=subprocess.DEVNULL,
        stderr=sys.stderr,
    )
    try:
        until = time.monotonic() + PATIENCE
        while not answers(port) and process.poll() is None and time.monotonic() < until:
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def answers(port: int) -> bool:
    """Whether the app answers."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


class Camera:
    """Takes pictures of one event: a browser and a target folder."""

    def __init__(self, browser: Browser, event: Event, folder: Path) -> None:
        self.browser, self.event, self.folder = browser, event, folder
        self.tabs: dict[str, Page] = {}
        self.strangers: list[str] = []

    def go(self, wanted: Sequence[Picture]) -> None:
        """Take each picture in both languages; fail if a page requested another host."""
        for picture in wanted:
            self.event.show(picture)
            for lang in LANGS:
                name = f"{picture.name}.{lang}"
                keep(self.folder / f"{name}.png", self.shot(picture, lang))
                click.echo(say("pictures.taken", name=name))
                if self.strangers:
                    urls = " ".join(self.strangers)
                    raise click.ClickException(say("pictures.strangers", urls=urls))
        for page in self.tabs.values():
            page.context.close()

    def shot(self, picture: Picture, lang: str) -> bytes:
        """Open a page in a role's browser tab and take the picture."""
        page = self.tab_of(picture.who)
        page.set_viewport_size({"width": picture.size[0], "height": picture.size[1]})
        page.emulate_media(color_scheme="dark" if picture.dark else "light")
        round_id = self.event.rounds.get(picture.round, "")
        shown = f"&round={round_id}" if round_id else ""
        asked = f"lang={lang}{shown}" + (f"&{picture.query}" if picture.query else "")
        page.goto(f"{ADDRESS}/{picture.address.format(round=round_id)}?{asked}")
        if picture.who and not picture.address.startswith(PLAIN):  # strangers get a plain page
            self.wait(page, picture)
        page.mouse.move(*(side - 1 for side in picture.size))  # off the menu, which else shows «
        page.evaluate("document.activeElement?.blur()")
        page.wait_for_timeout(DRAWN)
        return page.screenshot()

    def tab_of(self, who: str) -> Page:
        """Return a role's browser tab, signed in by its link."""
        if who not in self.tabs:
            context = self.browser.new_context(
                has_touch=who == "judge", timezone_id="Asia/Shanghai", reduced_motion="reduce"
            )
            page = self.tabs[who] = context.new_page()
            self.watch(page)
            if who:
                page.goto(f"{ADDRESS}/j/{self.event.tokens[who]}")
                page.wait_for_selector(f"{READY}, .pad .row", timeout=PATIENCE * 1000)
        return self.tabs[who]

    def wait(self, page: Page, picture: Picture) -> None:
        """Wait until a page has run and nothing of it is still to come."""
        settle(page)
        page.wait_for_function(DRAWN_WHOLE, timeout=PATIENCE * 1000)
        problem = page.locator("[data-testid=stException]")
        if problem.count():
            text = problem.first.inner_text()
            raise click.ClickException(say("pictures.failed", name=picture.name, text=text))

    def watch(self, page: Page) -> None:
        """Record requests to hosts other than the app."""

        def note(url: str) -> None:
            parts = urlsplit(url)
            if parts.hostname != HOST and parts.scheme not in ("data", "blob"):
                self.strangers.append(url)

        noted: Callable[[Any], None] = lambda asked: note(asked.url)  # noqa: E731
        page.on("request", noted)
        page.on("websocket", noted)


def settle(page: Page) -> None:
    """Wait until the script has run."""
    page.wait_for_selector(READY, timeout=PATIENCE * 1000)
    page.wait_for_timeout(300)
    page.wait_for_selector(READY, timeout=PATIENCE * 1000)


def keep(path: Path, shot: bytes) -> None:
    """Write a picture with a palette, a third of the size."""
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
