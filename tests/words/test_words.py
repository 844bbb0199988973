"""The words: both languages complete, nothing defined twice, nothing silently missing."""

import re
from pathlib import Path

import pytest

import words


def test_every_text_has_the_same_values_in_both_languages():
    """A text and its translation have the same placeholders; a singular asks for no further one."""
    zh, en = (words.texts(lang) for lang in words.LANGS)
    assert [k for k in zh if words.placeholders(zh[k]) != words.placeholders(en[k])] == []
    singular = {k: text for k, text in en.items() if k.endswith(".one") and k not in zh}
    surplus = {
        k: words.placeholders(text) - words.placeholders(en[k.removesuffix(".one")])
        for k, text in singular.items()
    }
    assert [k for k, names in surplus.items() if names] == []


@pytest.mark.parametrize("lang", words.LANGS)
def test_no_text_is_empty_and_every_text_can_be_filled(lang: str):
    """Placeholders are plain names, so that any text can be filled by name."""
    for key, text in words.texts(lang).items():
        assert text.strip(), key
        assert all(name.isidentifier() for name in words.placeholders(text)), key


def test_a_file_s_path_is_the_beginning_of_its_keys(tmp_path: Path):
    """organizers/standings.toml holds organizers.standings.*; tables below it add to the key."""
    (tmp_path / "organizers").mkdir()
    file = tmp_path / "organizers" / "standings.toml"
    file.write_text(
        'title = {zh = "成绩", en = "Standings"}\n'
        '[cut.low]\nat.zh = "低"\nat.en = "low {low:.1f}"\n',
        "utf-8",
    )
    assert words.load(tmp_path) == {
        "zh": {"organizers.standings.title": "成绩", "organizers.standings.cut.low.at": "低"},
        "en": {
            "organizers.standings.title": "Standings",
            "organizers.standings.cut.low.at": "low {low:.1f}",
        },
    }
    assert words.placeholders("below {low:.1f}, {{kept}}") == {"low"}


def test_a_room_has_one_file():
    """Where organizers/standings.toml exists, organizers.toml has no table [standings]."""
    for path in sorted(words.FOLDER.rglob("*.toml")):
        deeper = path.with_suffix("")
        tables = {
            key.split(".")[len(path.relative_to(words.FOLDER).parts)] for key in words.read(path)
        }
        assert [t for t in sorted(tables) if (deeper / f"{t}.toml").exists()] == [], path.name


def test_a_key_in_two_files_is_refused(tmp_path: Path):
    """No wording replaces another unseen: both files are named."""
    (tmp_path / "judges").mkdir()
    (tmp_path / "judges.toml").write_text('pad.save = {zh = "保存", en = "Save"}\n', "utf-8")
    (tmp_path / "judges" / "pad.toml").write_text('save = {zh = "存", en = "Keep"}\n', "utf-8")
    with pytest.raises(
        words.DuplicateWord, match=r"'judges\.pad\.save' is in judges/pad\.toml and in judges\.toml"
    ):
        words.load(tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        "top = 13",
        'top = "13"',
        'top = {zh = "十三"}',
        'top = {zh = "十三", en = "13", fr = "treize"}',
        'top = {zh = 13, en = "13"}',
    ],
)
def test_a_word_that_is_not_a_text_in_each_language_is_refused(tmp_path: Path, line: str):
    """A number, one language alone or a third one in a word file is a mistake."""
    (tmp_path / "common.toml").write_text(f"{line}\n", "utf-8")
    with pytest.raises(words.WordError, match=r"'common\.top"):
        words.load(tmp_path)


def test_one_of_a_thing_has_its_singular(monkeypatch: pytest.MonkeyPatch):
    """Says "1 session" and "2 sessions"; Chinese has one form for both."""
    loaded = {
        "zh": {"n": "{count} 场"},
        "en": {"n": "{count} sessions", "n.one": "{count} session"},
    }
    monkeypatch.setattr(words, "texts", loaded.__getitem__)
    assert [words.t("n", "en", count=count) for count in (0, 1, 2)] == [
        "0 sessions",
        "1 session",
        "2 sessions",
    ]
    assert words.t("n", "zh", count=1) == "1 场"


def test_a_missing_key_raises_and_names_key_and_language():
    """No screen ever shows a key in place of a word."""
    with pytest.raises(words.MissingWord, match=r"no word 'no\.such\.key' in 'en'"):
        words.t("no.such.key", "en")
    assert not words.has("no.such.key", "zh")


def test_a_placeholder_without_value_raises(monkeypatch: pytest.MonkeyPatch):
    """A text that asks for a value never reaches the reader with a hole in it."""
    monkeypatch.setattr(words, "texts", lambda lang: {"greeting": "Judge {number}"})
    assert words.t("greeting", "en", number=3, unused=1) == "Judge 3"
    with pytest.raises(words.MissingWord, match="no value 'number' for word 'greeting'"):
        words.t("greeting", "en")


def test_a_language_that_is_not_ours_is_refused():
    """Languages are a closed list."""
    with pytest.raises(words.UnknownLanguage):
        words.t("anything", "fr")


MANY = (
    "error.too_many_documents",
    "pad.question_same",
    "pad.question_full",
)
"""Texts that are about two or more."""


def test_a_text_that_counts_has_its_singular():
    """“1 sessions” reaches no reader: {count} before a plural has a text for one."""
    en = words.texts("en")
    singular = {key for key in en if key.endswith(".one")}
    counted = re.compile(r"\{count\} (?!in )(?:[a-z'-]+ )?(?:[a-z-]+[^s' ]s|people)\b")
    without = [
        key
        for key, text in en.items()
        if counted.search(text) and not {key, f"{key}.one"} & {*singular, *MANY}
    ]
    assert without == []
