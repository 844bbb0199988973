"""States: shape, word and colour for each, so that no colour speaks alone."""

from xml.etree import ElementTree

import pytest

from ui.icons import SHAPES, STATES, _alone, icon, icon_css, state_label, svg
from ui.tokens import colours
from words import LANGS, t


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("lang", LANGS)
def test_every_state_has_shape_word_and_colour(state: str, lang: str):
    """The word is shown beside the icon; the icon is silent to a screen reader."""
    label = state_label(state, lang)
    assert t(f"ui.state.{state}", lang) in label
    assert 'aria-hidden="true"' in label
    assert STATES[state].tone in colours("light")
    assert STATES[state].shape in SHAPES


def test_settled_and_open_states_differ_in_shape():
    """In black and white: above is filled, zone half, below hollow, unranked dashed."""
    shapes = [STATES[name].shape for name in ("above", "zone", "below", "unranked")]
    assert shapes == ["disc", "half", "ring", "dashed"]


def test_held_is_never_a_padlock():
    """A held sheet can still be edited."""
    assert STATES["held"].shape == "pause"
    assert STATES["locked"].shape == "padlock"


def test_only_what_needs_an_act_is_red():
    """Red means that an act is due: no verdict and no sheet is red, a tablet long gone is."""
    assert {name for name, look in STATES.items() if look.tone == "alert"} == {
        "attention",
        "seat_overdue",
        "stage_fault",
    }


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_is_a_mask_of_the_style_sheet(name: str):
    """Streamlit strips inline SVG, so that each shape needs its rule; the SVG is well-formed."""
    assert f".a-i-{name.replace('_', '-')} {{" in icon_css()
    drawn = ElementTree.fromstring(_alone(SHAPES[name]))
    assert len(drawn) > 0


def test_a_cut_shape_has_a_real_hole():
    """The tick inside the disc shows the ground, whatever the ground is."""
    assert "mask='url(#m)'" in _alone(SHAPES["tick"])
    assert "var(--bg)" in svg("saved")


def test_icons_know_no_size_by_themselves():
    """A size is asked for; the word may be another and a detail follows it, escaped."""
    assert "--s:14px" in icon("saved", 14)
    label = state_label("recused", "zh", word="<b>", detail="5/7")
    assert "&lt;b&gt; 5/7" in label
