"""The address of this server, as the reader's own browser reached it."""

from urllib.parse import urlsplit

import streamlit as st

from competition.network import ONLY_HERE, network_addresses, reaches_others


def server_address() -> str:
    """``http://192.168.1.20:8501``, without a slash at the end; empty where it is unknown."""
    for address in (st.context.url, st.context.headers.get("Origin")):
        parts = urlsplit(address or "")
        if parts.scheme in ("http", "https") and parts.netloc:
            return f"{parts.scheme}://{parts.netloc}"
    host = st.context.headers.get("Host")
    return f"http://{host}" if host else ""


def reaches_tablets(address: str) -> bool:
    """Whether other devices can open it: false for an address of this machine."""
    return reaches_others(address)


def own_addresses() -> tuple[str, ...]:
    """The addresses under which other devices reach this server, by name and by number."""
    parts = urlsplit(server_address())
    port = f":{parts.port}" if parts.port else ""
    hosts = st.get_option("server.allowedHosts") or network_addresses()
    return tuple(
        f"{parts.scheme or 'http'}://{host}{port}"
        for host in hosts
        if host not in ONLY_HERE and not host.startswith("127.")
    )


def new_addresses() -> tuple[str, ...]:
    """This machine's addresses that came after the server's start: it refuses them until then."""
    allowed = st.get_option("server.allowedHosts")
    return tuple(host for host in network_addresses() if allowed and host not in allowed)
