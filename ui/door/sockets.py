"""Streamlit's sockets: as many and as talkative as a person's browser needs."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from competition import DatabaseError
from competition.errors import Refused
from ui.door.budgets import Allowance, Bucket
from ui.door.signed import SIGNED_IN

POLICY_VIOLATION = 1008
MOST_SOCKETS = 16
"""Sockets of one sign-in: one browser's tabs, and those that a bad wire has left half open."""
ASKED_AGAIN_SECONDS = 30.0
"""How long a socket's sign-in is taken to go on."""


async def closed(receive: Receive, send: Send) -> None:
    """Refuse a socket before it is accepted."""
    await receive()
    await send({"type": "websocket.close", "code": POLICY_VIOLATION})


async def pass_socket(
    app: ASGIApp, mine: Allowance, scope: Scope, receive: Receive, send: Send
) -> None:
    """Pass a socket on within its sign-in's allowance.

    Messages beyond the budget wait: nothing further is read from the socket meanwhile, so the
    sender's own buffers fill, not ours.
    """
    if mine.sockets >= MOST_SOCKETS:
        await closed(receive, send)
        return
    own = Bucket(60, 8)
    loop = asyncio.get_running_loop()
    asked = loop.time()

    async def receiving() -> Message:
        nonlocal asked
        message = await receive()
        if message["type"] != "websocket.receive":
            return message
        await asyncio.sleep(max(own.take(), mine.messages.take()))
        if loop.time() - asked > ASKED_AGAIN_SECONDS:
            asked = loop.time()
            if not await _goes_on(scope):
                await send({"type": "websocket.close", "code": POLICY_VIOLATION})
                return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
        return message

    mine.sockets += 1
    try:
        await app(scope, receiving, send)
    finally:
        mine.sockets -= 1


async def _goes_on(scope: Scope) -> bool:
    """Whether the sign-in of a socket is still live; a busy database ends nothing."""
    try:
        await SIGNED_IN.who(scope)
    except Refused:
        return False
    except DatabaseError:
        return True
    return True
