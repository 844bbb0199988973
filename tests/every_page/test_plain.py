"""No text that a person wrote is read as Markdown: every label on every page, by every role."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element

from commands import ROOT
from competition.rights import offers
from organizers.asking import OPEN
from tests.opening import Open, Sample
from ui.pages import PAGES

CANARY = "![x](http://evil.test/x.png)**b**"
"""As Markdown it loads a picture of another site on every screen that shows it."""
WRITTEN = {
    "competitions": ("title", "venue"),
    "rounds": ("title",),
    "people": ("name", "unit", "county", "native_county"),
    "criteria": ("name",),
    "entrants": ("county", "township", "village", "title", "presenter", "post", "unit"),
    "sessions": ("title", "venue"),
    "assignments": ("reason",),
    "recusals": ("reason",),
    "deductions": ("reason",),
}
"""Columns in which people write."""
ASKED = (
    """INSERT INTO remarks SELECT round_id, entrant_id, person_id, 'remark', :canary, '',
    submitted_at FROM sheets WHERE submitted_at IS NOT NULL LIMIT 20""",
    """INSERT INTO reopenings SELECT 're-' || id, id, :canary, person_id, submitted_at, 'asked',
    NULL, NULL FROM sheets WHERE submitted_at IS NOT NULL LIMIT 2""",
    """INSERT INTO change_requests SELECT 'ch-' || id, round_id, entrant_id, person_id, 'asked',
    :canary, person_id, submitted_at, 'asked', NULL, NULL
    FROM sheets WHERE submitted_at IS NOT NULL LIMIT 3 OFFSET 5""",
    f"""INSERT INTO documents SELECT 'file', competition_id, id, :canary, 'application/pdf', 1,
    '{"0" * 64}', '2022-03-18T00:00:00.000Z' FROM entrants LIMIT 1""",
    """UPDATE criteria SET anchors =
    replace(replace(anchors, '"text": "', '"text": "' || :canary), '"level": "', '"level": "![x](')
    """,
)
"""What is there only on the day, and what lies within other text."""
TEXTLESS = {
    "columns", "container", "empty", "fragment", "get_option", "html", "iframe", "image",
    "navigation", "rerun", "set_page_config", "stop", "switch_page", "form", "Page",
}  # fmt: skip
"""Calls of Streamlit that show no text, or show it as it is."""
LABELLED = {
    "button", "checkbox", "code", "dialog", "expander", "file_uploader", "form_submit_button",
    "multiselect", "page_link", "pills", "popover", "progress", "radio", "segmented_control",
    "select_slider", "selectbox", "spinner", "text_area", "text_input", "toggle", "vega_lite_chart",
}  # fmt: skip
"""Calls that show a label, an option or a hint, all of which stand on the pages opened here."""
OPENS = "…"
"""Ends the label of a button that opens a dialog."""
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
        for asked in ASKED:
            tx.run(asked, canary=CANARY)
    return sample


DIALOGS = {"organizer": 12, "judge3": 0, "supervisor": 1, "scorekeeper": 8, "host": 2}
"""Each role with the least number of dialogs that its pages offer."""
FIRST = ("organizer", "judge3")
"""Whose pages are nearly all there are; the other roles see the same ones."""


@pytest.mark.usefixtures("written")
def test_no_label_reads_what_a_person_wrote_as_markdown(open_page: Open, sample: Sample):
    """Labels, options, captions, hints, and titles and all of the dialogs: the text itself."""
    assert not markdown_on_pages(open_page, sample, FIRST)


@pytest.mark.long("every_page/test_plain.py::test_no_label_reads_what_a_person_wrote_as_markdown")
@pytest.mark.usefixtures("written")
def test_no_role_is_shown_what_a_person_wrote_as_markdown(open_page: Open, sample: Sample):
    """Each role's pages; and each dialog by the first role that it is offered to."""
    assert not markdown_on_pages(open_page, sample, tuple(DIALOGS))


def markdown_on_pages(
    open_page: Open, sample: Sample, names: Iterable[str]
) -> set[tuple[str, ...]]:
    """Texts on the roles' pages and in their dialogs that Streamlit would read as Markdown."""
    found, opened = set[tuple[str, ...]](), set()
    for role in names:
        at = open_page(role, "zh", PAGES[0].path, title=None)
        offered, roles = set(), sample.who_is(role).roles
        for page in (page for page in PAGES if offers(roles, page.read)):
            at.switch_page(page.path).run()
            found |= {(role, page.key, *where) for where in read_as_markdown(at)}
            for key in buttons(at):
                kind = (page.key, "".join(filter(str.isalpha, str(key)))[:24])
                if kind in offered or not [one for one in at.button if one.key == key]:
                    continue
                offered.add(kind)
                if kind in opened:
                    continue
                opened.add(kind)
                at.button(key).click().run()
                found |= {(role, page.key, key, *where) for where in read_as_markdown(at)}
                at.session_state[OPEN] = ("", {}, None)
        assert len(offered) >= DIALOGS[role], role
    return found


def buttons(at: AppTest) -> list[str]:
    """The keys of the buttons that open a dialog."""
    return [str(one.key) for one in at.button if one.label.endswith(OPENS) and not one.disabled]


def test_every_call_that_shows_text_is_known():
    """A toast, a table or a caption would be one that no page above shows: look at it first."""
    called = {
        node.func.attr
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "st"
    }
    assert called == TEXTLESS | LABELLED


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


def sources() -> Iterator[Path]:
    """The files that draw pages."""
    yield ROOT / "router.py"
    for folder in ("counties", "judges", "organizers", "overview", "ui"):
        yield from (ROOT / folder).rglob("*.py")
