"""Giving marks: two taps, a typed mark, a mark taken back; nothing is saved but what was meant."""

import pytest
from streamlit.runtime.state import SafeSessionState, SessionState

from tests.judges.pad import Pad, open_pad, untouched
from tests.opening import Open, Sample, html
from words import t


def test_nothing_is_preset(pad: Pad):
    """A key that is on before it was tapped would be a mark that nobody gave."""
    assert [group.value for group in pad.at.button_group if group.key != "language-choice"] == [
        None
    ]
    assert pad.typed(0).value == ""
    assert "0/7" in pad.words
    assert pad.words.count(t("judges.sheet.unmarked", "zh")) == 6


def test_choosing_an_anchor_shows_its_levels_and_writes_nothing(pad: Pad):
    """An anchor is a way to the key, not a mark."""
    pad.anchor(0, 1)
    assert pad.keys(0, 1).options[0] == "18"
    assert len(pad.keys(0, 1).options) == 8
    assert pad.keys(0, 1).value is None
    assert pad.stored == [None] * 7
    assert pad.view.sheet_id is None


def test_two_taps_reach_nineteen_and_a_half_of_twenty_five(pad: Pad):
    """The tap is stored at once, and the page says so from what the server holds."""
    pad.anchor(0, 1)
    pad.tap(0, 1, "19.5")
    assert pad.stored[0] == "19.5"
    assert "1/7" in pad.words
    assert pad.keys(0, 1).value == "19.5"


def test_each_tap_is_one_change_with_the_revision_it_was_made_on(pad: Pad):
    """Three taps on one criterion are three revisions, the last one counts."""
    pad.anchor(0, 1)
    for mark in ("18", "18.5", "21.5"):
        pad.tap(0, 1, mark)
    assert pad.stored[0] == "21.5"
    assert pad.line(0).rev == 3


def test_looking_at_another_anchor_keeps_the_mark(pad: Pad):
    """Going back to an anchor tapped before must not write its old key again."""
    pad.anchor(0, 1)
    pad.tap(0, 1, "18")
    pad.anchor(0, 0)
    pad.tap(0, 0, "22")
    pad.anchor(0, 1)
    assert pad.stored[0] == "22.0"
    assert pad.keys(0, 1).value is None
    pad.tap(0, 1, "18")
    assert pad.stored[0] == "18.0"


def test_clearing_is_a_button_of_its_own(pad: Pad):
    """The mark is gone, and the same key can be tapped again."""
    pad.anchor(0, 1)
    pad.tap(0, 1, "20")
    pad.clear(0)
    assert pad.stored[0] is None
    assert pad.keys(0, 1).value is None
    assert "0/7" in pad.words
    pad.tap(0, 1, "20")
    assert pad.stored[0] == "20.0"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("19.5", "19.5"), ("19,5", "19.5"), ("１９．５", "19.5"), (" 7 ", "7.0"), ("0", "0.0")],
)
def test_a_typed_mark_is_read_as_meant(pad: Pad, typed: str, stored: str):
    """Comma, full-width digits and blanks are a way of typing, not a mistake."""
    pad.enter(0, typed)
    assert pad.stored[0] == stored
    assert pad.typed(0).value == ""


def test_a_typed_mark_shows_on_its_key(pad: Pad):
    """Typed or tapped, it is one mark: anchor and key follow it."""
    pad.enter(0, "19.5")
    assert pad.anchors(0).value == 1
    assert pad.keys(0, 1).value == "19.5"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("26", "mark_out_of_range"),
        ("-1", "mark_out_of_range"),
        ("19.3", "mark_off_step"),
        ("", "mark_not_a_number"),
        ("十九", "mark_not_a_number"),
    ],
)
def test_a_wrong_mark_is_named_at_its_field_and_nothing_is_written(pad: Pad, typed: str, code: str):
    """What was typed stays, so that it can be put right."""
    pad.enter(0, typed)
    values = {"criterion": pad.line(0).name, "mark": typed, "low": 0, "high": "25.0", "step": "0.5"}
    assert t(f"error.{code}", "zh", **values) in pad.words
    assert pad.stored == [None] * 7
    assert pad.typed(0).value == typed


def test_a_wrong_mark_leaves_the_one_before(pad: Pad):
    """A slip of the finger costs nothing."""
    pad.enter(0, "19.5")
    pad.enter(0, "195")
    assert pad.stored[0] == "19.5"


