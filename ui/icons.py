"""State icons: a shape and a colour for every state; the word stands beside it, always.

Filled is settled, half is open, hollow is not yet, dashed is not final. Shapes must survive a
black-and-white print; drawn on a 20 x 20 grid in the current colour.
"""

from functools import cache
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup, escape

from words import t

RING = '<circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="2"/>'


class Shape(NamedTuple):
    """What is drawn, and what is cut out of it to the ground."""

    drawn: str
    cut: str = ""


SHAPES: dict[str, Shape] = {
    "disc": Shape('<circle cx="10" cy="10" r="7.5" fill="currentColor"/>'),
    "half": Shape(RING + '<path d="M10 3a7 7 0 0 0 0 14z" fill="currentColor"/>'),
    "ring": Shape(RING),
    "dashed": Shape(RING.replace("/>", ' stroke-dasharray="3.2 2.2"/>')),
    "barred": Shape(
        '<circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="2.2"/>'
        '<path d="M4.8 15.2L15.2 4.8" stroke="currentColor" stroke-width="2.2"/>'
    ),
    "tick": Shape(
        '<circle cx="10" cy="10" r="9" fill="currentColor"/>',
        '<path d="M5.5 10.3l3 3 6-6.4" fill="none" stroke="{ground}" stroke-width="2.2"/>',
    ),
    "double_tick": Shape(
        '<path d="M1.5 10.5l3.8 3.8L12 7M8.5 12.6l1.8 1.7L18 6" fill="none"'
        ' stroke="currentColor" stroke-width="2.4"/>'
    ),
    "arrow": Shape(
        '<path d="M10 16V4M5 9l5-5 5 5" fill="none" stroke="currentColor" stroke-width="2.2"/>'
        '<path d="M3 18.5h14" stroke="currentColor" stroke-width="2" stroke-dasharray="3 2"/>'
    ),
    "onward": Shape(
        '<path d="M3 10h13M11 5l5 5-5 5" fill="none" stroke="currentColor" stroke-width="2.2"/>'
    ),
    "cloud": Shape(
        '<path d="M5 15.5h9a3.5 3.5 0 0 0 .6-7A5 5 0 0 0 5.2 8 3.8 3.8 0 0 0 5 15.5z"'
        ' fill="none" stroke="currentColor" stroke-width="2"/>'
        '<path d="M3 18L17 3" stroke="currentColor" stroke-width="2.2"/>'
    ),
    "triangle": Shape(
        '<path d="M10 1.5l9 16.5H1z" fill="currentColor"/>',
        '<path d="M10 7.5v5M10 14.3v2" stroke="{ground}" stroke-width="2.2"/>',
    ),
    "padlock": Shape(
        '<path d="M4 9h12v9H4z" fill="currentColor"/>'
        '<path d="M6.5 9V6a3.5 3.5 0 0 1 7 0v3" fill="none" stroke="currentColor"'
        ' stroke-width="2.2"/>'
    ),
    "pause": Shape(
        '<circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" stroke-width="2"/>'
        '<path d="M7.6 6.5v7M12.4 6.5v7" stroke="currentColor" stroke-width="2.2"/>'
    ),
    "diamond": Shape('<path d="M10 2l8 8-8 8-8-8z" fill="currentColor"/>'),
}


class Look(NamedTuple):
    """A state's shape and the token of its colour."""

    shape: str
    tone: str


