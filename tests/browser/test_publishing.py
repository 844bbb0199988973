"""宣布, 公示, an objection, 审定 and 通报 at the desk; beside it what the public reads."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.server import Server
from tests.browser.test_results import come_in, fill, go_to
from words import LANGS, t

CONTACT, OBJECTING = "州委组织部 0873-1234567", "书面提出，写明姓名"
CLAIM, ANSWER = "面积与实际不符", "已核实，与实测一致"
MEETING, NUMBER = "领导小组会议", "红组通〔2022〕12号"


def day(ago: int) -> str:
    return f"{datetime.now(UTC) - timedelta(days=ago):%Y-%m-%d}"


class Public:
    """A browser without a sign-in, on the public page and its JSON."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page, self.url, self.etag = page, server.url, ""

    def said(self, lang: str) -> str:
        self.page.goto(f"{self.url}/results?lang={lang}")
        return self.page.locator("body").inner_text()

    def asked(self, etag: str = "") -> dict[str, Any]:
        """Status, ETag and body of the JSON, asked with an ETag known before."""
        self.page.goto(f"{self.url}/results")
        code = """async etag => {
          const headers = etag ? {'If-None-Match': etag} : {};
          const got = await fetch('/api/results.json', {headers, cache: 'no-store'});
          return {status: got.status, etag: got.headers.get('ETag'), body: await got.text()};
        }"""
        found: dict[str, Any] = self.page.evaluate(code, etag)
        return found

    def is_new(self) -> bool:
        """Whether there is a version since the last look, which then is known: 200, then 304."""
        known = self.etag
        found = self.asked(known)
        self.etag = found["etag"]
        assert self.asked(self.etag)["status"] == 304
        return found["status"] == 200


def fact(desk: Page, kind: str, **typed: str) -> None:
    """Record a fact with its fields."""
    box = desk.locator(f".st-key-fact-{kind}")
    fill_in(box, "organizers.publishing", typed)
    box.get_by_role("button", name=t(f"organizers.publishing.act.{kind}", "zh")).click()
    expect(box).to_contain_text(t("organizers.publishing.done", "zh"))


def fill_in(box: Locator, room: str, typed: dict[str, str]) -> None:
    for field, value in typed.items():
        box.get_by_label(t(f"{room}.field.{field}", "zh"), exact=True).fill(value)


@pytest.mark.long(
    "organizers/results/test_publishing.py::test_each_fact_has_its_button_in_its_turn",
    "organizers/results/test_publishing.py::test_a_supervisor_sees_the_facts_and_records_none",
    "competition/results/test_publishing.py::test_nothing_is_decided_while_the_notice_runs_or_an_objection_waits",
    "routes/test_public.py::test_the_whole_way_from_nothing_to_a_second_version",
    "routes/test_public.py::test_a_page_is_asked_again_by_its_version_and_language",
)
def test_each_thing_is_public_after_its_act_and_not_before(
    kept_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """The list at 宣布; dates and contact at 公示; no objection; the days of 审定 and 通报."""
    server = kept_server(fill)
    desk, outside = new_page("desk", "zh"), Public(new_page("phone", "zh"), server)
    come_in(desk, server)
    for lang in LANGS:
        assert t("public.none", lang) in outside.said(lang)
    assert outside.is_new()
    assert not outside.is_new()

    go_to(desk, server, "publishing")
    fact(desk, "announced")
    assert outside.is_new()
    for lang in LANGS:
        said = outside.said(lang)
        assert t("public.none", lang) not in said
        assert t("public.state.current", lang) in said
        assert CONTACT not in said
    shot(outside.page, "public_announced_en")

    fact(desk, "noticed", begins=day(9), ends=day(2), contact=CONTACT, objecting=OBJECTING)
    assert outside.is_new()
    for lang in LANGS:
        said = outside.said(lang)
        assert all(one in said for one in (CONTACT, OBJECTING, day(9), day(2)))

    form = desk.locator(".st-key-objection-form")
    fill_in(form, "organizers.objections", {"raised_by": "某村村民", "received_on": day(5)})
    fill_in(form, "organizers.objections", {"claim": CLAIM})
    form.get_by_role("button", name=t("organizers.objections.enter", "zh")).click()
    objection = desk.locator("[class*=st-key-objection-]:not(.st-key-objection-form)").first
    expect(objection).to_contain_text(CLAIM)
    expect(objection).to_contain_text(t("organizers.objections.other", "zh"))
    second = new_page("desk", "zh")
    come_in(second, server, "supervisor")
    go_to(second, server, "publishing")
    theirs = second.locator("[class*=st-key-objection-]:not(.st-key-objection-form)").first
    fill_in(theirs, "organizers.objections", {"answer": ANSWER})
    theirs.get_by_role("button", name=t("organizers.objections.answer", "zh")).click()
    expect(theirs).to_contain_text(t("organizers.objections.finding.dismissed", "zh"))
    assert not outside.is_new()
    assert not any(one in outside.said("zh") for one in (CLAIM, ANSWER, "某村村民"))

    desk.reload()
    shot(desk, "publishing_answered")
    fact(desk, "decided", meeting=MEETING, day=day(1))
    assert outside.is_new()
    fact(desk, "commended", number=NUMBER, day=day(0))
    assert outside.is_new()
    for lang in LANGS:
        said = outside.said(lang)
        assert t("public.fact.decided", lang, day=day(1)) in said
        assert NUMBER in said
        assert MEETING not in said
        shot(outside.page, f"public_commended_{lang}")
    shot(desk, "publishing_done")
