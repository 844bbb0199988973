"""What a pad is given when it is mounted, in Streamlit or on its own page."""

from typing import Any

from competition.visitor import Visitor
from judges.pad_files import version, words


def settings(who: Visitor, lang: str) -> dict[str, Any]:
    """Event, seat, words and version; everything else the pad asks for itself."""
    return {
        "event": who.competition_id,
        "seat": who.person_id,
        "name": who.name,
        "lang": lang,
        "words": words(),
        "version": version(),
    }
