"""The front door: ``streamlit run arena_app.py``.

The Streamlit script is ``router.py``; beside it stand the routes of judges and
organizers.
"""

import os
from asyncio import CancelledError
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from competition import close_all
from competition.generations import start_serving
from competition.province.serving import Installation
from competition.province.works import WORKING
from competition.standby import fencing, second_folder
from competition.standby.neighbours import Neighbours
from counties.routes import ROUTES as COUNTIES
from judges.landing_html import landing
from judges.routes import ROUTES as JUDGES
from organizers.routes import ROUTES as ORGANIZERS
from overview.routes import ROUTES as OVERVIEW
from ui import downloads, glossary
from ui.door import Door, Hosted, Ours, Watched, health, nowhere
from ui.faults import show_fault
from ui.here import MANY, SERVING, the_store
from ui.warming import warm
from ui.watch import figures
from ui.watch.beside import OF_PROCESSES
from ui.watch.counts import OF_ERRORS
from ui.watch.log import LOG_TO, Log


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Serve one database, or all of an installation, until the server stops.

    A second Ctrl-C cancels it: what is to be done at the end is done then, too.
    """
    with (
        closing(Log(os.environ.get(LOG_TO, ""))),
        _many() if MANY in os.environ else _one(),
        suppress(CancelledError),
    ):
        yield


@contextmanager
def _one() -> Iterator[None]:
    """Hold the database's lock while the server runs; close the database when it stops."""
    store = the_store()
    shared, copy_to = bool(os.environ.get(SHARED)), os.environ.get(COPY_TO, "")
    with closing(store.locks.hold(shared=shared)), store.listening():
        if shared:
            store.checkpoints(does=False)
        with store.locks.starting():
            fencing.look(store)
            if not store.superseded:
                start_serving(store, at=datetime.now(UTC))
        watch = fencing.Watch(lambda: [store])
        if shared:
            warm()
            neighbours = Neighbours(store, copies_to=copy_to, topics=TOPICS)
            yield
            neighbours.stop()
        else:
            second_folder.begin_at_start(store, copy_to)
            yield
        watch.stop()
        second_folder.end_at_stop(store)
        close_all()  # before the lock is given back


@contextmanager
def _many() -> Iterator[None]:
    """Serve an installation's competitions, each at its host."""
    SERVING.installation = installation = Installation(Path(os.environ[MANY]))
    installation.begin()
    try:
        yield
    finally:
        WORKING.end()
        installation.end()
        SERVING.installation = None


SHARED = "ARENA_SHARED"
"""The variable that is set where further processes serve the same competition."""
COPY_TO = "ARENA_COPY_TO"
"""The variable that names a second folder, as ``arena.py serve --copy-to`` sets it."""

TOPICS = {"failures": OF_ERRORS, "processes": OF_PROCESSES}
"""What the processes of one store tell each other of what is counted here."""

ROUTES = [
    *JUDGES,
    *ORGANIZERS,
    *COUNTIES,
    *OVERVIEW,
    *downloads.ROUTES,
    *glossary.ROUTES,
    *health.ROUTES,
    *figures.ROUTES,
    *nowhere.ROUTES,
]

app = st.App(
    "router.py",
    middleware=[
        Middleware(Watched),
        Middleware(Hosted),
        Middleware(Door, landing=landing, ours=Ours(ROUTES)),
    ],
    lifespan=lifespan,
    on_script_error=show_fault,
)
