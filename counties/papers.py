"""A document of a filing as a link that opens it."""

from competition.documents.document_kinds import ENDINGS
from competition.filing.shapes import Paper
from ui.access import Visit
from ui.html import Markup, element, tag
from words import t


def paper_link(now: Visit, filing_id: str, paper: Paper) -> Markup:
    """What it is, its name, which opens it, and its size."""
    link = element(
        "a", paper.name, href=f"/filed/{filing_id}/{paper.id}", target="_blank", rel="noopener"
    )
    size = f"{max(paper.size / 1e6, 0.1):.1f}"
    kind = ENDINGS[paper.media_type].upper()
    about = t("judges.documents.about", now.lang, kind=kind, size=size)
    what = tag(paper.kind) if paper.kind else ""
    return element("div", what, " ", link, " ", element("small", about, cls="a-nb"), cls="a-doc")
