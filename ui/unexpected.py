"""An error that no code foresaw: its number on the page, the same number in the server's log."""

import logging
import secrets
from collections.abc import Mapping
from typing import Any

LOG = logging.getLogger("arena")


class Unexpected:
    """What a reader learns of an error: a number, nothing of its text."""

    code = "unexpected"

    def __init__(self) -> None:
        self.values: Mapping[str, Any] = {"number": secrets.token_hex(3).upper()}


def noted(error: Exception) -> Unexpected:
    """Give an error its number, and write both to the log."""
    said = Unexpected()
    LOG.error("error %s", said.values["number"], exc_info=error)
    return said
