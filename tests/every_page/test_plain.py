"""No text that a person wrote is read as Markdown: every label on every page, by every role."""

from collections.abc import Iterator
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element

from tests.opening import Open, Sample
from ui.pages import PAGES

CANARY = "![x](http://evil.test/x.png)**b**"
"""As Markdown it loads a picture of another site on every screen that shows it."""
WRITTEN = {
    "competitions": ("title", "venue"),
    "rounds": ("title",),
    "people": ("name", "unit"),
    "criteria": ("name",),
    "entrants": ("village", "title", "presenter", "post", "unit"),
    "sessions": ("title",),
}
"""Columns in which people write."""
PLAIN = {
    ("html", "body"),
    ("bidi_component", "json"),
    ("selectbox", "options"),
    ("selectbox", "raw_value"),
    ("multiselect", "options"),
    ("text_input", "default"),
    ("text_input", "value"),
    ("text_area", "default"),
    ("text_area", "value"),
    ("number_input", "default"),
    ("vega_lite_chart", "spec"),
}
"""Parts of an element that Streamlit shows as they are; markup of ours is escaped by ui.html."""


@pytest.fixture
def written(sample: Sample) -> Sample:
    """The sample, with the canary in whatever people have written."""
    with sample.store.writing() as tx:
        for table, columns in WRITTEN.items():
            sets = ", ".join(f"{name} = {name} || :canary" for name in columns)
            tx.run(f"UPDATE {table} SET {sets}", canary=CANARY)
    return sample


@pytest.mark.parametrize("role", ["organizer", "supervisor", "scorekeeper", "host", "judge3"])
def test_no_label_reads_what_a_person_wrote_as_markdown(
    open_page: Open, written: Sample, role: str
):
    """Labels, options, captions, tabs, hints: each shows the text itself."""
    at = open_page(role, "zh", PAGES[0].path, title=None)
    found = set()
    for page in PAGES:
        at.switch_page(page.path).run()
        found |= {(page.key, *where) for where in read_as_markdown(at)}
    assert not found


def test_the_canary_is_noticed_where_it_is_read_as_markdown():
    """A label with it is found, one with its escape is not."""
    from ui.plain import plain

    def page(label: str) -> None:
        import streamlit as st

        st.button(label)
        st.expander(label)

    for label, count in ((CANARY, 2), (plain(CANARY), 0)):
        at = AppTest.from_function(page, args=(label,)).run()
        assert len(set(read_as_markdown(at))) == count


def read_as_markdown(at: AppTest) -> Iterator[tuple[str, str]]:
    """Element and field of every text on a page that Streamlit would read as Markdown."""
    for node in at._tree:
        kind, proto = str(node.type), getattr(node, "proto", None)
        if isinstance(node, Element | Block) and isinstance(proto, Message):
            for name, text in texts(proto):
                if CANARY[:5] in text and (kind, name) not in PLAIN:
                    yield kind, name


def texts(message: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a message of Streamlit's, with the name of its field."""
    if isinstance(message, Message):
        for field, value in message.ListFields():
            values = value if field.is_repeated else [value]
            for one in values:
                yield from texts(one, field.name)
    elif isinstance(message, str):
        yield name, message
