"""A process that takes over another's pages has imported what they need."""

import subprocess
import sys

from commands import ROOT

ASKED = """
import sys
from ui.warming import warm
warm()
drawn = {"organizers.live.desk.page", "organizers.live.running", "router"} & set(sys.modules)
assert not drawn, drawn
assert {"organizers.live.desk.next_box", "streamlit.emojis"} <= set(sys.modules)
"""


def test_a_warm_process_has_drawn_no_page():
    """All that the page of the day imports is there, and no page was run for it."""
    subprocess.run([sys.executable, "-c", ASKED], cwd=ROOT, check=True)
