"""Counties file in the browser: deadline and links, a faulty workbook, a return, the acceptance."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Locator, Page, expect

import db
from competition.documents import materials
from competition.lineup.entrants import all_entrants
from competition.people import links
from competition.rounds import rounds
from competition.sign_ins import visitor_of
from examples.divisions import tiles
from tests.browser.hands import Hand
from tests.browser.pads import is_clean, opened
from tests.browser.server import Server
from tests.competition.registry.document_rows import PDF
from words import t

FAR = "2099-12-31 18:00"
HONGHE = "红河县"
REASON = "规划图上没有盖永久基本农田图层，请补一张叠加图。"


def begun(store: db.Store) -> tuple[str, str]:
    """A competition with one round in draft; the organizer's link and the round."""
    at = datetime.now(UTC)
    who, token = links.begin(store, title="村庄规划擂台赛", organizer="赛务组", at=at)
    return token, rounds.create_round(store, who, title="村级初评", at=at)


def faulty_list() -> bytes:
    """Five rows: one misspelt village, one of another county, one without a title, one twice."""
    book, file = Workbook(), BytesIO()
    sheet = book.active
    sheet.title = "参赛名单"
    for row in (
        ["乡镇", "村", "成果名称", "汇报人", "职务"],
        ["迤萨镇", "勐甸村", "勐甸村热区产业规划", "李志华", "村党总支书记"],
        ["甲寅镇", "他萨村", "他撒村哈尼古寨规划", "李批龙", "村党总支书记"],
        ["新街镇", "箐口村", "箐口村梯田规划", "卢文", "村党总支书记"],
        ["宝华镇", "期垤村", None, "白丽芬", "村党总支书记"],
        ["迤萨镇", "勐甸村", "勐甸村规划", "李志华", "村党总支书记"],
    ):
        sheet.append(row)
    book.save(file)
    return file.getvalue()


def say(key: str, **values: object) -> str:
    return t(f"counties.{key}", "zh", **values)


def ours(key: str, **values: object) -> str:
    return t(f"organizers.filings.{key}", "zh", **values)


def title(page: Page) -> Locator:
    return page.locator("h1")


def invite(page: Page, hand: Hand) -> dict[str, str]:
    """Set the deadline, make thirteen links; return them by the county's name."""
    hand.press(ours("terms"))
    hand.type(ours("field.closes_at"), FAR)
    hand.press(ours("save"))
    hand.press(ours("invite"))
    hand.press(ours("invite_now"))
    shown = page.locator("[data-testid=stCode]")
    expect(shown).to_have_count(13)
    made = {}
    for name, text in zip([tile.county for tile in tiles()], shown.all_inner_texts(), strict=True):
        assert name in text
        assert FAR in text
        made[name] = text[text.index("/j/") :].split()[0]
    hand.press(t("organizers.act.handed_out", "zh"))
    return made


def refuse_strangers(page: Page, server: Server, own: str) -> None:
    """Another county's browser opens neither the list nor the document of this one."""
    page.goto(own)
    expect(title(page)).to_have_text("元阳县报送")
    with opened(server) as store, store.reading() as tx:
        filing_id = tx.value("SELECT id FROM filings WHERE county_code = '532529'")
        document_id = tx.value("SELECT id FROM filed_documents")
    status, text = page.evaluate(
        "path => fetch(path).then(async answer => [answer.status, await answer.text()])",
        f"/filed/{filing_id}/{document_id}",
    )
    assert status == 404
    assert "%PDF" not in text
    page.goto(f"{server.url}/organizers-filings")
    expect(page.locator(".a-refused")).to_be_visible()
    body = page.locator("body").inner_text()
    assert HONGHE not in body
    assert "勐甸村" not in body


