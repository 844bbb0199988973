"""Text as a person wrote it, where Streamlit would read Markdown."""

import re

MARKED = re.compile(r"([\\`*_{}\[\]()#+!|~$<>&^=-])")


def plain(text: object) -> str:
    """Escape a text for a label, an option, a caption or a hint: it is shown, never followed.

    Without it a criterion's name could load a picture of another site on every judge's screen.
    """
    return MARKED.sub(r"\\\1", str(text)).replace("://", "\\://")
