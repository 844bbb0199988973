"""A whole final, each person in a browser of their own, with all that goes wrong on the day.

The hall's screen is watched from its first picture to its last; every figure is computed by hand
from what the judges tapped. The first laptop dies for good in the middle of an entrant, and the
day goes on to its end on the second one.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import db
from competition.stage import clocks
from competition.visitor import Visitor
from tests.browser import day_readings, day_takeover, pads
from tests.browser import server as servers
from tests.browser.day import Day, Shot
from tests.browser.final_day import MARKS, PIN, RESERVE, Final, by_hand, fill
from tests.browser.hands import Hand
from tests.browser.pads import one
from tests.browser.server import Server
from tests.browser.test_live import scene
from tests.browser.waits import redrawn


def host_announces(day: Day) -> None:
    """1号: the host reads the score out and announces it."""
    day.present(1)
    day.mark(1)
    figure = day.expect_final(1)
    expect(day.host.locator(".p-final b")).to_have_text(figure)
    day.host.locator("footer button").click()
    day.announced(1, figure)


def overtime(day: Day) -> None:
    """2号 speaks too long: the clock runs over, 0.5 is proposed, entered and signed."""
    day.present(2)
    day.start_clock()
    day.mark(2)
    day.deduct()
    expect(day.host.locator("footer button")).to_be_disabled()
    figure = by_hand(MARKS[2], deduction="0.5")
    expect(day.host.locator("main")).not_to_contain_text(figure)
    day.sign()
    day.release(2, deduction="0.5")


def no_show(day: Day) -> None:
    """3号 does not come."""
    day.step("call", 3)
    day.desk.exception("withdrawn", "迟到超过一分钟")


def late_recusal(day: Day) -> None:
    """4号: judge 2 has submitted when it becomes known that they are related."""
    day.present(4)
    day.mark(4)
    hand = day.beside("/organizers-corrections")
    hand.pick(day.say("organizers.corrections.kind"), day.say("correction.kind.recusal"))
    hand.pick(day.say("organizers.corrections.field.entrant"), day.named(4))
    hand.pick(
        day.say("organizers.corrections.field.judge"), day.say("organizers.seat", number="02")
    )
    hand.type(day.say("organizers.corrections.reason"), "与汇报人系亲属")
    hand.press(day.say("organizers.corrections.send"))
    hand.page.close()
    day.sign()
    day.release(4, without=2)


def withdrawn_release(day: Day) -> None:
    """4号 is taken back: the hall says that it comes later, then shows the same figure again."""
    day.desk.page.locator(".st-key-act-withdraw_release button").click()
    day.reason("念错了号", day.say("organizers.announcing.withdraw_confirm"))
    scene(day.hall, "later 4")
    day.desk.page.locator("[class*=st-key-held-4-] button").click()
    day.announced(4, day.told[4][-1])


def corrected_after_release(day: Day) -> None:
    """1号: judge 1 wrote 54 for 52; the hall keeps the old score until it is announced again."""
    hand = day.beside("/organizers-corrections")
    hand.pick(day.say("organizers.corrections.field.entrant"), day.named(1))
    hand.pick(
        day.say("organizers.corrections.field.judge"), day.say("organizers.seat", number="01")
    )
    first = hand.page.locator("[class*=st-key-field-correction-mark] input[type=text]").nth(2)
    first.fill("52")
    first.press("Enter")
    hand.follow()
    hand.type(day.say("organizers.corrections.reason"), "纸质底稿为 52")
    hand.press(day.say("organizers.corrections.send"))
    hand.page.close()
    day.sign()
    day.tapped[1, 1] = ("52", day.tapped[1, 1][1])
    day.desk.page.locator(".st-key-again-1 button").click()
    figure = day.expect_final(1)
    day.reason("评委01改分，监督员已确认", day.say("organizers.announcing.again_confirm"))
    day.announced(1, figure)
    expect(day.hall.locator("main")).to_contain_text(day.told[1][0])
    day.look(day.hall, "hall_corrected", "hall")


def killed(day: Day) -> None:
    """5号 presents, its clock runs, judge 1 taps: the server dies; all go on where they were."""
    day.present(5)
    day.start_clock()
    day.go(1, 5)
    day.type(1, 5, 0)
    day.saved(1, 1)
    day.server.kill()
    day.type(1, 5, 1)
    expect(day.pads[1].page.locator(".bar-offline, .pad .bar")).to_be_visible()
    day.server = servers.start(day.server.path, filled=day.final, port=day.server.port)
    day.saved(1, 2)
    scene(day.hall, "progress 5")
    redrawn(day.desk.page)
    label = day.say("organizers.next.step.answer", number=day.no(5))
    expect(day.desk.button).to_contain_text(label)
    expect(day.clock.locator(".figure b")).to_be_visible()
    expect(day.hall.locator("#clock b")).to_contain_text("+")
    expect(day.host.locator(".p-now b")).to_contain_text(day.no(5))


def go_on(day: Day) -> None:
    """5号 after the restart: judge 1 has marked it, the overtime of the pause is decided too."""
    day.step("answer", 5)
    day.step("mark", 5)
    day.submit(1, 5)
    for judge in (2, 3):
        day.sheet(judge, 5)
    pads.act(day.server, partial(correct, day.final), who=day.final.staff["timekeeper"])
    day.deduct()
    day.sign()
    day.release(5, deduction="0.5")


def correct(final: Final, store: db.Store, who: Visitor, at: datetime) -> None:
    """The time that the restart took is the server's, not the entrant's."""
    key = (final.round_id, final.entrants[5], "presenting", "0:02")
    clocks.correct_clock(store, who, *key, reason="服务器重启占用", at=at)


def judge_leaves(day: Day) -> None:
    """6号: judge 3 is taken ill; the reserve takes the seat, signed by PIN on the desk."""
    day.present(6)
    page = day.desk.page
    page.get_by_role("button", name=day.say("organizers.substitute.ask"), exact=True).click()
    hand = Hand(page, day.shot)
    hand.follow()
    expect(day.dialog().get_by_text(day.say("organizers.substitute.title"))).to_be_visible()
    leaving, taking = (day.say("organizers.seat", number=f"0{n}") for n in (3, RESERVE))
    hand.pick(day.say("organizers.substitute.holder"), leaving)
    taker = day.say("organizers.substitute.taker_reserve", seat=taking)
    hand.pick(day.say("organizers.substitute.taker"), taker)
    day.reason("突发不适", day.say("organizers.substitute.confirm"))
    page.get_by_role("button", name=day.say("organizers.second.offer"), exact=True).click()
    pin = day.dialog().get_by_label(day.say("organizers.second.pin"))
    pin.fill(PIN)
    pin.press("Tab")
    hand.follow()
    day.dialog().get_by_role("button", name=day.say("organizers.second.correction")).click()
    expect(day.dialog()).to_have_count(0)
    day.go(RESERVE, 6)
    told = day.say("pad.in_seat", seat="03")
    expect(day.pads[RESERVE].page.locator(".pad header.head")).to_contain_text(told)
    day.seats = [1, 2, RESERVE]
    day.mark(6)
    day.release(6)


def set_aside(day: Day) -> None:
    """8号: the chair asks for judge 2's sheet to be set aside, the supervisor signs."""
    day.present(8)
    day.mark(8)
    page = day.chair
    page.reload()
    page.locator("[data-testid=stExpander] summary").click()
    hand = Hand(page, day.shot)
    hand.pick(day.say("judges.chair.entrant"), day.named(8))
    hand.pick(day.say("judges.chair.judge"), day.say("judges.seat", seat="02"))
    hand.type(day.say("judges.chair.why"), "评委当场说明误评")
    hand.press(day.say("judges.chair.send"))
    expect(page.get_by_text(day.say("judges.chair.sent")).first).to_be_visible()
    day.rest(page)
    day.sign()
    day.release(8, without=2)


