"""The counties' links on paper: a card with its QR code for each county."""

from collections.abc import Mapping

from competition.invented import invented
from organizers.prepare.people.printed import qr
from ui.access import Visit, saying
from ui.html import Markup, element, sample_tag

_say = saying("organizers.filings.card")


def sheet(now: Visit, links: Mapping[str, str], until: str) -> Markup:
    """The cards, eight on a page; the screen has the same links to be copied.

    Parameters
    ----------
    links
        A county's name to where its link leads.
    """
    title = now.competition["title"] if now.competition else ""
    head = element("h2", _say(now, "title"), " ", element("small", title))
    cards = [_card(now, county, url, until) for county, url in links.items()]
    return element("section", head, *cards, cls="a-sheet a-print-only")


def _card(now: Visit, county: str, url: str, until: str) -> Markup:
    words = element(
        "div",
        element("strong", county),
        element("span", _say(now, "until", until=until)),
        element("small", now.competition["title"] if now.competition else ""),
    )
    kind = invented(now.competition)
    below = element(
        "p", element("span", _say(now, "use")), sample_tag(now.lang, kind) if kind else ""
    )
    return element(
        "article",
        element("div", qr(url, now.lang), words, cls="a-card-top"),
        below,
        element("small", url, cls="a-card-url"),
        cls="a-card",
    )
