"""From an empty file to a certified result: everything that an organizer presses and types."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import db
from commands import ROOT
from competition.people import links
from organizers.prepare.people.printed import qr
from tests.browser import signatures
from tests.browser.conftest import OUTPUT
from tests.browser.hand_sums import (
    DRAWN,
    JUDGES,
    LEVELS,
    MARKS,
    RECUSED,
    marks,
    the_files_say_what_a_hand_sum_says,
)
from tests.browser.hands import Hand, JudgeHand
from tests.browser.pads import is_clean
from tests.browser.server import Server
from words import t

AT = datetime.now(UTC)
VILLAGES = (
    ("石屏县", "坝心镇", "黑泥村"),
    ("建水县", "临安镇"),
    ("弥勒市", "弥阳街道"),
    ("泸西县", "中枢镇"),
    ("元阳县", "南沙镇"),
)


def begin(store: db.Store) -> str:
    """Nothing but its organizer; their token."""
    _, token = links.begin(store, title="新比赛", organizer="赛务组", at=AT)
    return token


@pytest.mark.long(
    "organizers/prepare/test_setup_pages.py::"
    "test_a_workbook_makes_a_round_once_method_and_places_are_given",
    "browser/test_pad_marking.py::test_after_entering_the_next_row_opens",
    "browser/test_organizer.py::test_a_round_is_closed_by_keys_alone",
    "organizers/prepare/test_setup_pages.py::test_a_refused_day_stays_in_its_field_with_the_reason_under_it",
    "organizers/prepare/test_setup_pages.py::test_the_sum_is_said_while_it_is_typed_and_refused_while_it_is_off",
    "organizers/prepare/test_setup_pages.py::test_pasted_judges_take_the_next_seats",
    "organizers/prepare/test_links.py::test_the_judges_list_has_a_new_link_for_each",
    "organizers/results/test_awards.py::test_every_file_carries_the_certified_figures",
    "organizers/results/test_official.py::test_a_row_of_the_tally_adds_up_by_hand",
)
def test_an_organizer_comes_from_nothing_to_a_certified_result(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """In the browser alone, from the first link to the hand-checked Excel file."""
    server = live_server(begin)
    hand = Hand(new_page("desk", "zh"), shot)
    hand.page.goto(f"{server.url}/j/{server.filled}")
    hand.look("nothing_yet")
    name_the_competition(hand)
    take_the_sample_rubric(hand)
    choose_the_rules(hand)
    enter_the_villages(hand)
    seat_the_judges(hand)
    cards = make_the_links(hand)
    open_the_round(hand)
    judges = []
    for name, (_, shift) in JUDGES.items():
        judges.append(JudgeHand(new_page("tablet", "zh"), name, shot))
        numbers = [number for number in MARKS if (name, number) not in RECUSED]
        judge(judges[-1], cards[name], shift, numbers)
    files = close_and_certify(hand)
    write_down(hand, judges)
    the_files_say_what_a_hand_sum_says(*files)
    assert is_clean(server)
    the_guide_says_how_much_it_was(hand, judges)
    the_way_is_short(hand)


def write_down(hand: Hand, judges: Sequence[JudgeHand]) -> None:
    """What was pressed at which step, for whoever wants to make it less."""
    taps = [{"judge": one.name, "sheets": one.sheets, "taps": one.taps} for one in judges]
    report = {"clicks": hand.clicks, "fields": hand.fields, "judges": taps, "steps": hand.steps}
    OUTPUT.mkdir(exist_ok=True)
    text = json.dumps(report, ensure_ascii=False, indent=1)
    (OUTPUT / "setup_journey.json").write_text(text, encoding="utf-8")


def name_the_competition(hand: Hand) -> None:
    """Title, days, venue; a day that is none stays in its field with the reason under it."""
    hand.go("赛事设置")
    hand.type("比赛正式全称", "红河州“干部规划家乡行动”村庄规划擂台赛")
    hand.type("第一天", "2022年3月80日")
    hand.type("会场", "州会议中心")
    hand.press("保存")
    expect(hand.page.get_by_text("不是日期")).to_be_visible()
    expect(hand.page.get_by_label("第一天")).to_have_value("2022年3月80日")
    hand.look("a_day_that_is_none")
    hand.type("第一天", "2022年3月18日")
    hand.press("保存")
    expect(hand.page.get_by_text("已保存")).to_be_visible()
    expect(hand.page.get_by_label("第一天")).to_have_value("2022-03-18")
    hand.press("新建轮次…")
    hand.type("轮次名称", "村级擂台决赛")
    hand.press("建立")
    expect(hand.page.get_by_text("“最终成绩的算法”不能空着")).to_be_visible()
    hand.press(hand.page.get_by_role("radio", name="一个评委组，现场亮分"))
    hand.type("名额", "2")
    hand.look("new_round")
    hand.press("建立")
    expect(hand.page.get_by_text("村级擂台决赛").first).to_be_visible()
    hand.look("set_up")


def take_the_sample_rubric(hand: Hand) -> None:
    """A sample in one press; one maximum changed and changed back: the sum says so at once."""
    hand.go("评分标准")
    hand.look("rubric_nothing_yet")
    hand.press(hand.page.get_by_role("button", name="用这份样例"))
    hand.type("分值", "9")
    expect(hand.page.get_by_text("合计 99 分，应为 100 分")).to_be_visible()
    hand.press("保存评分标准")
    expect(hand.page.get_by_text("合计是 99，应正好是 100")).to_be_visible()
    hand.look("rubric_sum_off")
    hand.type("分值", "10")
    hand.press("保存评分标准")
    expect(hand.page.get_by_text("已保存")).to_be_visible()
    hand.look("rubric")


def choose_the_rules(hand: Hand) -> None:
    """Three judges are too few to drop marks: the mean; two places are asked for already."""
    hand.go("评分规则")
    hand.pick("最终成绩", t("method.mean", "zh"))
    expect(hand.page.get_by_text("取前 2 名。")).to_be_visible()
    hand.press("保存规则")
    expect(hand.page.get_by_text("已保存")).to_be_visible()
    hand.look("rules")


def enter_the_villages(hand: Hand) -> None:
    """A list pasted into one field, one village misspelt; then the numbers of a draw."""
    hand.go("参评名单与出场顺序")
    hand.look("entrants_nothing_yet")
    hand.press("粘贴名单…")
    lines = [f"{at}. {' '.join(line)} 汇报人{at}" for at, line in enumerate(VILLAGES, start=1)]
    hand.type("一行一个参评成果", "\n".join(lines))
    hand.press("识别名单")
    expect(hand.page.get_by_text("必须改：1 处")).to_be_visible()
    hand.look("paste_stopped")
    hand.press("坝心镇黑尼村 532525103211")
    hand.look("paste_entrants")
    hand.press("添加 5 个参评成果")
    expect(hand.page.get_by_role("cell", name="汇报人5")).to_be_visible()
    hand.press(hand.page.get_by_text("出场顺序", exact=True).last)
    hand.type("出场号一次填完", " ".join(("1", *DRAWN[1:])))
    hand.press("保存这些号")
    expect(hand.page.get_by_text("“1”已经有了，不能重复。")).to_be_visible()
    hand.look("one_number_twice")
    hand.type("出场号一次填完", " ".join(DRAWN))
    hand.press("保存这些号")
    expect(hand.page.get_by_text("已保存")).to_be_visible()
    hand.look("order")


def seat_the_judges(hand: Hand) -> None:
    """Three judges, one panel; who works in a village's county is recused by itself."""
    hand.go("评委、席位与回避")
    hand.press("粘贴名单…")
    lines = [f"{name} {county}".strip() for name, (county, _) in JUDGES.items()]
    hand.type("一行一名评委", "\n".join(lines))
    hand.press("识别名单")
    hand.look("paste_judges")
    hand.press("添加 3 名评委")
    expect(hand.page.get_by_role("cell", name="丙某")).to_be_visible()
    hand.press(hand.page.get_by_text("回避", exact=True))
    expect(hand.page.get_by_role("cell", name="同县市")).to_be_visible()
    hand.look("recusals")
    hand.press(hand.page.get_by_text("每个成果的评委", exact=True))
    expect(hand.page.get_by_text("每个成果都有至少 1 名有效评委")).to_be_visible()
    expect(hand.page.get_by_role("link", name="到“总览”开始评分")).to_be_visible()
    hand.look("counts")


