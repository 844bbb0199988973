"""What there is to read of an entrant, on the plain pages: shelf mark and documents."""

from competition.documents.materials import Document, Materials
from ui.html import Markup, element, join
from words import t


def papers(found: Materials, round_id: str, lang: str) -> Markup:
    """One line: where the paper lies, and a link for each document; empty without either."""
    parts = [_link(one, n, round_id, lang) for n, one in enumerate(found.documents, start=1)]
    if found.shelf_mark:
        mark = t("judges.documents.mark", lang, mark=found.shelf_mark)
        parts.insert(0, element("span", mark))
    return element("div", *parts, cls="j-papers") if parts else join([])


def _link(one: Document, n: int, round_id: str, lang: str) -> Markup:
    """A document by its name, or by its place where names are not shown."""
    name = one.name or t("judges.documents.one", lang, n=n)
    about = t("judges.documents.about", lang, kind=one.ending.upper(), size=one.megabytes)
    address = f"/documents/{one.id}?round={round_id}"
    link = element("a", name, href=address, target="_blank", rel="noopener")
    return element("span", link, " ", element("small", about))
