"""The presenter's version on screen: the same words as in the file, one upright page."""

from exports import seal
from exports.explanation import ExplanationPaper
from ui.html import Markup, element, tag
from words import t

UPRIGHT = "<style>@page { size: A4 portrait; margin: 14mm; }</style>"
"""Turns the printed page upright; other pages of ours lie on their side."""


def sheet(paper: ExplanationPaper) -> Markup:
    """The page; printed it is the paper that is signed."""
    marks = [tag(mark, dashed=True) for mark in paper.marks]
    return element(
        "article",
        element("div", *marks, cls="a-paper-marks"),
        element("h1", paper.title),
        element("p", paper.subtitle, cls="a-paper-sub"),
        element(
            "div",
            element("b", paper.entrant),
            element("span", paper.around),
            element("span", paper.presenter),
            cls="a-paper-name",
        ),
        element(
            "div",
            element("b", paper.score_words),
            element("span", paper.standing),
            cls="a-paper-score",
        ),
        _table(paper),
        *[
            element("section", element("h2", title), *[element("p", line) for line in lines])
            for title, lines in paper.sections
        ],
        element(
            "div",
            *[
                element("span", t("results.paper.signature", paper.lang, who=who))
                for who in paper.signatures
            ],
            cls="a-signs",
        ),
        element("p", _seal(paper), paper.foot_line, cls="a-basis a-sealed"),
        cls="a-paper",
    )


def _seal(paper: ExplanationPaper) -> Markup:
    """The whole head as a code that a phone reads."""
    if not paper.seal:
        return Markup("")
    words = t("exports.paper.head", paper.lang, head=seal.shown(paper.seal))
    return element("img", src=seal.data_uri(paper.seal), alt=words, width="64", height="64")


def _table(paper: ExplanationPaper) -> Markup:
    last = len(paper.head) - 1

    def align(at: int) -> str | None:
        return "a-n" if 0 < at < last else None

    head = [element("th", text, cls=align(at), scope="col") for at, text in enumerate(paper.head)]
    rows = [
        element("tr", *[element("td", text, cls=align(at)) for at, text in enumerate(cells)])
        for cells in paper.rows
    ]
    return element(
        "table",
        element("caption", t("results.paper.judges", paper.lang), cls="a-hidden"),
        element("thead", element("tr", *head)),
        element("tbody", *rows),
        cls="a-table",
    )
