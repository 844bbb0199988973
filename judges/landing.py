"""Page: nobody is signed in here. What this is, how to come in, or whose device it is now."""

import streamlit as st

from competition.saying import sentence, way_out
from ui.access import Visit, visit
from ui.browser import in_wechat
from ui.html import Markup, brand, element
from ui.language import language_toggle
from ui.theme import page_style
from words import t

STEPS = ("scan", "open", "check")


def main() -> None:
    """Draw one column; a sign-in that has ended says why and what to do."""
    now = visit()
    page_style("judge")
    with st.container(key="narrow"):
        with st.container(key="home-top", horizontal=True, vertical_alignment="center"):
            st.html(brand(now.lang), width="stretch")
            language_toggle(now.lang, short=True)
        st.html(element("div", t("judges.landing.where", now.lang), cls="j-where"))
        if now.ended is None:
            st.html(_how(now.lang))
            pair = element(
                "a", t("pairing.landing", now.lang), href=f"/pair?lang={now.lang}", target="_self"
            )
            st.html(element("div", pair, cls="j-go j-quiet"))
        else:
            st.html(_ended(now))
            link = element("a", t("judges.landing.reload", now.lang), href="/", target="_self")
            st.html(element("div", link, cls="j-go"))
        st.html(element("div", t("judges.landing.not_you", now.lang), cls="j-notme"))


def _how(lang: str) -> Markup:
    head = element("h1", t("judges.landing.title", lang), cls="j-small")
    box = element("div", head, element("div", t("judges.landing.scan_text", lang)), cls="j-me")
    rows = [
        element(
            "div", element("b", str(i)), element("span", t(f"judges.landing.step_{step}", lang))
        )
        for i, step in enumerate(STEPS, start=1)
    ]
    note = element("p", t("judges.landing.wrong_link", lang), cls="j-note")
    if in_wechat():
        note = element("p", t("judges.wechat.scan", lang), cls="j-note") + note
    what = element("p", t("judges.landing.what", lang), cls="j-note")
    return box + element("div", *rows, cls="j-steps") + note + what


def _ended(now: Visit) -> Markup:
    head = element("h1", t("judges.landing.ended_title", now.lang), cls="j-small")
    lines = [sentence(now.ended, now.lang), way_out(now.ended, now.lang)] if now.ended else []
    words = [element("div", line) for line in lines if line]
    calm = element("p", t("judges.landing.ended_text", now.lang), cls="j-note")
    return element("div", head, *words, cls="j-me") + calm


main()