def open_the_round(hand: Hand) -> None:
    """What will be frozen is read out; its check code is shown after."""
    hand.go("总览")
    hand.look("ready")
    hand.press("开始评分…")
    expect(hand.page.get_by_text("以下内容从此锁定")).to_be_visible()
    hand.look("what_is_frozen")
    hand.type("由谁签字", "评委组长、监督员、13 名领队")
    hand.press("开始评分")
    expect(hand.page.get_by_text("校验码：")).to_be_visible()
    hand.look("sealed")
    hand.press("知道了")
    hand.look("open")


def make_the_links(hand: Hand) -> dict[str, str]:
    """A card for every judge; the code on it and the address under it are the same link."""
    hand.go("人员与链接")
    hand.press("打印评委链接…")
    hand.look("print_links")
    hand.press("生成清单")
    cards = hand.page.locator("article.a-card")
    expect(cards).to_have_count(len(JUDGES))
    hand.look("cards")
    found = {}
    for card in cards.all():
        link = card.locator(".a-card-url").inner_text()
        assert card.locator("img.a-qr").get_attribute("src") in qr(link, "zh").replace("&amp;", "&")
        found[card.locator("strong").inner_text()] = link
    hand.press("打印完成，关闭")
    expect(cards).to_have_count(0)
    return found


