"""From an empty file to a certified result: everything that an organizer presses and types."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

import db
from competition import links, people
from competition.sign_ins import visitor_of
from tests.browser.conftest import OUTPUT
from tests.browser.server import Server

AT = datetime(2026, 3, 1, tzinfo=UTC)
VILLAGES = (
    ("石屏县", "异龙镇"),
    ("建水县", "临安镇"),
    ("弥勒市", "弥阳街道"),
    ("泸西县", "中枢镇"),
    ("元阳县", "南沙镇"),
)
JUDGES = (("甲某", "石屏县"), ("乙某", ""), ("丙某", ""), ("丁某", ""))
READY = "[data-testid=stApp][data-test-script-state=notRunning]"


@dataclass
class Hand:
    """An organizer's hand on one page: it counts what it presses and types."""

    page: Page
    take: Callable[..., Path]
    clicks: int = 0
    fields: int = 0
    steps: list[dict[str, object]] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until the page has been drawn."""
        expect(self.page.locator(READY)).to_be_attached(timeout=20_000)

    def press(self, where: Locator | str) -> None:
        """Press a button, by its name or as found."""
        found = (
            self.page.get_by_role("button", name=where, exact=True)
            if isinstance(where, str)
            else where
        )
        found.first.click()
        self.clicks += 1
        self.page.wait_for_timeout(150)
        self.settle()

    def go(self, name: str) -> None:
        """Go to a page by the sidebar."""
        self.press(self.page.locator("[data-testid=stSidebar]").get_by_role("link", name=name))
        expect(self.page.locator("h1")).to_have_text(name)

    def type(self, label: str, text: str) -> None:
        """Type into a field."""
        box = self.page.get_by_label(label, exact=True).last
        box.fill(text)
        box.press("Tab")
        self.fields += 1
        self.page.wait_for_timeout(150)
        self.settle()

    def pick(self, label: str, option: str) -> None:
        """Choose from a list that opens: one field, two clicks."""
        self.page.get_by_label(label, exact=True).last.click()
        self.page.get_by_role("option", name=option, exact=True).click()
        self.fields += 1
        self.clicks += 2
        self.page.wait_for_timeout(150)
        self.settle()

    def look(self, name: str) -> None:
        """Keep a picture, and how much was pressed and typed so far."""
        self.settle()
        self.page.wait_for_timeout(400)
        self.steps.append({"step": name, "clicks": self.clicks, "fields": self.fields})
        self.take(self.page, f"setup_{len(self.steps):02d}_{name}")


def begin(store: db.Store) -> str:
    """Nothing but its organizer; their token."""
    _, token = links.begin(store, title="新比赛", organizer="赛务组", at=AT)
    return token


def test_an_organizer_comes_from_nothing_to_a_certified_result(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Callable[..., Path],
):
    """In the browser alone; only the judges' links and marks come by other ways."""
    server = live_server(begin)
    hand = Hand(new_page("desk", "zh"), shot)
    hand.page.goto(f"{server.url}/j/{server.filled}")
    hand.look("nothing_yet")
    name_the_competition(hand)
    take_the_sample_rubric(hand)
    choose_the_rules(hand)
    enter_the_villages(hand)
    seat_the_judges(hand)
    open_the_round(hand)
    for name, _ in JUDGES:
        mark_everything(server, new_page("tablet", "zh"), name)
    close_and_certify(hand)
    report = {"clicks": hand.clicks, "fields": hand.fields, "steps": hand.steps}
    OUTPUT.mkdir(exist_ok=True)
    text = json.dumps(report, ensure_ascii=False, indent=1)
    (OUTPUT / "setup_journey.json").write_text(text, encoding="utf-8")
    assert hand.clicks <= 120


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
    hand.press(hand.page.get_by_role("dialog").get_by_text("不同评委评不同成果"))
    hand.look("new_round")
    hand.press("建立")
    expect(hand.page.get_by_text("村级擂台决赛").first).to_be_visible()
    hand.look("set_up")


def take_the_sample_rubric(hand: Hand) -> None:
    """A sample, one maximum changed and changed back: the sum says so at once."""
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
    """Two places; the meaning follows the fields."""
    hand.go("评分规则")
    hand.type("取前几名", "2")
    expect(hand.page.get_by_text("取前 2 名。")).to_be_visible()
    hand.press("保存规则")
    expect(hand.page.get_by_text("已保存")).to_be_visible()
    hand.look("rules")


def enter_the_villages(hand: Hand) -> None:
    """Five townships' entrants from the list of places, then the numbers of a draw."""
    hand.go("参评名单与出场顺序")
    hand.look("entrants_nothing_yet")
    hand.press("添加参评成果…")
    for at, (county, township) in enumerate(VILLAGES):
        hand.pick("县市", county)
        hand.pick("乡镇（街道）", township)
        hand.type("汇报人", f"汇报人{at + 1}")
        if not at:
            hand.look("add_entrant")
        hand.press("添加" if at == len(VILLAGES) - 1 else "添加，再加一个")
    expect(hand.page.get_by_role("cell", name="汇报人5")).to_be_visible()
    hand.press(hand.page.get_by_text("出场顺序", exact=True).last)
    boxes = hand.page.get_by_label("的出场号")
    for at, number in enumerate(("3", "1", "1", "5", "4")):
        boxes.nth(at).fill(number)
        hand.fields += 1
    hand.press("保存顺序")
    expect(hand.page.get_by_text("“1”已经有了，不能重复。")).to_have_count(2)
    hand.look("one_number_twice")
    boxes.nth(2).fill("2")
    hand.fields += 1
    hand.press("保存顺序")
    expect(hand.page.get_by_text("已保存")).to_be_visible()
    hand.look("order")


