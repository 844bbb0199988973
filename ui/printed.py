"""What a printed page says besides its content: competition, round, sample, code, page n of m.

The browser writes it into the margins of every sheet. What a person wrote enters the style as
numbers of characters, so that nothing of it can end the text and begin a rule.
"""

from collections.abc import Sequence

import streamlit as st

from ui.html import element
from words import t


def print_frame(where: Sequence[str], lang: str, *, sample: str, code: str, record: str) -> None:
    """Emit head and foot of the printed page.

    Parameters
    ----------
    where
        From the competition inwards, as in the top line.
    sample
        ``sample`` or ``rehearsal`` where the data are invented.
    code
        Check code of the round's rules; empty before the round was opened.
    record
        The record's head with 12 signs; empty before its first event.
    """
    head = " · ".join(filter(None, where))
    tag = t(f"ui.state.{sample}", lang) if sample else ""
    parts = [t("ui.print.code", lang, code=code[:16])] if code else []
    parts += [t("exports.paper.head", lang, head=record)] if record else []
    foot = " · ".join(parts)
    boxes = [
        _box("top-left", text(head)),
        _box("top-right", text(tag)),
        _box("bottom-left", text(foot)),
        _box("bottom-right", _pages(lang)),
    ]
    first = "@page :first { @top-left { content: none; } @top-right { content: none; } }"
    st.html(f"<style>@page {{ {' '.join(boxes)} }} {first}</style>")
    st.html(element("div", head, " ", tag, cls="a-print-head"))


def _box(place: str, content: str) -> str:
    return f"@{place} {{ content: {content}; font-size: 9pt; color: #475563; }}"


def _pages(lang: str) -> str:
    """The words for page n of m, around the counters that the browser keeps."""
    words = t("ui.print.page", lang, page="\0", pages="\1")
    before, rest = words.split("\0")
    between, after = rest.split("\1")
    return f"{text(before)} counter(page) {text(between)} counter(pages) {text(after)}"


def text(words: str) -> str:
    """Return a CSS string of which every character is written as its number."""
    return '"' + "".join(f"\\{ord(letter):06x}" for letter in words) + '"'