def close(day: Day) -> None:
    """The organizer closes; nothing is left out."""
    day.desk.page.locator("[class*=st-key-next-close] button").click()
    confirm = day.say("organizers.opening.close_confirm")
    day.dialog().get_by_role("button", name=confirm).click()
    expect(day.dialog()).to_have_count(0)


@pytest.mark.long(
    "organizers/live/test_calling.py::test_a_fault_is_shown_again",
    "competition/stage/test_withdrawing.py::test_a_withdrawn_score_leaves_the_hall_at_once",
    "browser/test_pad.py::test_a_server_that_died_gets_the_marks_when_it_is_back",
    "browser/test_live.py::test_a_seat_follows_its_pad_and_nothing_moves",
    "browser/test_host.py::test_the_host_reads_shows_and_goes_on",
    "browser/test_clock.py::test_the_bell_the_last_half_minute_and_overtime",
    "browser/test_clock.py::test_overtime_is_read_out_once_two_have_confirmed_it",
    "browser/test_reserve.py::test_a_reserves_pad_is_told_at_once",
    "browser/test_pad.py::test_a_server_that_died_gets_the_marks_when_it_is_back",
    "browser/test_pad_takeover.py::test_the_open_pad_goes_on_at_the_second_address",
    "browser/test_pad_takeover.py::test_hall_and_staff_go_on_at_the_second_address",
    "browser/test_standby_page.py::test_a_person_takes_over_on_the_page",
    "organizers/live/test_calling.py::test_a_withdrawal_wants_a_reason",
    "organizers/live/test_announcing.py::test_an_announced_score_is_withdrawn_with_a_reason",
    "organizers/live/test_announcing.py::test_a_corrected_score_shows_old_new_and_reason",
    "organizers/live/test_substituting.py::test_the_organizer_seats_a_reserve",
    "organizers/live/test_stage.py::test_a_deduction_counts_only_after_the_supervisor_confirms",
    "organizers/live/test_safety.py::test_a_second_laptop_is_paired_from_the_desk",
    "organizers/live/test_safety.py::test_every_page_says_that_this_laptop_was_superseded",
    "organizers/results/test_readings.py::test_the_zone_is_read_on_tablets",
    "competition/results/test_reading_rounds.py::test_the_readers_sheets_join_the_first_marks_and_decide",
    "competition/results/test_reading_rounds.py::test_a_readers_pad_holds_the_zone_and_no_score",
    "organizers/results/test_readings.py::test_with_every_reading_confirmed_the_result_is_certified",
    "competition/results/test_certifying.py::test_two_people_sign_the_same_and_both_are_named",
)
def test_a_whole_final_with_all_that_goes_wrong(
    live_server: Callable[..., Server],
    new_page: Callable[..., Page],
    shot: Shot,
    tmp_path: Path,
):
    """The second laptop holds what was tapped, once; the hall showed no score but those by hand."""
    day = Day(live_server(fill), new_page, shot, "zh")
    with day_takeover.paired(day, tmp_path / "second") as second:
        host_announces(day)
        overtime(day)
        no_show(day)
        late_recusal(day)
        withdrawn_release(day)
        corrected_after_release(day)
        killed(day)
        go_on(day)
        judge_leaves(day)
        day_takeover.taken_over(day, second)
        set_aside(day)
        day.look(day.desk.page, "desk_end", "desk", "tablet", "tablet_upright", "phone")
        close(day)
        day_readings.second_reading(day)
        day_readings.certified(day)
        compare(day)


