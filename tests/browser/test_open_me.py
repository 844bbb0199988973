"""打开我.html from a file, without a network: shows the result and computes it again."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from competition.results.record import Opened, opened
from db import Store
from db.canonical import canonical, sha256
from exports.open_me import CHECKS, FOLDER, page
from tests.competition import event as events
from tests.competition.results.made_records import contest

HERE = "#checks li[data-check] b"


@pytest.fixture
def alone(browser: Browser) -> Iterator[Callable[[Path], Page]]:
    """Open a file in a browser without a network; an error or a request fails the test."""
    context = browser.new_context(offline=True, viewport={"width": 1024, "height": 768})
    wrong: list[str] = []

    def open_file(path: Path) -> Page:
        shown = context.new_page()
        shown.on("pageerror", lambda error: wrong.append(str(error)))
        shown.on("request", lambda asked: wrong.append(asked.url))
        shown.goto(path.as_uri())
        return shown

    yield open_file
    context.close()
    assert [one for one in wrong if not one.startswith("file:")] == []


def results(shown: Page) -> dict[str, str]:
    """Press the button; each check of the page to what it says."""
    shown.click("#run")
    shown.wait_for_function("document.querySelector('#outcome').className !== 'x'")
    said = shown.locator(HERE).all_inner_texts()
    return dict(zip(CHECKS, said, strict=True))


@pytest.fixture
def certified(store: Store) -> Opened:
    """The newest certificate of a round that people marked."""
    closed = events.closed(store)
    closed.certify()
    return opened(closed.store, closed.organizer, closed.round_id)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_shows_and_computes_the_result(
    certified: Opened,
    tmp_path: Path,
    alone: Callable[[Path], Page],
    shot: Callable[..., Path],
    lang: str,
):
    """Every line with its figure; every check of the page holds; a changed mark moves the rank."""
    content = json.loads(certified["content"])
    path = tmp_path / "open.html"
    path.write_bytes(page(certified, lang))
    shown = alone(path)
    rows = shown.locator("tr[data-id]")
    assert rows.count() == len(content["entrants"])
    figures = [line["official"] for line in content["entrants"] if line["official"] is not None]
    listed = shown.locator("tr[data-id] td:nth-child(5)").all_inner_texts()
    assert sorted(one for one in listed if one[0].isdigit()) == sorted(figures)
    good = "✓ 一致" if lang == "zh" else "✓ Agrees"
    assert results(shown) == dict.fromkeys(CHECKS, good)
    assert figures[0] == shown.locator("#entrant .q b").inner_text()
    shown.click("#try")
    field = shown.locator("#entrant input").first
    field.fill("999")
    field.blur()
    assert field.get_attribute("class") == "bad"
    field = shown.locator("#entrant input").first
    field.fill("0")
    field.blur()
    assert figures[0] in shown.locator("#moved li").first.inner_text()
    shot(shown, f"open-me-{lang}")
    shown.set_viewport_size({"width": 390, "height": 844})
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert shown.evaluate(wide) == 0
    shot(shown, f"open-me-phone-{lang}", full_page=True)


def forged(certified: Opened, name: str) -> Opened:
    """One alteration; the certificate's own hash is made to fit, as a forger would."""
    content = json.loads(certified["content"])
    if name == "scores":
        content["entrants"][0]["official"] = "99.99"
    elif name == "ranks":
        content["entrants"][0]["rank"] = 5
    elif name == "line":
        content["entrants"][0]["selected"] = not content["entrants"][0]["selected"]
    elif name == "root":
        content["marks"][0][3] += 500
    elif name == "rules":
        content["rules"]["scoring"]["top"] += 1
    text = canonical(content)
    altered = Opened(**{**certified, "content": text, "sha256": sha256(text)})  # type: ignore[typeddict-item]
    if name == "text":
        altered["sha256"] = "0" * 64
    if name == "chain":
        altered["entries"] = ["0" * 64, *certified["entries"][1:]]
    return altered


def test_each_alteration_is_named_by_its_check(
    certified: Opened, tmp_path: Path, alone: Callable[[Path], Page]
):
    """Text, chain, rules, root, scores, ranks, line: each has a forgery that its check finds."""
    for name in CHECKS:
        path = tmp_path / f"{name}.html"
        path.write_bytes(page(forged(certified, name), "zh"))
        assert results(alone(path))[name].startswith("✗"), name


def test_without_scripts_the_result_is_read(certified: Opened, tmp_path: Path, browser: Browser):
    """As where a messenger shows the file: the table stands, and the page says what is missing."""
    path = tmp_path / "open.html"
    path.write_bytes(page(certified, "zh"))
    context = browser.new_context(java_script_enabled=False)
    shown = context.new_page()
    shown.goto(path.as_uri())
    assert shown.locator("tr[data-id]").count() == len(json.loads(certified["content"])["entrants"])
    assert "没有运行脚本" in shown.locator("body").inner_text()
    assert shown.locator("#run").is_disabled()
    context.close()


def test_names_are_no_markup(certified: Opened, tmp_path: Path, alone: Callable[[Path], Page]):
    """A village that would end the script element or open one stays text."""
    content = json.loads(certified["content"])
    hostile = "</script><script>document.title='owned'</script><img src=x onerror=document.title=1>"
    content["entrants"][0]["village"] = content["rubric"][0]["name"] = hostile
    text = canonical(content)
    altered = Opened(**{**certified, "content": text, "sha256": sha256(text)})  # type: ignore[typeddict-item]
    path = tmp_path / "open.html"
    path.write_bytes(page(altered, "zh"))
    shown = alone(path)
    assert results(shown)["text"] == "✓ 一致"
    assert shown.title() == "打开我：成绩自查"
    assert hostile in shown.locator("body").inner_text()


def test_random_contests_agree_in_the_browser(browser: Browser):
    """Figures, ranks and labels of forty contests by the page's own arithmetic."""
    context = browser.new_context()
    shown = context.new_page()
    shown.goto("about:blank")
    shown.add_script_tag(content=(FOLDER / "numbers.js").read_text("utf-8"))
    contents = [contest(seed)[0] for seed in range(1000, 1040)]
    code = """contents => {
      Record.start();
      return contents.map(content => {
        const data = {content: '', parsed: content};
        data.computed = Record.compute(content, content.marks);
        return ['scores', 'ranks', 'line'].flatMap(name => Record.CHECKS[name](data));
      });
    }"""
    assert shown.evaluate(code, contents) == [[]] * len(contents)
    context.close()