def test_the_open_criterion_stays_open(pad: Pad):
    """Nothing moves under a finger: only a tap on a row opens another criterion."""
    pad.anchor(0, 1)
    pad.tap(0, 1, "19")
    assert pad.anchors(0).value == 1
    pad.open(3)
    assert f"typed-{pad.entrant}-{pad.line(3).id}" in [field.key for field in pad.at.text_input]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sheet_is_restored_after_a_reload(open_page: Open, sample: Sample, lang: str):
    """The database is the memory: a new session shows every mark on its key."""
    role, entrant = untouched(sample)
    pad = open_pad(open_page, sample, role, entrant, lang=lang)
    pad.enter(0, "19.5")
    pad.open(1)
    pad.enter(1, "13")
    again = open_pad(open_page, sample, role, entrant, lang=lang)
    assert "2/7" in again.words
    again.open(0)
    assert again.anchors(0).value == 1
    assert again.keys(0, 1).value == "19.5"
    assert again.stored[:2] == ["19.5", "13.0"]


def test_a_tap_made_while_the_session_was_lost_is_saved_on_the_next(pad: Pad):
    """The keys report what was tapped, and the new session saves what differs from the server."""
    pad.anchor(0, 1)
    pad.tap(0, 1, "19")
    keys = pad.keys(0, 1)
    pad.at.session_state = SafeSessionState(SessionState(), lambda: None)
    assert pad.at.query_params["line"] == "1"
    pad.run(keys.set_value("20.5"))
    assert pad.stored[0] == "20.5"


def test_a_second_tab_is_told_and_overwrites_nothing(open_page: Open, sample: Sample):
    """Each mark has a revision; a tap on an older one shows the server's value instead."""
    role, entrant = untouched(sample)
    first = open_pad(open_page, sample, role, entrant)
    second = open_pad(open_page, sample, role, entrant)
    for tab in (first, second):
        tab.anchor(0, 1)
    first.tap(0, 1, "19.5")
    second.tap(0, 1, "18")
    assert second.stored[0] == "19.5"
    assert t("error.stale_mark", "zh") in second.words
    assert second.keys(0, 1).value == "19.5"
    second.tap(0, 1, "18")
    assert second.stored[0] == "18.0"
    assert t("error.stale_mark", "zh") not in second.words


def test_a_tab_follows_the_server_when_it_was_not_touched(open_page: Open, sample: Sample):
    """The other tab's mark appears, and is not undone by what this tab showed before."""
    role, entrant = untouched(sample)
    first = open_pad(open_page, sample, role, entrant)
    second = open_pad(open_page, sample, role, entrant)
    for tab in (first, second):
        tab.anchor(0, 1)
    first.tap(0, 1, "19.5")
    second.run(second.at)
    assert second.keys(0, 1).value == "19.5"
    first.tap(0, 1, "20")
    second.run(second.at)
    assert second.keys(0, 1).value == "20"
    assert second.stored[0] == "20.0"
    assert second.line(0).rev == 2


def test_switching_the_language_loses_nothing(pad: Pad):
    """Open criterion, chosen anchor and every mark stay."""
    pad.anchor(0, 1)
    pad.tap(0, 1, "19.5")
    pad.open(1)
    pad.anchor(1, 0)
    pad.run(pad.at.button_group(key="language-choice").set_value("en"))
    assert "Saved 1/7" in pad.words
    assert pad.anchors(1).value == 0
    assert pad.stored[0] == "19.5"


def test_two_judges_write_each_their_own(open_page: Open, sample: Sample):
    """Same entrant or not, a page writes for the person it was made for."""
    one = open_pad(open_page, sample, *untouched(sample))
    two = open_pad(open_page, sample, *untouched(sample, place=1))
    assert one.role != two.role
    one.enter(0, "20")
    two.enter(0, "10")
    assert (one.stored[0], two.stored[0]) == ("20.0", "10.0")


def test_own_totals_stand_below_and_nobody_elses(pad: Pad):
    """A judge sees their own totals as ticks; no mean, no other judge, no standing."""
    assert html(pad.at).count('class="j-tick"') == len(pad.view.totals) > 10
    others = [n for n in pad.sample.entered.judges if f"judge{n}" != pad.role]
    for number in others:
        assert t("judges.seat", "zh", seat=f"{number:02d}") not in pad.words
