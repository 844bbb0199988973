"""A sheet typed in for its judge, from paper or by dictation, says so wherever it is read."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import db
from competition.marks import transcription
from competition.visitor import Visitor
from tests.browser import pads
from tests.browser.pads import FULL, Pad, stored
from tests.browser.server import Server
from words import t


@pytest.mark.parametrize(
    ("kind", "lang", "more"),
    [
        ("dictated", "zh", False),
        *(
            pytest.param(
                *given,
                marks=pytest.mark.long(
                    "browser/test_pad_typed.py::"
                    "test_a_judge_sees_which_sheet_was_typed_in_for_them",
                    "competition/marks/test_transcription.py::"
                    "test_what_was_typed_in_is_marked_on_the_judges_own_sheets",
                ),
            )
            for given in (("dictated", "zh", True), ("paper", "en", True))
        ),
    ],
)
def test_a_judge_sees_which_sheet_was_typed_in_for_them(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
    kind: str,
    lang: str,
    more: bool,
):
    """On the pad at once, where it was half marked; in the list; in the app's page of sheets.

    The other sheets say nothing.
    """
    server = live_server(partial(pads.fill, judges=1))
    pad = Pad(new_page("tablet"), server, 1, server.port, "pad").enter()
    with pad.page.expect_response("**/api/language"):
        pad.page.locator(".pad .languages button").nth(int(lang == "en")).click()
    pad.tap(0, 1, "18")
    pad.shows(t("pad.saved", lang, saved=1, of=7))
    type_in(server, kind)
    tag = t(f"came.{kind}", lang)
    expect(pad.page.locator(".pad .bar .came")).to_have_text(tag)
    expect(pad.page.locator(".pad .outcome")).to_contain_text(t(f"came.{kind}_note", lang))
    shot(pad.page, f"typed_{kind}_pad")
    pad.page.locator(".pad .who").click()
    expect(pad.page.locator(".pad .sheet-row .came")).to_have_text([tag])
    shot(pad.page, f"typed_{kind}_pad_list")
    if more:
        pad.page.goto(f"{server.url}/judges-my_sheets")
        expect(pad.page.locator(".a-tag", has_text=tag)).to_have_count(1)
        shot(pad.page, f"typed_{kind}_my_sheets")
    assert stored(server, 1) == [f"{float(mark):.1f}" for mark in FULL]
    assert pads.one(server, "SELECT kind FROM transcriptions WHERE state = 'confirmed'") == kind
    assert pads.is_clean(server)


def type_in(server: Server, kind: str) -> None:
    """The organizer types; the supervisor reads it back, or the scorekeeper keys it again."""
    hall = server.filled
    values = dict(zip(hall.criteria, FULL, strict=True))
    key = {
        "round_id": hall.round_id,
        "entrant_id": hall.entrants[1],
        "person_id": hall.judges[1],
    }

    def first(store: db.Store, who: Visitor, at: datetime) -> None:
        transcription.transcribe(store, who, **key, kind=kind, values=values, at=at)

    def again(store: db.Store, who: Visitor, at: datetime) -> None:
        if kind == "paper":
            transcription.transcribe(store, who, **key, kind=kind, values=values, at=at)
            return
        (typed,) = transcription.transcriptions(store, who, hall.round_id)
        transcription.answer_transcription(store, who, typed["id"], approve=True, at=at)

    pads.act(server, first)
    pads.act(server, again, who=hall.scorekeeper if kind == "paper" else hall.supervisor)
