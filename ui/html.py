"""HTML that cannot be injected into: whatever a person wrote is escaped on its way in.

Rule: a template is a literal ``Markup``; values enter through ``.format`` or ``element``, which
escape every plain string. Nothing here takes a ready string for markup.
"""

from collections.abc import Iterable
from functools import cache

from markupsafe import Markup, escape

from ui.icons import icon
from words import t

__all__ = [
    "Markup", "brand", "card", "definition", "element", "escape", "join", "number_block",
    "provisional_tag", "sample_tag", "sentences", "tag", "unbroken",
]  # fmt: skip

VOID = {"br", "col", "hr", "img", "input"}


def join(parts: Iterable[object], between: object = "") -> Markup:
    """Join parts, escaping every one that is not markup already."""
    return escape(between).join(escape(part) for part in parts)


def element(name: str, *children: object, **attributes: object) -> Markup:
    """Build one element: ``element("td", "9/9", cls="n", colspan=2)``.

    ``cls`` is ``class``; an underscore in a name becomes a hyphen (``aria_label``);
    ``None`` and ``False`` leave an attribute out, ``True`` gives it without a value.
    """
    # A page builds thousands of elements: plain pieces joined once are four times as quick.
    opening, closing = _tag(name)
    pieces: list[str] = [opening]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        pieces.append(_attribute(key))
        if value is not True:
            pieces += ['="', escape(value), '"']
    pieces.append(">")
    if name not in VOID:
        pieces += [*map(escape, children), closing]
    return Markup("".join(pieces))


@cache
def _tag(name: str) -> tuple[str, str]:
    """A tag up to its attributes, and the one that closes it."""
    return f"<{escape(name)}", f"</{escape(name)}>"


@cache
def _attribute(key: str) -> str:
    """The name of an attribute after a space."""
    return f" {escape('class' if key == 'cls' else key.rstrip('_').replace('_', '-'))}"


def tag(text: object, *, state: str | None = None, dashed: bool = False, tone: str = "") -> Markup:
    """Return a small outlined tag, with a state's icon if one is named; tone: ok, wait, alert."""
    classes = " ".join(filter(None, ["a-tag", "a-dashed" if dashed else "", tone and f"a-{tone}"]))
    return element("span", icon(state, 14) if state else "", text, cls=classes)


def sample_tag(lang: str, kind: str = "sample") -> Markup:
    """Return the 样例数据 tag; frames put it in the same corner of every screen."""
    return element("span", t(f"ui.state.{kind}", lang), cls="a-tag a-dashed a-sample")


def provisional_tag(lang: str) -> Markup:
    """Return the tag of an uncertified result."""
    return tag(
        t("ui.state.provisional", lang), state="provisional", dashed=True, tone="wait a-strong"
    )


@cache
def brand(lang: str) -> Markup:
    """Return the 擂 mark with the product's name."""
    mark = element("span", t("ui.brand_mark", lang), cls="a-mark", aria_hidden="true", lang="zh")
    return element("div", mark, element("span", t("ui.brand", lang)), cls="a-brand")


def sentences(pairs: Iterable[tuple[object, object]]) -> Markup:
    """Return the panel of claims over a result: each a bold claim and one line of evidence."""
    boxes = [element("div", element("b", claim), element("p", proof)) for claim, proof in pairs]
    return element("div", *boxes, cls="a-say")


def unbroken(text: object) -> Markup:
    """Keep a text such as 14号 on one line."""
    return element("span", text, cls="a-nb")


def number_block(number: object, title: object, *lines: object) -> Markup:
    """Return an entrant's head: reversed number, place in large type, quieter lines below."""
    below = [element("span", line) for line in lines if line]
    words = element("div", element("b", title), *below, cls="a-num-words")
    return element("div", element("span", number, cls="a-num"), words, cls="a-entrant")


def card(title: object, *body: object, note: object = "", cls: str = "") -> Markup:
    """Return a box with a heading line, a quiet note at its right, and a body."""
    head = element("h2", element("span", title), element("span", note, cls="a-note"))
    return element("section", head, *body, cls=f"a-box {cls}".strip())


def definition(pairs: Iterable[tuple[object, object]]) -> Markup:
    """Return a list of terms and values, two columns, for facts that are not a table."""
    rows = [element("dt", term) + element("dd", value) for term, value in pairs]
    return element("dl", *rows, cls="a-facts")
