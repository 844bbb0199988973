"""The page of the device check: ticks, what to do about the others, and the folder written."""

import re
from html import unescape

import pypdfium2
import pytest

from exports.papers.printer_test import ROWS
from organizers.live.hall.sizes import LARGEST, Sizes
from tests.opening import BOTH, Open, html
from tests.organizers.acting import has, press
from ui.downloads import OFFERS
from words import t

PAGE = "organizers/live/devices.py"


@pytest.mark.parametrize("lang", BOTH)
def test_each_line_says_what_to_do_where_it_is_not_ticked(open_page: Open, lang: str):
    """Tablets that never came, no hall screen, nothing printed, folder untried."""
    said = unescape(html(open_page("organizer", lang, PAGE)))
    seats = " ".join(f"{number:02d}" for number in range(1, 16))
    assert t("organizers.devices.ready", lang, count=0, of=15) in said
    assert any(
        t(f"organizers.devices.do.{key}", lang, seats=seats) in said for key in ("came", "opened")
    )
    assert t("organizers.devices.hall.todo", lang) in said
    assert t("organizers.devices.printer.todo", lang) in said


def test_the_folder_is_tried_and_the_printed_page_ticked(open_page: Open):
    """One press each."""
    at = open_page("organizer", "zh", PAGE)
    press(at, "act-try_folder")
    assert t("organizers.devices.folder.done", "zh", folder="|", free="").split("|")[0] in html(at)
    at.checkbox(key="devices-printed").check().run()
    assert t("organizers.devices.printer.done", "zh") in unescape(html(at))


@pytest.mark.parametrize("lang", BOTH)
def test_the_test_page_has_full_lines_and_the_address(open_page: Open, lang: str):
    """One page: 28 signs a line in Chinese, the address of the cards, the sample's mark."""
    said = html(open_page("scorekeeper", lang, PAGE))
    (address,) = re.findall(r"/download/([\w-]+)", said)
    offer = OFFERS.find(address)
    assert offer is not None
    (page,) = pypdfium2.PdfDocument(offer.build())
    printed = page.get_textpage().get_text_bounded()
    assert printed.count(t("exports.papers.test_page.row", lang)) == ROWS
    assert "http://scorekeeper.arena.test" in printed
    assert t("exports.paper.sample", lang) in printed
    assert len(t("exports.papers.test_page.row", "zh")) == 28


def test_a_scorekeeper_sees_the_ticks_and_tries_no_folder(open_page: Open):
    """The server's folder is the organizer's."""
    assert not has(open_page("scorekeeper", "zh", PAGE), "act-try_folder")


def test_a_screen_says_its_size_in_small_numbers_only():
    """The largest that asked counts; what is no size is passed over."""
    sizes = Sizes()
    key = ("a.db", "round", "browser")
    for query in (
        {},
        {"w": "x", "h": "1"},
        {"w": "-5", "h": "1"},
        {"w": str(LARGEST + 1), "h": "9"},
    ):
        sizes.keep(key, query)
    assert sizes.largest("a.db", "round") is None
    sizes.keep(key, {"w": "400", "h": "300"})
    sizes.keep(("a.db", "round", "hall"), {"w": "1920", "h": "1080"})
    assert sizes.largest("a.db", "round") == (1920, 1080)
    assert sizes.largest("a.db", "another") is None


@pytest.mark.parametrize(
    ("addresses", "key"), [((), "todo"), (("http://192.168.8.20:8501",), "done")]
)
def test_a_second_address_is_named_or_asked_for(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, ...], key: str
):
    """Another network of this machine, if a router breaks."""
    monkeypatch.setattr("organizers.address.own_addresses", lambda: addresses)
    said = unescape(html(open_page("organizer", "zh", PAGE)))
    assert t(f"organizers.devices.second.{key}", "zh", address=" ".join(addresses)) in said
