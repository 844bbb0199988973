"""How every page stands on a tablet, lying and upright, and on a phone; light and dark.

One server on the sample of three rounds (one certified, one open, one in preparation), one
browser for each size. Pages are gone to by their address inside the app, as its links do.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import db
from commands.pictures.event import Event, certify, complete
from commands.pictures.photographer import READY
from tests.browser import axe
from tests.browser import server as servers
from tests.browser.conftest import SIZES as SCREENS
from tests.browser.inside import sign_in
from tests.browser.waits import painted
from tests.templates import TODAY, Templates, three_rounds
from ui.pages import LANDING, PAGES
from words import t

LOOKED, ON_PAPER = (
    (Path(__file__).parent / f"{name}.js").read_text("utf-8") for name in ("looks", "paper")
)
SIZES = ("tablet", "tablet_upright", "phone")
MENU_CLOSED = "@media (max-width: 768px) { [data-testid=stSidebar] { display: none } }"
"""On a phone, Streamlit's menu lies over the page until it is closed."""
FULL = "() => document.querySelector('[data-testid=stMain]').innerText.length > 60"
"""What an empty page never reaches."""

CONTROL, KEY = 44, 56
"""Pixels that a control of the desk has under a finger, and a judge's key."""

FADED = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() =>
    done(!document.getAnimations().some((one) => one instanceof CSSTransition)))))"""
"""Whether no colour is on its way to that of the other theme."""
IS_DARK = "() => getComputedStyle(document.querySelector('.stApp')).colorScheme === 'dark'"
"""Whether Streamlit has taken up that the screen is dark."""
ONE_OF_EACH = """(scheme) => {
  for (const one of document.querySelectorAll('[data-looked]')) one.removeAttribute('data-looked');
  window.arenaNumbers ??= new Map();
  const looks = ((window.arenaLooks ??= {})[scheme] ??= new Set());
  const seen = new Set(), grounds = new Map(), numbers = window.arenaNumbers;
  const numbered = (look) => numbers.get(look) ?? numbers.set(look, numbers.size).size - 1;
  const ground = (one) => {
    if (!one) return '';
    if (!grounds.has(one)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(one);
      const look = [ground(one.parentElement), backgroundColor, backgroundImage, opacity];
      grounds.set(one, numbered(String(look)));
    }
    return grounds.get(one);
  };
  for (const one of document.body.querySelectorAll('*')) {
    if (one.shadowRoot) one.dataset.looked = '';
    const text = [...one.childNodes].some((part) => part.nodeType === 3 && part.data.trim());
    if (!text || !one.checkVisibility()) continue;
    const { color, fontSize, fontWeight } = getComputedStyle(one);
    const look = String([color, fontSize, fontWeight, ground(one)]);
    seen.add(look);
    if (looks.has(look)) continue;
    looks.add(look);
    one.dataset.looked = '';
  }
  return [seen.size, document.querySelectorAll('[data-looked]').length];
}"""
"""Marks one text of each look that no page before had: ink, size, and the grounds it stands on.

A table has hundreds of one look, and most pages are made of what others are made of.
Returns how many looks the page has, and how many texts and shadow trees are to be looked at.
"""

STAFF = {
    "township_final": (
        "overview waiting corrections reviews stage devices running pairing progress "
        "transcribing standings log"
    ),
    "village_final": (
        "overview standings why judges_report annex what_if awards official publishing decided "
        "honours ceremony audit"
    ),
    "draft": "setup import_page entrants filings rubric rules prizes panel links pin stage what_if",
}
"""Pages of organizers by the round they are shown with: open, certified, in preparation."""
FEW = {"township_final": "stage", "village_final": "standings", "draft": "setup"}
"""Three makings: a desk, a list with its line and charts, a form."""
COMPOSED = {"parts", "outside", "vote"}
"""Pages of composites, of which the sample has none: their own journey looks at them."""
EARLY = {("draft", "stage")}
"""Pages whose time has not come: they say so, and what will be there."""
PROGRAMME = ("overview.map", "overview.screen", "overview.village")
"""Pages of the overview whose text is held to its ground; the others are made of the same."""
SCROLLED = """() => [...document.querySelectorAll('.a-box, .a-scroll:has(> .a-stacks)')]
  .filter((one) => one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.innerText.slice(0, 40))"""
"""Panels and tables whose last columns are out of sight."""
COUNTY = ("exchange",)
"""A county's own list names the county in its head: its own journey looks at it."""
HOST = ("stage", "awards")
ON_SHEETS = (
    ("organizers.progress", ".st-key-matrix tr"),
    ("organizers.judges_report", ".a-meanings"),
    ("overview.map", ".o-map"),
)
"""Pages that are printed, and what must be there before."""
JUDGES = ("home", "my_sheets", "pad")
IN_EITHER: dict[str, tuple[str, ...]] = {"light": (), "dark": ("color-contrast",)}
"""Rules of axe by theme: all of them in one, and in the other what a theme changes."""


