"""The front door: ``streamlit run arena_app.py``.

The Streamlit script is ``router.py``; beside it stand the routes of judges and
organizers.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from competition import close_all
from judges.landing_html import landing
from judges.routes import ROUTES as JUDGES
from organizers.routes import ROUTES as ORGANIZERS
from ui import downloads
from ui.door import Door, health, on_own_threads


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Close the database when the server stops."""
    yield
    close_all()


app = st.App(
    "router.py",
    routes=on_own_threads([*JUDGES, *ORGANIZERS, *downloads.ROUTES, *health.ROUTES]),
    middleware=[Middleware(Door, landing=landing)],
    lifespan=lifespan,
)
