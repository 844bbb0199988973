"""The pad's journeys: whatever the network, the tablet and the server do, every tap is kept."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest
from playwright.sync_api import Browser, Page, Route, expect

import db
from competition.stage import moves
from competition.times import stamp
from competition.visitor import Visitor
from tests.browser import pads
from tests.browser import server as servers
from tests.browser.pads import FULL, Pad, applied, saved, stored, word
from tests.browser.proxy import Proxy
from tests.browser.server import Server
from tests.browser.waits import until


def test_a_sheet_is_marked_saved_and_submitted(sit: Callable[..., tuple[Pad, Proxy]], hall: Server):
    """Two taps reach 19.5 of 25; 7 of 7 is said by the server; submitted is what was seen."""
    pad, _ = sit()
    pad.tap(0, 1, "19.5", finger=True)
    pad.shows(saved(1))
    assert stored(hall, pad.judge)[0] == "19.5"
    for place, mark in enumerate(FULL):
        pad.type(place, mark, finger=True)
    pad.shows(saved(7))
    pad.page.locator(".pad .submit").click()
    expect(pad.page.locator(".pad .outcome h2")).to_contain_text(word("state_submitted"))
    assert stored(hall, pad.judge) == [f"{float(mark):.1f}" for mark in FULL]
    assert applied(hall, pad.judge, "submit") == 1
    assert pad.kept == 0


def test_every_tap_through_a_cut_is_kept_on_the_plain_page(
    sit: Callable[..., tuple[Pad, Proxy]], hall: Server
):
    """Tap after tap on a dead wire, without Streamlit around the pad."""
    taps = 8
    pad, wire = sit(path="pad")
    pad.shows(saved(0))
    wire.cut()
    marks = ["18", "18.5", "19", "19.5", "20", "20.5", "21", "21.5"]
    for tap in range(taps):
        pad.tap(0, 1, marks[tap % 8])
    pad.shows(word("offline"))
    pad.type(1, "13")
    assert stored(hall, pad.judge) == [None] * 7
    assert pad.kept == taps + 1
    wire.restore()
    pad.shows(saved(2))
    assert stored(hall, pad.judge)[:2] == [f"{float(marks[(taps - 1) % 8]):.1f}", "13.0"]
    assert applied(hall, pad.judge) == taps + 1
    assert pad.kept == 0


@pytest.mark.long(
    "browser/test_pad_alone.py::test_the_page_opens_without_a_network_over_plain_http",
    "browser/test_pad.py::test_every_tap_through_a_cut_is_kept_on_the_plain_page",
)
def test_a_reload_on_a_dead_wire_loses_nothing(sit: Callable[..., tuple[Pad, Proxy]], hall: Server):
    """The browser shows its own error page; the marks wait in its storage."""
    pad, wire = sit()
    wire.cut()
    pad.tap(0, 0, "24")
    pad.type(2, "11.5")
    with pytest.raises(Exception, match="net::"):
        pad.page.goto(pad.address, wait_until="commit")
    pad.page.wait_for_url("chrome-error://**", wait_until="commit")
    wire.restore()
    pad.open()
    pad.shows(saved(2))
    assert stored(hall, pad.judge)[:3] == ["24.0", None, "11.5"]


def test_a_server_that_died_gets_the_marks_when_it_is_back(
    live_server: Callable[..., Server], new_page: Callable[..., Page]
):
    """A kill -9 with marks unsent: after its restart they are sent, each once."""
    server = live_server(partial(pads.fill, judges=1))
    pad = Pad(new_page("tablet"), server, 1, server.port, "pad").enter()
    pad.tap(0, 1, "19")
    pad.shows(saved(1))
    server.kill()
    pad.tap(0, 1, "20")
    pad.type(1, "14.5")
    pad.shows(word("offline"))
    again = servers.start(server.path, filled=server.filled, port=server.port)
    try:
        pad.shows(saved(2))
        assert stored(again, 1)[:2] == ["20.0", "14.5"]
        assert applied(again, 1) == 3
        assert pads.is_clean(again)
    finally:
        again.stop()


STRANGERS = ("page", "redirect", "json", "error", "sign-in", "another")


def stand_between(pad: Pad, answer: str) -> None:
    """Let a stranger answer what the pad asks of its server."""

    def portal(route: Route) -> None:
        if answer == "redirect":
            route.fulfill(status=302, headers={"Location": "/"})
        elif answer == "sign-in":
            route.fulfill(status=511, content_type="text/html", body="<h1>WLAN</h1>")
        elif answer == "another":
            sent = (route.request.post_data_json or {}).get("changes", [])
            results = [{"id": one["id"], "outcome": "done", **one} for one in sent]
            route.fulfill(status=200, json={"event": "another", "seat": "9", "results": results})
        elif answer == "error":
            route.fulfill(status=200, json={"error": "login", "message": "WLAN"})
        elif answer == "page":
            route.fulfill(status=200, content_type="text/html", body="<h1>WLAN</h1>")
        else:
            route.fulfill(status=200, json={"ok": True, "saved": 7})

    pad.page.route("**/api/**", portal)


def test_a_stranger_that_answers_200_has_saved_nothing(
    sit: Callable[..., tuple[Pad, Proxy]], hall: Server
):
    """A hotel's sign-in page, its redirect, its 511, any JSON, or another event's very echo."""
    pad, _ = sit(path="pad")
    pad.shows(saved(0))
    for answer, mark in zip(STRANGERS, ("18", "18.5", "19", "19.5", "20", "20.5"), strict=True):
        before = stored(hall, pad.judge)
        stand_between(pad, answer)
        pad.tap(0, 1, mark)
        pad.shows(word("pending", n=1))
        pad.shows(word("offline"))
        assert pad.kept == 1, answer
        assert stored(hall, pad.judge) == before, answer
        pad.page.unroute("**/api/**")
        until(lambda: pad.kept == 0)
        pad.shows(saved(1))
        assert stored(hall, pad.judge)[0] == f"{float(mark):.1f}", answer


def test_a_double_tap_is_one_mark(sit: Callable[..., tuple[Pad, Proxy]], hall: Server):
    """Twice the same key is the same mark; twice submit is one submit."""
    pad, _ = sit(path="pad")
    pad.turn(0)
    pad.page.locator(".pad .anchor").nth(1).click()
    pad.key("19.5").dblclick()
    pad.shows(saved(1))
    assert applied(hall, pad.judge) == 1
    pad.fill(FULL)
    pad.shows(saved(7))
    pad.page.locator(".pad .submit").dblclick()
    expect(pad.page.locator(".pad .outcome h2")).to_contain_text(word("state_submitted"))
    assert applied(hall, pad.judge, "submit") == 1
    assert stored(hall, pad.judge)[0] == "19.5"


def is_locked(server: Server, judge: int) -> bool:
    """Whether the time in which a judge may still change the submitted sheet is over."""
    sql = "SELECT count(*) FROM sheets WHERE person_id = :p AND locked_at <= :now"
    now = stamp(datetime.now(UTC))
    return bool(pads.one(server, sql, p=server.filled.judges[judge], now=now))


def test_what_comes_after_the_lock_becomes_a_request(
    sit: Callable[..., tuple[Pad, Proxy]], hall: Server
):
    """The sheet stays as it was; the pad's value waits for a second person, and says so."""
    pad, wire = sit(path="pad")
    pad.fill(FULL)
    pad.shows(saved(7))
    pad.page.locator(".pad .submit").click()
    expect(pad.page.locator(".pad .outcome h2")).to_contain_text(word("state_submitted"))
    wire.cut()
    pad.turn(0)
    pad.tap(0, 0, "24")
    until(lambda: is_locked(hall, pad.judge))
    wire.restore()
    pad.shows(word("attention"))
    pad.page.locator(".pad .look.alert").click()
    expect(pad.page.locator(".pad .panel-troubles")).to_contain_text("19.5 → 24.0")
    assert stored(hall, pad.judge)[0] == "19.5"
    assert (
        pads.one(
            hall,
            """SELECT m.value FROM requested_marks m JOIN change_requests q ON q.id = m.request_id
        WHERE q.person_id = :p AND q.state = 'asked' AND q.cause = 'late'""",
            p=hall.filled.judges[pad.judge],
        )
        == 24000
    )
    assert pad.kept == 0