@dataclass(frozen=True)
class Served:
    """The sample and its server."""

    event: Event
    server: servers.Server


@pytest.fixture(scope="module")
def served(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One for all sizes."""
    path = tmp_path_factory.mktemp("looks") / "arena.db"
    entered = templates.copy("three_rounds", three_rounds, path)
    event = complete("certifiable", path, entered, at=TODAY)
    event.store.close()
    server = servers.start(path)
    yield Served(event, server)
    server.stop()
    assert "Traceback" not in server.log, server.log


@pytest.fixture(scope="module")
def certified(served: Served) -> Served:
    """The same once the village final is certified and announced."""
    event = served.event
    assert event.entered is not None
    event.store = db.Store(event.path)
    certify(event, event.entered, TODAY)
    event.store.close()
    return served


@pytest.fixture
def enter(served: Served, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """``enter(role, key)`` is the browser of a person who has come in at a page."""
    return partial(come_in, served, new_page)


@pytest.fixture(scope="module")
def organizer(served: Served, kept_page: Callable[..., Page]) -> Page:
    """The organizer's browser, which has come in once."""
    return come_in(served, kept_page, "organizer", "organizers.stage", "township_final")


def come_in(
    served: Served, new_page: Callable[..., Page], role: str, key: str, round_key: str = ""
) -> Page:
    """Open a page as a person, on a tablet."""
    page = new_page(SIZES[0])
    page.emulate_media(color_scheme="light")
    sign_in(page, served.server, served.event.tokens[role])
    shown = f"&round={served.event.rounds[round_key]}" if round_key else ""
    page.goto(f"{served.server.url}/{key.replace('.', '-')}?lang=zh{shown}")
    page.locator(READY).wait_for()
    page.add_style_tag(content=MENU_CLOSED)
    return page


def go(page: Page, key: str, round_id: str = "") -> None:
    """Go to a page such as ``organizers.log`` within the app, until it is drawn.

    It shows the round that the page before it showed, unless another is named.
    """
    page.evaluate(
        """([path, wanted]) => {
          const round = wanted || new URLSearchParams(location.search).get('round');
          history.pushState({}, '', path + (round ? `&round=${round}` : ''));
          dispatchEvent(new PopStateEvent('popstate'));
        }""",  # as the links of the page do, which carry the round
        [f"/{key.replace('.', '-')}?lang=zh", round_id],
    )
    title = t(f"{key}.title", "zh")
    if key != "judges.pad":  # draws its own head, and is looked at by itself
        expect(page.locator("h1", has_text=re.compile(f"^{re.escape(title)}$"))).to_have_count(1)
    page.locator(READY).wait_for()
    page.wait_for_function(FULL)


def problems(page: Page, *, least: int) -> dict[str, Any]:
    """What is wrong with the page as it stands: wider than the screen, cut, small."""
    found = page.evaluate(LOOKED, least)
    return {name: value for name, value in found.items() if value and (name, value) != ("wider", 1)}


def by_size(page: Page, *, least: int) -> dict[str, Any]:
    """What is wrong with the page at each of the sizes; ends as it began."""
    wrong: dict[str, Any] = {}
    for size in (*SIZES[1:], SIZES[0]):
        width, height = SCREENS[size]
        page.set_viewport_size({"width": width, "height": height})
        settled(page)
        wrong |= {f"{size} {key}": value for key, value in problems(page, least=least).items()}
    return wrong


def settled(page: Page) -> None:
    """Wait until a page that was turned no longer moves: charts follow the width after a while."""
    page.wait_for_function(
        """() => {
          let now = 0;
          for (const one of document.querySelectorAll('[data-testid=stMain] *')) {
            const { left, top, right } = one.getBoundingClientRect();
            now = (31 * now + left + 3 * top + 7 * right) % 1e9;
          }
          const same = now === window.arenaPlaces;
          window.arenaPlaces = now;
          return same;
        }""",
        polling=100,
    )


def contrast(page: Page) -> list[str]:
    """Text that does not stand out from its ground, in either theme.

    A page runs again when the theme changes: it begins with the one that the page is in, and
    leaves it in the other.
    """
    faint = []
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    for scheme in ("dark", "light") if is_dark else ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.locator(READY).wait_for()
        page.wait_for_function(FADED)
        looks, fresh = page.evaluate(ONE_OF_EACH, scheme)
        assert looks > 5
        if not fresh:
            continue
        faint += [
            f"{scheme}: {node['html'][:90]}"
            for one in axe.violations(page, within="[data-looked]", rules=("color-contrast",))
            for node in one["nodes"]
        ]
    return faint


def rows(text: str) -> list[str]:
    """Names of the pages of a package."""
    return [page.key.partition(".")[2] for page in (*PAGES, LANDING) if page.key.startswith(text)]


def test_every_page_of_the_router_is_looked_at():
    """A new page is put into one of the lists here; no chair without a seat is in the sample."""
    assert set(rows("organizers")) == COMPOSED | set(" ".join(STAFF.values()).split())
    assert set(rows("judges")) == {*JUDGES, "landing", "chair"}
    assert set(rows("counties")) == {*COUNTY, "home"}
    assert set(PROGRAMME) <= {f"overview.{name}" for name in rows("overview")}


def unfit(page: Page, event: Event, pages: Mapping[str, str]) -> dict[str, Any]:
    """What is wrong with these pages of each round; on the tablet in either theme."""
    wrong, painted = {}, set()
    for round_key, names in pages.items():
        for name in names.split():
            go(page, f"organizers.{name}", event.rounds[round_key])
            found = by_size(page, least=CONTROL)
            early = page.locator(".a-why-not").count() == 1
            assert early == ((round_key, name) in EARLY), (round_key, name)
            if name not in painted:
                found |= {"faint": faint} if (faint := contrast(page)) else {}
                painted.add(name)
            if found:
                wrong[f"{round_key} {name}"] = found
    return wrong


def test_a_page_of_each_making_fits_the_screen_and_the_finger(served: Served, organizer: Page):
    """Nothing scrolls sideways but tables, no Chinese is cut off, controls are 44 px high.

    On the tablet all text stands out from its ground, light and dark.
    """
    assert unfit(organizer, served.event, FEW) == {}


@pytest.mark.long(
    "browser/test_looks.py::test_a_page_of_each_making_fits_the_screen_and_the_finger"
)
def test_every_page_fits_the_screen_and_the_finger(certified: Served, enter: Callable[..., Page]):
    """The same of all pages of organizers, and of what the host may see on the stage."""
    page = enter("organizer", "organizers.overview", "township_final")
    assert unfit(page, certified.event, STAFF) == {}
    page = enter("host", "organizers.stage")
    wrong = {}
    for name in HOST:
        go(page, f"organizers.{name}")
        if found := by_size(page, least=CONTROL):
            wrong[name] = found
    assert wrong == {}


def loses(page: Page, keys: Sequence[str]) -> dict[str, Any]:
    """What is wrong with these pages of the whole view; every column of a panel is in sight."""
    wrong: dict[str, Any] = {}
    for key in keys:
        go(page, key)
        found: dict[str, Any] = {}
        for size in (*SIZES[1:], SIZES[0]):
            width, height = SCREENS[size]
            page.set_viewport_size({"width": width, "height": height})
            settled(page)
            seen = problems(page, least=CONTROL) | {"lost": page.evaluate(SCROLLED)}
            found |= {f"{size} {key}": value for key, value in seen.items() if value}
        if key in PROGRAMME and (faint := contrast(page)):
            found["faint"] = faint
        if found:
            wrong[key] = found
    return wrong


def test_the_overview_fits_and_loses_no_column(organizer: Page):
    """The map: its tiles, its table, and no column out of sight."""
    assert loses(organizer, PROGRAMME[:1]) == {}


@pytest.mark.long("browser/test_looks.py::test_the_overview_fits_and_loses_no_column")
def test_every_page_of_the_overview_fits_and_loses_no_column(enter: Callable[..., Page]):
    """All of the office's and of a county's."""
    page = enter("office", PROGRAMME[0])
    assert loses(page, [f"overview.{name}" for name in rows("overview")]) == {}
    page = enter("county", "counties.exchange")
    assert loses(page, [f"counties.{name}" for name in COUNTY]) == {}


def test_a_judges_page_fits_and_axe_finds_nothing_serious(enter: Callable[..., Page]):
    """Keys of 56 px, the language 48; the whole of axe's rules, and the colours of the dark."""
    assert unfit_for_a_judge(enter("judge", "judges.home"), JUDGES[:1]) == {}


@pytest.mark.long("browser/test_looks.py::test_a_judges_page_fits_and_axe_finds_nothing_serious")
def test_a_judges_pages_fit_and_axe_finds_nothing_serious(enter: Callable[..., Page]):
    """All but the pad, which is looked at by itself."""
    assert unfit_for_a_judge(enter("judge", "judges.home"), JUDGES[:-1]) == {}


def unfit_for_a_judge(page: Page, names: Sequence[str]) -> dict[str, Any]:
    """What is wrong with these pages of a judge."""
    wrong: dict[str, Any] = {}
    for name in names:
        go(page, f"judges.{name}")
        found = by_size(page, least=KEY)
        for size in SIZES:
            small = found.pop(f"{size} small", [])
            found[f"{size} small"] = [one for one in small if one[1] < 48 or not toggles(one)]
        for scheme, rules in IN_EITHER.items():
            page.emulate_media(color_scheme=scheme)
            page.locator(READY).wait_for()
            page.wait_for_function(FADED)
            found[scheme] = serious(page, rules)
        wrong |= {f"{name} {key}": value for key, value in found.items() if value}
    return wrong


def toggles(control: list[object]) -> bool:
    """Whether a control is the language's."""
    return control[0] in [t("ui.language.short", lang) for lang in ("zh", "en")]


def serious(page: Page, rules: tuple[str, ...]) -> list[str]:
    """What axe holds against a page, Streamlit's own frame left out."""
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:100]}"
        for one in axe.serious(page, within="[data-testid=stMain]", rules=rules)
    ]


