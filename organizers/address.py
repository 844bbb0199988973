"""The address of this server, as the reader's own browser reached it."""

from urllib.parse import urlsplit

import streamlit as st

ONLY_HERE = ("localhost", "127.0.0.1", "::1", "")


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
    return (urlsplit(address).hostname or "") not in ONLY_HERE
