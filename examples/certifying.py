"""A result certified by two people, one act after the other."""

from datetime import datetime
from typing import Any

from competition.results import certifying
from competition.visitor import Visitor
from db import Store


def certify_by_two(
    store: Store, first: Visitor, second: Visitor, round_id: str, *, at: datetime
) -> dict[str, Any]:
    """Both sign the standing as it is now; the certificate without its content."""
    shown = certifying.to_sign(store, first, round_id).sha256
    certifying.sign_certificate(store, first, round_id, sha256=shown, at=at)
    return certifying.certify(store, second, round_id, sha256=shown, at=at)