def printed(page: Page, key: str, sign: str, round_id: str) -> list[Any]:
    """What of a page is dark or hidden on paper, printed from a dark screen."""
    go(page, key, round_id)
    expect(page.locator(sign).first).to_be_visible()
    page.emulate_media(media="print", color_scheme="dark")
    found: list[Any] = page.evaluate(ON_PAPER)
    expect(page.locator(".a-print-head")).to_be_visible()
    expect(page.locator(".a-print-head")).to_contain_text(t("ui.state.sample", "zh"))
    page.emulate_media(media="screen", color_scheme="dark")
    return found


def darken(page: Page) -> Page:
    """Give a page a dark screen of a desk."""
    width, height = SCREENS["desk"]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(IS_DARK)  # the next page is asked for with the theme that is shown
    return page


def test_paper_is_white_and_whole_from_a_dark_screen(served: Served, organizer: Page):
    """No dark ground is left over, and no row hides in a list that scrolls.

    The first sheet, too, says what contest it is and that its data are invented.
    """
    for key, sign in ON_SHEETS[:1]:
        assert printed(darken(organizer), key, sign, served.event.rounds["village_final"]) == []


@pytest.mark.long("browser/test_looks.py::test_paper_is_white_and_whole_from_a_dark_screen")
def test_charts_and_maps_are_white_on_paper(certified: Served, organizer: Page):
    """No dark chart, no dark tile."""
    for key, sign in ON_SHEETS[1:]:
        assert printed(darken(organizer), key, sign, certified.event.rounds["village_final"]) == []


def test_pages_for_whoever_comes_without_a_link(served: Served, new_page: Callable[..., Page]):
    """The landing and the four digits fit, and stand out from their ground."""
    page = new_page(SIZES[0])
    wrong = {}
    for address, sign in (("", ".j-steps"), ("pair", ".p-digits span"), ("hall", "h1")):
        page.goto(f"{served.server.url}/{address}?lang=zh")
        for size in SIZES:
            width, height = SCREENS[size]
            page.set_viewport_size({"width": width, "height": height})
            expect(page.locator(sign).first).to_be_visible()
            found = problems(page, least=48)
            for scheme, rules in IN_EITHER.items() if size == SIZES[0] else ():
                page.emulate_media(color_scheme=scheme)
                painted(page)
                found[scheme] = [
                    (one["id"], [node["target"] for node in one["nodes"]])
                    for one in axe.serious(page, rules=rules)
                ]
            wrong |= {f"{size} {address} {key}": value for key, value in found.items() if value}
    assert wrong == {}
