"""The documents that the terms want of every entrant."""

import json
from collections.abc import Iterable, Sequence

from db import Transaction
from db import filings as rows


def wanted_of(tx: Transaction, competition_id: str) -> tuple[str, ...]:
    """Names of the wanted documents in their order."""
    terms = rows.terms(tx, competition_id)
    return tuple(json.loads(terms["wanted"])) if terms else ()


def missing(wanted: Sequence[str], kinds: Iterable[str]) -> tuple[str, ...]:
    """Which of the wanted documents are not there."""
    there = set(kinds)
    return tuple(name for name in wanted if name not in there)
