"""Plain modules joined to one script: no build, and every file also runs as it is."""

import re
from collections.abc import Iterable
from pathlib import Path

TICKER = Path(__file__).parent / "ticker.js"
"""Counts a clock on between the server's answers."""
SECOND = Path(__file__).parent / "second.js"
"""Goes on at the second laptop once the page's own server is silent."""
IMPORT = re.compile(r"^import \{[^}]*\} from \"\.{1,2}/[\w./]+\.js\";\n", re.MULTILINE)
EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def joined(files: Iterable[Path]) -> str:
    """The modules as one, in their order, with a default export if one has it."""
    texts = [path.read_text(encoding="utf-8") for path in files]
    return "\n".join(EXPORT.sub("", IMPORT.sub("", text)) for text in texts)
