"""The explanation of a composite: one entrant's parts, and the papers of it."""

from dataclasses import asdict
from functools import partial

import streamlit as st

from competition.results.composite_explaining import ComposedExplanation, explain_composite
from competition.results.recipe_words import number
from exports.formats import safe_name
from exports.papers import pdf, word
from exports.papers.composite import composite_explanation, cut_lines, sum_lines, term_rows
from organizers import naming
from organizers.offers import can
from organizers.paper_facts import rules_code
from ui.access import Visit
from ui.downloads import download
from ui.html import Markup, element, join
from ui.icons import state_label
from words import t

WRITERS = {"pdf": (pdf.render, pdf.MIME), "docx": (word.render, word.MIME)}
COLUMNS = ("part", "score", "weight", "product")


def show(now: Visit, entrant_id: str) -> None:
    """The entrant's page; its papers once it is certified and still the same."""
    why = explain_composite(now.store, now.who, now.round_id, entrant_id, at=now.at)
    if not why.agrees:
        st.html(element("p", t("organizers.certify.parts_changed", now.lang), cls="a-reason"))
        return
    _papers(now, why)
    st.html(_sheet(why, now.lang))


def _papers(now: Visit, why: ComposedExplanation) -> None:
    if not can(now, "presenter_sheet"):
        st.html(element("p", t("organizers.why.none.presenter", now.lang), cls="a-reason"))
        return
    paper = composite_explanation(why, rules_code(now), now.lang)
    name = safe_name([paper.name, str(why.line.number or why.line.code), rules_code(now)], "")
    with st.container(key="why-papers", horizontal=True, gap="small"):
        for ending, (render, media_type) in WRITERS.items():
            download(
                now,
                t(f"exports.format.{ending}", now.lang),
                key=f"why-{ending}",
                read="presenter_sheet",
                name=f"{name}.{ending}",
                media_type=media_type,
                build=partial(render, paper),
                primary=ending == "pdf",
            )


def _sheet(why: ComposedExplanation, lang: str) -> Markup:
    """Name and score, the table of parts, the sum, the line."""
    heads = [
        element("th", t(f"exports.papers.composed.column.{key}", lang), cls=_align(at), scope="col")
        for at, key in enumerate(COLUMNS)
    ]
    rows = [
        element("tr", *[element("td", cell.text, cls=_align(at)) for at, cell in enumerate(row)])
        for row in term_rows(why, lang)
    ]
    table = element(
        "table",
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
        cls="a-table",
    )
    sums = [element("p", text, cls="a-strong") for text in sum_lines(why, lang)]
    cut = [element("p", text) for text in cut_lines(why, lang)]
    return element(
        "article",
        _head(why, lang),
        element("section", table),
        element("section", element("h2", t("organizers.why.sums", lang)), *sums),
        element("section", element("h2", t("exports.papers.composed.cut", lang)), *cut),
        cls="a-paper",
    )


def _align(at: int) -> str | None:
    return "a-n" if at else None


def _head(why: ComposedExplanation, lang: str) -> Markup:
    line = why.line
    place = asdict(line)
    verdict = state_label(line.verdict, lang)
    score = "" if line.official is None else number(line.official)
    return element(
        "header",
        element("span", naming.number(line.number, lang), cls="a-num"),
        element(
            "div",
            element("b", naming.title(place), " ", element("small", naming.around(place))),
            element("span", join(filter(None, (line.title, line.presenter)), " · ")),
            cls="a-paper-who",
        ),
        element("div", element("b", score), verdict),
        cls="a-paper-head",
    )
