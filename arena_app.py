"""The front door: ``streamlit run arena_app.py``.

The Streamlit script is ``router.py``; beside it stand the routes of judges and
organizers.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from competition import close_all
from judges.routes import ROUTES as JUDGES
from organizers.routes import ROUTES as ORGANIZERS
from ui.door import Door


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Close the database when the server stops."""
    yield
    close_all()


app = st.App(
    "router.py",
    routes=[*JUDGES, *ORGANIZERS],
    middleware=[Middleware(Door)],
    lifespan=lifespan,
)
