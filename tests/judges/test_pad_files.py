"""The pad's files: joined without clashing, old browsers read them, every word is there."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from judges.pad_files import FOLDER, MODULES, for_page, script, style, words
from tests.opening import BOTH, Open, Sample
from words import LANGS, placeholders, t

DEFINED = re.compile(
    r"^(?:export )?(?:async )?(?:function|class|const|let|var) (\w+)", re.MULTILINE
)
NEWER = {
    "optional chaining": r"\?\.(?!\d)",
    "nullish": r"\?\?",
    "replaceAll": r"\.replaceAll\(",
    "at": r"\.at\(",
    "private fields": r"this\.#",
    "logical assignment": r"(\|\||&&)=",
    "randomUUID": r"randomUUID",
    "subtle": r"crypto\.subtle",
    "locks": r"navigator\.locks",
}
SAID = re.compile(r"\.say\(\s*\"(\w+)\"")


def modules() -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.js"))}


def test_every_module_is_joined_and_no_name_is_defined_twice():
    """In one file all modules share their names."""
    found = modules()
    assert set(found) == set(MODULES)
    names = [name for text in found.values() for name in DEFINED.findall(text)]
    assert len(names) == len(set(names)), {n for n in names if names.count(n) > 1}


def test_the_joined_script_has_one_default_export_and_no_import():
    """It runs as a component and, without the export, on its own page."""
    text = script()
    assert len(re.findall(r"^export ", text, re.MULTILINE)) == 1
    assert not re.search(r"^import ", text, re.MULTILINE)


def test_each_module_is_defined_before_it_is_used():
    """A module imports only from those before it in the order."""
    for place, name in enumerate(MODULES):
        imported = re.findall(r'from "\./(\w+)\.js"', modules()[name])
        assert set(imported) <= set(MODULES[:place]), name


@pytest.mark.skipif(shutil.which("node") is None, reason="no node on this machine")
def test_the_joined_script_parses(tmp_path: Path):
    """As a module, which is strict."""
    file = tmp_path / "pad.mjs"
    file.write_text(script(), "utf-8")
    done = subprocess.run(["node", "--check", str(file)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("what", NEWER)
def test_an_old_browser_can_read_it(what: str):
    """Nothing newer than 2019, nothing that needs a secure context."""
    found = [name for name, text in modules().items() if re.search(NEWER[what], text)]
    assert found == []


def test_the_style_asks_nothing_of_newer_browsers():
    """No nesting, no :has, no last baseline, no container queries."""
    assert not re.search(r":has\(|last baseline|@container|&:|@layer", style())


@pytest.mark.parametrize("lang", LANGS)
def test_every_word_that_is_said_is_there(lang: str):
    """A missing one would show its key to a judge."""
    said = {key for text in modules().values() for key in SAID.findall(text)}
    assert said - set(words()[lang]) == set()


def test_both_languages_take_the_same_values():
    """The pad fills them itself."""
    for key, text in words()["zh"].items():
        assert placeholders(text) == placeholders(words()["en"][key]), key


def test_settings_cannot_end_the_script_they_stand_in():
    """A name with a tag in it stays data."""
    text = for_page({"name": "</script><script>"})
    assert "<" not in text
    assert json.loads(text) == {"name": "</script><script>"}


@pytest.mark.parametrize("lang", BOTH)
def test_the_page_mounts_the_pad_of_its_judge(open_page: Open, sample: Sample, lang: str):
    """Event, seat and language; marks are asked for by the pad itself."""
    at = open_page("judge3", lang, "judges/pad.py")
    (found,) = at.get("bidi_component")
    given = json.loads(found.proto.json)
    assert given["seat"] == sample.person("judge3")
    assert given["lang"] == lang
    assert set(given) == {"event", "seat", "name", "lang", "words", "version", "entrant"}
    assert t("pad.submit", "en") == given["words"]["en"]["submit"]
