"""What a running server has imported once its pages were opened: all but the pages themselves.

No fork looks for garbage among it, which would copy all of its pages.
"""

import gc
import importlib

from commands import ROOT
from ui.pages import LANDING, PAGES

PACKAGES = ("charts", "exports", "judges", "organizers", "overview", "ui")
SCRIPTS = {ROOT / page.path for page in (*PAGES, LANDING)}

gc.disable()
importlib.import_module("arena_app")
for package in PACKAGES:
    for path in sorted((ROOT / package).rglob("*.py")):
        if path not in SCRIPTS:
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))

gc.freeze()
gc.enable()
