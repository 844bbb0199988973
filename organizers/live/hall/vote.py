"""The hall's screen during an audience vote: that it is open, how many voted, then the votes."""

from collections.abc import Mapping
from typing import Any

from organizers.live.hall.fit import largest
from organizers.live.hall.ladder import lines_drawn
from organizers.live.hall.score import WIDE
from ui.html import Markup, element
from words import t

MOST_LINES = 18
"""How many entrants stand on the screen; the most voted ones."""


def vote(content: Mapping[str, Any], lang: str) -> Markup:
    """The scene: no figure while it is open; then the number of ballots; then each one's votes."""
    about = content["vote"]
    if about["lines"]:
        lines = [_line(one, lang) for one in about["lines"][:MOST_LINES]]
        return lines_drawn(lines, lang)
    title = about["title"]
    if about["state"] == "open":
        head = element("h1", title, style=f"--s:{largest(title, WIDE, (216, 168, 136, 112))}")
        how, once = t("hall.vote.how", lang), t("hall.vote.once", lang)
        return element(
            "div", head, element("h2", how), element("p", once, cls="h-soon"), cls="h-middle"
        )
    return element(
        "div",
        element("h2", t("hall.vote.closed", lang, title=title)),
        element("h1", f"{about['ballots']:,}", style="--s:320", cls="h-count"),
        element("p", t("hall.vote.received", lang)),
        cls="h-middle",
    )


def vote_note(content: Mapping[str, Any], lang: str) -> str:
    """At the head's right: how many ballots the votes are of."""
    about = content["vote"]
    return t("hall.vote.of", lang, count=about["ballots"]) if about["lines"] else ""


def _line(one: Mapping[str, Any], lang: str) -> dict[str, Any]:
    final = t("hall.vote.votes", lang, count=one["votes"])
    return {**one, "rank": None, "tied": False, "final": final, "deduction": "", "fresh": False}
