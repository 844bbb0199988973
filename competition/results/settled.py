"""What must be settled before a result is certified: corrections, reviews, signed rules."""

from collections.abc import Mapping
from typing import Any

from competition.results.errors import CorrectionWaits, ReviewsWait
from competition.rounds.errors import RulesUnsigned
from db import Transaction, corrections, reviews


def corrections_settled(tx: Transaction, row: Mapping[str, Any]) -> None:
    """Refuse with `CorrectionWaits` while a correction waits for its second person."""
    if corrections.waiting(tx, row["id"]):
        raise CorrectionWaits


def reviews_settled(tx: Transaction, row: Mapping[str, Any]) -> None:
    """Refuse with `ReviewsWait` while a review has no answer."""
    open_reviews = [one for one in reviews.of_round(tx, row["id"]) if one["finding"] is None]
    if open_reviews:
        raise ReviewsWait(count=len(open_reviews))


def rules_signed(tx: Transaction, row: Mapping[str, Any]) -> None:
    """Refuse with `RulesUnsigned` while later rules are neither signed nor waived."""
    version = row["rules_version"]
    if version > 1 and corrections.signature(tx, row["id"], version) is None:
        raise RulesUnsigned(clears="sign_rules")