def judge(hand: JudgeHand, link: str, shift: Decimal, numbers: Sequence[int]) -> None:
    """A judge opens the own link, marks each entrant on the pad and sends the sheet."""
    hand.come_in(link)
    for at, number in enumerate(numbers):
        if at:
            hand.next()
        hand.on(number)
        hand.mark(marks(number, shift), LEVELS)
        hand.submit()


def close_and_certify(hand: Hand) -> tuple[Path, Path]:
    """Closed, certified by the only one who may sign, and both lists as Excel files."""
    hand.page.reload()
    hand.go("总览")
    hand.press("结束评分…")
    hand.look("closing")
    hand.press("结束评分")
    hand.look("closed")
    hand.go("成绩")
    hand.press(signatures.button(hand.page, "certify_alone"))
    hand.type(t("organizers.ask.reason", "zh"), "只有一名工作人员")
    hand.look("certify")
    hand.press(t("organizers.certify.confirm.certify_alone", "zh"))
    hand.look("certified")
    expect(hand.page.get_by_text("评委不足")).to_have_count(0)
    hand.press("导出…")
    hand.look("export")
    scores = hand.keep("Excel", OUTPUT / "setup_standings.xlsx")
    hand.page.keyboard.press("Escape")
    hand.go("获奖名单")
    hand.look("awards")
    return scores, hand.keep("Excel", OUTPUT / "setup_awards.xlsx")


def the_way_is_short(hand: Hand) -> None:
    """By hand: 40 clicks and 15 fields to the opening dialog, 12 clicks from there to the file."""
    dialog = next(step["clicks"] for step in hand.steps if step["step"] == "what_is_frozen")
    assert isinstance(dialog, int)
    assert dialog <= 40
    assert hand.fields <= 15
    assert hand.clicks - dialog <= 12


def the_guide_says_how_much_it_was(hand: Hand, judges: Sequence[JudgeHand]) -> None:
    """docs/benchmarks.md names the clicks, fields and taps that this journey counted."""
    sheets = {one.sheets: one.taps for one in judges}
    rows = {
        "organizer": (str(hand.clicks), str(hand.fields)),
        **{f"judge, {sheets_} sheets": (str(taps), "0") for sheets_, taps in sheets.items()},
    }
    text = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    for name, (clicks, fields) in rows.items():
        assert f"| {name} | {clicks} | {fields} |" in text, (name, clicks, fields)
