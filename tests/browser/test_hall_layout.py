"""The announced score for every size of panel and every length of name: all of it fits."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from competition.stage.hall import Hall
from competition.stage.hall_scene import LIST_PAGE
from organizers.live.hall.screen import hall_page
from tests.browser.halls import look

PLACES = {
    "short": {"county": "建水县", "township": "临安镇", "village": ""},
    "village": {"county": "个旧市", "township": "大屯街道", "village": "团山村"},
    "long": {
        "county": "金平苗族瑶族傣族自治县",
        "township": "者米拉祜族乡",
        "village": "新寨苗族瑶族傣族村民委员会",
    },
}


def content(judges: int, place: str, **score: Any) -> dict[str, Any]:
    totals = [[seat, f"{70 + seat}.50", ""] for seat in range(1, judges + 1)]
    if judges >= 5:
        totals[0][2], totals[-1][2] = "low", "high"
    return {
        "scene": "score",
        "competition": "村庄规划擂台赛",
        "venue": "多功能厅",
        "sample": True,
        "round": "村级决赛",
        "state": "open",
        "hall": "scores",
        "frozen": True,
        "entrant": None,
        "score": {
            "number": 108,
            "code": "532502100200",
            "title": "",
            **PLACES[place],
            "method": "trimmed" if judges >= 5 else "mean",
            "is_official": True,
            "scale": "100",
            "totals": totals,
            "counted": judges,
            "expected": judges + 1,
            "kept": judges - 2 * (judges >= 5),
            "average": "91.50",
            "deduction": "0.10",
            "reasons": ["超时23秒"],
            "final": "91.40",
            **score,
        },
    }


def show(page: Page, found: dict[str, Any], lang: str) -> None:
    page.set_content(hall_page(Hall(1, "v", found), "round", lang))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("judges", [1, 3, 5, 7, 9, 10, 14, 18])
def test_every_size_of_panel_fits(
    kept_page: Callable[..., Page], shot: Callable[..., Path], judges: int, lang: str
):
    """One row of tiles up to nine, two rows up to eighteen; the sum stays whole."""
    page = kept_page("hall", lang)
    show(page, content(judges, "village"), lang)
    look(page, floor=48)
    apart(page)
    shot(page, f"hall_panel_{judges}_{lang}")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("size", ["hall", "tablet"])
def test_every_name_fits(
    kept_page: Callable[..., Page], shot: Callable[..., Path], place: str, size: str
):
    """Large where there is room, below each other where there is not; never cut."""
    page = kept_page(size, "zh")
    show(page, content(7, place), "zh")
    look(page, floor=48)
    apart(page)
    shot(page, f"hall_name_{place}_{size}")


@pytest.mark.parametrize(
    "score",
    [
        {"average": "91.3333", "final": "100.00"},
        {"average": "100.00", "final": "100.00", "deduction": "", "reasons": []},
        {"method": "trimmed_criterion", "average": "88.125", "final": "88.03"},
        {"is_official": False, "reasons": ["超时", "缺件"], "deduction": "12.50"},
    ],
)
def test_every_sum_fits(kept_page: Callable[..., Page], score: dict[str, Any]):
    for lang in ("zh", "en"):
        page = kept_page("hall", lang)
        show(page, content(7, "short", **score), lang)
        look(page, floor=48)
        apart(page)


APART = """() => {
  const boxes = ['.h-head', '.h-who', '.h-tile', '.h-sum', '.h-foot'].map(name => {
    const all = [...document.querySelectorAll(name + ', ' + name + ' *')]
      .map(e => e.getBoundingClientRect()).filter(box => box.width);
    return {top: Math.min(...all.map(b => b.top)), bottom: Math.max(...all.map(b => b.bottom))};
  });
  const parts = [...document.querySelectorAll('.h-sum > *')].map(e => e.getBoundingClientRect());
  return [boxes.every((box, at) => !at || box.top >= boxes[at - 1].bottom - 1),
          parts.every((box, at) => !at || box.left >= parts[at - 1].right - 1)];
}"""


def apart(page: Page) -> None:
    """Bands stand below each other, and the terms of the sum beside each other."""
    assert page.evaluate(APART) == [True, True]


NAMES = (
    ("个旧市", "大屯街道", "团山村"),
    ("金平苗族瑶族傣族自治县", "者米拉祜族乡", "金垦一社区居民委员会"),
    ("河口瑶族自治县", "桥头苗族壮族乡", "下湾子村"),
    ("开远市", "乐白道街道", "龙沙河社区居民委员会"),
)


def listing(count: int, hall: str, page: int) -> dict[str, Any]:
    """A list of so many announced scores, their names as long as they come."""
    lines = [
        {
            "number": number,
            "title": "",
            **dict(zip(("county", "township", "village"), NAMES[number % len(NAMES)], strict=True)),
            "rank": number if hall == "ranks" else None,
            "tied": hall == "ranks" and number % 2 == 0,
            "average": "100.00",
            "deduction": "12.50" if number % 3 == 0 else "",
            "final": "87.50",
            "fresh": number == 30 + count,
        }
        for number in range(31, 31 + count)
    ]
    pages = -(-count // LIST_PAGE)
    found = content(7, "village") | {"scene": "list", "hall": hall, "lines": lines}
    return found | {"page": page, "pages": pages}


ROWS = """() => [...document.querySelectorAll('.h-line')].every(row => {
  const box = row.getBoundingClientRect();
  const parts = [...row.children].map(one => one.getBoundingClientRect());
  const texts = [...row.querySelectorAll('*')].map(one => one.getBoundingClientRect());
  return texts.every(one => one.top >= box.top - 2 && one.bottom <= box.bottom + 2)
    && parts.every((one, at) => !at || one.left >= parts[at - 1].right - 1);
})"""


@pytest.mark.parametrize("hall", ["scores", "ranks"])
@pytest.mark.parametrize(("count", "page"), [(6, 1), (9, 1), (10, 1), (18, 1), (60, 1), (60, 4)])
def test_every_line_of_a_list_stays_in_its_row(
    kept_page: Callable[..., Page], shot: Callable[..., Path], count: int, page: int, hall: str
):
    """The longest counties, townships and communities: beside or below each other, never over."""
    for lang in ("zh", "en"):
        screen = kept_page("hall", lang)
        show(screen, listing(count, hall, page), lang)
        look(screen, floor=40)
        assert screen.evaluate(ROWS) is True
        assert "自治县" not in screen.locator("body").inner_text()
        assert ("4/4" in screen.locator(".h-head").inner_text()) == (page == 4)
        shot(screen, f"hall_list_{hall}_{count}_{page}_{lang}")