@pytest.mark.parametrize(
    "path",
    [
        "pad",
        pytest.param(
            "judges-pad",
            marks=pytest.mark.long(
                "browser/test_pad.py::test_a_second_tab_takes_over_and_both_values_are_shown"
            ),
        ),
    ],
)
def test_a_second_tab_takes_over_and_both_values_are_shown(
    sit: Callable[..., tuple[Pad, Proxy]], hall: Server, new_page: Callable[..., Page], path: str
):
    """The seat moves to the spare tablet; the first one's unsent mark meets a newer one.

    Of several own values the last is offered.
    """
    first, wire = sit(path=path)
    first.shows(saved(0))
    wire.cut()
    for mark in ("18", "20", "19"):
        first.tap(0, 1, mark)
    spare = Pad(new_page("tablet"), hall, first.judge, hall.port, path).enter()
    spare.button(word("take_over")).click()
    spare.tap(0, 1, "21")
    spare.shows(saved(1))
    wire.restore()
    expect(first.page.locator(".pad .ended")).to_contain_text(word("taken_title"))
    first.button(word("take_back")).click()
    first.shows(word("attention"))
    first.page.locator(".pad .look.alert").click()
    expect(first.page.locator(".pad .trouble")).to_have_count(1)
    expect(first.page.locator(".pad .trouble")).to_contain_text("19.0")
    expect(first.page.locator(".pad .trouble")).to_contain_text("21.0")
    assert stored(hall, first.judge)[0] == "21.0"
    first.button(word("use_mine", value="19.0")).click()
    first.button(word("close")).click()
    first.shows(saved(1))
    assert stored(hall, first.judge)[0] == "19.0"
    assert first.kept == 0
    expect(spare.page.locator(".pad .ended")).to_contain_text(word("taken_title"))


