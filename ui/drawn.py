"""Charts on a page: drawn once for each state of what they show, then shown as they are.

Building and checking a chart costs a page run more than everything else on it.
"""

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Protocol

import streamlit as st

from ui.html import Markup, element

KEPT = 64


class Drawable(Protocol):
    """A chart as ``charts`` makes it."""

    def to_json(self, validate: bool = ..., *, indent: Any = ...) -> str:
        """The chart's specification."""


_cache: OrderedDict[Hashable, str] = OrderedDict()
_guard = threading.Lock()


def show_chart(key: Hashable, make: Callable[[], Drawable]) -> None:
    """Show a chart; ``make`` is called only where none is kept under this key.

    Parameters
    ----------
    key
        All that the chart depends on: what it is, the round, its event number, the language,
        the theme.
    """
    with _guard:
        spec = _cache.get(key)
        if spec is not None:
            _cache.move_to_end(key)
    if spec is None:
        spec = make().to_json(validate=False, indent=None)  # the tests of charts do
        with _guard:
            _cache[key] = spec
            while len(_cache) > KEPT:
                _cache.popitem(last=False)
    drawn = json.loads(spec)
    with st.container(width="content"):
        title = drawn.pop("title", None)
        if title:
            st.html(_heading(title["text"], title.get("subtitle", ())))
        st.vega_lite_chart(None, drawn, theme=None, width="content")


def _heading(title: str, lines: Sequence[str]) -> Markup:
    """The chart's title as text of the page: it wraps, and a screen reader finds it."""
    explained = [element("p", line) for line in lines]
    return element("div", element("h2", title, cls="a-h2"), *explained, cls="a-chart-head")
