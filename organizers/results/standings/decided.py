"""How the last seats were given, in arithmetic sentences; open ones first."""

from competition.results.decision_words import Said, decisions_said
from competition.results.standings import RoundStandings
from ui.html import Markup, card, element
from ui.icons import state_label
from words import t

SHOWN = 4


def panel(result: RoundStandings, lang: str) -> Markup | None:
    """The card, or nothing where no cut was close."""
    said = decisions_said(result, lang)
    if not said:
        return None
    items = [_item(one, lang) for one in said]
    more = []
    if len(items) > SHOWN:
        summary = t("organizers.standings.decided_more", lang, count=len(items) - SHOWN)
        more = [
            element("details", element("summary", summary), *items[SHOWN:], cls="a-more"),
        ]
    return card(
        t("organizers.standings.decided", lang),
        element("div", *items[:SHOWN], cls="a-decided"),
        *more,
        note=t("organizers.standings.decided_note", lang),
    )


def _item(one: Said, lang: str) -> Markup:
    lines = [element("p", one.text)]
    lines += [element("p", step, cls="a-eq-note") for step in one.steps]
    if one.clears:
        state = state_label("awaiting", lang, word=one.clears, size=14)
        lines.append(element("p", state))
    return element("div", *lines, cls="a-decision")
