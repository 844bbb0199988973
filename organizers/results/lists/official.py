"""文件 / Papers: everything that is printed and signed, in official form, before and after."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from competition.rights import refusal
from exports.formats import safe_name
from exports.papers.document import Document
from organizers.paper_facts import rules_code
from organizers.results.lists import packing
from organizers.results.lists.offered import WHY_NONE, WRITERS, Compose, files, offered
from ui.access import Visit, enter_page, saying
from ui.downloads import download
from ui.frame import page_title
from ui.html import element
from words import t

_say = saying("organizers.official")


def page(now: Visit) -> None:
    """Each paper with its use and its files; one whose time has not come says when it does."""
    page_title(_say(now, "title"), note=_say(now, "note"))
    packing.panel(now, "people")
    for group, papers in offered(now).items():
        st.html(element("h2", _say(now, f"group.{group}"), cls="a-h2 a-over"))
        for name, (read, compose) in papers.items():
            why_none = WHY_NONE.get(name, lambda _: "")
            _paper(now, name, read, _documents(now, compose), why_none)
        for name, file in files(now).get(group, {}).items():
            made: Files = {file.ending: (partial(file.build, now), file.media_type)}
            _paper(now, name, file.read, made, file.why_none)


Files = dict[str, tuple[Callable[[], bytes], str]]
"""Ending to what makes the file, and its media type."""


def _documents(now: Visit, compose: Compose) -> Files:
    return {
        ending: (partial(_built, render, compose, now), media_type)
        for ending, (render, media_type) in WRITERS.items()
    }


def _paper(
    now: Visit,
    name: str,
    read: str,
    offer: Files,
    why_none: Callable[[Visit], str] = lambda _: "",
) -> None:
    reason = refusal(now.store, now.who, read, now.round_id)
    about, shown = st.columns([3, 1], vertical_alignment="center")
    with about:
        use = element("small", _say(now, f"use.{name}"), cls="a-reason")
        st.html(element("p", element("b", _say(now, f"paper.{name}")), " ", use))
    with shown, st.container(key=f"paper-{name}", horizontal=True, gap="small"):
        said = why_none(now) if reason is None else _say(now, f"later.{read}")
        if said:
            st.html(element("p", said, cls="a-reason"))
            return
        for ending, (build, media_type) in offer.items():
            download(
                now,
                t(f"exports.format.{ending}", now.lang),
                key=f"official-{name}-{ending}",
                read=read,
                name=safe_name([_say(now, f"paper.{name}"), rules_code(now)], f".{ending}"),
                media_type=media_type,
                build=build,
            )


def _built(render: Callable[[Document], bytes], compose: Compose, now: Visit) -> bytes:
    return render(compose(now))


page(enter_page("people", page="organizers.official"))
