"""打开我.html from a file, without a network: shows the result and computes it again."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from competition.generations import begin_generation
from competition.results.record import FORMAT, public_of, record
from competition.rounds.rules import RoundRules
from db import Store, Transaction
from db import rounds as round_rows
from db.canonical import canonical
from examples.made_records import contest
from exports.bundle import Listed, file, packing
from exports.open_me import FOLDER, SCRIPTS, page
from exports.open_me.held import CHECKS
from tests.competition import event as events
from tests.competition.event import Event
from tests.competition.results import forged
from tests.exports.test_bundle import EDITION, packed

HERE = "#checks li[data-check] b"
SIZES = {"tablet": (1024, 768), "upright": (820, 1180), "phone": (390, 844)}


@pytest.fixture
def alone(browser: Browser) -> Iterator[Callable[[Path], Page]]:
    """Open a file in a browser without a network; an error or a request fails the test."""
    context = browser.new_context(offline=True, viewport={"width": 1024, "height": 768})
    wrong: list[str] = []
    shown = context.new_page()
    shown.on("pageerror", lambda error: wrong.append(str(error)))
    shown.on("request", lambda asked: wrong.append(asked.url))

    def open_file(path: Path) -> Page:
        shown.goto(path.as_uri())
        return shown

    yield open_file
    context.close()
    assert [one for one in wrong if not one.startswith("file:")] == []


def results(shown: Page) -> dict[str, str]:
    """Press the button; each check of the page to what it says."""
    shown.click("#run")
    expect(shown.locator("#outcome")).to_contain_text("·")
    names = shown.locator("#checks li[data-check]").evaluate_all(
        "rows => rows.map(row => row.getAttribute('data-check'))"
    )
    return dict(zip(names, shown.locator(HERE).all_inner_texts(), strict=True))


@pytest.fixture
def closed(store: Store) -> Event:
    """The small event, certified."""
    event = events.closed(store)
    event.certify()
    return event


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    """The record of the certified round."""
    store = Store(tmp_path_factory.mktemp("proof") / "arena.db")
    event = events.closed(store)
    event.certify()
    yield record(event.store, event.organizer, event.round_id)
    store.close()


def content_of(proof: bytes) -> dict:
    """The certificate in a record."""
    made = forged.certificate_of(json.loads(proof)["events"])
    rows = [one["row"] for one in json.loads(made["payload"])["changes"]]
    return json.loads(next(row["content"] for row in rows if "content" in row))


@pytest.mark.parametrize(
    "lang",
    [
        "zh",
        pytest.param(
            "en",
            marks=pytest.mark.long(
                "browser/test_open_me.py::test_the_page_shows_and_computes_the_result"
            ),
        ),
    ],
)
def test_the_page_shows_and_computes_the_result(
    proof: bytes,
    tmp_path: Path,
    alone: Callable[[Path], Page],
    shot: Callable[..., Path],
    lang: str,
):
    """Every line with its figure; every check of the page holds; a changed mark moves the rank."""
    content = content_of(proof)
    path = tmp_path / "open.html"
    path.write_bytes(page(proof, lang))
    shown = alone(path)
    rows = shown.locator("tr[data-id]")
    assert rows.count() == len(content["entrants"])
    figures = [line["official"] for line in content["entrants"] if line["official"] is not None]
    listed = shown.locator("tr[data-id] td:nth-child(5)").all_inner_texts()
    assert sorted(one for one in listed if one[0].isdigit()) == sorted(figures)
    good = "✓ 一致" if lang == "zh" else "✓ Agrees"
    assert results(shown) == dict.fromkeys(CHECKS[FORMAT], good)
    assert figures[0] == shown.locator("#entrant .q b").inner_text()
    for name, (width, height) in SIZES.items():
        shown.set_viewport_size({"width": width, "height": height})
        root = shown.locator("html")
        wide = root.evaluate("root => root.scrollWidth - root.clientWidth")
        assert wide == 0, name
        shot(shown, f"open-me-{name}-{lang}")
    shown.click("#try")
    field = shown.locator("#entrant input").first
    field.fill("999")
    field.blur()
    assert field.get_attribute("class") == "bad"
    field = shown.locator("#entrant input").first
    field.fill("0")
    field.blur()
    assert figures[0] in shown.locator("#moved").inner_text()
    shot(shown, f"open-me-tried-{lang}")
    assert results(shown) == dict.fromkeys(CHECKS[FORMAT], good)


def early(made: list[dict]) -> list[dict]:
    next(one for one in made if one["kind"] == "round_opened")["kind"] = "round_created"
    return forged.relinked(made)


def back(made: list[dict]) -> list[dict]:
    made[9]["at"] = "2001-01-01T00:00:00.000Z"
    return forged.relinked(made)


def unhashed(made: list[dict]) -> list[dict]:
    certified = forged.certificate_of(made)
    forged.rewrite(certified, "snapshots", lambda row: row.update(sha256="0" * 64))
    return forged.relinked(made)


def cut(made: list[dict]) -> list[dict]:
    del made[5]
    return made


def other_rank(content: dict) -> None:
    content["entrants"][0]["rank"] = 5


FORGERIES: dict[str, Callable[[list[dict]], list[dict]]] = {
    "text": unhashed,
    "chain": cut,
    "times": back,
    "open": early,
    "marks": forged.moved_mark,
    "rules": lambda made: forged.recertified(made, forged.raise_top),
    "root": lambda made: forged.recertified(made, forged.raise_mark),
    "scores": lambda made: forged.recertified(made, forged.set_line("adjusted", "99.99")),
    "ranks": lambda made: forged.recertified(made, other_rank),
    "line": lambda made: forged.recertified(made, forged.swap),
    "places": lambda made: forged.recertified(made, forged.swap_places),
}
"""Check to an alteration that it finds; hashes and links are made to fit, as a forger would."""


def test_each_alteration_is_named_by_its_check(
    proof: bytes, tmp_path: Path, alone: Callable[[Path], Page]
):
    """Mark, rule, event, decision, hash: each has a forgery that its check finds."""
    for name, forge in FORGERIES.items():
        held = json.loads(proof)
        held["events"] = forge(held["events"])
        path = tmp_path / f"{name}.html"
        path.write_bytes(page(json.dumps(held).encode(), "zh"))
        assert results(alone(path))[name].startswith("✗"), name


def test_a_generation_that_begins_nowhere_is_named(
    closed: Event, tmp_path: Path, alone: Callable[[Path], Page]
):
    """A generation whose last good head is no event of the chain: a copy that was put in place."""
    with closed.store.writing() as tx:
        owner = tx.value("SELECT competition_id FROM rounds WHERE id = :r", r=closed.round_id)
        begin_generation(tx, owner, "replaced", at=events.AT)
    held = json.loads(record(closed.store, closed.organizer, closed.round_id))
    path = tmp_path / "open.html"
    path.write_bytes(page(json.dumps(held).encode(), "zh"))
    assert results(alone(path))["generations"] == "✓ 一致"
    begun = [one for one in held["events"] if one["kind"] == "generation_begun"][-1]
    forged.rewrite(begun, "generations", lambda row: row.update(last_hash="1" * 64))
    held["events"] = forged.relinked(held["events"])
    path.write_bytes(page(json.dumps(held).encode(), "zh"))
    assert results(alone(path))["generations"].startswith("✗")


def test_files_are_compared_with_those_that_were_packed(
    proof: bytes, tmp_path: Path, alone: Callable[[Path], Page]
):
    """The same, another of its name, and one of which the bundle knows nothing."""
    abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    listed = [Listed("04 统分/统分表.pdf", abc, 3), Listed("公示.pdf", "0" * 64, 1)]
    path = tmp_path / "open.html"
    path.write_bytes(page(proof, "zh", listed))
    shown = alone(path)
    given = {"统分表.pdf": b"abc", "公示.pdf": b"other", "别的.pdf": b""}
    paths = [tmp_path / name for name in given]
    for one, data in zip(paths, given.values(), strict=True):
        one.write_bytes(data)
    shown.set_input_files("#files", paths)
    said = shown.locator("#compared li")
    expect(said).to_have_count(3)
    assert sorted(said.locator("b").all_inner_texts()) == [
        "✓ 一致：04 统分/统分表.pdf",
        "✗ 不在清单上",
        "✗ 与打包时不同：公示.pdf",
    ]


def test_a_whole_archive_or_folder_is_compared(
    proof: bytes, tmp_path: Path, alone: Callable[[Path], Page]
):
    """All as packed; then a paper altered and the manifest made to fit, one missing, one added."""
    papers = [file("tally", f"表{ending}", ending, ending.encode) for ending in (".docx", ".pdf")]
    _, made = packed(packing(papers, EDITION, lambda files: page(proof, "zh", files)))
    whole, folder = tmp_path / "全部材料.zip", tmp_path / "unpacked"
    whole.write_bytes(made.content)
    with zipfile.ZipFile(whole) as archive:
        archive.extractall(folder)
    shown = alone(folder / "打开我.html")
    said = shown.locator("#compared")
    shown.set_input_files("#files", whole)
    expect(said).to_contain_text("个文件都与打包时一致")
    assert made.manifest in said.inner_text()
    shown.set_input_files("#folder", folder)
    expect(said).to_contain_text("个文件都与打包时一致")
    paper = next(folder.rglob("*.docx"))
    name = paper.relative_to(folder).as_posix()
    paper.write_bytes(paper.read_bytes() + b"%")
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for row in manifest["files"]:
        if row["path"] == name:
            row["sha256"] = hashlib.sha256(paper.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    lost = next(folder.rglob("*.pdf"))
    lost.unlink()
    (folder / "更多.txt").write_text("x", "utf-8")
    shown.set_input_files("#folder", folder)
    expect(said.locator("b.alert")).to_have_count(4)
    text = said.inner_text()
    assert f"✗ 与打包时不同：{name}" in text
    assert f"✗ 不见了：{lost.relative_to(folder).as_posix()}" in text
    assert "✗ 清单上没有：更多.txt" in text
    assert "✗ 与打包时不同：manifest.json" in text
    short = tmp_path / "断了.zip"
    short.write_bytes(made.content[:-40])
    shown.set_input_files("#files", short)
    expect(said).to_contain_text("✗ 打不开")


def publishing(tx: Transaction, event: Event, published: str) -> bytes:
    """What the public may have of the round, were its rules to publish so much."""
    row = round_rows.get(tx, event.round_id)
    rules = RoundRules.from_json(row["rules"])
    said = canonical({**json.loads(row["rules"]), "published": published})
    assert rules.published in said or published != rules.published
    return json.dumps(public_of(tx, {**row, "rules": said})).encode()


def test_a_public_version_shows_what_the_rules_publish(
    closed: Event, proof: bytes, tmp_path: Path, alone: Callable[[Path], Page]
):
    """Winners alone without any figure; with scores, all is computed again from the marks."""
    content = content_of(proof)
    texts = {}
    with closed.store.reading() as tx:
        made = {name: publishing(tx, closed, name) for name in ("winners", "ranks", "scores")}
    for name, one in made.items():
        path = tmp_path / f"{name}.html"
        path.write_bytes(page(one, "zh"))
        shown = alone(path)
        assert set(results(shown).values()) == {"✓ 一致"}
        texts[name] = shown.locator("body").inner_text()
    lost = [line["code"] for line in content["entrants"] if not line["selected"]]
    figures = {line["official"] for line in content["entrants"] if line["official"]}
    for name in ("winners", "ranks"):
        assert not any(code in made[name].decode() for code in lost)
        assert not any(f'"{figure}"' in made[name].decode() for figure in figures)
    assert "名次" not in texts["winners"].split("核验")[0]
    assert "名次" in texts["ranks"]
    assert all(figure in texts["scores"] for figure in figures)


def test_without_scripts_the_result_is_read(proof: bytes, tmp_path: Path, browser: Browser):
    """As where a messenger shows the file: the table stands, and the page says what is missing."""
    path = tmp_path / "open.html"
    path.write_bytes(page(proof, "zh"))
    context = browser.new_context(java_script_enabled=False)
    shown = context.new_page()
    shown.goto(path.as_uri())
    assert shown.locator("tr[data-id]").count() == len(content_of(proof)["entrants"])
    assert "没有运行脚本" in shown.locator("body").inner_text()
    assert shown.locator("#run").is_disabled()
    context.close()


def test_names_are_no_markup(proof: bytes, tmp_path: Path, alone: Callable[[Path], Page]):
    """A village that would end the script element, open one or begin a comment stays text."""
    hostile = "</script><script>document.title='owned'</script><img src=x onerror=alert(1)><!--"

    def rename(content: dict) -> None:
        content["entrants"][0]["village"] = content["rubric"][0]["name"] = hostile

    held = json.loads(proof)
    held["events"] = forged.recertified(held["events"], rename)
    path = tmp_path / "open.html"
    path.write_bytes(page(json.dumps(held).encode(), "zh"))
    shown = alone(path)
    assert results(shown)["text"] == "✓ 一致"
    assert shown.title() == "打开我：成绩自查"
    assert hostile in shown.locator("body").inner_text()
    assert shown.locator("img").count() == 0


@pytest.mark.long("commands/test_agree.py::test_three_programs_agree_on_random_contests")
def test_random_contests_agree_in_the_browser(browser: Browser):
    """Figures, ranks, labels and seats of many contests; a seat exchanged in the zone is named."""
    context = browser.new_context()
    shown = context.new_page()
    shown.goto("about:blank")
    parts = [(FOLDER / f"{name}.js").read_text("utf-8") for name in SCRIPTS if name != "page"]
    shown.add_script_tag(content="".join(parts))
    contents = [contest(seed) for seed in range(1000, 1024)]
    given = [{"content": content, "orders": orders_of(made)} for content, made in contents]
    in_zone = [other_seat(one) for one in given]
    code = """given => given.map(one => {
      const record = {content: one.content, marks: one.content.marks, orders: one.orders, data: {}};
      const result = Record.compute(record);
      return ['scores', 'ranks', 'line', 'order'].flatMap(
        name => Record.check(name, record, result) || []);
    })"""
    assert shown.evaluate(code, given) == [[]] * len(contents)
    altered = [one for one in in_zone if one is not None]
    assert len(altered) >= 3
    code = code.replace("['scores', 'ranks', 'line', 'order']", "['order']")
    assert [found for found in shown.evaluate(code, altered) if not found] == []
    context.close()


def other_seat(given: dict) -> dict | None:
    """The same contest with two entrants of the open zone in each other's seat; None without."""
    made = json.loads(json.dumps(given))
    zone = [line for line in made["content"]["entrants"] if line["label"] == "open"]
    inside = next((line for line in zone if line["selected"]), None)
    outside = next((line for line in zone if not line["selected"]), None)
    if inside is None or outside is None:
        return None
    for name in ("selected", "decided_by", "place"):
        inside[name], outside[name] = outside[name], inside[name]
    return made


def orders_of(made: list[dict]) -> list[list[str]]:
    """The orders that a contest's rulings give."""
    rows = [change["row"] for one in made for change in json.loads(one["payload"])["changes"]]
    return [json.loads(row["entrants"]) for row in rows if row.get("kind") == "order"]
