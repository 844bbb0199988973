"""After the long final: the borderline entries are read a second time on tablets, and certified."""

import re
from pathlib import Path

from docx import Document
from playwright.sync_api import Page, expect

from tests.browser.day import Day, Tap
from tests.browser.final_day import READER, RESERVE
from tests.browser.hands import Hand
from tests.browser.pads import one

PAGE = "/organizers-standings"
ZONE = (4, 5)
READ = {
    READER: {4: ("45", "30"), 5: ("46", "31")},
    RESERVE: {4: ("48", "33"), 5: ("50", "34")},
}
"""What the two readers give: both find 5号 the better one."""


def second_reading(day: Day) -> None:
    """The organizer freezes the zone; two judges in reserve read it blind, another person signs."""
    kept_tablet(day)
    hand = Hand(day.open(day.desk.page, PAGE), day.shot)
    hand.settle()
    hand.press(day.say("organizers.act.open_reading"))
    for reader in READ:
        name = re.compile(f"^赵{reader}$")
        hand.press(day.dialog().get_by_role("button", name=name))
    hand.press(day.say("organizers.reading.open"))
    expect(day.dialog()).to_have_count(0)
    left = day.say("organizers.reading.tablets", submitted=0, expected=4)
    expect(hand.page.get_by_text(left)).to_be_visible()
    for reader in READ:
        read(day, reader)
    hand.page.reload()
    hand.settle()
    day.look(hand.page, "reading_all_in", "desk", "tablet_upright")
    hand.press(day.say("organizers.act.take_readings"))
    page = day.open(day.supervisor, PAGE)
    button = page.get_by_role("button", name=day.say("organizers.act.confirm_reading"))
    for count in range(4, 0, -1):
        expect(button).to_have_count(count)
        button.first.click()
    expect(button).to_have_count(0)


def kept_tablet(day: Day) -> None:
    """The reserve opens the own link at the second laptop, and keeps the round that has ended."""
    pad = day.pads[RESERVE] = day.sit(RESERVE, day.pads[RESERVE].page)
    pad.page.locator(".pad .ended .btn").click()  # it is another device to the server here
    pad.shows(day.say("pad.closed"))


def read(day: Day, reader: int) -> None:
    """A reader's tablet follows the round that is open: the zone alone, no score, no other mark."""
    if reader in day.pads:
        day.pads[reader].open()
    else:
        day.pads[reader] = day.sit(reader)
    pad = day.pads[reader]
    for place, number in enumerate(ZONE):
        if place:
            pad.page.locator(".pad .onward .btn").first.click()
        expect(pad.page.locator(".pad header.head")).to_contain_text(day.no(number))
        blind(day, pad.page)
        pad.fill(READ[reader][number])
        day.taps += [Tap(reader, number, at, m) for at, m in enumerate(READ[reader][number])]
        pad.page.locator(".pad .submit").click()
        expect(pad.page.locator(".pad .outcome h2")).to_be_visible()
    day.look(pad.page, f"reader_{reader}", "tablet", "tablet_upright", "phone")


def blind(day: Day, page: Page) -> None:
    """Nothing that the tablet shows or was answered holds a figure of the first reading."""
    work = page.evaluate("fetch('/api/work').then(answer => answer.text())")
    held = page.locator("body").inner_text() + work
    for number in ZONE:
        assert not [figure for figure in day.told[number] if figure in held]
        assert day.named(number).split()[-1] in held


def certified(day: Day) -> None:
    """Organizer and supervisor sign what both see; the decision is in it, and is printed."""
    hand = Hand(day.open(day.desk.page, PAGE), day.shot)
    hand.settle()
    decision = hand.page.locator(".a-decision p").first.inner_text()
    assert all(day.no(number) in decision for number in ZONE)
    day.look(hand.page, "decided", "desk", "tablet_upright")
    for page, act in ((hand.page, "sign_certificate"), (day.supervisor, "certify")):
        signer = Hand(day.open(page, PAGE), day.shot)
        signer.settle()
        signer.press(page.locator(f".st-key-act-{act} button"))
        dialog = page.get_by_test_id("stDialog")
        expect(dialog).to_contain_text(decision)
        dialog.get_by_role("button", name=day.say(f"organizers.certify.confirm.{act}")).click()
        expect(dialog).to_have_count(0)
    assert one(day.server, "SELECT count(*) FROM rounds WHERE state = 'certified'") == 1
    printed(day, hand, decision)


def printed(day: Day, hand: Hand, decision: str) -> None:
    """The sheet for the presenter of the one that did not come in says by what."""
    hand.page.goto(
        f"{day.server.url}/organizers-why?lang={day.lang}&entrant={day.final.entrants[ZONE[0]]}"
    )
    hand.settle()
    presenter = day.say("organizers.why.presenter")
    hand.press(hand.page.locator("[data-testid=stButtonGroup] button", has_text=presenter))
    path = day.server.path.with_name("why.docx")
    hand.keep(day.say("organizers.why.download"), path)
    assert decision in _text(path)


def _text(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)
