"""The rubric is changed by two people while a pad is open: it says so and keeps what was typed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, expect

import db
from competition.corrections.changed_rules import changed_rubric
from competition.corrections.requests import answer_correction, request_correction
from competition.rounds.rubric import criteria_of
from competition.rounds.samples import sample_rubric
from competition.rounds.typed_rubric import as_typed
from competition.visitor import Visitor
from tests.browser import pads
from tests.browser.pads import Pad, stored, word
from tests.browser.proxy import Proxy
from tests.browser.server import Server

THIRD, FIFTH = 2, 4


def change(server: Server) -> None:
    """The third criterion is 12 instead of 15, the fifth 18: asked for by one, signed by two."""
    asked: list[str] = []

    def ask(store: db.Store, who: Visitor, at: datetime) -> None:
        with store.reading() as tx:
            lines = list(as_typed(criteria_of(tx, server.filled.round_id)))
        lines[THIRD] = replace(lines[THIRD], maximum="12", anchors=())
        lines[FIFTH] = replace(lines[FIFTH], maximum="18", anchors=())
        round_id = server.filled.round_id
        what = changed_rubric(store, who, round_id, lines, full="100", floor="")
        asked.append(
            request_correction(store, who, round_id, "rules", what, reason="分值印错", at=at)
        )

    pads.act(server, ask)
    pads.act(
        server,
        lambda store, who, at: answer_correction(store, who, asked[0], approve=True, at=at),
        who=server.filled.supervisor,
    )


def test_an_open_pad_says_it_and_keeps_marks_typed_and_unsent(
    live_server: Callable[..., Server],
    cut_wire: Callable[[Server], Proxy],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """18 stays saved, a half-typed 1 stays typed, and 14 of what is now 12 is named, not lost."""
    server = live_server(partial(pads.fill, judges=1))
    wire = cut_wire(server)
    pad = Pad(new_page("tablet"), server, 1, wire.port, "pad").enter()
    pad.tap(0, 1, "18")
    pad.shows(pads.saved(1))
    wire.cut()
    pad.type(THIRD, "14")
    pad.turn(1)
    pad.page.locator(".pad .digit", has_text="1").first.click()
    change(server)
    wire.restore()
    news = pad.page.locator(".panel-rubric")
    expect(news).to_be_visible()
    names = [sample_rubric("stage")[place].name for place in (THIRD, FIFTH)]
    for name, old, new in zip(names, ("15", "15"), ("12", "18"), strict=True):
        expect(news).to_contain_text(word("rubric_maximum", criterion=name, before=old, after=new))
    shot(pad.page, "rubric_news")
    news.get_by_role("button", name=word("understood"), exact=True).click()
    expect(news).to_have_count(0)
    assert pad.value(0) == "18.0"
    expect(pad.page.locator(".pad .typed")).to_contain_text("1")
    pad.shows(word("attention"))
    pad.page.locator(".pad .bar").get_by_role("button").first.click()
    expect(pad.page.locator(".pad .trouble")).to_contain_text(f"{names[0]} 14")
    shot(pad.page, "rubric_refused")
    assert pad.kept == 1
    assert stored(server, 1)[:3] == ["18.0", None, None]
    pad.page.reload()
    expect(pad.page.locator(".pad .sum")).to_be_visible()
    expect(news).to_have_count(0)
    assert pad.kept == 1
    assert pads.is_clean(server)
