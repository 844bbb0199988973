"""What a running server has imported once its pages were opened: all but the pages themselves.

No fork looks for garbage among it, which would copy all of its pages.  Streamlit reads the
metadata of all packages at each start: it finds here what it found in the first.
"""

import gc
import importlib

from streamlit.components.v2 import manifest_scanner

from commands import ROOT
from ui.pages import LANDING, PAGES

PACKAGES = ("charts", "exports", "judges", "organizers", "overview", "ui")
STARTING = (
    "anyio._backends._asyncio",
    "starlette.middleware.sessions",
    "streamlit.web.server.starlette.starlette_agent_routes",
    "tests.browser.server",
    "uvicorn.lifespan.on",
    "uvicorn.loops.auto",
    "uvicorn.protocols.websockets.websockets_sansio_impl",
)
"""What each server would import at its start: the function that it runs, and the web server's."""
SCRIPTS = {ROOT / page.path for page in (*PAGES, LANDING)}

gc.disable()
importlib.import_module("arena_app")
for package in PACKAGES:
    for path in sorted((ROOT / package).rglob("*.py")):
        if path not in SCRIPTS:
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
for name in STARTING:
    importlib.import_module(name)
found = manifest_scanner.scan_component_manifests()
manifest_scanner.scan_component_manifests = lambda: list(found)  # type: ignore[assignment]

gc.freeze()
gc.enable()
