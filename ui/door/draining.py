"""Stopping: first no longer ready, then no new connection, at last every answer given."""

import asyncio
import socket
from types import FrameType

import uvicorn

ANSWER_SECONDS = 20
"""The longest that an answer may take once no connection is taken any more: a paper's."""
STEP_SECONDS = 0.1


class Draining:
    """Whether the server was asked to stop."""

    has_begun = False


DRAINING = Draining()


class DrainedServer(uvicorn.Server):
    """uvicorn's server, which goes on for some seconds after it was asked to stop.

    Its sockets are then closed with code 1012, *service restart*; what was begun is answered.

    Parameters
    ----------
    seconds : float
        How long it is not ready before it takes no further connection: a proxy that asks less
        often would send it requests that nothing answers. Ctrl-C twice ends the wait.
    """

    def __init__(self, config: uvicorn.Config, *, seconds: float = 0.0) -> None:
        super().__init__(config)
        self._seconds = seconds

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Be ready no longer, from the signal on."""
        DRAINING.has_begun = True
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Go on answering for the wait, then stop."""
        until = asyncio.get_running_loop().time() + self._seconds
        while asyncio.get_running_loop().time() < until and not self.force_exit:
            await asyncio.sleep(STEP_SECONDS)
        await super().shutdown(sockets)
