"""What the live pages need, imported before the first of them is drawn.

A process that takes over another's pages may have drawn none yet: the first would cost it eight
times what the next one does, just when all browsers of the other one come.
"""

from importlib import import_module
from pathlib import Path

from ui.pages import LANDING, PAGES

ROOT = Path(__file__).parent.parent
LIVE = ("organizers/live", "ui")
SCRIPTS = {page.path for page in (*PAGES, LANDING)}
"""Pages themselves, which are drawn when they are imported."""


def warm() -> None:
    """Import it all."""
    for folder in LIVE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            place = path.relative_to(ROOT)
            if place.as_posix() not in SCRIPTS:
                import_module(".".join(place.with_suffix("").parts))
    import_module("streamlit.emojis")
