"""Streamlit's socket as a program opens it."""

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import ClientConnection, connect

from ui.access import COOKIE


@contextmanager
def socket(port: int, cookie: str = "", *, host: str = "127.0.0.1") -> Iterator[ClientConnection]:
    """An open socket; raises InvalidStatus where the server refuses it."""
    headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
    with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        additional_headers=headers,
        max_size=None,
        proxy=None,
        server_hostname=None,
        origin=None,
    ) as opened:
        yield opened


def rerun() -> bytes:
    """The message by which a page asks to be drawn again."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    return message.SerializeToString()