def seat_the_judges(hand: Hand) -> None:
    """Four judges, one panel; who works in a village's county is recused by itself."""
    hand.go("评委、席位与回避")
    hand.press("添加评委…")
    for at, (name, county) in enumerate(JUDGES):
        hand.type("姓名", name)
        if county:
            hand.pick("工作县市", county)
        if not at:
            hand.look("add_judge")
        hand.press("添加" if at == len(JUDGES) - 1 else "添加，再加一名")
    expect(hand.page.get_by_role("cell", name="丁某")).to_be_visible()
    hand.press(hand.page.get_by_text("场次与评委组", exact=True))
    hand.look("panel_nothing_yet")
    hand.press("全部编入第1场")
    hand.look("one_panel")
    hand.press(hand.page.get_by_text("回避", exact=True))
    expect(hand.page.get_by_role("cell", name="同县市")).to_be_visible()
    hand.look("recusals")
    hand.press(hand.page.get_by_text("每个成果的评委", exact=True))
    expect(hand.page.get_by_text("每个成果都有至少 1 名有效评委")).to_be_visible()
    hand.look("counts")


def open_the_round(hand: Hand) -> None:
    """What will be frozen is read out; its check code is shown after."""
    hand.press(hand.page.get_by_role("link", name="到“总览”开始评分"))
    hand.look("ready")
    hand.press("开始评分…")
    expect(hand.page.get_by_text("以下内容从此锁定")).to_be_visible()
    hand.look("what_is_frozen")
    hand.press("开始评分")
    expect(hand.page.get_by_text("校验码：")).to_be_visible()
    hand.look("sealed")
    hand.press("知道了")
    hand.look("open")


def mark_everything(server: Server, page: Page, name: str) -> None:
    """A judge opens their link and sends each sheet of theirs as the pad does."""
    store = db.Store(server.path)
    with store.reading() as tx:
        organizer = visitor_of(tx, tx.value("SELECT person_id FROM grants WHERE role='organizer'"))
        person = tx.value("SELECT id FROM people WHERE name = :n", n=name)
        found = tx.one("SELECT * FROM rounds")
        assert found is not None
        pairs = [
            row["entrant_id"]
            for row in tx.rows("SELECT * FROM assignments WHERE state = 'expected'")
            if row["person_id"] == person
        ]
        criteria = tx.rows("SELECT * FROM criteria ORDER BY position")
    assert [one["id"] for one in people.everybody(store, organizer) if one["name"] == name]
    token = links.make_link(store, organizer, person, at=datetime.now(UTC))
    store.close()
    page.goto(f"{server.url}/j/{token}")
    for at, entrant in enumerate(sorted(pairs)):
        body = {"event": found["competition_id"], "seat": person, "round": found["id"]}
        values = {c["id"]: f"{c['maximum'] // 1000 - 1 - at - len(name) % 2}" for c in criteria}
        changes = [
            {"id": f"{person}-{at}-{n}", "criterion": c, "value": v, "rev": 0}
            for n, (c, v) in enumerate(values.items())
        ]
        send(page, "PUT", "/api/marks", {**body, "entrant": entrant, "changes": changes})
        seen = {"id": f"{person}-{at}-submit", "seen": values}
        send(page, "POST", "/api/submit", {**body, "entrant": entrant, **seen})


def send(page: Page, method: str, path: str, body: dict[str, object]) -> None:
    """Ask the server from inside a page, with its cookie; refuse any answer but yes."""
    script = """async ([method, path, body]) => {
        const answer = await fetch(path, {method, body: JSON.stringify(body),
            headers: {'Content-Type': 'application/json'}});
        return [answer.status, await answer.text()];
    }"""
    status, text = page.evaluate(script, [method, path, body])
    assert status == 200, text


def close_and_certify(hand: Hand) -> None:
    """Closed, certified, and the award list as an Excel file."""
    hand.page.reload()
    hand.go("总览")
    hand.press("结束评分…")
    hand.press("结束评分")
    hand.look("closed")
    hand.go("成绩")
    hand.press("成绩确认…")
    hand.look("certify")
    hand.press("确认成绩")
    hand.look("certified")
    hand.go("获奖名单")
    hand.look("awards")
    with hand.page.expect_download() as loading:
        hand.press(hand.page.get_by_role("button", name="Excel"))
    path = OUTPUT / "setup_awards.xlsx"
    loading.value.save_as(path)
    assert path.stat().st_size > 4000
