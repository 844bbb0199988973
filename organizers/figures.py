"""Figures and checks as plain panels."""

from collections.abc import Iterable

from ui.html import Markup, element
from ui.icons import state_label


def figures(cells: Iterable[tuple[object, object, object]]) -> Markup:
    """Return label, figure and a quiet note for each, side by side."""
    boxes = [
        element(
            "div",
            element("span", label, cls="a-fig-label"),
            element("b", value),
            element("span", note, cls="a-fig-note"),
        )
        for label, value, note in cells
    ]
    return element("div", *boxes, cls="a-figs")


def checks(rows: Iterable[tuple[str, object, object, str]], lang: str) -> Markup:
    """Return one line a check: state, name, what it is about, and the state in words."""
    lines = [
        element(
            "div",
            state_label(state, lang, word=""),
            element("b", name),
            element("span", text),
            element("i", word, cls="a-ok" if state == "done" else "a-mute"),
            cls="a-check",
        )
        for state, name, text, word in rows
    ]
    return element("div", *lines)


def steps(lines: Iterable[object]) -> Markup:
    """Return what comes next, in order."""
    return element("ol", *[element("li", line) for line in lines], cls="a-steps")
