"""Every key that is asked for exists, and every key that exists is asked for."""

import pytest

import words
from tests.words.asking import is_asked_for, literal_keys
from tests.words.recording import note_keys, unshown


def test_every_key_in_the_code_exists():
    """A misspelt key would raise only when its page is opened."""
    keys = literal_keys()
    assert len(keys) > 300
    assert sorted(keys - words.texts("zh").keys()) == []


def test_no_word_is_dead():
    """A key that no text of the code can become is never shown, and goes."""
    assert not is_asked_for("organizers.standings.no_such_word")
    assert [key for key in words.texts("zh") if not is_asked_for(key)] == []


def test_the_words_that_a_run_never_shows_are_listed(monkeypatch: pytest.MonkeyPatch):
    """A key asked for in either language leaves the list."""
    asked = note_keys(monkeypatch)
    words.t("role.judge", "en")
    assert "judge" not in [key.removeprefix("role.") for key in unshown(asked)["role.toml"]]
    assert "role.chair" in unshown(asked)["role.toml"]
    assert "pad.toml" not in unshown(asked)
