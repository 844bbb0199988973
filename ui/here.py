"""Which competition a request or a page is about: the one of its host.

Where a process serves one competition alone, every request is about that one. Where it serves many,
a request that no host has been found for is about none: nothing is then opened.
"""

import os
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from typing import Generic, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from competition import Store, open_store
from competition.province.serving import Installation

MANY = "ARENA_MANY"
"""The variable that names an installation's folder, as ``arena.py many serve`` sets it."""
ALONE = "ARENA_DB"
MOST_SESSIONS = 4096

Kind = TypeVar("Kind")

ASKED: ContextVar[Store | None] = ContextVar("arena_asked", default=None)
"""The store of the request that is being answered, where many competitions are served."""


class Nowhere(LookupError):
    """Many competitions are served, and this is about none of them."""


class _Serving:
    """The installation that this process serves; None where it serves one competition alone."""

    installation: Installation | None = None


SERVING = _Serving()
_sessions: OrderedDict[str, Store] = OrderedDict()
"""Streamlit's sessions to the competition whose pages they have shown."""


def the_store() -> Store:
    """The store of this request or page; of a process that serves one, the one ``ARENA_DB`` names.

    Raises
    ------
    Nowhere
    """
    store = ASKED.get()
    if store is not None:
        return store
    if SERVING.installation is None:
        return open_store(os.environ.get(ALONE, "data/arena.db"))
    return _of_page(SERVING.installation)


def _of_page(installation: Installation) -> Store:
    """The store of the page that is being drawn, by the host of its socket."""
    session = get_script_run_ctx(suppress_warning=True)
    if session is None:
        raise Nowhere
    hosts = st.context.headers.get_all("host")
    if not hosts and session.session_id in _sessions:  # its socket has closed meanwhile
        return _sessions[session.session_id]
    store = installation.at_host(host_name(hosts[0])) if len(hosts) == 1 else None
    if store is None or not is_session_of(session.session_id, store):
        raise Nowhere
    _sessions[session.session_id] = store
    _sessions.move_to_end(session.session_id)
    while len(_sessions) > MOST_SESSIONS:
        _sessions.popitem(last=False)
    return store


def mark_of(store: Store) -> str:
    """What tells a competition from the others of this process; empty for one alone."""
    return "" if SERVING.installation is None else str(store.path)


def place() -> str:
    """The mark of this request's competition; of none, where it is about none."""
    try:
        return "" if SERVING.installation is None else mark_of(the_store())
    except Nowhere:
        return "nowhere"


def is_session_of(session_id: str, store: Store) -> bool:
    """Whether a session of Streamlit's may show this competition: it has shown no other."""
    return _sessions.get(session_id, store) is store


def host_name(header: str) -> str:
    """The host that a header names: without its port and a last dot, in small letters.

    Empty for what is no name of a host, an address in brackets included.
    """
    name, colon, port = header.partition(":")
    if colon and not (port.isascii() and port.isdecimal()):
        return ""
    return name.lower().removesuffix(".")


class ByStore(Generic[Kind]):
    """One thing for each competition that this process serves; one alone has one.

    What is kept, counted or limited in memory is kept by it: a flood at one competition fills
    no other's.
    """

    def __init__(self, make: Callable[[], Kind]) -> None:
        self._make = make
        self._of: dict[Store | None, Kind] = {}

    def here(self) -> Kind:
        """That of this request."""
        store = ASKED.get()
        kept = self._of.get(store)
        return self._of.setdefault(store, self._make()) if kept is None else kept

    def all(self) -> list[Kind]:
        """Those of all competitions."""
        return list(self._of.values())
