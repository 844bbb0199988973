"""A socket outlives no sign-in: it is asked again while it is open."""

from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send

import competition
from competition.people import links
from tests.competition import event as events
from tests.competition.event import AT
from tests.door.running import run
from tests.routes.client import secret_of
from ui.access import COOKIE
from ui.door import sockets
from ui.door.budgets import Allowance


def test_a_socket_is_closed_once_its_link_was_revoked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Its next message reaches Streamlit no more."""
    monkeypatch.setenv("ARENA_DB", str(tmp_path / "arena.db"))
    monkeypatch.setattr(sockets, "ASKED_AGAIN_SECONDS", -1.0)
    event = events.opened(competition.open_store(tmp_path / "arena.db"))
    secret = secret_of(event, 1)
    cookie = links.open_link(event.store, secret, at=AT, address="x")
    scope: Scope = {"type": "websocket", "headers": [(b"cookie", f"{COOKIE}={cookie}".encode())]}
    taken, sent = [], []

    async def app(_: Scope, receive: Receive, __: Send) -> None:
        for _turn in range(2):
            taken.append((await receive())["type"])
            with event.store.reading() as tx:
                rows = tx.rows("SELECT id FROM links WHERE person_id = :p", p=event.judges[1])
            for row in rows:
                links.revoke_link(event.store, event.organizer, row["id"], at=AT)

    async def receive() -> Message:
        return {"type": "websocket.receive", "bytes": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    run(sockets.pass_socket(app, Allowance(), scope, receive, send))
    competition.close_all()
    assert taken == ["websocket.receive", "websocket.disconnect"]
    assert sent == [{"type": "websocket.close", "code": 1008}]