@pytest.mark.long(
    "browser/test_pad_sync.py::test_another_persons_sign_in_ends_the_page_and_keeps_what_is_unsent"
)
@pytest.mark.parametrize("path", ["pad", "judges-pad"])
def test_two_links_in_one_browser_never_mix_two_judges(
    sit: Callable[..., tuple[Pad, Proxy]], hall: Server, new_page: Callable[..., Page], path: str
):
    """The first judge's page says who is signed in now; its mark waits for its own judge."""
    first, wire = sit(path=path)
    wire.cut()
    first.tap(0, 1, "19")
    judge = next(hall.filled.free)
    other = Pad(new_page(beside=first.page), hall, judge, hall.port, path).enter()
    wire.restore()
    expect(first.page.locator(".pad .ended")).to_contain_text(f"赵{other.judge}")
    assert first.kept == 1
    assert stored(hall, first.judge) == [None] * 7
    assert stored(hall, other.judge) == [None] * 7
    other.tap(0, 1, "20")
    other.shows(saved(1))
    assert stored(hall, other.judge)[0] == "20.0"
    first.enter()
    first.shows(saved(1))
    assert stored(hall, first.judge)[0] == "19.0"


def test_the_host_leads_and_nothing_moves_by_itself(
    live_server: Callable[..., Server], new_page: Callable[..., Page]
):
    """Another entrant on stage is a button on the bar; the sheet stays until it is tapped."""
    server = live_server(partial(pads.fill, judges=1))
    pad = Pad(new_page("tablet"), server, 1, server.port, "pad").enter()
    number = pad.page.locator(".pad .num")
    expect(number).to_have_text(word("number", number=1))

    def call_the_next(store: db.Store, who: Visitor, at: datetime) -> None:
        found = server.filled
        for entrant, stage in ((1, "marking"), (2, "called"), (2, "presenting")):
            moves.move_stage(store, who, found.round_id, found.entrants[entrant], stage, at=at)

    pads.act(server, call_the_next)
    go = pad.page.locator(".pad .stage.go")
    expect(go).to_contain_text(word("go", number=2))
    expect(number).to_have_text(word("number", number=1))
    go.click()
    expect(number).to_have_text(word("number", number=2))
    pad.tap(0, 1, "19")
    pad.shows(saved(1))
    assert stored(server, 1, entrant=2)[0] == "19.0"
    assert stored(server, 1, entrant=1) == [None] * 7


OLD = """
for (const name of ['AbortController', 'structuredClone', 'ResizeObserver', 'WeakRef',
                    'BroadcastChannel', 'IntersectionObserver']) delete window[name];
for (const name of ['flat', 'flatMap', 'at', 'findLast']) delete Array.prototype[name];
for (const name of ['replaceAll', 'matchAll', 'at']) delete String.prototype[name];
for (const name of ['fromEntries', 'hasOwn']) delete Object[name];
delete Promise.allSettled; delete Promise.any;
"""
WECHAT = "Mozilla/5.0 (Linux; Android 9; wv) Chrome/66.0 Mobile MicroMessenger/7.0.1 Language/zh_CN"


def test_an_old_webview_marks_too(hall: Server, browser: Browser):
    """As in 微信 of 2018: the link leads to the plain pad, and that needs nothing newer."""
    context = browser.new_context(user_agent=WECHAT, viewport={"width": 390, "height": 780})
    try:
        page = context.new_page()
        page.add_init_script(OLD)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        pad = Pad(page, hall, next(hall.filled.free), hall.port, "pad")
        page.goto(f"{hall.url}/j/{hall.filled.tokens[pad.judge]}")
        assert page.url.startswith(f"{pad.address}/")
        page.locator(".pad .anchor").nth(1).click()
        pad.key("19.5").click()
        pad.shows(saved(1))
        assert errors == []
        assert stored(hall, pad.judge)[0] == "19.5"
    finally:
        context.close()


def test_switching_the_language_loses_no_tap(sit: Callable[..., tuple[Pad, Proxy]], hall: Server):
    """On a dead wire, with a mark half typed: both are still there in English."""
    pad, wire = sit(path="pad")
    wire.cut()
    pad.tap(0, 1, "19")
    pad.turn(1)
    pad.page.locator(".pad .digit").nth(0).click()
    pad.page.locator(".pad .languages button").nth(1).click()
    expect(pad.page.locator(".pad .screen b")).to_have_text("1")
    pad.page.locator(".pad .digit").nth(2).click()
    pad.page.locator(".pad .enter").click()
    wire.restore()
    pad.shows("Saved 2/7")
    assert stored(hall, pad.judge)[:2] == ["19.0", "13.0"]
