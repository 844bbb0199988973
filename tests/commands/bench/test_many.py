"""The bench of many competitions measures what it says: each marks at its own host."""

import socket
from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from commands.bench.hall import Hall
from commands.bench.load import COOKIE
from commands.bench.many import WORK, fill, measured, running
from tests.door.sockets import rerun


@pytest.mark.long(
    "door/test_hosted.py::test_no_route_gives_or_takes_what_is_anothers",
    "door/test_hosted.py::test_a_page_opened_at_one_host_is_not_carried_on_at_another",
    "province/test_works.py::test_a_work_goes_over_all_and_one_goes_at_a_time",
)
def test_two_competitions_mark_while_the_provinces_page_is_drawn(tmp_path: Path):
    """A judge each; every mark is stored, the page drawn, a work done, no session carried over."""
    there, halls, cookie = fill(tmp_path / "many", 2, 2, 1)
    with running(there) as port:
        row = measured(port, there, halls, cookie, 2, 2, work=WORK, pause=0.0)
        carried_over(port, [there.host_of(name) for name in there.names], halls)
    assert row[:2] == ["2", "2"]
    assert row[2].endswith("/2")
    assert all(" / " in cell for cell in row[3:5])
    assert int(row[6]) >= 1
    log = (there.folder / "server.log").read_text("utf-8")
    assert "Traceback" not in log


def carried_over(port: int, hosts: list[str], halls: list[Hall]) -> None:
    """A page opened at the first host goes on there, and at no other with either's cookie."""
    first, second = hosts
    with opened(port, first, halls[0].cookies[0]) as page:
        page.send(rerun())
        session = drawn_session(page)
    for cookie in (halls[0].cookies[0], halls[1].cookies[0]):
        with pytest.raises(InvalidStatus) as refused, opened(port, second, cookie, session):
            pass
        assert refused.value.response.status_code == 403
    with opened(port, first, halls[0].cookies[0], session) as page:
        page.send(rerun())
        assert drawn_session(page) == session


def opened(port: int, host: str, cookie: str, session: str = "") -> ClientConnection:
    """A socket at a host, which names the session that it wants to go on with."""
    return connect(
        f"ws://{host}:{port}/_stcore/stream",
        sock=socket.create_connection(("127.0.0.1", port)),
        additional_headers={"Cookie": f"{COOKIE}={cookie}"},
        subprotocols=[Subprotocol(one) for one in ("streamlit", "x", session) if one],
        max_size=None,
        proxy=None,
    )


def drawn_session(page: ClientConnection) -> str:
    """The session of a page, once it is drawn."""
    session = ""
    while True:
        message = ForwardMsg()
        message.ParseFromString(page.recv(decode=False))
        kind = message.WhichOneof("type")
        if kind == "new_session":
            session = message.new_session.initialize.session_id
        if kind == "script_finished":
            return session
