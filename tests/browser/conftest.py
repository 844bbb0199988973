"""A real browser and the real app, for journeys.

Every page is watched: a request to any host but the app's fails the test, and so does a
traceback in the app's log, or a line in it that the app itself asked a stranger.
"""

import faulthandler
import gc
import os
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key
from greenlet import greenlet
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import db
from commands import ROOT
from commands.test import find_browser
from competition.results import verifying
from tests.browser import pads
from tests.browser import server as servers
from tests.browser.proxy import Proxy
from tests.browser.second_laptop import Second, paired
from tests.templates import Templates, filled, name_of

OUTPUT = ROOT / "tests" / "output"
PLAYWRIGHTS_OFF = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
"""What Playwright turns off in Chromium: of several such lists Chromium reads the last alone."""
SHOTS = "ARENA_SHOTS"
"""The variable with which pictures are kept for a person to look at; no test asks for one."""
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No process is begun beside each page for a next one, which a journey does not open.
    f"--disable-features={','.join((*PLAYWRIGHTS_OFF, 'SpareRendererForSitePerProcess'))}",
    f"--host-resolver-rules=MAP {servers.HOST} 127.0.0.1, MAP {servers.OTHER_HOST} 127.0.0.1",
]
PATIENCE = 90_000
"""Milliseconds that a page may take on a busy machine; every wait ends as soon as it is there."""
expect.set_options(timeout=PATIENCE)
HANGING, LONG_HANGING = 400, 1200
"""Seconds after which a journey, and a long one, is given up: a browser may not answer a key or a
closing, for which there is no time limit. The process ends with its stacks printed, and another
takes over. With ten times as much to do besides, the dearest take 80 and 300 of them."""
SIZES = {
    "tablet": (1024, 768),
    "tablet_upright": (820, 1180),
    "phone": (390, 844),
    "desk": (1440, 900),
    "hall": (1920, 1080),
}
TOUCHED = frozenset({"tablet", "tablet_upright", "phone"})
LOCALES = {"zh": "zh-CN", "en": "en-US"}

Fill = Callable[[db.Store], Any]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is here as journeys; skip them where there is no browser."""
    here = Path(__file__).parent
    journeys = [item for item in items if here in item.path.parents]
    missing = pytest.mark.skip(reason="no Chromium on this machine: no journey can be made")
    for journey in journeys:
        journey.add_marker(pytest.mark.browser)
        if find_browser() is None:
            journey.add_marker(missing)


@pytest.fixture(autouse=True)
def _never_hangs(request: pytest.FixtureRequest) -> Iterator[None]:
    """End this process if a journey hangs."""
    is_long = request.node.get_closest_marker("long") is not None
    out = request.config.stash[fault_handler_stderr_fd_key]
    limit = LONG_HANGING if is_long else HANGING
    timer = threading.Timer(limit, give_up, [request.node.nodeid, out])
    timer.daemon = True
    timer.start()
    yield
    timer.cancel()


def give_up(name: str, out: int) -> None:
    """Write to a descriptor what a journey waits for, and end this process.

    A journey waits in a greenlet: the stacks of threads show the one that serves it.
    """
    waiting = [one.gr_frame for one in gc.get_objects() if isinstance(one, greenlet)]
    stacks = ["".join(traceback.format_stack(frame)) for frame in waiting if frame is not None]
    os.write(out, "\n".join([f"\n{name} is given up", *stacks, ""]).encode())
    faulthandler.dump_traceback(out)
    os._exit(3)


@pytest.fixture(scope="module", autouse=True)
def _fills_without_verifying() -> Iterator[None]:
    """Certifying verifies the whole file first, which is dearer than filling it.

    What a journey begins from finds nothing wrong in itself; the servers, where a journey
    certifies, verify.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verifying, "unclean", lambda *_: [])
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; each page of it has an empty profile."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def servers_of(templates: Templates, folder: Path) -> Iterator[Callable[..., servers.Server]]:
    """Start servers on filled databases, stop them, and read what they have printed."""
    started: list[servers.Server] = []

    def start(fill: Fill, **told: str) -> servers.Server:
        path = folder / f"arena{len(started)}.db"
        facts = templates.copy(name_of(fill), filled(fill), path)
        started.append(servers.start(path, filled=facts, told=told))
        return started[-1]

    yield start
    for server in started:
        server.stop()
    for server in started:
        assert "Traceback" not in server.log, server.log
        assert "external IP" not in server.log, "the server asked a stranger for its address"


@pytest.fixture
def live_server(templates: Templates, tmp_path: Path) -> Iterator[Callable[..., servers.Server]]:
    """``live_server(fill)`` starts the app on a database that ``fill(store)`` has filled.

    It is filled once in a run and copied.

    What it is given besides goes into the server's environment.
    """
    with servers_of(templates, tmp_path) as start:
        yield start