STATES: dict[str, Look] = {
    "saved": Look("tick", "ok"),
    "pending": Look("arrow", "wait"),
    "offline": Look("cloud", "off"),
    "attention": Look("triangle", "alert"),
    "submitted": Look("double_tick", "ok"),
    "locked": Look("padlock", "mute"),
    "held": Look("pause", "ink"),
    "marking": Look("half", "wait"),
    "not_begun": Look("ring", "mute"),
    "recused": Look("barred", "mute"),
    "absent": Look("dashed", "mute"),
    "missed": Look("dashed", "mute"),
    "reopened": Look("half", "wait"),
    "away": Look("dashed", "mute"),
    "present": Look("disc", "ok"),
    "above": Look("disc", "pri"),
    "zone": Look("half", "wait"),
    "zone_in": Look("half", "wait"),
    "zone_out": Look("half", "wait"),
    "below": Look("ring", "mute"),
    "awaiting": Look("dashed", "wait"),
    "unranked": Look("dashed", "mute"),
    "differs": Look("diamond", "ink"),
    "provisional": Look("dashed", "wait"),
    "sample": Look("dashed", "mute"),
    "rehearsal": Look("dashed", "ink"),
    "seat_offline": Look("cloud", "ink"),
    "seat_overdue": Look("cloud", "alert"),
    "seat_elsewhere": Look("onward", "wait"),
    "seat_unopened": Look("dashed", "mute"),
    "done": Look("tick", "ok"),
    "next": Look("half", "pri"),
    "stage_waiting": Look("ring", "mute"),
    "stage_ready": Look("ring", "mute"),
    "stage_presenting": Look("half", "pri"),
    "stage_answering": Look("half", "pri"),
    "stage_scoring": Look("half", "pri"),
    "stage_finished": Look("tick", "ok"),
    "stage_withdrawn": Look("barred", "mute"),
    "stage_fault": Look("triangle", "alert"),
}


def icon(state: str, size: int = 20) -> Markup:
    """Return a state's icon for ``st.html``, in the current colour; silent to screen readers.

    Streamlit strips inline SVG from ``st.html``: the shape is a mask of the page's style sheet.
    """
    name = STATES[state].shape.replace("_", "-")
    template = Markup('<span class="a-i a-i-{}" style="--s:{}px" aria-hidden="true"></span>')
    return template.format(name, size)


def svg(state: str, size: int = 20) -> Markup:
    """Return a state's icon as inline SVG, for pages served outside Streamlit."""
    opening = Markup('<svg width="{0}" height="{0}" viewBox="0 0 20 20" aria-hidden="true">')
    shape = SHAPES[STATES[state].shape]
    body = shape.drawn + shape.cut.format(ground="var(--bg)")
    return opening.format(size) + Markup(body) + Markup("</svg>")


@cache
def icon_css() -> str:
    """Return the rules behind ``icon``; printed and forced colours keep the shapes visible."""
    rules = [
        ".a-i { display: inline-block; flex: none; width: var(--s, 20px); height: var(--s, 20px);"
        " background: currentColor; -webkit-mask: var(--i) center / contain no-repeat;"
        " mask: var(--i) center / contain no-repeat; vertical-align: -.15em;"
        " -webkit-print-color-adjust: exact; print-color-adjust: exact; }",
        "@media (forced-colors: active) {"
        " .a-i { forced-color-adjust: none; background: CanvasText; } }",
    ]
    for name, shape in SHAPES.items():
        picture = quote(_alone(shape), safe="/:=' ")
        rules.append(
            f'.a-i-{name.replace("_", "-")} {{ --i: url("data:image/svg+xml,{picture}"); }}'
        )
    return "\n".join(rules)


def _alone(shape: Shape) -> str:
    """Return a shape as a separate SVG, black, with real holes where something is cut out."""
    opening = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">'
    drawn = shape.drawn.replace("currentColor", "black")
    if not shape.cut:
        return f"{opening}{drawn}</svg>".replace('"', "'")
    ground = '<rect width="20" height="20" fill="white"/>'
    hole = f'<mask id="m">{ground}{shape.cut.format(ground="black")}</mask>'
    return f'{opening}{hole}<g mask="url(#m)">{drawn}</g></svg>'.replace('"', "'")


def state_label(
    state: str, lang: str, *, word: str | None = None, detail: object = "", size: int = 20
) -> Markup:
    """Return icon and word of a state, in its colour.

    Parameters
    ----------
    state
        A key of ``STATES``; its word is ``ui.state.<key>``.
    word
        Another word in place of the state's own, e.g. the reason of a recusal.
    detail
        What follows the word: ``5/7``, a time, a reason. Escaped.
    """
    text = t(f"ui.state.{state}", lang) if word is None else word
    after = Markup(" {}").format(detail) if detail != "" else ""
    inner = icon(state, size) + escape(text) + after
    return Markup('<span class="a-st a-{}" data-state="{}">{}</span>').format(
        STATES[state].tone, state, inner
    )
