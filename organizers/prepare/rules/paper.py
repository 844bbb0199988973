"""The scoring rules as a paper to be signed: PDF to print, DOCX to edit."""

from functools import partial

import streamlit as st

from competition.rounds.rounds import RoundView
from exports.formats import safe_name
from exports.papers import pdf, word
from organizers.paper_facts import rules_code, rules_document
from ui.access import Visit
from ui.downloads import download
from words import t

WRITERS = {"pdf": (pdf.render, pdf.MIME), "docx": (word.render, word.MIME)}


def rules_paper(now: Visit, view: RoundView, *, mark: str) -> None:
    """Offer the paper of a rubric or of parts; ``mark`` tells two places of a page apart."""
    if not view["criteria"] and not view["parts"]:
        return
    paper = rules_document(now)
    with st.container(key=f"rules-paper-{mark}", horizontal=True, gap="small"):
        for ending, (render, media_type) in WRITERS.items():
            form = t(f"exports.format.{ending}", now.lang)
            download(
                now,
                t("organizers.rules.paper", now.lang, format=form),
                key=f"rules-{mark}-{ending}",
                read="round",
                name=safe_name([paper.name, rules_code(now)], f".{ending}"),
                media_type=media_type,
                build=partial(render, paper),
                primary=ending == "pdf" and mark == "rules",
            )