@pytest.mark.long(
    "counties/test_home.py::test_a_county_sees_its_own_filing_and_no_other",
    "counties/test_home.py::test_what_was_returned_stands_before_the_list",
    "counties/test_home.py::test_a_county_has_no_menu_and_lands_on_its_page",
    "counties/test_home.py::test_the_organizers_have_thirteen_lines",
    "counties/test_home.py::test_each_new_link_has_its_code_beside_it_and_its_card",
    "routes/test_filed.py::test_it_comes_to_no_one_else",
    "counties/test_home.py::test_a_faulty_workbook_is_mended_by_presses",
    "counties/test_home.py::test_a_village_is_entered_by_its_name_and_the_list_is_filed",
    "competition/filing/test_answering.py::test_a_list_is_returned_with_a_reason_and_filed_again",
    "competition/filing/test_own_list.py::test_a_workbook_replaces_what_it_names_and_keeps_documents",
)
def test_a_county_files_is_returned_and_is_accepted(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """From the deadline to entrants in the round; another county's attempts are refused."""
    server = live_server(begun)
    token, round_id = server.filled
    page = new_page("tablet", "zh")
    staff = Hand(page, shot)
    page.goto(f"{server.url}/j/{token}")
    staff.settle()
    staff.go(ours("title"))
    county_links = invite(page, staff)
    expect(page.get_by_text(ours("sum.draft", count=13))).to_be_visible()

    theirs = new_page("phone", "zh")
    county = Hand(theirs, shot)
    theirs.goto(f"{server.url}{county_links[HONGHE]}")
    county.settle()
    expect(title(theirs)).to_have_text("红河县报送")
    assert theirs.locator("[data-testid=stSidebar]").count() == 0
    send_workbook(theirs)
    expect(theirs.get_by_text(say("workbook.faulty", count=4))).to_be_visible()
    shot(theirs, "county_faults")
    theirs.reload()
    expect(theirs.get_by_text(say("workbook.faulty", count=4))).to_be_visible()
    page.reload()
    expect(page.get_by_text(ours("state.faulty", count=4))).to_be_visible()
    mend(theirs, county)
    county.press(say("workbook.take", count=3))
    expect(theirs.get_by_text(say("list.show.all", count=3))).to_be_visible()
    add_by_hand(theirs, county)
    county.press(say("home.file"))
    foot = theirs.locator(".st-key-county-foot")
    expect(foot).to_contain_text(say("home.filed", count=4, at=""))
    shot(theirs, "county_filed")

    give_back(page, staff)
    shot(page, "county_returned_staff")
    theirs.reload()
    expect(theirs.get_by_text(REASON).first).to_be_visible()
    shot(theirs, "county_returned")
    refuse_strangers(new_page("tablet", "zh"), server, f"{server.url}{county_links['元阳县']}")

    county.press(theirs.locator("[class*=st-key-county-change-] button").first)
    county.type(say("entrant.title"), "勐甸村热区产业发展规划")
    county.press(say("entrant.save"))
    county.press(say("home.file_again"))
    accept(page, staff)
    theirs.reload()
    expect(theirs.get_by_text(say("home.accepted", count=4))).to_be_visible()
    assert theirs.get_by_role("button", name=say("home.file_again")).count() == 0
    shot(theirs, "county_accepted")
    with opened(server) as store:
        with store.reading() as tx:
            who = visitor_of(tx, tx.value("SELECT person_id FROM grants WHERE role = 'organizer'"))
        entered = {one["village"]: one for one in all_entrants(store, who)}
        read = materials.materials(store, who, round_id)
    assert set(entered) == {"勐甸村", "他撒村", "期垤村", "嘎他村"}
    assert entered["勐甸村"]["title"] == "勐甸村热区产业发展规划"
    assert len(read[entered["嘎他村"]["id"]].documents) == 1
    assert is_clean(server)


def send_workbook(page: Page) -> None:
    file = {"name": "红河县.xlsx", "mimeType": "application/xlsx", "buffer": faulty_list()}
    page.locator("input[type=file]").first.set_input_files([file])


def mend(page: Page, hand: Hand) -> None:
    """Each proposal by its button; the last step is undone once and done again."""
    for left, press in (
        (3, "甲寅镇他撒村 532529102205"),
        (2, t("intake.choice.drop", "zh", row=4)),
        (1, "期垤村村庄规划"),
        (0, t("intake.choice.drop", "zh", row=6)),
    ):
        hand.press(press)
        word = say("workbook.faulty", count=left) if left else say("workbook.clean")
        expect(page.get_by_text(word)).to_be_visible()


def add_by_hand(page: Page, hand: Hand) -> None:
    """One more village by its name, with a document."""
    hand.press(say("list.add"))
    hand.type(say("entrant.place"), "嘎他村")
    expect(page.locator(".c-found")).to_contain_text("宝华镇嘎他村")
    hand.type(say("entrant.title"), "嘎他村撒玛坝梯田规划")
    hand.type(t("field.presenter", "zh"), "李建忠")
    hand.press(say("entrant.save"))
    expect(page.get_by_text(say("list.show.all", count=4))).to_be_visible()
    hand.press(page.locator("[class*=st-key-county-change-] button").last)
    box = page.locator(".st-key-county-entrant")
    box.locator("input[type=file]").set_input_files(
        [{"name": "规划文本.pdf", "mimeType": "application/pdf", "buffer": PDF}]
    )
    hand.press(say("entrant.upload"))
    expect(box.get_by_role("link", name="规划文本.pdf")).to_be_visible()
    hand.press(say("entrant.close"))


def look_at(page: Page, hand: Hand, county: str) -> None:
    page.reload()
    hand.settle()
    hand.press(page.locator("[data-testid=stButtonGroup] button", has_text=county))


def give_back(page: Page, hand: Hand) -> None:
    """Look at what was filed, and return it with a reason about one village."""
    look_at(page, hand, HONGHE)
    expect(page.get_by_text("嘎他村撒玛坝梯田规划")).to_be_visible()
    hand.press(ours("act.return_list"))
    hand.type(ours("field.reason"), REASON)
    hand.press(page.get_by_role("button", name="勐甸村 迤萨镇"))
    hand.press(ours("return_now"))
    expect(page.get_by_text(ours("state.returned", count=4), exact=True).first).to_be_visible()


def accept(page: Page, hand: Hand) -> None:
    look_at(page, hand, HONGHE)
    hand.press(ours("act.accept"))
    hand.press(ours("accept_now"))
    expect(page.get_by_text(ours("state.accepted", count=4), exact=True).first).to_be_visible()
