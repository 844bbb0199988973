"""What must be settled before a result is certified: corrections, reviews, signed rules."""

from competition.errors import CorrectionWaits, ReviewsWait, RulesUnsigned
from db import Transaction, corrections, reviews
from db.shapes import RoundRow


def require_settled(tx: Transaction, row: RoundRow) -> None:
    """Refuse while something of a round waits.

    Raises
    ------
    CorrectionWaits, ReviewsWait
    RulesUnsigned
        If a later version of the rules is neither signed nor waived.
    """
    if corrections.waiting(tx, row["id"]):
        raise CorrectionWaits
    open_reviews = [one for one in reviews.of_round(tx, row["id"]) if one["finding"] is None]
    if open_reviews:
        raise ReviewsWait(count=len(open_reviews))
    version = row["rules_version"]
    if version > 1 and corrections.signature(tx, row["id"], version) is None:
        raise RulesUnsigned(clears="sign_rules")
