"""The server's process: ``python -m ui.door.serving``, with the options of ``arena.py serve``.

``streamlit run arena_app.py`` serves the same app; it lets half-sent headers stay open,
believes ``X-Forwarded-For`` from this machine, and takes messages of any allowed size.
"""

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvicorn
from streamlit.web import bootstrap

from ui.door.draining import ANSWER_SECONDS, DrainedServer
from ui.door.installing import serve_beside
from ui.door.wire import PromptProtocol

APP = "arena_app:app"
NOT_STARTED = 3
"""uvicorn's exit code for a server that did not start."""
LARGEST_MESSAGE = 10**6
PING_SECONDS = 30
SIGN_SECONDS = 1
"""Behind a proxy: it leaves a process that gives no sign of life for three seconds. The sign
waits for no answer, so that a tablet out of reach for a moment keeps its page."""
SWITCH_SECONDS = 0.0005
"""How long a busy thread keeps the interpreter from another that waits. Python's own 5 ms are
paid at every step of a mark's way to the disk while the loop answers a flood."""
QUEUE = 1024
"""Connections that may wait to be accepted: a hall that scans at once."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until stopped."""
    given = _parser().parse_args(arguments)
    sys.setswitchinterval(SWITCH_SECONDS)
    bootstrap.load_config_options(streamlit_options(given))
    if given.authority:
        serve_beside(
            Path(given.authority), given.host, port=given.install_port, app_port=given.port
        )
    config = uvicorn.Config(
        APP,
        host=given.host,
        port=given.port,
        http=PromptProtocol,
        ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE,
        ws_ping_interval=SIGN_SECONDS if given.behind_proxy else PING_SECONDS,
        ws_ping_timeout=None if given.behind_proxy else PING_SECONDS,
        ws_per_message_deflate=False,
        ssl_certfile=given.certificate,
        ssl_keyfile=given.key,
        proxy_headers=bool(given.behind_proxy),
        forwarded_allow_ips=given.behind_proxy,
        backlog=QUEUE,
        access_log=False,
        use_colors=False,
        server_header=False,
        log_level="warning",
        timeout_graceful_shutdown=ANSWER_SECONDS,
    )
    server = DrainedServer(config, seconds=given.drain)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        raise SystemExit(NOT_STARTED)


def streamlit_options(given: argparse.Namespace) -> dict[str, Any]:
    """Streamlit's own options, besides those of ``.streamlit/config.toml``."""
    return {
        "server.port": given.port,
        "server.address": given.host,
        "server.allowedHosts": given.allowed_host,
        "server.sslCertFile": given.certificate,
        "server.sslKeyFile": given.key,
        # Without it Streamlit asks a machine on the internet for our outer address.
        "browser.serverAddress": "localhost",
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ui.door.serving")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--allowed-host", action="append", default=[])
    parser.add_argument("--drain", type=float, default=0.0, help="seconds of being not ready first")
    parser.add_argument("--behind-proxy", help="the address whose X-Forwarded-For is believed")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--authority", help="the certificate that tablets are asked to trust")
    parser.add_argument("--install-port", type=int, help="where they fetch it, over plain http")
    return parser


if __name__ == "__main__":
    main()
