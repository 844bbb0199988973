"""Bodies: read to their end, bounded in size and time, before a thread or a session is taken."""

import asyncio
from collections.abc import AsyncIterator

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope

LARGEST = 64 * 1024
LARGEST_FILE = 50 * 2**20
"""What a file counts for whose length is not announced."""
SECONDS = 10.0
"""The longest a small body may take: a tablet's, on the worst wire, is two packets."""
UPLOAD_SECONDS = 120.0
"""The longest a file may take."""


class TooLarge(Exception):
    """The body is larger than its route takes."""


class TooSlow(Exception):
    """The body did not come in time."""


class Gone(Exception):
    """The client went away before its body was complete."""


def announced(scope: Scope) -> int:
    """The length a request gives for its body; 0 where it gives none."""
    given = Headers(scope=scope).get("content-length", "")
    return int(given) if given.isdecimal() else 0


async def read_body(scope: Scope, receive: Receive, *, seconds: float = SECONDS) -> bytes:
    """Read a small body to its end.

    Raises
    ------
    TooLarge, TooSlow, Gone
    """
    if announced(scope) > LARGEST:
        raise TooLarge
    parts: list[bytes] = []
    try:
        async with asyncio.timeout(seconds):
            async for part in _parts(receive):
                parts.append(part)
                if sum(map(len, parts)) > LARGEST:
                    raise TooLarge
    except TimeoutError as error:
        raise TooSlow from error
    return b"".join(parts)


async def _parts(receive: Receive) -> AsyncIterator[bytes]:
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Gone
        yield message.get("body", b"")
        if not message.get("more_body", False):
            return


def again(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives a body which was read once more."""
    given = False

    async def receiving() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving


def within(receive: Receive, *, seconds: float = UPLOAD_SECONDS) -> Receive:
    """A ``receive`` that ends as if the client had gone when a file takes too long."""
    until = asyncio.get_running_loop().time() + seconds

    async def receiving() -> Message:
        try:
            async with asyncio.timeout_at(until):
                return await receive()
        except TimeoutError:
            return {"type": "http.disconnect"}

    return receiving
