"""Charts on a page: drawn once for each state of what they show, then shown as they are.

Building and checking a chart costs a page run more than everything else on it.
"""

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Protocol

import streamlit as st

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
    st.vega_lite_chart(None, json.loads(spec), theme=None, width="content")