@pytest.fixture(scope="module")
def kept_server(
    templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., servers.Server]]:
    """``kept_server(fill)`` is such a server for all tests of a file that ask for this filling."""
    with servers_of(templates, tmp_path_factory.mktemp("kept")) as start:
        yield cache(start)


@pytest.fixture(scope="session")
def hall(
    templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[servers.Server]:
    """One server for all journeys of the pad: each takes seats that nobody had before."""
    path = tmp_path_factory.mktemp("hall") / "arena.db"
    facts = templates.copy(name_of(pads.fill), filled(pads.fill), path)
    server = servers.start(path, filled=facts)
    yield server
    server.stop()
    assert "Traceback" not in server.log, server.log
    assert pads.is_clean(server)


@pytest.fixture
def cut_wire() -> Iterator[Callable[[servers.Server], Proxy]]:
    """``cut_wire(server)`` is a wire to it: ``.port``, ``.cut()``, ``.restore()``."""
    proxies: list[Proxy] = []

    def lay(server: servers.Server) -> Proxy:
        proxies.append(Proxy(server.port))
        return proxies[-1]

    yield lay
    for proxy in proxies:
        proxy.close()


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Callable[..., Second]]:
    """``second(server, wire)`` is paired with a server that tablets reach by a wire.

    With a third port it is at another address, and names that of a rogue before it.
    """
    made: list[Second] = []

    def pair(first: servers.Server, wire: Proxy, rogue: int = 0) -> Second:
        made.append(paired(first, wire, tmp_path / f"second{len(made)}", rogue))
        return made[-1]

    yield pair
    for one in made:
        if one.server is not None:
            one.server.stop()
            assert "Traceback" not in one.server.log, one.server.log


@pytest.fixture
def sit(
    hall: servers.Server,
    new_page: Callable[..., Page],
    cut_wire: Callable[[servers.Server], Proxy],
) -> Callable[..., tuple[pads.Pad, Proxy]]:
    """``sit(path=…)`` is a judge nobody was before, at a pad behind a wire of their own.

    ``prepare`` is a script that runs before any of the page's, ``agent`` what the browser calls
    itself, ``clock`` what time it thinks it is.
    """

    def take(
        *,
        path: str = "judges-pad",
        size: str = "tablet",
        prepare: str = "",
        agent: str = "",
        clock: datetime | None = None,
    ) -> tuple[pads.Pad, Proxy]:
        wire = cut_wire(hall)
        page = new_page(size, agent=agent)
        if prepare:
            page.add_init_script(prepare)
        if clock is not None:
            page.clock.install(time=clock)
        pad = pads.Pad(page, hall, next(hall.filled.free), wire.port, path)
        return pad.enter(), wire

    return take


@contextmanager
def pages_of(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages, watch what they ask for, and close them; strangers fail at the end."""
    contexts: list[BrowserContext] = []
    strangers: list[str] = []

    def note(url: str) -> None:
        parts = urlsplit(url)
        if parts.hostname not in (servers.HOST, servers.OTHER_HOST) and parts.scheme not in (
            "data",
            "blob",
        ):
            strangers.append(url)

    def open_page(
        size: str = "tablet", lang: str = "zh", *, beside: Page | None = None, agent: str = ""
    ) -> Page:
        if beside is None:
            width, height = SIZES[size]
            contexts.append(
                browser.new_context(
                    viewport={"width": width, "height": height},
                    has_touch=size in TOUCHED,
                    locale=LOCALES[lang],
                    timezone_id="Asia/Shanghai",
                    reduced_motion="reduce",
                    accept_downloads=True,
                    user_agent=agent or None,
                )
            )
            contexts[-1].set_default_timeout(PATIENCE)
            page = contexts[-1].new_page()
        else:
            page = beside.context.new_page()
        page.on("request", lambda request: note(request.url))
        page.on("websocket", lambda socket: note(socket.url))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert strangers == []


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """``new_page(size, lang)`` is a page of a browser that has seen nothing, of a named size.

    ``beside=page`` opens it in that page's browser instead, with its cookies.
    """
    with pages_of(browser) as open_page:
        yield open_page


@pytest.fixture(scope="module")
def kept_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """``kept_page(size, lang)`` is one page for all tests of a file that keep nothing in it."""
    with pages_of(browser) as open_page:
        yield cache(open_page)


@pytest.fixture(scope="session")
def shot() -> Callable[[Page, str], Path]:
    """``shot(page, name)`` keeps a picture of a page in tests/output, where `SHOTS` is set."""

    def take(page: Page, name: str, *, full_page: bool = False) -> Path:
        path = OUTPUT / f"{name}.png"
        if SHOTS in os.environ:
            OUTPUT.mkdir(exist_ok=True)
            page.screenshot(path=path, full_page=full_page)
        return path

    return take
