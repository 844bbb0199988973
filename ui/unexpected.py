"""An error that no code foresaw: its number on the page, the same number in the server's log."""

import logging
import secrets
from collections.abc import Mapping
from typing import Any

from ui.here import place
from ui.watch.counts import COUNTS

LOG = logging.getLogger("arena")
PAGE = "page"


class Unexpected:
    """What a reader learns of an error: a number, nothing of its text."""

    code = "unexpected"

    def __init__(self, number: str) -> None:
        self.values: Mapping[str, Any] = {"number": number}


def new_number() -> str:
    """Eight signs that a person can read out."""
    return secrets.token_hex(4).upper()


def noted(error: Exception, number: str = "", route: str = PAGE) -> Unexpected:
    """Write an error to the log, under its request's number; one of a page gets its own."""
    number = number or new_number()
    COUNTS.failed(number, route, place())
    LOG.error("error %s", number, exc_info=error, extra={"number": number, "route": route})
    return Unexpected(number)
