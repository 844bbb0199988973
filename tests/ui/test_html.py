"""HTML: what a person wrote can never become markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.html import (
    Markup,
    card,
    definition,
    element,
    join,
    number_block,
    sample_tag,
    sentences,
    tag,
)

EVIL = '<img src=x onerror="alert(1)">&"\''


@pytest.mark.parametrize(
    "built",
    [
        element("td", EVIL),
        element("td", title=EVIL),
        tag(EVIL),
        sentences([(EVIL, EVIL)]),
        number_block(EVIL, EVIL, EVIL),
        card(EVIL, EVIL, note=EVIL),
        definition([(EVIL, EVIL)]),
        join([EVIL, EVIL], EVIL),
    ],
    ids=["child", "attribute", "tag", "sentences", "number", "card", "definition", "join"],
)
def test_written_text_is_escaped(built: Markup):
    """Whatever builds the HTML, a person's text comes out as text."""
    assert "<img" not in built
    assert "&lt;img" in built
    assert 'onerror="' not in built


@given(st.text())
def test_no_text_opens_an_element(text: str):
    """A name of any characters adds no angle bracket and no quote of its own."""
    built = element("b", text, title=text)
    assert built.count("<") == 2
    assert built.count('"') == 2


def test_attributes_are_left_out_or_bare():
    """None and False leave an attribute out, True writes its name alone."""
    built = element("td", "x", cls=None, colspan=2, hidden=True, aria_label="a", title=False)
    assert built == '<td colspan="2" hidden aria-label="a">x</td>'


def test_the_sample_tag_is_dashed_and_says_so_in_words():
    """样例数据 is not final: dashed, and a word."""
    assert "a-dashed" in sample_tag("zh")
    assert "样例数据" in sample_tag("zh")
    assert "Sample data" in sample_tag("en")
