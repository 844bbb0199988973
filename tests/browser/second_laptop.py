"""A second laptop that follows step by step, so that a test says what its copy lacks."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from competition.standby import codes, pairing
from competition.standby.following import Follower
from competition.standby.promoting import promote
from tests.browser import pads
from tests.browser import server as servers
from tests.browser.proxy import Proxy
from tests.browser.server import HOST, OTHER_HOST, Server, free_port


@dataclass
class Second:
    """The second laptop: it follows step by step, and takes over once."""

    first: Server
    port: int
    follower: Follower
    server: Server | None = None

    def follow(self) -> None:
        """Take a copy now."""
        self.follower.beat()
        self.follower.copy()
        assert self.follower.status().problem == ""

    def take_over(self) -> Server:
        """Put the newest copy in place and serve it."""
        paired = pairing.kept(self.follower.folder)
        assert paired is not None
        done = promote(self.follower.folder, paired, at=datetime.now(UTC))
        assert done.generation == 2
        self.server = servers.start(done.path, filled=self.first.filled, port=self.port)
        return self.server


def paired(first: Server, wire: Proxy, folder: Path, rogue: int = 0) -> Second:
    """Pair a second laptop with a server that is reached by a wire.

    With a third port it is at another address, and names that of a rogue before it.
    """
    port, codes_made = free_port(), []
    pads.act(first, lambda s, who, at: codes_made.append(codes.make_code(s, who, at=at)))
    own = tuple(f"http://{host}:{port}" for host in (HOST, "127.0.0.1"))
    if rogue:
        own = tuple(f"http://{OTHER_HOST}:{one}" for one in (rogue, port))
    found = pairing.pair_with(folder, f"http://127.0.0.1:{wire.port}", codes_made[0], own)
    direct = replace(found, address=f"http://127.0.0.1:{first.port}")
    pairing.keep(folder, direct)
    return Second(first, port, Follower(folder, direct))
