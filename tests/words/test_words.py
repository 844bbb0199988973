"""The words: both languages complete, nothing defined twice, nothing silently missing."""

from pathlib import Path

import pytest

import words


def test_every_language_has_the_same_keys():
    """A key of one language exists in the other, in the part file of the same name."""
    parts = {path.name for path in (words.FOLDER / "zh").glob("*.toml")}
    assert parts == {path.name for path in (words.FOLDER / "en").glob("*.toml")}
    for part in sorted(parts):
        keys = [set(words.read(words.FOLDER / lang / part)) for lang in words.LANGS]
        assert keys[0] == keys[1], part


def test_every_language_asks_for_the_same_values():
    """A text and its translation have the same placeholders."""
    zh, en = (words.texts(lang) for lang in words.LANGS)
    differing = [k for k in zh if words.placeholders(zh[k]) != words.placeholders(en.get(k, ""))]
    assert differing == []


@pytest.mark.parametrize("lang", words.LANGS)
def test_no_text_is_empty_and_every_text_can_be_filled(lang: str):
    """Placeholders are plain names, so that any text can be filled by name."""
    for key, text in words.texts(lang).items():
        assert text.strip(), key
        assert all(name.isidentifier() for name in words.placeholders(text)), key


def test_nested_tables_become_dotted_keys_and_values_are_filled(tmp_path: Path):
    """[error] mark = "…{low}…" is found as error.mark."""
    (tmp_path / "errors.toml").write_text('[error.mark]\nlow = "below {low:.1f}"\n', "utf-8")
    assert words.load(tmp_path) == {"error.mark.low": "below {low:.1f}"}
    assert words.placeholders("below {low:.1f}, {{kept}}") == {"low"}


def test_a_key_in_two_files_is_refused(tmp_path: Path):
    """Nobody's wording replaces another's unseen: both files are named."""
    (tmp_path / "common.toml").write_text('save = "Save"\n', "utf-8")
    (tmp_path / "judges.toml").write_text('save = "Keep"\n', "utf-8")
    with pytest.raises(words.DuplicateWord, match=r"'save' is in common\.toml and in judges\.toml"):
        words.load(tmp_path)


def test_a_word_that_is_not_text_is_refused(tmp_path: Path):
    """A number or a list in a word file is a mistake, not a word."""
    (tmp_path / "common.toml").write_text("top = 13\n", "utf-8")
    with pytest.raises(words.WordError, match="'top' is int"):
        words.load(tmp_path)


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
