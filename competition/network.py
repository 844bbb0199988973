"""Names and addresses of a server on this machine."""

import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

EVERYWHERE = "0.0.0.0"
ONLY_HERE = ("localhost", "127.0.0.1", "::1", "")


def reaches_others(address: str) -> bool:
    """Whether other devices can open a web address: false for one of this machine alone."""
    return (urlsplit(address).hostname or "") not in ONLY_HERE


def web_addresses(
    host: str, port: int, names: tuple[str, ...] = (), *, scheme: str = "http"
) -> list[str]:
    """Return the app's addresses: this machine's first, then the network's."""
    hosts = own_hosts(host)
    here = [name for name in hosts if name == "localhost"]
    network = [name for name in hosts if not name.startswith("127.") and name not in here]
    hosts = [*here, *network, *names]
    return [f"{scheme}://{name}:{port}" for name in hosts]


def own_hosts(host: str) -> list[str]:
    """Return the names and addresses of a server that listens on ``host``."""
    local = ["localhost", "127.0.0.1"]
    if host in ("localhost", "127.0.0.1"):
        return local
    return [*local, *network_addresses()] if host == EVERYWHERE else [host]


def network_addresses() -> list[str]:
    """Return the addresses under which other devices reach this machine now."""
    return [a for a in dict.fromkeys(_own_addresses()) if not a.startswith("127.")]


def _own_addresses() -> Iterator[str]:
    """Yield this machine's IPv4 addresses, the usual one first; sends no packet."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("10.255.255.255", 1))
        yield probe.getsockname()[0]
    with suppress(OSError):
        yield from socket.gethostbyname_ex(socket.gethostname())[2]
    if sys.platform == "linux":
        for _, name in socket.if_nameindex():
            with suppress(OSError):
                yield _address_of(name)


if sys.platform == "linux":
    import fcntl

    ASK_FOR_ADDRESS = 0x8915  # SIOCGIFADDR

    def _address_of(interface: str) -> str:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            answer = fcntl.ioctl(probe, ASK_FOR_ADDRESS, struct.pack("256s", interface.encode()))
        return socket.inet_ntoa(answer[20:24])
