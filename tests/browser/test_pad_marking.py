"""Marking on the pad: what is typed and not entered, what comes next, what is over."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from competition.lineup import panel
from competition.marks import reopening
from competition.rounds import rounds
from tests.browser import pads
from tests.browser.pads import FULL, Pad, saved, stored, word
from tests.browser.proxy import Proxy
from tests.browser.server import Server

Sit = Callable[..., tuple[Pad, Proxy]]


def digit(pad: Pad, key: str) -> None:
    """Press one key of the number pad."""
    pad.page.locator(".pad .digit").get_by_text(key, exact=True).click()


def test_nothing_is_preset_and_a_level_is_no_mark(sit: Sit, hall: Server):
    """No key is on before it was tapped; choosing a level shows its keys and writes nothing."""
    pad, _ = sit(path="pad")
    on = pad.page.locator(".pad .markkey.on, .pad .anchor.on")
    expect(on).to_have_count(0)
    expect(pad.button(word("submit_left", count=7))).to_be_disabled()
    pad.page.locator(".pad .anchor").nth(1).click()
    expect(pad.page.locator(".pad .markkey")).to_have_count(8)
    expect(pad.page.locator(".pad .markkey.on")).to_have_count(0)
    pad.tap(0, 1, "18")
    pad.page.locator(".pad .anchor").nth(0).click()
    expect(pad.page.locator(".pad .markkey.on")).to_have_count(0)
    pad.shows(saved(1))
    assert stored(hall, pad.judge) == ["18.0", *[None] * 6]


def test_a_typed_mark_shows_on_its_key_and_can_be_cleared(sit: Sit, hall: Server):
    """Typed or tapped it is one mark; clearing is a button of its own, until the submit."""
    pad, _ = sit(path="pad")
    pad.type(0, "19.5")
    pad.turn(0)
    expect(pad.page.locator(".pad .anchor.on")).to_contain_text("18–21.5")
    expect(pad.page.locator(".pad .markkey.on")).to_have_text("19.5")
    pad.button(word("clear")).click()
    pad.shows(saved(0))
    assert stored(hall, pad.judge)[0] is None
    pad.fill(FULL)
    pad.button(word("submit")).click()
    pad.shows(word("state_submitted"))
    pad.turn(0)
    expect(pad.page.locator(".pad .clear")).to_be_disabled()
    pad.tap(0, 1, "20")
    pad.shows(word("state_submitted"))
    expect(pad.row(0).locator(".i.ok")).to_be_visible()
    assert stored(hall, pad.judge)[0] == "20.0"


def test_a_judge_recorded_absent_is_shown_why(sit: Sit, hall: Server):
    """The reason stands on the sheet, and there is no key to try."""
    pad, _ = sit(path="pad")
    found = hall.filled
    pair = (found.round_id, found.entrants[1], found.judges[pad.judge])
    pads.act(hall, lambda db, who, at: panel.mark_absent(db, who, *pair, reason="迟到", at=at))
    pad.open()
    pad.page.locator(".pad .who").click()
    pad.page.locator(".pad .sheet-open").first.click()
    expect(pad.page.locator(".pad .outcome")).to_contain_text(word("absent_text", reason="迟到"))
    expect(pad.page.locator(".pad .markkey, .pad .digit, .pad .submit")).to_have_count(0)


def test_a_half_typed_number_is_no_mark(sit: Sit, hall: Server, shot: Callable[..., Path]):
    """Leaving the row keeps it visibly unrecorded, also over a reload; submitting asks."""
    pad, _ = sit(path="pad")
    pad.fill(FULL)
    pad.shows(saved(7))
    pad.turn(0)
    digit(pad, "1")
    pad.turn(3)
    expect(pad.row(0).locator(".v.half")).to_contain_text(word("half"))
    shot(pad.page, "pad_half_typed")
    pad.page.reload()
    expect(pad.row(0).locator(".v.half i")).to_have_text("1")
    assert stored(hall, pad.judge)[0] == FULL[0]
    pad.button(word("submit")).click()
    expect(pad.page.locator(".pad .panel")).to_contain_text("1")
    pad.button(word("half_look")).click()
    expect(pad.page.locator(".pad .screen.typing b")).to_have_text("1")
    pad.button(word("submit")).click()
    pad.button(word("half_drop")).click()
    pad.shows(word("state_submitted"))
    assert stored(hall, pad.judge)[0] == FULL[0]


def test_after_entering_the_next_row_opens(sit: Sit):
    """The next without a mark; a large key leaves the row open, for a second thought."""
    pad, _ = sit(path="pad")
    pad.tap(0, 1, "19.5")
    expect(pad.row(0)).to_have_class("row on")
    pad.type(0, "18")
    expect(pad.row(1)).to_have_class("row on")
    pad.type(6, "9")
    expect(pad.row(1)).to_have_class("row on")


def test_a_first_sheet_of_zeros_asks_once(sit: Sit):
    """And is then submitted as it is."""
    pad, _ = sit(path="pad")
    pad.fill(("0",) * 7)
    pad.shows(saved(7))
    pad.button(word("submit")).click()
    expect(pad.page.locator(".pad .panel")).to_contain_text(word("question_zero"))
    pad.button(word("question_look")).click()
    pad.button(word("submit")).click()
    pad.shows(word("state_submitted"))


def test_after_the_end_the_pad_offers_no_work(
    live_server: Callable[..., Server], new_page: Callable[..., Page], shot: Callable[..., Path]
):
    """It says that marking has ended, and leads to no entrant, though one is on stage."""
    server = live_server(partial(pads.fill, judges=1))
    pad = Pad(new_page("tablet"), server, 1, server.port, "pad").enter()
    pad.tap(0, 1, "19.5")
    pad.shows(saved(1))
    pad.page.locator(".pad .who").click()
    pad.page.locator(".pad .sheet-open").nth(1).click()
    expect(pad.page.locator(".pad .stage.go")).to_be_visible()
    hall = server.filled
    pads.act(
        server, lambda db, who, at: rounds.close_round(db, who, hall.round_id, reason="散会", at=at)
    )
    pad.shows(word("closed"))
    expect(pad.page.locator(".pad .stage")).to_have_count(0)
    expect(pad.page.locator(".pad .outcome")).to_contain_text(word("closed_text"))
    expect(pad.page.locator(".pad .onward .primary, .pad .submit")).to_have_count(0)
    shot(pad.page, "pad_closed")


@pytest.mark.long(
    "browser/test_pad.py::test_what_comes_after_the_lock_becomes_a_request",
    "competition/marks/test_reopening.py::test_a_locked_sheet_is_reopened_by_two",
    "routes/test_pad_api.py::test_a_locked_sheet_is_asked_to_be_reopened",
)
def test_a_locked_sheet_is_reopened_by_a_second_person(
    sit: Sit, hall: Server, shot: Callable[..., Path]
):
    """Asked for on the pad with a reason; approved elsewhere; changed and submitted again."""
    pad, _ = sit(path="pad")
    pad.fill(FULL)
    pad.button(word("submit")).click()
    pad.button(word("reopening")).click()
    pad.page.locator(".pad textarea").fill("第 3 项和第 4 项打反了")
    shot(pad.page, "pad_reopening")
    pad.button(word("reopening_do")).click()
    expect(pad.page.locator(".pad .outcome")).to_contain_text(word("reopening_waits"))
    asked = pads.one(hall, "SELECT id FROM reopenings WHERE state = 'asked'")
    pads.act(
        hall,
        lambda db, who, at: reopening.answer_reopening(db, who, asked, approve=True, at=at),
        who=hall.filled.supervisor,
    )
    pad.shows(word("state_reopened"))
    pad.tap(2, 0, "14")
    pad.button(word("submit")).click()
    pad.shows(word("state_submitted"))
    assert stored(hall, pad.judge)[2] == "14.0"


@pytest.mark.parametrize(
    "path",
    [
        "pad",
        pytest.param(
            "judges-pad",
            marks=pytest.mark.long(
                "browser/test_pad_marking.py::test_a_dialog_keeps_the_focus_and_gives_it_back"
            ),
        ),
    ],
)
def test_a_dialog_keeps_the_focus_and_gives_it_back(sit: Sit, path: str):
    """The rest of the page is inert; Tab turns around inside; Escape returns to the button."""
    pad, _ = sit(path=path)
    opener = pad.page.locator(".pad .foot .more")
    opener.focus()
    pad.page.keyboard.press("Enter")
    expect(pad.page.locator(".pad .panel-title")).to_be_focused()
    for part in (".head", ".bar", ".sheet", ".foot"):
        expect(pad.page.locator(f".pad {part}")).to_have_attribute("inert", "true")
    stops = pad.page.locator(".pad .panel button:not([disabled])").count()
    for key in ["Tab"] * (stops + 2) + ["Shift+Tab"] * (stops + 2):
        pad.page.keyboard.press(key)
        assert pad.page.locator(".pad .panel :focus").count() == 1
    pad.page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(pad.page.locator(".pad [inert]")).to_have_count(0)


def test_forced_colours_show_what_is_chosen(sit: Sit, shot: Callable[..., Path]):
    """The chosen key, level and row differ from the others in more than a colour of ours."""
    pad, _ = sit(path="pad")
    pad.tap(0, 1, "19.5")
    pad.page.emulate_media(forced_colors="active")
    ground = "(node) => getComputedStyle(node).backgroundColor"
    for name in ("markkey", "anchor", "row"):
        on = pad.page.locator(f".pad .{name}.on").first.evaluate(ground)
        off = pad.page.locator(f".pad .{name}:not(.on)").first.evaluate(ground)
        assert on != off, name
    shot(pad.page, "pad_forced_colours")