def compare(day: Day) -> None:
    """Marks, counted once; the hall's pictures; the log against the tables."""
    final = day.final
    for (judge, number), marks in day.tapped.items():
        assert pads.stored(day.server, judge, number) == [f"{float(one):.1f}" for one in marks]
    own = {"r": final.round_id}
    submitted = "SELECT count(*) FROM sheets WHERE round_id = :r AND state = 'submitted'"
    sheets = [key for key in day.tapped if key[1] in MARKS]
    assert one(day.server, submitted, **own) == len(day.tapped) == len(sheets)
    given = "SELECT count(*) FROM marks m JOIN sheets s ON s.id = m.sheet_id WHERE s.person_id = :p"
    applied = "SELECT count(*) FROM applied_changes WHERE kind = 'mark' AND person_id = :p"
    for number, judge in final.judges.items():
        taps = {(tap.number, tap.place) for tap in day.taps if tap.judge == number}
        typed = sum(tap.judge == number for tap in day.taps)
        corrected = number == 1  # the mark that two people corrected
        assert one(day.server, given, p=judge) == len(taps) == typed
        assert one(day.server, applied, p=judge) == typed + corrected
    shown_rightly(day)
    assert one(day.server, "SELECT state FROM rounds WHERE id = :r", **own) == "certified"
    assert pads.is_clean(day.server)


def shown_rightly(day: Day) -> None:
    """The hall showed each entrant's figures by hand, and a figure in no other picture."""
    pictures = [text.split("|") for text in day.seen]
    shown = [(scene_, *rest) for scene_, *rest in pictures if scene_.startswith("score ")]
    assert {int(scene_.split()[1]) for scene_, *_ in shown} == set(MARKS)
    for scene_, *figures in shown:
        assert figures[-1] in day.told[int(scene_.split()[1])], (scene_, figures)
    assert not [rest for scene_, *rest in pictures if not scene_.startswith("score ") and rest]


@pytest.mark.long(
    "organizers/live/test_calling.py::test_a_fault_is_shown_again",
    "competition/stage/test_withdrawing.py::test_a_withdrawn_score_leaves_the_hall_at_once",
    "browser/test_pad.py::test_a_server_that_died_gets_the_marks_when_it_is_back",
    "browser/test_host.py::test_the_host_reads_shows_and_goes_on",
    "browser/test_clock.py::test_overtime_is_read_out_once_two_have_confirmed_it",
    "organizers/live/test_calling.py::test_one_button_leads_over_the_stage",
)
def test_the_same_hands_in_english(
    live_server: Callable[..., Server], new_page: Callable[..., Page], shot: Shot
):
    """Desk, clock, pads, host, hall and supervisor once each: a score, and one with overtime."""
    day = Day(live_server(fill), new_page, shot, "en")
    host_announces(day)
    overtime(day)
    for page, name in ((day.desk.page, "desk"), (day.host, "host"), (day.hall, "hall")):
        day.look(page, name, "desk", "tablet", "tablet_upright", "phone", "hall")
    assert pads.is_clean(day.server)
