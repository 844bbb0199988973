"""The options by which Streamlit is held exist in the version that is pinned."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from streamlit import config

from commands import ROOT
from ui.door.serving import _parser, streamlit_options


def flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The options of a configuration by dotted name."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def test_every_option_of_the_file_is_known():
    """An option that was renamed would be ignored, silently."""
    options = dict(flat(tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))))
    assert set(options) <= set(config._config_options_template)


def test_a_rerun_does_not_end_in_a_full_garbage_collection():
    """A hidden option, worth seconds a tap with a hundred tablets."""
    options = dict(flat(tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))))
    assert "runner.postScriptGC" in config._config_options_template
    assert options["runner.postScriptGC"] is False


def test_every_option_that_serve_sets_is_known():
    """The options of the server's process are those of the pinned version."""
    given = _parser().parse_args(["--host", "127.0.0.1", "--port", "8501"])
    assert set(streamlit_options(given)) <= set(config._config_options_template)


def test_a_browser_can_neither_send_much_nor_leave_much_behind():
    """A megabyte a message; a closed page is forgotten after minutes, with its descriptors."""
    options = dict(flat(tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))))
    assert options["server.maxMessageSize"] == 1
    assert options["server.disconnectedSessionTTL"] <= 600


def test_nothing_is_told_to_anybody():
    """No usage statistics, no look-up of our outer address, no details of errors on a screen."""
    options = dict(flat(tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))))
    assert options["browser.gatherUsageStats"] is False
    assert options["client.showErrorDetails"] == "none"
    given = _parser().parse_args(["--host", "127.0.0.1", "--port", "8501"])
    assert streamlit_options(given)["browser.serverAddress"] == "localhost"
